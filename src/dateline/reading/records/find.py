"""Where in a parsed file its articles stand: in a list, inside an object, one for each key, in columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.reading.records.fields import (
    Folded,
    clear_prose,
    excerpt,
    fold_name,
    folded,
    strong_text,
    title_in,
)
from dateline.reading.records.names import CONTAINERS, FOR, RELATED

_DEEPEST = 8
_SHOWN = 12  # names of fields in a message


@dataclass(frozen=True, slots=True)
class Found:
    """One record and where it stands; or, without one, what stands there instead."""

    where: str
    record: Folded | None
    why: str = ""


def find_records(value: object, text_at: str | None = None) -> Iterator[Found]:
    """The records that a value holds, in order. `text_at`: where their text stands, if that is known."""
    if isinstance(value, list):
        yield from _in_list(value, text_at)
        return
    if not isinstance(value, Mapping):
        yield Found("", None, "it is not a record with named fields")
        return
    found = list(_in_object(value, {}, text_at, 0))
    yield from found or [Found("", None, _what(value))]


def _in_list(items: list[object], text_at: str | None) -> Iterator[Found]:
    for number, item in enumerate(items, 1):
        where = f"item {number}"
        if isinstance(item, Mapping):
            held = list(_in_object(item, {}, text_at, 0))
            if held:
                yield from (Found(_joined(where, one.where), one.record, one.why) for one in held)
            else:
                yield Found(where, None, _what(item))
        elif isinstance(item, str) and len(item.split()) > 3:
            yield Found(where, {"text": item})
        elif isinstance(item, list) and all(isinstance(one, Mapping) for one in item) and item:
            yield from (Found(_joined(where, one.where), one.record, one.why)
                        for one in _in_list(item, text_at))  # fmt: skip
        else:
            yield Found(where, None, "it is not a record with named fields")


def _in_object(
    value: Mapping[object, object], around: Folded, text_at: str | None, depth: int
) -> Iterator[Found]:
    """The articles of an object: it, what it wraps, or what it holds."""
    record = folded(value)
    if text_at and _reaches(value, text_at):
        yield Found("", {**around, **record})
        return
    if (columns := _columns(record)) is not None:
        yield from _in_list(list(columns), text_at)
        return
    if not text_at and strong_text(record):
        yield Found("", {**around, **record})
        return
    if depth < _DEEPEST:
        weak = bool(excerpt(record)) and bool(title_in(record))
        held = list(_below(value, record, text_at, depth, only_containers=weak))
        if held:
            yield from held
            return
    if not text_at and ((excerpt(record) and (title_in(record) or record.get("url"))) or clear_prose(record)):
        yield Found("", {**around, **record})


def _below(
    value: Mapping[object, object], record: Folded, text_at: str | None, depth: int, *, only_containers: bool
) -> Iterator[Found]:
    around = {name: one for name, one in record.items() if not isinstance(one, Mapping | list)}
    objects = [one for one in value.values() if isinstance(one, Mapping)]
    by_id = len(objects) == len(value) > 1
    for name, one in value.items():
        key = fold_name(str(name))
        if key in RELATED or (only_containers and key not in CONTAINERS):
            continue
        if isinstance(one, Mapping):
            own = {**around, "id": str(name)} if by_id else around
            for found in _in_object(one, own, text_at, depth + 1):
                yield Found(_joined(str(name), found.where), found.record, found.why)
        elif isinstance(one, list) and one and any(isinstance(item, Mapping | list) for item in one):
            held = list(_in_list(one, text_at))
            if key in CONTAINERS or any(found.record and title_in(found.record) for found in held):
                yield from held


def _columns(record: Folded) -> Iterator[dict[str, object]] | None:
    """The rows of what pandas writes as "split" or "columns"; None for any other shape."""
    names, rows = record.get("columns"), record.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        return (dict(zip(map(str, names), row, strict=False)) for row in rows)
    columns = {name: one for name, one in record.items() if isinstance(one, Mapping)}
    texts = [name for name in columns if name in _TEXTS]
    if len(columns) < 2 or len(columns) < len(record) or not texts:
        return None
    keys = list(columns[texts[0]])
    if not all(list(one) == keys for one in columns.values()):
        return None
    return ({name: column[key] for name, column in columns.items()} for key in keys)


_TEXTS = frozenset(FOR["text"]) | frozenset(FOR["excerpt"]) | frozenset(("title", "headline"))


def _reaches(value: object, path: str) -> bool:
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return False
        key = fold_name(part)
        value = next((one for name, one in value.items() if fold_name(str(name)) == key), None)
    return isinstance(value, str | list) and bool(value)


def _what(value: Mapping[object, object]) -> str:
    """What an object is that holds no article."""
    record = folded(value)
    error = record.get("message") or record.get("error") or record.get("errors") or record.get("fault")
    failed = record.get("status") in ("error", "fail", "failed") or "error" in record or "fault" in record
    if error and (failed or "code" in record) and len(record) <= 6:
        return f"it is no article but an error: {str(error)[:200]}"
    if not any(value.values()):
        return "the article has no text"
    return no_text(value)


def no_text(value: Mapping[object, object]) -> str:
    """Why a record is not read in which nothing is known as its text, and what would help."""
    if set(map(fold_name, map(str, value))) & (_TEXTS - frozenset(("title", "headline"))):
        return "the article has no text"
    names = ", ".join(str(name)[:40] for name in list(value)[:_SHOWN]) or "none"
    more = ", …" if len(value) > _SHOWN else ""
    return f"the article has no text under a name that is known; its fields: {names}{more}; --map text=FIELD"


def _joined(one: str, other: str) -> str:
    return f"{one}, {other}" if one and other else one or other
