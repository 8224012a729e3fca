"""Exports of press databases (Nexis, Factiva): many articles in one text, each with lines that tell of it."""

from __future__ import annotations

import re

from dateline.patterns import lazy
from dateline.reading.published import parse_published
from dateline.reading.records.fields import Folded

_NUMBERED = lazy(
    r"(?m)^\s*(?:Document )?\d+ (?:of|von|de) \d+ (?:DOCUMENTS|DOKUMENTEN|DOCUMENTS?)\s*$", re.IGNORECASE
)
_ENDED = lazy(r"(?m)^\s*(?:End of Document|Document [A-Z]{2,10}0{2,}\w+)\s*$", re.IGNORECASE)
_FIELD = lazy(r"(BYLINE|SECTION|LENGTH|DATELINE|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|HEADLINE|Byline|Section|"
              r"Length|Dateline|Load-Date|Language|Highlight|HIGHLIGHT|Body|BODY|"
              r"Copyright .*):?[ \t]*(.*)")  # fmt: skip
_WORDS = lazy(r"[\d,]+ words")
_COPYRIGHT = lazy(r"(?:Copyright|\(c\)|©)", re.IGNORECASE)
_LONGEST_HEAD = 14  # lines above the text of an article


def split_export(text: str) -> list[Folded]:
    """The articles of an export; none where the text is not one."""
    marks = _NUMBERED if len(_NUMBERED.findall(text)) else _ENDED
    if not marks.search(text):
        return []
    parts = [part.strip() for part in marks.split(text)]
    found = [_article(part) for part in parts if len(part.split()) >= 20]
    return [record for record in found if record.get("published") or record.get("byline")]


def _article(part: str) -> Folded:
    """What the lines above and below an article's text say of it, and the text."""
    lines = [line.strip() for line in part.split("\n") if line.strip()]
    record: Folded = {}
    heads: list[str] = []
    place = 0
    for place, line in enumerate(lines[:_LONGEST_HEAD]):
        if field := _FIELD.fullmatch(line):
            name, value = field[1].lower(), field[2].strip()
            if name in ("byline", "section", "headline") and value:
                record[name] = value
            if name == "body":
                place += 1
                break
        elif (day := parse_published(line)) and len(line) < 60 and "published" not in record:
            record["published"] = day
        elif _WORDS.fullmatch(line) or _COPYRIGHT.match(line):
            continue
        elif line.lower().startswith("by ") and len(line) < 80:
            record["byline"] = line
        elif len(line) <= 150 and not line.endswith((".", "”", '"')) and len(heads) < 3:
            heads.append(line)
        else:
            break
    body = [
        line for line in lines[place:]
        if not _FIELD.fullmatch(line)
    ]  # fmt: skip
    record["text"] = "\n\n".join(body)
    _name_heads(record, heads)
    return record


def _name_heads(record: Folded, heads: list[str]) -> None:
    """The headline and the outlet among the lines that stand above: the outlet is the shorter."""
    if "headline" in record:
        record["title"] = record.pop("headline")
        record["source"] = heads[0] if heads else None
    elif len(heads) == 1:
        record["title"] = heads[0]
    elif heads:
        first, second = heads[0], heads[1]
        record["title"], record["source"] = (first, second) if len(first) >= len(second) else (second, first)
