"""The articles that come with the program, and questions to try them with.

They are written for dateline: the events are real, the outlets and their writers are invented.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def articles() -> Path:
    """The folder of articles, in every format that can be read."""
    return _FOLDER / "articles"


def questions() -> Path:
    """The question file (JSONL) that goes with the articles."""
    return _FOLDER / "questions.jsonl"
