"""HTML of the page: masthead, questions and answers, the articles of the reading pane.

Everything that an article, a model or a reader wrote passes through `text`. No line break is ever sent: the
page's component reads Markdown, and a block of HTML without a blank line is what Markdown leaves as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from urllib.parse import urlsplit

from dateline.answer import with_markers
from dateline.types import Answer, Article, Citation, Claim, Delta, Overview, TimeSpan, Usage

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MARKER = re.compile(r"\[(\d+)\]")
SUPPORT = {"partly": "only partly in the sources", "unsupported": "not found in the sources"}
UNCITED = "no source is quoted for it"
SHOWN_OUTLETS = 14
SHOWN_REASONS = 1


def text(value: str) -> str:
    """`value` as HTML on one line; it reads the same, and nothing in it is markup."""
    readable = value.encode("utf-8", "replace").decode()
    return escape(readable).replace("\r", "&#13;").replace("\n", "&#10;")


def plural(count: int, noun: str) -> str:
    """ "1,234 articles", "1 article"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def day(moment: date | None) -> str:
    """ "15 Feb 2019", or "undated"."""
    return "undated" if moment is None else f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def span(first: date | None, last: date | None) -> str:
    """ "31 Jan – 15 Feb 2019"; one day alone where both are the same."""
    if first is None or last is None or first == last:
        return day(first or last)
    start = day(first)
    if first.year == last.year:
        start = start.rsplit(" ", 1)[0]
    return f"{start} – {day(last)}"


# The archive ------------------------------------------------------------------------------------------------


def masthead(overview: Overview, mode: str, notices: Sequence[str]) -> str:
    """The name, what the archive holds, and how it answers."""
    outlets = f" from {plural(len(overview.sources), 'source')}" if overview.sources else ""
    days = f", {span(overview.first, overview.last)}" if overview.first else ""
    warnings = "".join(f'<p class="warning">{text(notice)}</p>' for notice in notices)
    return (
        '<header class="masthead"><h1 class="name">dateline</h1>'
        f'<p class="holdings">{text(plural(overview.articles, "article") + outlets + days)}</p>'
        f'{histogram(overview.months)}<p class="mode">{text(mode)}</p>{warnings}</header>'
    )


def histogram(months: Sequence[tuple[str, int]], *, width: int = 168, height: int = 26) -> str:
    """Articles by month as an SVG drawing; a month without articles is a gap. Empty without months."""
    if not months:
        return ""
    counts = list(every_month(months))
    step, tallest = width / len(counts), max(counts)
    tall = [max(height * count / tallest, 1.0) if count else 0.0 for count in counts]
    bars = "".join(
        f'<rect x="{at * step:.2f}" y="{height - bar:.2f}" width="{step * 0.75:.2f}" height="{bar:.2f}"/>'
        for at, bar in enumerate(tall)
        if bar
    )
    return f'<svg class="histogram" width="{width}" height="{height}">{bars}</svg>'


def every_month(months: Sequence[tuple[str, int]]) -> Iterator[int]:
    """The count of each month from the first to the last."""
    counts = {int(name[:4]) * 12 + int(name[5:7]) - 1: count for name, count in months}
    return (counts.get(month, 0) for month in range(min(counts), max(counts) + 1))


def first_page() -> str:
    """What a reader is told before the first question."""
    return (
        '<div class="first"><h2>Ask the archive</h2><p>Every answer rests on sentences that stand in the '
        "articles. A number opens the article at its sentence.</p></div>"
    )


def outlets(overview: Overview) -> str:
    """The reading pane before anything is open: who wrote what is in the archive."""
    rows = "".join(
        f"<tr><td>{text(name)}</td><td>{count:,}</td></tr>"
        for name, count in overview.sources[:SHOWN_OUTLETS]
    )
    rest = len(overview.sources) - SHOWN_OUTLETS
    more = f"<p>and {plural(rest, 'more source')}</p>" if rest > 0 else ""
    table = f"<h2>In the archive</h2><table><tbody>{rows}</tbody></table>{more}" if rows else ""
    return f'<div class="outlets">{table}<p>The article behind an answer opens here.</p></div>'


# Questions and answers --------------------------------------------------------------------------------------


def exchange(question: str, body: str) -> str:
    """One question and what stands under it."""
    return f'<section class="exchange"><h2 class="question">{text(question)}</h2>{body}</section>'


def waiting(line: str) -> str:
    """The quiet line of work in progress; the page shows Stop while it stands there."""
    return f'<p class="asking">{text(line)}</p>'


def remark(line: str) -> str:
    """One line about what happened instead of an answer."""
    return f'<p class="remark">{text(line)}</p>' if line else ""


def draft(said: Iterable[Delta], writing: str = "") -> str:
    """An answer that is still being written: its numbers lead nowhere yet, its last sentence is unchecked."""
    prose = "".join(drafted(one) for one in said)
    unchecked = f' <span class="unchecked">{text(writing)}</span>' if writing else ""
    return f'<div class="answer"><p>{prose}{unchecked}</p></div>' if prose or unchecked else ""


