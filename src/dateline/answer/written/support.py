"""How far the quotations behind a claim carry it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dateline.answer.written.added import added
from dateline.index import Embedder
from dateline.index.sentences import sentences
from dateline.patterns import lazy
from dateline.text import Parser
from dateline.types import Article, Citation, Support
from dateline.verification import verify
from dateline.verification.orders import reports

NOTHING_QUOTED = "no source is quoted for it"
NOTHING_CARRIES = "nothing that the articles say carries it"
NO_REPORT = "it is, or rests on, a question or an order, and these report nothing"
SPEAKS_ITSELF = "it speaks of itself or to its reader, outside any quotation"
STANDS_BESIDE = "it stands in another sentence than the quoted one"
_QUOTATION = lazy(r"[\"“„«][^\"“”„«»]*[\"”»]")
_ADDRESSES = lazy(r"\b(?:I(?=[ '’][a-z])|[Ww]e|us|[Oo]ur|[Mm]y|me|[Yy]ou|[Yy]our)\b")


def check(
    claim: str, quotes: Sequence[Citation], embedder: Embedder | None, parser: Parser | None = None
) -> Support:
    """How far the quoted sentences carry a claim; see `verify`. Without a quotation it is unsupported.

    Every sentence that is quoted from counts as a whole, since a quotation may leave out its "not". The one
    before, which says who "he" is, and the headline, outlet and day of the article lend it names and dates;
    what they alone carry is partly supported at most.
    """
    if not quotes:
        return Support("unsupported", 0.0, (), (NOTHING_QUOTED,))
    quoted = dict.fromkeys(text for one in quotes for text in _quoted(one) if reports(text))
    if not quoted or not reports(claim):
        return Support("unsupported", 0.0, (), (NO_REPORT,))
    evidence = [*quoted, *dict.fromkeys(text for one in quotes for text in _around(one) if reports(text))]
    found = verify(claim, evidence, embedder=embedder, parser=parser)
    if found.label == "supported" and (reason := _doubt(claim, quoted, quotes, found)):
        return replace(found, label="partly", reasons=(reason,))
    return found


def _doubt(claim: str, quoted: Collection[str], quotes: Sequence[Citation], found: Support) -> str | None:
    """Why a claim that its evidence carries may still say more than what is quoted for it."""
    if _ADDRESSES.search(_QUOTATION.sub("", claim)):
        return SPEAKS_ITSELF
    if all(one.evidence >= len(quoted) for one in found.sentences):
        return STANDS_BESIDE
    new = added(claim, [*quoted, *(_day(one.article) for one in quotes)])
    return f"nothing that is quoted says “{new}”" if new else None


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
    title = quote.article.title
    heads = (title[start:end] for start, end in sentences(title))
    yield ". ".join(filter(None, (*filter(reports, heads), _day(quote.article))))


def _day(article: Article) -> str:
    """Who printed it, and when."""
    day = f"{article.day:%A}, {article.day:%B} {article.day.day}, {article.day.year}" if article.day else ""
    return ". ".join(filter(None, (article.source, day)))


def _paragraph(quote: Citation) -> Iterator[tuple[int, int]]:
    """Where each sentence of the lines that a quotation stands in begins and ends."""
    text = quote.article.text
    begin = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    return iter(sentences(text[: end if end >= 0 else len(text)], start=begin))
