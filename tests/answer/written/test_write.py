from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.answer.draft import Draft, compose
from dateline.answer.model import Chunk, Message
from dateline.answer.usage import Spending
from dateline.answer.written.write import CUT_OFF, WITHHELD, write
from dateline.bridge.llm import load_llm
from dateline.config import Settings
from dateline.errors import ModelError, ModelFailure
from dateline.types import Article, Delta, Hit, Passage, Writing
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


def hits() -> list[Hit]:
    return [
        Hit(Passage(f"{article.id}-0", article.id, article.text, 0, len(article.text)), article, 1.0, rank)
        for rank, article in enumerate((FIRST, SECOND), 1)
    ]


@dataclass
class Scripted:
    """A language model that says what it was given, piece by piece, and then may fail."""

    pieces: Sequence[str]
    finish: str | None = "stop"
    failure: ModelFailure | None = None
    name: str = "scripted"
    context_tokens: int = 8_192

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
    stream = write(QUESTION, hits(), model, Spending(model.name))
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
        ("a", "will be held in Hanoi"),
        ("b", "spent three days in Pyongyang"),
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
            hits(),
            Scripted(["The summit will ", 'be held in Hanoi. [1: "will be held in Hanoi"]']),
            Spending("scripted"),
        )
    )
    assert events[:2] == [Writing("The summit will"), Writing("The summit will be held in Hanoi.")]
    assert isinstance(events[-1], Delta)
    assert events[-1].claim is not None
    assert events[-1].claim.support == "supported"


def test_the_first_claim_is_shown_before_the_second_is_written() -> None:
    def endless() -> Iterator[str]:
        yield GOOD
        raise AssertionError("nothing more should be read")

    stream = write(QUESTION, hits(), Scripted(endless()), Spending("scripted"))  # type: ignore[arg-type]
    assert (
        next(one for one in stream if isinstance(one, Delta)).text == "The summit will be held in Hanoi. [1]"
    )


def test_the_same_words_get_the_same_number() -> None:
    done = draft('It is in Hanoi. [1: "be held in Hanoi"] Hanoi is the place. [1: "be held in Hanoi"]')
    assert [claim.citations for claim in done.claims] == [(1,), (1,)]
    assert len(done.citations) == 1


@pytest.mark.parametrize(
    "reply",
    [
        'The summit is in Hanoi [1: "will be held in Hanoi"].',
        "The summit is in Hanoi. [1: “will be held in Hanoi”]",
        'The summit is in Hanoi. [1: "will be held in Hanoi."]',
        'The summit is in Hanoi. [passage 1: "will be held in Hanoi"].',
        'The summit is in Hanoi.\n[1: "will be held in Hanoi"]\n',
        "The summit is in Hanoi. [1: will be held in Hanoi]",
        'The summit is in Hanoi. 【1: "will be held in Hanoi"】',
        '- The summit is in **Hanoi**. [1: "will be held in Hanoi"]',
        '1. The summit is in Hanoi. [1: "will be held in Hanoi"',
        '## The summit is in `Hanoi`. [1: "will be held in Hanoi"]\n\n---\n',
        '<think>Is it [1: "no"]?</think>\nThe summit is in Hanoi. [1: "will be held in Hanoi"]',
        'The <b>summit</b> is in [Hanoi](https://example.com/a_(b)). [1: "will be held in Hanoi"]',
        '![The summit](http://example.com/x.png) is in Hanoi. [1: "will be held in Hanoi"](http://x.y/)',
    ],
)
def test_a_marker_is_understood_in_many_forms(reply: str) -> None:
    done = draft(reply)
    assert done.text == "The summit is in Hanoi. [1]"
    assert done.citations[0].quote == "will be held in Hanoi"


def test_several_markers_stand_behind_one_sentence() -> None:
    reply = 'Trump [1: "Trump said"] said Hanoi [1: "be held in Hanoi"][2: "spent three days in Pyongyang"].'
    assert draft(reply).text == "Trump said Hanoi. [1][2]"
    reply = 'It is in Hanoi in February. [1: "be held in Hanoi", "on Feb. 27-28"; 2: "He met Kim Hyok Chol"]'
    assert draft(reply).text == "It is in Hanoi in February. [1][2][3]"


def test_a_quotation_inside_a_quotation_is_found() -> None:
    done = draft('He is patient. [1: ""We are in no rush," he added"] He is [1: "\\"We are in no rush"].')
    assert [one.quote for one in done.citations] == ["“We are in no rush,” he added", "“We are in no rush"]


@pytest.mark.parametrize(
    "marker",
    [
        '[1: "will be held in Bangkok"]',  # invented
        '[2: "will be held in Hanoi"]',  # of another article
        '[9: "will be held in Hanoi"]',  # of no passage
        '[1: "The second summit ... on Feb. 27-28"]',  # glued
        '[1: "Hanoi"]',  # proves nothing
        "[1]",
        "[1, 2]",
        "",
    ],
)
def test_a_claim_without_a_true_quotation_is_unsupported(marker: str) -> None:
    done = draft(f"The summit will be held in Bangkok. {marker}")
    assert done.text == "The summit will be held in Bangkok."
    assert done.claims[0].support == "unsupported"
    assert done.citations == ()


def test_a_bare_number_is_proved_by_a_quotation_in_the_claim() -> None:
    done = draft('Trump said “we are in no rush”. [1] Trump said, "We are in no rush". [1]')
    assert [claim.support for claim in done.claims] == ["unsupported", "partly"]  # "he" said it, not Trump


def test_a_reply_without_any_evidence_is_cut_into_unsupported_sentences() -> None:
    done = draft("It is in Hanoi, the U.S. side said. Mr. Trump will go on Feb. 27. He is glad.")
    assert [claim.text for claim in done.claims] == [
        "It is in Hanoi, the U.S. side said.",
        "Mr. Trump will go on Feb. 27.",
        "He is glad.",
    ]
    assert {claim.support for claim in done.claims} == {"unsupported"}


def test_evidence_carries_only_the_sentence_before_it() -> None:
    done = draft('It will be held in Bangkok. It will be held in Hanoi. [1: "will be held in Hanoi"]')
    assert [claim.support for claim in done.claims] == ["unsupported", "supported"]


def test_a_reply_of_nothing_but_quotations_is_shown_as_quotations() -> None:
    assert draft('[1: "will be held in Hanoi"]').text == "“will be held in Hanoi” [1]"


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
    list(write(QUESTION, hits(), Scripted([GOOD]), spending))
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
        model = load_llm(f"openai:scripted@{server.url}", Settings())
        assert model is not None
        spending = Spending(model.name)
        stream = write(QUESTION, hits(), model, spending, today=date(2019, 2, 20))
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
