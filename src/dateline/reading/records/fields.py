"""The fields of one record, whatever its writer called them, under our names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dateline.patterns import lazy
from dateline.reading.origin import Hints
from dateline.reading.records.names import ASIDE, FOR, TELLING

Folded = dict[str, object]

_NOT_IN_NAME = lazy(r"[\W_]+")
_NOTHING = frozenset(
    ("", "null", "none", "nan", "nat", "n/a", "undefined", "[removed]", "only available in paid plans")
)
_CUT = lazy(r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ (?:more )?char(?:acter)?s\]\s*$")  # NewsAPI: "[+1834 chars]"
_LISTED = lazy(r"\[\s*['\"](.*)['\"]\s*\]", re.DOTALL)  # a list that a table holds as Python wrote it
_BETWEEN = lazy(r"['\"]\s*,\s*['\"]")
_ADDRESS = lazy(r"(?:https?:)?//\S+|www\.\S+", re.IGNORECASE)
_PLAIN = ("rendered", "text", "plain", "plaintext", "main", "basic", "name", "title", "html", "value",
          "original", "displayname", "fullname", "label", "content", "body", "bodyhtml", "default", "en",
          "oid", "numberlong", "cdata", "t")  # fmt: skip
_PROSE = ("text", "paragraph", "p", "sanitizedhtml", "html", "rawhtml", "quote", "blockquote", "header",
          "heading", "list", "listitem", "correction", "body", "string", "unstyled", "markdown")  # fmt: skip
_LEAST_PROSE = 25  # words of the field that is taken for the text where no name tells it
_HEADED = frozenset((*FOR["title"], *FOR["url"])) - frozenset(
    ("id", "guid", "source", "name", "subject", "address")
)
_DEEPEST = 8
_LONGEST_NAME = 200  # characters of a title or an outlet


@lru_cache(8192)
def fold_name(name: str) -> str:
    """The name without case, prefix, spaces and marks: "dc:Published_At" is "publishedat"."""
    return _NOT_IN_NAME.sub("", name.rpartition(":")[2].casefold())


def folded(record: Mapping[str, object] | Mapping[object, object]) -> Folded:
    """The record by folded names; of two that fold alike the first that says something stays.

    What stands under "meta", "attributes" and their like belongs to the record.
    """
    found: Folded = {}
    for name, value in record.items():
        key = fold_name(str(name))
        if key not in found or found[key] in (None, "", [], {}):
            found[key] = value
    for key in ASIDE & found.keys():
        if isinstance(inner := found[key], Mapping):
            for name, value in inner.items():
                found.setdefault(fold_name(str(name)), value)
    return found


def fields_of(record: Folded, hints: Hints) -> dict[str, object]:
    """What the record says of an article, by our names. "text" is "" where there is none.

    "excerpt" is True where the text is only a part of the article.
    """
    told = dict(hints.names)
    found: dict[str, object] = {
        name: _at(record, path.split(".")) for name, path in told.items() if name != "text"
    }
    text = prose(_at(record, told["text"].split("."))) if "text" in told else strong_text(record)
    teaser = "" if "text" in told else excerpt(record)
    if not text and not teaser and "text" not in told:
        text = clear_prose(record)
    shortened = _CUT.sub("", text) if text[-2:].rstrip() in ("s]", "]") else text
    found["excerpt"] = shortened != text or (bool(teaser) and len(teaser) > len(shortened))
    found["text"] = teaser if len(teaser) > len(shortened) and len(shortened) < 200 else shortened
    if found["text"] == shortened and shortened == text:
        found["excerpt"] = False
    for name, accept in _ACCEPT.items():
        if name not in told:
            found[name] = _pick(record, name, accept)
    return found


def strong_text(record: Folded) -> str:
    """The text under a name for whole texts; "" without one."""
    for name in FOR["text"]:
        if (value := _named(record, name)) and (text := prose(value)):
            return text
    return next((text for value in _telling(record, "text") if (text := prose(value))), "")


def excerpt(record: Folded) -> str:
    """The longest text under a name for teasers and summaries; "" without one."""
    found = (value for name in FOR["excerpt"] if (value := _named(record, name)))
    return max(map(prose, found), key=len, default="")


def clear_prose(record: Folded) -> str:
    """The one field of prose of a record that has a title or an address; "" where several come near.

    What has neither, as a question of a quiz, is no article.
    """
    if not any(name in record for name in _HEADED):
        return ""
    found = sorted(
        (value.strip() for value in record.values() if isinstance(value, str) and _is_prose(value)), key=len
    )
    return found[-1] if found and (len(found) == 1 or len(found[-1]) >= 2 * len(found[-2])) else ""


def title_in(record: Folded) -> str:
    """The title of a record; "" without one."""
    value = _pick(record, "title", _is_name)
    return value if isinstance(value, str) else ""


def plain(value: object, depth: int = 0) -> str:
    """A short text: itself, or what stands for an object ({"rendered": …}, {"name": …})."""
    if isinstance(value, str):
        return "" if _says_nothing(value) else value
    if isinstance(value, bool) or value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, int | float):
        return "" if value != value or value in (float("inf"), float("-inf")) else _number(value)
    if isinstance(value, Mapping):
        inner = {fold_name(str(name)): one for name, one in value.items()}
        return next((text for name in _PLAIN if (text := plain(inner.get(name), depth + 1))), "")
    if isinstance(value, list) and len(value) == 1:
        return plain(value[0], depth + 1)
    return ""


def prose(value: object, depth: int = 0) -> str:
    """The paragraphs of a text: a string, a list of them, or blocks of which some are text."""
    if isinstance(value, str):
        return "" if _says_nothing(value) else value
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        parts = [prose(part, depth + 1) for part in value if isinstance(part, str) or _is_block(part)]
        return "\n\n".join(part for part in parts if part)
    if not isinstance(value, Mapping):
        return ""
    inner = {fold_name(str(name)): one for name, one in value.items()}
    if depth == 0 and (inner.get("title") or inner.get("headline")) and not inner.get("sections"):
        return ""  # an article of its own, not the text of this one
    if "sections" in inner or "paragraphs" in inner:
        held = [inner.get(name) for name in ("summary", "headline", "paragraphs", "sections")]
        return prose([part for part in held if part], depth + 1)
    names = ("rendered", "text", "plain", "plaintext", "content", "bodytext", "bodyhtml", "body", "value",
             "html", "contentelements", "items", "children", "cdata", "t")  # fmt: skip
    return next((text for name in names if (text := prose(inner.get(name), depth + 1))), "")


def people(value: object, depth: int = 0) -> list[str] | str:
    """Names of authors: a text of one or several, or a list with one in each."""
    if isinstance(value, str) and (listed := _LISTED.fullmatch(value.strip())):
        return [name for name in _BETWEEN.split(listed[1]) if name.strip()]
    if isinstance(value, list) and depth < _DEEPEST:
        names = [_person(one) for one in value]
        return [name for name in names if name]
    return _person(value)


def _person(value: object) -> str:
    if isinstance(value, int | float):
        return ""
    if isinstance(value, Mapping):
        inner = {fold_name(str(name)): one for name, one in value.items()}
        for first, last in (("firstname", "lastname"), ("givenname", "familyname"), ("given", "family")):
            if isinstance(inner.get(first), str) and isinstance(inner.get(last), str):
                return f"{inner[first]} {inner[last]}".strip()
        if isinstance(whole := inner.get("byline"), str):
            return whole
    return plain(value)


def _is_block(value: object) -> bool:
    """True for a paragraph; a picture, a caption or an advertisement among them is none."""
    if not isinstance(value, Mapping):
        return isinstance(value, list)
    kind = value.get("type", value.get("_type", value.get("role")))
    if not isinstance(kind, str):
        return True
    name = fold_name(kind.rpartition("/")[2])
    return name in _PROSE or name.startswith(("h1", "h2", "h3", "para", "main", "text"))


def _is_prose(value: str) -> bool:
    words = value.split()
    return len(words) >= _LEAST_PROSE and not _ADDRESS.match(value) and value.lstrip()[:1] not in "{["


def _named(record: Folded, name: str) -> object:
    """What stands under a name of the table."""
    return record.get(name) if "." not in name else _at(record, name.split("."))


def _at(record: Mapping[str, object], path: Sequence[str]) -> object:
    """What stands at the end of a path, folded; the first of a list stands for it."""
    value: object = record
    for part in path:
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, Mapping):
            return None
        key = fold_name(part)
        value = value[key] if key in value else next(
            (one for name, one in value.items() if fold_name(str(name)) == key), None
        )  # fmt: skip
    return value


def _pick(record: Folded, name: str, accept: object) -> object:
    """The first value for a field that can be one."""
    assert callable(accept)
    for one in FOR[name]:
        value = record.get(one) if "." not in one else _named(record, one)
        if value is not None and (read := accept(value)) not in (None, "", []):
            return read
    for value in _telling(record, name):
        if (read := accept(value)) not in (None, "", []):
            return read
    return None


def _telling(record: Folded, name: str) -> Iterator[object]:
    """Values of fields whose names hold a part that tells what they are."""
    for key, value in record.items():
        if value not in (None, "", [], {}) and _tells(key, name):
            yield value


@lru_cache(16384)
def _tells(key: str, name: str) -> bool:
    parts, others = TELLING.get(name, ((), ()))
    return any(part in key for part in parts) and not any(part in key for part in others)


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _says_nothing(value: str) -> bool:
    return not value or (len(value) < 50 and value.strip().casefold() in _NOTHING) or value.isspace()


def _is_name(value: object) -> str:
    """A title or an outlet."""
    return plain(value)


def _is_outlet(value: object) -> str:
    text = plain(value).strip()
    return "" if len(text) > _LONGEST_NAME or _ADDRESS.match(text) or text.isdigit() else text


def _is_address(value: object) -> str:
    text = plain(
        value if not isinstance(value, Mapping) else value.get("url") or value.get("href") or value.get("@id")
    ).strip()
    return text if _ADDRESS.match(text) or (text.startswith("/") and " " not in text) else ""


def _is_date(value: object) -> object:
    """What may be a date: a text that says something, a number, an object of parts."""
    if isinstance(value, str) and _says_nothing(value):
        return None
    return None if value in (0, "", [], {}) or isinstance(value, bool) or value != value else value


_ACCEPT = {
    "title": _is_name,
    "published": _is_date,
    "source": _is_outlet,
    "url": _is_address,
    "authors": people,
    "id": plain,
    "place": lambda value: value if isinstance(value, str) else "",
    "kind": lambda value: value if isinstance(value, str) else "",
}
