"""How an article and its words are named in an answer."""

from __future__ import annotations

from dateline.types import Article


def in_marks(quote: str) -> str:
    """In quotation marks, unless it opens with its own: a speaker's words, and who said them."""
    return quote if quote[0] in "\"“'‘«„" else f"“{quote}”"


def origin(article: Article) -> str:
    """Outlet, kind and day as a reader would say them: "Harbor Wire, opinion, 8 Feb 2019"."""
    day = f"{article.day.day} {article.day:%b %Y}" if article.day else "undated"
    return ", ".join(filter(None, (article.source or f"“{article.title}”", article.kind, day)))
