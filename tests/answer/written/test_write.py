from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.answer.draft import Draft, compose
from dateline.answer.model import Chunk, Message
from dateline.answer.usage import Spending
from dateline.answer.written.styles import STYLES, StyleName
from dateline.answer.written.write import CUT_OFF, WITHHELD, Ground, write
from dateline.bridge.llm import load_llm
from dateline.config import Settings
from dateline.errors import ModelError, ModelFailure
from dateline.index.sentences import sentences
from dateline.types import Article, Delta, Hit, Passage, Reading, Writing
from scripted_server import Reply, scripted_server

QUESTION = "When and where is the second summit?"
FIRST = Article(
    "a",
    "Trump names the city",
    "The second summit will be held in Hanoi on Feb. 27-28, Trump said.\n"
    "“We are in no rush,” he added. The North will not give up its 1,500 engineers.",
    published=date(2019, 2, 9),
    source="Xinhua",
)
SECOND = Article(
    "b", "Envoy in Pyongyang", "Stephen Biegun spent three days in Pyongyang. He met Kim Hyok Chol."
)


# As a model sees them: 1 the summit, 2 no rush, 3 the engineers; 4 three days, 5 whom he met.
THE_SUMMIT = "The second summit will be held in Hanoi on Feb. 27-28, Trump said."
NO_RUSH = "“We are in no rush,” he added."


def ground(*, doubtful: bool = False) -> Ground:
    hits = []
    for rank, article in enumerate((FIRST, SECOND), 1):
        text = article.text
        passage = Passage(f"{article.id}-0", article.id, text, 0, len(text), tuple(sentences(text)))
        hits.append(Hit(passage, article, 1.0, rank))
    return Ground(hits, (), doubtful)


@dataclass
class Scripted:
    """A language model that says what it was given, piece by piece, and then may fail."""

    pieces: Sequence[str]
    finish: str | None = "stop"
    failure: ModelFailure | None = None
    name: str = "scripted"
    context_tokens: int = 8_192
    style: StyleName = "large"
    reading_speed: float | None = None

    def stream(
        self,
        messages: Sequence[Message],
        shorter: Sequence[Message] | None = None,
        *,
        spent: float = 0.0,
    ) -> Iterator[Chunk]:
        for piece in self.pieces:
            yield Chunk(piece)
        if self.failure:
            raise ModelError(self.failure, "scripted failed")
        yield Chunk("", self.finish, 100, 20)


def written(model: Scripted | str) -> tuple[list[str], Draft]:
    model = Scripted([model]) if isinstance(model, str) else model
    stream = write(QUESTION, ground(), model, Spending(model.name))
    deltas = []
    while True:
        try:
            event = next(stream)
            if isinstance(event, Delta):
                deltas.append(event.text)
        except StopIteration as end:
            return deltas, end.value


def draft(model: Scripted | str) -> Draft:
    return written(model)[1]


GOOD = (
    'The summit will be held in Hanoi. [1: "will be held in Hanoi"] '
    'Stephen Biegun spent three days in Pyongyang. [2: "spent three days in Pyongyang"]'
)


def test_a_claim_carries_the_articles_own_words_and_their_place() -> None:
    done = draft(GOOD)
    assert done.text == (
        "The summit will be held in Hanoi. [1] Stephen Biegun spent three days in Pyongyang. [2]"
    )
    assert [claim.support for claim in done.claims] == ["supported", "supported"]
    assert [(one.article.id, one.quote) for one in done.citations] == [
        ("a", THE_SUMMIT),
        ("b", "Stephen Biegun spent three days in Pyongyang."),
    ]


def test_every_delta_is_a_finished_claim() -> None:
    deltas, _ = written(Scripted(list(GOOD)))
    assert deltas == [
        "The summit will be held in Hanoi. [1]",
        " Stephen Biegun spent three days in Pyongyang. [2]",
    ]


def test_the_words_of_a_claim_come_before_it_is_checked() -> None:
    events = list(
        write(
            QUESTION,
            ground(),
            Scripted(["The summit will ", 'be held in Hanoi. [1: "will be held in Hanoi"]']),
            Spending("scripted"),
        )
    )
    assert isinstance(events[0], Reading)
    assert events[1:3] == [Writing("The summit will"), Writing("The summit will be held in Hanoi.")]
    assert isinstance(events[-1], Delta)
    assert events[-1].claim is not None
    assert events[-1].claim.support == "supported"


def test_the_first_claim_is_shown_before_the_second_is_written() -> None:
    def endless() -> Iterator[str]:
        yield GOOD
        raise AssertionError("nothing more should be read")

    stream = write(QUESTION, ground(), Scripted(endless()), Spending("scripted"))  # type: ignore[arg-type]
    assert (
        next(one for one in stream if isinstance(one, Delta)).text == "The summit will be held in Hanoi. [1]"
    )


