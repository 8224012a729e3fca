"""How far the quotations behind a claim carry it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.index import Embedder
from dateline.index.sentences import sentences
from dateline.types import Citation, Support
from dateline.verification import verify

NOTHING_QUOTED = "no source is quoted for it"
STANDS_BESIDE = "it stands in another sentence than the quoted one"


def check(claim: str, quotes: Sequence[Citation], embedder: Embedder | None) -> Support:
    """How far the quoted sentences carry a claim; see `verify`. Without a quotation it is unsupported.

    Every sentence that is quoted from counts as a whole, since a quotation may leave out its "not". The one
    before, which says who "he" is, and the headline, outlet and day of the article lend it names and dates;
    what they alone carry is partly supported at most.
    """
    if not quotes:
        return Support("unsupported", 0.0, (), (NOTHING_QUOTED,))
    quoted = dict.fromkeys(text for one in quotes for text in _quoted(one))
    evidence = [*quoted, *dict.fromkeys(text for one in quotes for text in _around(one))]
    found = verify(claim, evidence, embedder=embedder)
    carried_by_quote = any(one.evidence < len(quoted) for one in found.sentences)
    if found.label == "supported" and not carried_by_quote:
        return replace(found, label="partly", reasons=(STANDS_BESIDE,))
    return found


def _quoted(quote: Citation) -> Iterator[str]:
    """The whole sentences that a quotation is taken from."""
    text = quote.article.text
    for start, end in _paragraph(quote):
        if start < quote.end and end > quote.start:
            yield text[start:end]


def _around(quote: Citation) -> Iterator[str]:
    """The sentence before the quoted ones, and what stands above the article."""
    before = [place for place in _paragraph(quote) if place[1] <= quote.start]
    if before:
        yield quote.article.text[slice(*before[-1])]
    article = quote.article
    day = f"{article.day:%A}, {article.day:%B} {article.day.day}, {article.day.year}" if article.day else ""
    yield ". ".join(filter(None, (article.title, article.source, day)))


def _paragraph(quote: Citation) -> Iterator[tuple[int, int]]:
    """Where each sentence of the lines that a quotation stands in begins and ends."""
    text = quote.article.text
    begin = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    return iter(sentences(text[: end if end >= 0 else len(text)], start=begin))