def drafted(said: Delta) -> str:
    """A piece of a draft; a claim in it bears its mark already."""
    prose = MARKER.sub(r"<sup>\1</sup>", text(said.text))
    return marked(said.claim, prose) if said.claim else prose


def anchor(turn: int, number: int) -> str:
    """The id of a citation's quote in the reading pane, unique in a conversation."""
    return f"c{turn}-{number}"


def answer(given: Answer, turn: int, understood: str = "") -> str:
    """An answer with its sources, and one quiet line about them; before it what was understood."""
    if not given.answered:
        return understood + no_answer(given, turn) + remarks(given)
    lead = ' class="short"' if given.short else ""
    return (
        f'{understood}<div class="answer"><p{lead}>{prose(given, turn)}</p></div>{remarks(given)}'
        f"{sources(given, turn)}{colophon(given)}"
    )


def prose(given: Answer, turn: int) -> str:
    """The claims, in paragraphs where the answer's text has lines: quotes stand apart, sentences run on."""
    shown, place = "", 0
    for one in given.claims:
        place += len(with_markers(one))
        after = given.text[place : place + 1]
        shown += claim(one, turn) + ("</p><p>" if after == "\n" else after)
        place += 1
    return shown


def claim(one: Claim, turn: int) -> str:
    """A sentence with its raised numbers; what its sources do not carry is said in words."""
    numbers = "".join(raised(number, turn) for number in one.citations)
    return marked(one, text(one.text) + numbers)


def marked(one: Claim, prose: str) -> str:
    """The HTML of a claim; where its sources do not carry it, with a mark and the gravest reason."""
    if one.support == "supported":
        return prose
    told = ": ".join([SUPPORT[one.support], *one.reasons[:SHOWN_REASONS]]) if one.citations else UNCITED
    return f'<span class="doubted">{prose}</span> <span class="support">({text(told)})</span>'


def raised(number: int, turn: int) -> str:
    """A citation's number, leading to its quote."""
    spoken = f'<span class="unseen">source </span>{number}'
    return f'<sup><a class="cite" href="#{anchor(turn, number)}">{spoken}</a></sup>'


def remarks(given: Answer) -> str:
    """What was not available, in plain words."""
    return "".join(remark(line) for line in given.notices)


def no_answer(given: Answer, turn: int) -> str:
    """What was searched, in the answer's own words, and what was found that comes nearest."""
    said = given.text.partition("\n")[0] if given.nearest else given.text  # the quotes stand in the lines
    return f'<div class="answer"><p>{text(said)}</p></div>{source_lines(nearest(given), turn)}'


def nearest(given: Answer) -> Sequence[Citation]:
    """What comes closest to an unanswered question: its quotes, or else a passage in their form."""
    hit = None if given.answered else given.coverage.nearest
    if given.nearest or hit is None:
        return given.nearest
    return [Citation(1, hit.article, hit.passage.text, hit.passage.start, hit.passage.end)]


def sources(given: Answer, turn: int) -> str:
    """The numbered sources under an answer. A quote that the answer itself consists of is not repeated."""
    return source_lines(given.citations, turn, said=given.text)


def source_lines(citations: Iterable[Citation], turn: int, *, said: str = "") -> str:
    """One line for each citation, leading to its quote."""
    lines = []
    for one in citations:
        quote = "" if one.quote in said else f"<q>{text(one.quote)}</q>"
        lines.append(
            f'<li><a href="#{anchor(turn, one.number)}"><span class="number">{one.number}</span> '
            f'<span class="line"><b>{text(outlet(one.article))}</b>, {day(one.article.day)} — '
            f"{text(headline(one.article))}{quote}{told(one.told)}{also(one)}</span></a></li>"
        )
    return f'<ol class="sources">{"".join(lines)}</ol>' if lines else ""


def told(words: TimeSpan | None) -> str:
    """The days that a quote tells of, where these and not the day of its report were asked about."""
    if words is None:
        return ""
    days = span(words.since, words.until and words.until - timedelta(days=1))
    return f'<span class="also">tells of {days} (“{text(words.text)}”)</span>'


def also(given: Citation) -> str:
    """Who else printed the same report."""
    others = sorted({outlet(one) for one in given.also})
    return f'<span class="also">also in: {text(", ".join(others))}</span>' if others else ""


def colophon(given: Answer) -> str:
    """How many sources, their span of dates, the mode; and the answer as plain text, to be copied."""
    days = sorted(when for one in given.citations if (when := one.article.day))
    independent = given.independent_sources
    parts = [plural(independent, "independent source" if independent > 1 else "source")]
    if days:
        parts.append(span(days[0], days[-1]))
    if given.as_of:
        parts.append(f"as of {day(given.as_of)}")
    parts.append("quotes only" if given.mode == "extractive" else written_by(given))
    parts += spent(given.usage) if given.usage else []
    if given.degraded:
        parts.append(f"language model failed: {given.degraded.replace('_', ' ')}")
    line, copied = text(" · ".join(parts)), text(plain(given))
    return (
        f'<p class="colophon"><span>{line}</span><button type="button" class="copy">Copy</button>'
        f'<span class="plain" hidden>{copied}</span></p>'
    )


