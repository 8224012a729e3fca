"""Every text is escaped, every quote is marked where it stands, every doubt is said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Coverage,
    Delta,
    Filters,
    Hit,
    Overview,
    Passage,
    Usage,
)
from dateline_ui import chips, render

HOSTILE = (
    "![x](http://127.0.0.1:9/x.png) <img src=http://127.0.0.1:9/y.png> [a](javascript:alert(1)) **bold** "
    "$latex$ $$x^2$$ <script>alert(1)</script> </div>\n\n# Heading\n\n* item\n\n"
    "<a href='//x.example'>b</a> & \""
)
HANOI = Article(
    "hanoi",
    "Trump names Hanoi",
    "Trump said on Friday where they meet.\nThe second summit is in Hanoi on Feb. 27-28.\n\nKim agreed.",
    published=date(2019, 2, 8),
    source="Xinhua",
    url="http://example.org/hanoi?a=1&b=2",
    authors=("Liu Jie",),
    place="WASHINGTON",
)
SINGAPORE = Article(
    "singapore", "First summit", "They met in Singapore.", published=date(2018, 6, 12), source="AP"
)


class Reader(HTMLParser):
    """What a browser would make of a piece of HTML: its elements, its links, its words, its marked words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.open: list[str] = []
        self.words = self.marked = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        self.marked += data if "mark" in self.open else ""


def cite(article: Article, quote: str, number: int = 1) -> Citation:
    start = article.text.index(quote)
    return Citation(number, article, quote, start, start + len(quote))


def answer_of(*claims: Claim, citations: tuple[Citation, ...] = ()) -> Answer:
    text = " ".join(claim.text + "".join(f" [{number}]" for number in claim.citations) for claim in claims)
    coverage = Coverage(2, date(2018, 6, 12), date(2019, 2, 8), 2)
    return Answer("Where?", True, "extractive", text, claims, citations, Filters(), coverage)


SUMMITS = answer_of(
    Claim("The second summit is in Hanoi on Feb. 27-28.", "supported", (1,)),
    Claim("They met in Singapore.", "supported", (2,)),
    citations=(
        cite(HANOI, "The second summit is in Hanoi on Feb. 27-28."),
        cite(SINGAPORE, "They met in Singapore.", 2),
    ),
)


@given(st.text())
def test_text_reads_the_same_and_stands_on_one_line(value: str) -> None:
    shown = render.text(value)
    assert unescape(shown) == value
    assert not set(shown) & set("\r\n<>\"'")


def test_half_a_surrogate_pair_is_shown_as_a_question_mark() -> None:
    assert render.text("a\ud800b") == "a?b"


@given(st.text(alphabet="ab .\n\r<&", min_size=1), st.data())
def test_exactly_the_quote_is_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = replace(HANOI, text=text)
    quote = text[start:end]
    shown = render.body(Citation(1, article, quote, start, end), "c1-1")
    page = Reader(shown)
    assert "\n" not in shown
    assert "".join(page.marked.split()) == "".join(quote.split())
    assert "".join(page.words.split()) == "".join(text.split())
    assert bool(quote.strip()) <= shown.count('id="c1-1"') <= 1


def test_a_quote_over_two_paragraphs_has_one_id() -> None:
    shown = render.body(cite(HANOI, "they meet.\nThe second"), "c1-1")
    assert (shown.count("<mark"), shown.count("id=")) == (2, 1)


def test_hostile_text_stays_text() -> None:
    article = Article("h", HOSTILE, HOSTILE, source=HOSTILE, authors=(HOSTILE,), place=HOSTILE, kind=HOSTILE)
    answer = answer_of(Claim(HOSTILE, "unsupported", (1,)), citations=(cite(article, HOSTILE[:40]),))
    answer = replace(answer, mode="llm", notices=(HOSTILE,), usage=Usage(HOSTILE))
    shown = render.exchange(
        HOSTILE, render.answer(answer, 1) + render.draft([Delta(HOSTILE)], HOSTILE)
    ) + render.leaves(answer, 1)
    page = Reader(shown)
    assert page.tags.isdisjoint({"img", "script", "h1", "style", "iframe"})
    assert {link for link in page.links if link} == {"#c1-1", "#chat"}
    assert "\n" not in shown
    assert HOSTILE in page.words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/",
        "http://[",
        "",
        None,
        "x",
    ],
)
def test_only_a_web_address_becomes_a_link(url: str | None) -> None:
    assert render.original(url) == ""