def test_the_same_words_get_the_same_number() -> None:
    done = draft("The summit will be held in Hanoi. [1] The second summit will be held in Hanoi. [1]")
    assert [claim.citations for claim in done.claims] == [(1,), (1,)]
    assert len(done.citations) == 1


@pytest.mark.parametrize(
    "reply",
    [
        'The second summit will be held in Hanoi [1: "will be held in Hanoi"].',
        "The second summit will be held in Hanoi. [1: “will be held in Hanoi”]",
        'The second summit will be held in Hanoi. [1: "will be held in Hanoi."]',
        'The second summit will be held in Hanoi. [passage 1: "will be held in Hanoi"].',
        'The second summit will be held in Hanoi.\n[1: "will be held in Hanoi"]\n',
        "The second summit will be held in Hanoi. [1: will be held in Hanoi]",
        'The second summit will be held in Hanoi. 【1: "will be held in Hanoi"】',
        '- The second summit will be held in **Hanoi**. [1: "will be held in Hanoi"]',
        '1. The second summit will be held in Hanoi. [1: "will be held in Hanoi"',
        '## The second summit will be held in `Hanoi`. [1: "be held in"]\n\n---\n',
        '<think>[1: "no"]?</think>\nThe second summit will be held in Hanoi. [1: "be held in"]',
        'The second <b>summit</b> will be held in [Hanoi](https://e.org/a_(b)). [1: "be held in"]',
        '![The second summit](http://e.org/x.png) will be held in Hanoi. [1: "be held in"](http://x.y/)',
    ],
)
def test_a_marker_is_understood_in_many_forms(reply: str) -> None:
    done = draft(reply)
    assert done.text == "The second summit will be held in Hanoi. [1]"
    assert done.citations[0].quote == THE_SUMMIT


def test_a_number_is_a_hint_and_no_condition() -> None:
    for marker in ("", "[1]", "[4]", "[99]", "[1, 2]", "[2-5]", '[1: "never said so"]', "(sentence 3)"):
        done = draft(f"The second summit will be held in Hanoi {marker}.")
        assert done.text == "The second summit will be held in Hanoi. [1]"
        assert [one.quote for one in done.citations] == [THE_SUMMIT]


def test_a_hint_that_carries_the_claim_wins_over_another_sentence_that_does() -> None:
    twice = Article("c", "Again", THE_SUMMIT)
    passage = Passage("c-0", "c", twice.text, 0, len(twice.text), tuple(sentences(twice.text)))
    both = Ground([*ground().hits, Hit(passage, twice, 1.0, 3)], ())
    for number, article in (("1", "a"), ("6", "c")):
        model = Scripted([f"The second summit will be held in Hanoi. [{number}]"])
        *_, done = _ended(write(QUESTION, both, model, Spending(model.name)))
        assert [one.article.id for one in done.citations] == [article]


def test_a_claim_is_carried_by_what_the_model_was_not_shown() -> None:
    whole = ground()
    first = whole.hits[0]
    cut = Passage("a-0", "a", THE_SUMMIT, 0, len(THE_SUMMIT), ((0, len(THE_SUMMIT)),))
    model = Scripted(["The North will not give up its 1,500 engineers. [1]"])
    *_, done = _ended(
        write(QUESTION, Ground([Hit(cut, first.article, 1.0, 1)], ()), model, Spending(model.name))
    )
    assert done.claims[0].support == "supported"
    assert done.citations[0].quote == "The North will not give up its 1,500 engineers."


def _ended(stream: Generator[Reading | Writing | Delta, None, Draft]) -> list[Draft]:
    while True:
        try:
            next(stream)
        except StopIteration as end:
            return [end.value]


def test_what_no_sentence_carries_is_marked_and_cites_nothing() -> None:
    for marker in ('[1: "will be held in Bangkok"]', '[9: "be held in Hanoi"]', "[1]", "[1, 2]", ""):
        done = draft(f"The summit will be held in Bangkok. {marker}")
        assert done.text == "The summit will be held in Bangkok."
        assert done.claims[0].support == "unsupported"
        assert done.citations == ()


def test_a_partly_carried_claim_cites_what_carries_a_part_and_says_what_is_not_there() -> None:
    done = draft("Stephen Biegun spent three days in Pyongyang with a large team of experts. [4]")
    assert done.claims[0].support == "partly"
    assert done.citations[0].quote == "Stephen Biegun spent three days in Pyongyang."
    assert any("experts" in reason for reason in done.claims[0].reasons)