def written_by(given: Answer) -> str:
    """Who put an answer into words."""
    return f"written by {given.usage.model}" if given.usage else "written by a language model"


def spent(usage: Usage) -> list[str]:
    """Tokens and seconds of a language model, as far as they are known."""
    tokens = [
        f"{count:,} {side}"
        for count, side in ((usage.prompt_tokens, "in"), (usage.completion_tokens, "out"))
        if count is not None
    ]
    first = f", first word after {usage.first_token_seconds:.1f} s" if usage.first_token_seconds else ""
    parts = [f"tokens: {', '.join(tokens)}"] if tokens else []
    return [*parts, f"{usage.seconds:.1f} s{first}"] if usage.seconds is not None else parts


def bill(usage: Usage | None, answers: int) -> str:
    """What a conversation of several answers has spent on a language model."""
    if usage is None or answers < 2:
        return ""
    whole = replace(usage, first_token_seconds=None)
    line = " · ".join([f"This conversation: {plural(usage.requests, 'request')}", *spent(whole)])
    return f'<p class="bill">{text(line)}</p>'


def plain(given: Answer) -> str:
    """The answer as text with its sources appended."""
    lines = []
    for one in given.citations:
        article = one.article
        origin = f"{outlet(article)}, {day(article.day)}. {headline(article)}."
        lines.append(f"[{one.number}] {origin} “{one.quote}” {article.url or ''}".rstrip())
    return "\n".join([given.text, *(["", "Sources", *lines] if lines else [])])


# The reading pane -------------------------------------------------------------------------------------------


def leaves(given: Answer, turn: int) -> str:
    """The articles behind an answer, one leaf for each citation; the page shows the one asked for."""
    citations = list(given.citations) or nearest(given)
    return "".join(leaf(index, citations, turn) for index in range(len(citations)))


def leaf(index: int, citations: Sequence[Citation], turn: int) -> str:
    """One article, its quote marked, with the ways to the citations before and after."""
    one = citations[index]
    return (
        f'<section class="leaf">{turning(index, citations, turn)}<article>'
        f'<p class="kicker">{kicker(one.article)}</p>'
        f'<h2 class="headline">{text(headline(one.article))}</h2>{byline(one.article)}'
        f"{body(one, anchor(turn, one.number))}{original(one.article.url)}</article></section>"
    )


def turning(index: int, citations: Sequence[Citation], turn: int) -> str:
    """Previous and next citation of the same answer, and the way back to the chat."""

    def step(to: int, words: str) -> str:
        if 0 <= to < len(citations):
            return f'<a href="#{anchor(turn, citations[to].number)}">{words}</a>'
        return f"<span>{words}</span>"

    place = f"{outlet(citations[index].article)}, {day(citations[index].article.day)}"
    steps = step(index - 1, "← Previous") + step(index + 1, "Next →") if len(citations) > 1 else ""
    return (
        f'<nav class="turning"><span class="place">{text(place)}</span>{steps}'
        '<a class="close" href="#chat">Close</a></nav>'
    )


def outlet(article: Article) -> str:
    """The name of the source, or that it has none."""
    return article.source or "Unnamed source"


def headline(article: Article) -> str:
    """The headline, or the first words of an article that has none."""
    return article.title.strip() or " ".join(article.text.split()[:12]) + " …"


def kicker(article: Article) -> str:
    """Source, date and place, and what kind of piece it is where it is no report."""
    how = {"inferred": " (inferred)", "url": " (from its address)"}.get(article.published_from or "", "")
    parts = [article.kind, outlet(article), day(article.day) + how, article.place]
    return " · ".join(f"<span>{text(part)}</span>" for part in parts if part)


def byline(article: Article) -> str:
    """Who wrote it; empty where that isn't known."""
    return f'<p class="byline">By {text(", ".join(article.authors))}</p>' if article.authors else ""


def body(one: Citation, mark: str) -> str:
    """The article's paragraphs; the quote is marked where it stands, its beginning has the id `mark`."""
    paragraphs, start, name = [], 0, f' id="{mark}"'
    for line in one.article.text.split("\n"):
        first, last = (min(max(place - start, 0), len(line)) for place in (one.start, one.end))
        before, quoted, behind = (text(part) for part in (line[:first], line[first:last], line[last:]))
        if quoted and line.strip():
            quoted, name = f"<mark{name}>{quoted}</mark>", ""
        if line.strip():
            paragraphs.append(f"<p>{before}{quoted}{behind}</p>")
        start += len(line) + 1
    return f'<div class="article-text">{"".join(paragraphs)}</div>'


def original(url: str | None) -> str:
    """A link to a web address, shown as its host; nothing for any other kind of address."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    link = f'<a href="{text(url or "")}" target="_blank" rel="noopener noreferrer">{text(host)}</a>'
    return f'<p class="original">Original at {link}</p>'