def test_a_link_to_the_original_shows_its_host() -> None:
    link = Reader(render.original('https://news.example.org/a?b=1&c="x'))
    assert link.links == ['https://news.example.org/a?b=1&c="x']
    assert link.words == "Original at news.example.org"


def test_a_number_leads_to_the_quote_of_its_own_turn() -> None:
    shown, pane = render.answer(SUMMITS, 7), render.leaves(SUMMITS, 7)
    assert 'href="#c7-2"' in shown
    assert pane.count('id="c7-2"') == 1


def test_what_the_sources_do_not_carry_is_said_in_words() -> None:
    doubtful = answer_of(
        Claim("It rained.", "unsupported"),
        Claim("They met twice.", "partly", (1,), ("in no sentence: “twice”", "and more")),
        citations=(cite(SINGAPORE, "They met in Singapore."),),
    )
    words = Reader(render.answer(doubtful, 1)).words
    assert "It rained. (no source is quoted for it)" in words
    assert "(only partly in the sources: in no sentence: “twice”)" in words


def test_a_draft_marks_its_claims_and_shows_what_is_being_written() -> None:
    doubted = Delta(" They met twice. [1]", Claim("They met twice.", "partly", (1,), ("once",)))
    shown = render.draft([Delta("They met. [1]", Claim("They met.", "supported", (1,))), doubted], "Then")
    words = Reader(shown).words
    assert words.index("They met.") < words.index("(only partly in the sources: once)") < words.index("Then")
    assert 'class="unchecked">Then<' in shown


def test_quotes_stand_apart_and_prose_runs_on() -> None:
    assert "</p><p>" not in render.answer(replace(SUMMITS, mode="llm"), 1)
    lines = replace(SUMMITS, text=SUMMITS.text.replace("[1] ", "[1]\n"))
    assert render.answer(lines, 1).count("</p><p>") == 1


def test_what_a_conversation_spent_is_said_from_the_second_answer_on() -> None:
    usage = Usage("openai:m", 1_200, 80, 0.4, requests=3, seconds=2.5)
    assert render.bill(usage, 1) == render.bill(None, 2) == ""
    assert "This conversation: 3 requests · tokens: 1,200 in, 80 out · 2.5 s" in render.bill(usage, 2)


def test_the_quiet_line_counts_independent_sources_and_spans_their_days() -> None:
    line = "2 independent sources · 12 Jun 2018 – 8 Feb 2019 · quotes only"
    assert line in Reader(render.answer(SUMMITS, 1)).words


def test_a_source_says_who_else_printed_the_report() -> None:
    first, second = SUMMITS.citations
    copied = replace(SUMMITS, citations=(replace(first, also=(second.article,)), second))
    shown = Reader(render.answer(copied, 1)).words
    assert f"also in: {second.article.source}" in shown
    assert "1 source ·" in shown


def test_the_parts_of_a_question_are_shown() -> None:
    shown = chips.row(replace(SUMMITS, parts=("Who met in <Hanoi>?", "Who stayed away?")))
    assert "Looked for each of Who met in <Hanoi>? · Who stayed away?" in Reader(shown).words


def test_a_copied_answer_brings_its_sources() -> None:
    assert render.plain(SUMMITS).split("\n") == [
        "The second summit is in Hanoi on Feb. 27-28. [1] They met in Singapore. [2]",
        "",
        "Sources",
        "[1] Xinhua, 8 Feb 2019. Trump names Hanoi. “The second summit is in Hanoi on Feb. 27-28.” "
        "http://example.org/hanoi?a=1&b=2",
        "[2] AP, 12 Jun 2018. First summit. “They met in Singapore.”",
    ]


