"""JSON as it is found: one value, one on each line, several one after another; and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NoReturn

from dateline.patterns import lazy

_DECODER = json.JSONDecoder(object_pairs_hook=lambda pairs: _said_once(pairs), strict=False)
_BETWEEN = lazy(r"[\s,\x1e\ufeff\x00]*")
_TRAILING = lazy(r",\s*[\]}]")
_SINGLE = lazy(r"\s*[\[{]\s*[\[{]?\s*'")
_POINTER = "version https://git-lfs.github.com/spec"


class NotJSON(ValueError):
    """Why a text is not JSON, in a reader's words."""


def parse(text: str) -> object:
    """The JSON value. Raises NotJSON."""
    try:
        return _DECODER.decode(text)
    except ValueError as error:
        _explain(text, error)
    except RecursionError:
        raise NotJSON("it is nested too deeply") from None


def parse_each(text: str) -> Iterator[object]:
    """The values that stand one after another, with white space or commas between them. Raises NotJSON."""
    place = _BETWEEN.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        try:
            value, end = _DECODER.raw_decode(text, place)
        except ValueError as error:
            _explain(text, error)
        except RecursionError:
            raise NotJSON("it is nested too deeply") from None
        yield value
        place = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]


def _said_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object; of a name that stands twice the last value that says something."""
    found = dict(pairs)
    if len(found) != len(pairs):
        found |= {name: value for name, value in pairs if value not in (None, "", [], {})}
    return found


def _explain(text: str, error: ValueError) -> NoReturn:
    if not isinstance(error, json.JSONDecodeError):
        raise NotJSON("a number in it has too many digits") from None
    where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"character {error.pos + 1}"
    why = f"{error.msg} at {where}"
    if text.lstrip()[:1] == "<":
        why = "it is a page or XML, not JSON"
    elif text.startswith(_POINTER):
        why = "it is a pointer of Git LFS, not the file itself; fetch it with: git lfs pull"
    elif _SINGLE.match(text):
        why = f"its texts stand in single quotes, as Python writes them; write it with json.dump ({why})"
    elif _TRAILING.match(text, max(0, error.pos - 1)) or _TRAILING.search(
        text, max(0, error.pos - 200), error.pos + 1
    ):
        why = f"a comma stands before the closing bracket at {where}; take it out"
    raise NotJSON(why) from None
