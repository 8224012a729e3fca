"""The class of a failure, what is said about it, and whether a second try is worth while.

What a server or a client says about a failure is read to classify it, then dropped: it may repeat keys and
addresses. Clients are recognised by their exceptions' fields and names, so none of them is imported.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from dateline.errors import ModelError, ModelFailure

LONGEST_WAIT = 5.0  # seconds; a server that wants more is not asked again
USUAL_WAIT = 0.5

_RETRIED: frozenset[ModelFailure] = frozenset({"rate_limited", "server_error", "unreachable"})

_SENTENCES: dict[ModelFailure, str] = {
    "unauthorized": "{} refused the key; check it (OPENAI_API_KEY goes to OPENAI_BASE_URL, never after an @)",
    "unknown_model": "{} is not known at its address; check the name, and whether the address ends in /v1",
    "rate_limited": "{} is over its rate limit or quota; wait, or choose another model",
    "server_error": "{} failed with an error of its server; try again later",
    "unreachable": "{} can't be reached; check its address and that its server is running",
    "timeout": "{} did not answer in time; try again, or allow it more seconds",
    "context_too_long": "{} can't read that much at once; ask with less evidence, or choose another model",
    "content_filter": "{} was kept from answering by its server's content filter",
    "cut_off": "{} stopped in the middle of its reply",
    "bad_reply": "{} sent no usable reply; check that its address is that of a chat model's server",
}
_STATUSES: dict[int, ModelFailure] = {
    401: "unauthorized",
    402: "rate_limited",
    403: "unauthorized",
    404: "unknown_model",
    408: "timeout",
    413: "context_too_long",
    429: "rate_limited",
}


class CutOff(Exception):
    """A stream of a protocol with finish reasons ended without one."""


def model_error(reason: ModelFailure, name: str, requests: int) -> ModelError:
    """The error of that class, in a sentence for the user."""
    return ModelError(reason, _SENTENCES[reason].format(name), requests=requests)


def reason_of(error: Exception, *, spoken: bool) -> ModelFailure:
    """The class of a failure, from its protocol code, its status or its kind."""
    words = _words(error)
    if re.search(r"context.?(length|size|window)|prompt is too long|too many tokens", words):
        return "context_too_long"
    if re.search(r"content.?(filter|policy)", words):
        return "content_filter"
    if "model_not_found" in words:
        return "unknown_model"
    status = status_of(error)
    if status is not None:
        return _STATUSES.get(status, "server_error" if status >= 500 else "bad_reply")
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    if isinstance(error, TimeoutError) or "Timeout" in kinds:
        return "timeout"
    if isinstance(error, CutOff):
        return "cut_off"
    if re.search(r"Connect|RemoteProtocolError|ReadError|NetworkError", kinds):
        return "cut_off" if spoken else "unreachable"
    if re.search(r"rate_limit|insufficient_quota", words):
        return "rate_limited"
    if re.search(r"server_error|overloaded", words):
        return "server_error"
    return "bad_reply"


def status_of(error: Exception) -> int | None:
    """The HTTP status of a refusal."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None


def wait_before_retry(error: Exception, reason: ModelFailure) -> float | None:
    """Seconds until a second try is worth while, or None."""
    spent = status_of(error) == 402 or "insufficient_quota" in _words(error)
    if reason not in _RETRIED or spent:
        return None
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    asked = headers.get("retry-after")
    seconds = USUAL_WAIT if asked is None else _seconds(str(asked))
    return seconds if seconds is not None and 0 <= seconds <= LONGEST_WAIT else None


def _seconds(retry_after: str) -> float | None:
    """The seconds of a Retry-After header, which is a number of them or a date (RFC 9110, 10.2.3)."""
    try:
        return float(retry_after)
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _words(error: Exception) -> str:
    """What an API error says of itself, in lower case: its code, type and message, for classifying only."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    told = body if isinstance(body, Mapping) else {}
    said = (getattr(error, "code", None), *(told.get(key) for key in ("code", "type", "message")))
    return " ".join(str(one) for one in said if one).lower()