def test_a_source_line_repeats_no_quote_that_the_answer_already_gives() -> None:
    assert "<q>" not in render.sources(SUMMITS, 1)
    retold = replace(SUMMITS, text="It is in Hanoi. [1]")
    assert "<q>The second summit is in Hanoi on Feb. 27-28.</q>" in render.sources(retold, 1)


def test_no_answer_is_followed_by_what_came_nearest() -> None:
    hit = Hit(Passage("p", "singapore", "They met in Singapore.", 0, 22), SINGAPORE, 0.1, 1)
    coverage = Coverage(1234, date(2018, 1, 3), date(2019, 10, 5), 12, hit)
    said = "The archive does not answer this. 1,234 articles were searched."
    unanswered = replace(answer_of(), answered=False, text=said, coverage=coverage)
    shown = render.answer(unanswered, 3)
    assert said in Reader(shown).words
    assert 'href="#c3-1"' in shown
    assert Reader(render.leaves(unanswered, 3)).marked == "They met in Singapore."


def test_no_answer_shows_the_quotes_that_come_closest_and_leads_to_them() -> None:
    closest = (replace(SUMMITS.citations[0], number=1), replace(SUMMITS.citations[0], number=2))
    said = "Not answered. The articles come closest here:"
    text = f"{said}\nXinhua: “{closest[0].quote}” [1]\nXinhua: “{closest[1].quote}” [2]"
    unanswered = replace(answer_of(), answered=False, text=text, nearest=closest)
    shown = render.answer(unanswered, 3)
    assert said in Reader(shown).words
    assert [f'href="#c3-{n}"' in shown for n in (1, 2, 3)] == [True, True, False]
    assert shown.count(closest[0].quote) == 2
    assert "short" not in shown
    assert render.leaves(unanswered, 3).count("<article>") == 2


def test_a_failed_model_is_named_beside_the_mode() -> None:
    failed = replace(SUMMITS, degraded="cut_off", notices=("The model’s reply was cut off.",))
    words = Reader(render.answer(failed, 1)).words
    assert "quotes only · language model failed: cut off" in words
    assert "The model’s reply was cut off." in words


def test_the_pane_says_where_a_date_was_inferred() -> None:
    inferred = replace(HANOI, published_from="inferred", kind="opinion")
    assert Reader(render.kicker(inferred)).words == "opinion · Xinhua · 8 Feb 2019 (inferred) · WASHINGTON"


def test_an_article_without_a_headline_is_called_by_its_first_words() -> None:
    assert render.headline(replace(SINGAPORE, title=" ")) == "They met in Singapore. …"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2018, 1, 3), date(2019, 10, 5), "3 Jan 2018 – 5 Oct 2019"),
        (date(2019, 1, 31), date(2019, 2, 15), "31 Jan – 15 Feb 2019"),
        (date(2019, 2, 15), date(2019, 2, 15), "15 Feb 2019"),
        (None, None, "undated"),
    ],
)
def test_a_span_of_days_reads_as_in_print(first: date | None, last: date | None, shown: str) -> None:
    assert render.span(first, last) == shown


def test_the_masthead_says_what_the_archive_holds() -> None:
    overview = Overview(
        1234,
        5000,
        0,
        date(2018, 12, 3),
        date(2019, 3, 5),
        (("Xinhua", 1200), ("AP", 34)),
        (("2018-12", 1000), ("2019-03", 234)),
        "minilm",
        {},
        1,
    )
    shown = render.masthead(overview, "Quotes only", ("Keyword search only.",))
    assert "1,234 articles from 2 sources, 3 Dec 2018 – 5 Mar 2019" in Reader(shown).words
    assert "Quotes only" in shown
    assert "Keyword search only." in shown
    assert list(render.every_month(overview.months)) == [1000, 0, 0, 234]
    assert shown.count("<rect") == 2


def test_an_empty_archive_has_a_masthead_too() -> None:
    nothing = Overview(0, 0, 0, None, None, (), (), None, {}, 0)
    assert "0 articles" in render.masthead(nothing, "Quotes only", ())
    assert "opens here" in render.outlets(nothing)
