"""Whose words a quoted sentence has, where it does not say so itself: “We lost because …,” she added."""

from __future__ import annotations

import re

from dateline.index.sentences import Span, sentences
from dateline.patterns import lazy
from dateline.types import Article

_OPENS = lazy(r"^[\"“„«'‘]")
_QUOTED = lazy(r"[\"“„«][^\"”“»]*(?:[\"”“»]|$)|(?<!\w)['‘][^'’]*['’](?!\w)")
_FIRST_PERSON = lazy(r"^(?:I|We|My|Our)\b")
_NAME = lazy(r"(?<!^)(?<![.?!:] )(?<![\w’'-])[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+|[a-z] (?:[A-Z][\w’'-]+)")
_REACH = 3  # sentences back in which the speaker is named


def naming(article: Article, start: int, end: int) -> Span | None:
    """The nearest sentence before that names who speaks; None where the quoted one needs none.

    It needs one where it is somebody's words, in quotation marks or in the first person, and outside of them
    has no name.
    """
    said = article.text[start:end]
    outside = _QUOTED.sub(" ", said)
    if not (_OPENS.match(said) or _FIRST_PERSON.match(said)) or re.search(r"[A-Z]\w+", outside):
        return None
    before = list(sentences(article.text[:start].rstrip()))[-_REACH:]
    return next((span for span in reversed(before) if _names_a_speaker(article.text[slice(*span)])), None)


def _names_a_speaker(sentence: str) -> bool:
    return _NAME.search(_QUOTED.sub(" _ ", sentence)) is not None