def test_a_reply_without_any_number_is_cut_into_sentences_each_with_what_carries_it() -> None:
    done = draft("It is in Hanoi, the U.S. side said. Mr. Trump will go on Feb. 27. He met Kim Hyok Chol.")
    assert [claim.text for claim in done.claims] == [
        "It is in Hanoi, the U.S. side said.",
        "Mr. Trump will go on Feb. 27.",
        "He met Kim Hyok Chol.",
    ]
    assert [claim.support for claim in done.claims][-1] == "supported"
    assert "supported" not in [claim.support for claim in done.claims][:2]


@pytest.mark.parametrize(
    ("reply", "quotes"),
    [
        ("[1]", [THE_SUMMIT]),
        ("[5][4]", ["Stephen Biegun spent three days in Pyongyang. He met Kim Hyok Chol."]),  # joined
        ("[2, 5]", [NO_RUSH, "He met Kim Hyok Chol."]),
        ("[4-5]", ["Stephen Biegun spent three days in Pyongyang. He met Kim Hyok Chol."]),
        ('[1: "will be held in Hanoi"]', [THE_SUMMIT]),
        ("Sentences [1].", [THE_SUMMIT]),
    ],
)
def test_a_reply_of_numbers_alone_is_an_answer_of_quoted_sentences(reply: str, quotes: list[str]) -> None:
    done = draft(reply)
    assert [one.quote for one in done.citations] == quotes
    assert all(claim.support == "supported" for claim in done.claims)
    assert [claim.citations for claim in done.claims] == [(n,) for n in range(1, len(quotes) + 1)]


def test_a_few_words_come_with_the_sentence_that_has_them() -> None:
    for reply in ("Hanoi", "Hanoi.", "**Hanoi** [1]", "on Feb. 27-28"):
        done = draft(reply)
        assert done.claims[0].support == "supported"
        assert done.citations[0].quote == THE_SUMMIT
        assert THE_SUMMIT in done.claims[0].text
    with pytest.raises(ModelError):
        draft("Bangkok")
    assert draft("1,500 summit engineers").claims[0].support == "unsupported"


def test_numbers_alone_are_no_answer_where_the_evidence_may_not_hold_one() -> None:
    model = Scripted(["[1]"])
    with pytest.raises(ModelError):
        _ended(write(QUESTION, ground(doubtful=True), model, Spending(model.name)))


@pytest.mark.parametrize(
    "reply",
    [
        "According to sentence 1, the second summit will be held in Hanoi.",
        "According to the numbered sentences [1] and [2], the second summit will be held in Hanoi.",
        "The second summit will be held in Hanoi, as stated in sentence [1].",
        "Sentence [1] says that the second summit will be held in Hanoi.",
        "Based on the provided sentences, the second summit will be held in Hanoi.",
        "The second summit will be held in Hanoi. This information is found in sentences [1] and [3].",
        "Sure, here is the answer:\nThe second summit will be held in Hanoi.",
        "The second summit will be held in Hanoi. I hope this helps!",
        "The second summit will be held in Hanoi.\nWhen and where is the second summit?",
    ],
)
def test_what_a_reply_says_about_its_evidence_or_to_its_reader_is_left_out(reply: str) -> None:
    done = draft(reply)
    assert [claim.support for claim in done.claims] == ["supported"]
    assert done.text == "The second summit will be held in Hanoi. [1]"


def test_a_reply_that_echoes_its_prompt_is_no_answer() -> None:
    for style in STYLES.values():
        model = Scripted([style.rules], style=style.name)
        with pytest.raises(ModelError) as caught:
            _ended(write(QUESTION, ground(), model, Spending(model.name)))
        assert caught.value.reason == "bad_reply"


@pytest.mark.parametrize(
    "reply",
    [
        "The provided sentences do not answer the question.",
        "There is no information about when the second summit is.",
        "The numbered sentences do not mention where the second summit is.",
    ],
)
def test_a_decline_in_prose_is_a_draft_without_claims(reply: str) -> None:
    assert draft(reply).claims == ()


@pytest.mark.parametrize(
    "reply",
    [
        "NO ANSWER",
        "**NO ANSWER**",
        "\nNO ANSWER.\nThe passages are about Hanoi.",
        "They do not say.\nNO ANSWER",
        "<think>Do they?</think> NO ANSWER",
    ],
)
def test_no_answer_is_a_draft_without_claims(reply: str) -> None:
    deltas, done = written(Scripted(list(reply)))
    assert (deltas, done.text, done.claims, done.degraded) == ([], "", (), None)


def test_claims_before_a_no_answer_stay() -> None:
    assert draft(f"{GOOD}\nNO ANSWER").text == draft(GOOD).text


def test_what_it_costs_is_counted() -> None:
    spending = Spending("scripted")
    list(write(QUESTION, ground(), Scripted([GOOD]), spending))
    usage = spending.usage()
    assert usage is not None
    assert (usage.model, usage.prompt_tokens, usage.completion_tokens) == ("scripted", 100, 20)
    assert usage.first_token_seconds is not None


