"""What a server says of a model of its own, and how long it is waited for.

A server on this machine reads slowly and costs nothing but time: as long as it is alive it is waited for. Any
other is given up when it says nothing.
"""

from __future__ import annotations

import ipaddress
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dateline.answer.written.styles import StyleName
from dateline.config import Settings

REMOTE_WORD, REMOTE_WHOLE = 10.0, 60.0  # seconds: to a word from the one before, and in all
LOCAL_WORD, LOCAL_WHOLE = 600.0, 900.0
SMALL = 9e9  # parameters, at most

_ASKED_SECONDS = 2.0
_LONGEST = 10_000_000  # bytes
_BILLIONS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?) ?b(?![a-z])", re.IGNORECASE)  # "qwen2.5-1.5b", "7B"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a model may take from one word to the next, and in all.

    `watched` is the address of a server of this machine: while that answers, silence says that it is busy.
    """

    word: float
    whole: float
    watched: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a server says of a model: how many parameters it has, how many tokens it can hold."""

    parameters: float | None = None
    context: int | None = None


def is_local(url: str | None) -> bool:
    """True for an address of this machine: loopback."""
    host = urlsplit(url or "").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def limits(settings: Settings, url: str | None) -> Limits:
    """How long a model at that address is waited for: what the settings say, or what suits it."""
    local = url if is_local(url) else None
    return Limits(
        settings.llm_first_word_seconds or (LOCAL_WORD if local else REMOTE_WORD),
        settings.llm_seconds or (LOCAL_WHOLE if local else REMOTE_WHOLE),
        local,
    )


def is_alive(url: str) -> bool:
    """True when the server there answers anything at all."""
    import httpx

    try:
        with httpx.stream("GET", f"{url.rstrip('/')}/models", timeout=_ASKED_SECONDS, trust_env=False):
            pass  # its headers are a sign of life
    except httpx.HTTPError:
        return False
    return True


def told(model: str, url: str) -> Told:
    """What the server says of the model, where it does: llama.cpp, vLLM and Ollama, each its way."""
    rows = _rows(_json(f"{url.rstrip('/')}/models"))
    named = [one for one in rows if one.get("id") == model]
    listed = (named or (rows if len(rows) == 1 else []) or [{}])[0]  # a server of one goes by any name
    meta = listed.get("meta")
    parameters = _number(_get(meta, "n_params"))
    context = _number(_get(meta, "n_ctx") or listed.get("max_model_len"))
    if parameters is None:
        about = _json(f"{url.rstrip('/').removesuffix('/v1')}/api/show", {"model": model})
        parameters = _number(_get(_get(about, "model_info"), "general.parameter_count"))
    return Told(parameters, int(context) if context else None)


def style(name: str, url: str | None, parameters: float | None, settings: Settings) -> StyleName:
    """How a model is spoken to: as the settings say, else by its size as the server or its name tells it.

    Of unknown size, one on this machine is small and any other large.
    """
    if settings.llm_style != "auto":
        return settings.llm_style
    size = parameters
    if size is None and (named := _BILLIONS.search(re.sub(r"[-_:/]", " ", name))):
        size = float(named[1]) * 1e9
    if size is None:
        return "small" if is_local(url) else "large"
    return "small" if size <= SMALL else "large"


def _rows(listed: object) -> list[Mapping[str, Any]]:
    rows = _get(listed, "data")
    return [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []


def _json(url: str, body: Mapping[str, str] | None = None) -> object:
    """What a server of this machine answers; None where that is nothing that can be read, or takes long."""
    import httpx

    end, content = time.monotonic() + _ASKED_SECONDS, b""
    try:
        with httpx.stream(
            "POST" if body else "GET", url, json=body, timeout=_ASKED_SECONDS, trust_env=False
        ) as answer:
            for piece in answer.iter_bytes():
                content += piece
                if time.monotonic() > end or len(content) > _LONGEST:
                    return None
        return json.loads(content)
    except (httpx.HTTPError, ValueError, RecursionError):
        return None


def _get(value: object, name: str) -> Any:  # noqa: ANN401  # as JSON has it
    return value.get(name) if isinstance(value, Mapping) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None
