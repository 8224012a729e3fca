"""Question files: one question a line, with its gold answers and the facts that carry them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import SourceError
from dateline.types import JSON, day_of, iso


@dataclass(frozen=True, slots=True)
class Fact:
    """Words of an article that an answer needs."""

    text: str
    article_id: str | None = None

    def to_dict(self) -> JSON:
        return {"article_id": self.article_id, "text": self.text}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known about its answer."""

    id: str
    text: str
    answers: tuple[str, ...]  # any one of them is right
    answerable: bool  # False: the right thing to do is to decline
    type: str | None = None
    as_of: date | None = None
    choices: tuple[str, ...] = ()
    evidence: tuple[Fact, ...] = ()

    def to_dict(self) -> JSON:
        return {
            "id": self.id,
            "question": self.text,
            "answers": list(self.answers),
            "answerable": self.answerable,
            "type": self.type,
            "as_of": iso(self.as_of),
            "choices": list(self.choices),
            "evidence": [fact.to_dict() for fact in self.evidence],
        }


def read_questions(path: str | Path) -> list[Question]:
    """The questions of a JSONL file, in order. Raises SourceError for a file or a line that is none."""
    try:
        lines = Path(path).read_bytes().splitlines()  # of bytes: U+2028 ends a line of str
    except OSError as error:
        raise SourceError(
            f"can't read the questions {path}: {error.strerror}; name a JSONL file of questions"
        ) from None
    found = [
        question_of(_parsed(line), place=f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not found:
        raise SourceError(
            f"{path} holds no question; write one a line, as JSON with id, question, answerable"
        )
    return found


def question_of(given: object, *, place: str) -> Question:
    """The question that a JSON object is. Raises SourceError, which names the place."""
    return _Record(place, given).question()


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


class _Record:
    """A JSON object, read field by field; an error names its place."""

    def __init__(self, place: str, given: object) -> None:
        self._place = place
        if not isinstance(given, dict):
            raise self._error("it is not a JSON object", "write one on one line")
        self._given: dict[str, Any] = given

    def question(self) -> Question:
        return Question(
            id=self._text("id"),
            text=self._text("question"),
            answers=self._texts("answers"),
            answerable=self._answerable(),
            type=self._text_if_any("type"),
            as_of=self._day_if_any("as_of"),
            choices=self._texts("choices"),
            evidence=tuple(
                _Record(f"{self._place}, evidence", fact).fact() for fact in self._list("evidence")
            ),
        )

    def fact(self) -> Fact:
        return Fact(self._text("text"), self._text_if_any("article_id"))

    def _text(self, name: str) -> str:
        value = self._given.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._error(f'"{name}" is not a text', f'write "{name}": "..."')
        return value

    def _text_if_any(self, name: str) -> str | None:
        return None if self._given.get(name) is None else self._text(name)

    def _texts(self, name: str) -> tuple[str, ...]:
        values = self._list(name)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self._error(f'"{name}" holds something other than texts', f'write "{name}": ["..."]')
        return tuple(values)

    def _list(self, name: str) -> list[Any]:
        values = self._given.get(name)
        if values is None:
            return []
        if not isinstance(values, list):
            raise self._error(f'"{name}" is not a list', f'write "{name}": [...]')
        return values

    def _answerable(self) -> bool:
        value = self._given.get("answerable")
        if not isinstance(value, bool):
            raise self._error('"answerable" is neither true nor false', "say which")
        return value

    def _day_if_any(self, name: str) -> date | None:
        value = self._text_if_any(name)
        try:
            return day_of(value)
        except ValueError:
            raise self._error(f'"{name}" is not a day', f'write "{name}": "2019-02-15"') from None

    def _error(self, what: str, remedy: str) -> SourceError:
        return SourceError(f"{self._place}: {what}; {remedy}")