@pytest.mark.parametrize("reply", ["{}", "```", "***", "[ ]"])
def test_a_reply_with_nothing_to_read_is_a_failure(reply: str) -> None:
    with pytest.raises(ModelError) as caught:
        draft(reply)
    assert caught.value.reason == "bad_reply"


def test_a_failure_before_the_first_claim_is_raised() -> None:
    with pytest.raises(ModelError) as caught:
        draft(Scripted(["The summit will"], failure="server_error"))
    assert caught.value.reason == "server_error"


def test_a_failure_later_leaves_the_finished_claims() -> None:
    deltas, done = written(Scripted([GOOD[:90]], failure="cut_off"))
    assert done.text == "".join(deltas) == "The summit will be held in Hanoi. [1]"
    assert (done.degraded, done.notices) == ("cut_off", (CUT_OFF,))


@pytest.mark.parametrize(
    ("finish", "reason", "notice"),
    [("length", "cut_off", CUT_OFF), ("content_filter", "content_filter", WITHHELD)],
)
def test_a_reply_stopped_by_its_server_is_degraded(finish: str, reason: str, notice: str) -> None:
    done = draft(Scripted([GOOD[:-5]], finish=finish))
    assert done.text == "The summit will be held in Hanoi. [1]"
    assert (done.degraded, done.notices) == (reason, (notice,))
    with pytest.raises(ModelError) as caught:
        draft(Scripted(["The summit will"], finish=finish))
    assert caught.value.reason == reason


REPLIES = st.lists(
    st.sampled_from(
        [
            *"[]【】()!<>*`#\n:,.\"“”'1 29",
            *("The summit ", "Hanoi. ", "U.S. ", "on Feb. ", "and ", '[1: "', '"]', "will be held in Hanoi"),
            *(
                "[2: “spent three days in Pyongyang”]",
                "[1]",
                "[1, 2]",
                "](http://e.org)",
                "![",
                "<b>",
                "</b>",
            ),
            *("<think>", "</think>", "NO ANSWER", "- ", "1. ", "”", "Kim said, ", '; 2: "', "passage "),
        ]
    )
    | st.text(max_size=8),
    max_size=25,
).map("".join)


@given(REPLIES, st.lists(st.integers(1, 9), max_size=40), st.sampled_from(["stop", "length"]))
@example("<<b>script>alert(1)<*b>", [1], "stop")
@example("It is\n[\n1] so", [7], "stop")
@example('A [[1](x) [1: "', [3], "stop")
def test_whatever_a_model_says_the_answer_keeps_its_promises(
    reply: str, cuts: list[int], finish: str
) -> None:
    pieces, rest = [], reply
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    try:
        whole = draft(Scripted([reply], finish=finish))
    except ModelError:
        with pytest.raises(ModelError):
            draft(Scripted([*pieces, rest], finish=finish))
        return
    deltas, done = written(Scripted([*pieces, rest], finish=finish))
    assert done.claims == whole.claims, "an answer must not depend on how the stream was cut"
    assert "".join(deltas) == done.text == compose(done.claims)
    assert [one.number for one in done.citations] == list(range(1, len(done.citations) + 1))
    for claim in done.claims:
        assert not re.search(r"[\[\]【】\n*`]|<[A-Za-z/!?]", claim.text)
        assert claim.citations or claim.support == "unsupported"
        assert (claim.support == "supported") == (claim.reasons == ())
        assert set(claim.citations) <= {one.number for one in done.citations}


def test_a_long_reply_is_read_in_linear_time() -> None:
    begun = time.monotonic()
    for hostile in (
        '[1: "' * 4_000,
        "[" * 20_000,
        "<a" * 10_000,
        "](" * 10_000,
        "![" * 10_000,
        "[1: " + "( " * 9_000,
    ):
        with suppress(ModelError):  # there may be nothing readable in it
            draft(Scripted([hostile[i : i + 7] for i in range(0, len(hostile), 7)]))
    assert time.monotonic() - begun < 10


def test_an_answer_over_http_is_written_and_counted() -> None:
    with scripted_server([Reply.status(500), Reply.text(GOOD, tokens=(321, 45))]) as server:
        model = load_llm(f"openai:scripted@{server.url}", Settings(llm_style="large"))
        assert model is not None
        spending = Spending(model.name)
        stream = write(QUESTION, ground(), model, spending, today=date(2019, 2, 20))
        text = ""
        while True:
            try:
                event = next(stream)
                text += event.text if isinstance(event, Delta) else ""
            except StopIteration as end:
                done: Draft = end.value
                break
    assert text == done.text == draft(GOOD).text
    usage = spending.usage()
    assert usage is not None
    assert (usage.prompt_tokens, usage.requests, len(server.requests)) == (321, 2, 2)
