"""Whatever a model does, a question is answered from the articles, in time, and no secret is told."""

from __future__ import annotations

import json
import logging
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.answer.written.write import CUT_OFF, WITHHELD
from dateline.archive import Archive
from dateline.bridge.breaker import FAILURES
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.types import Answer, Delta
from listening import SECRET, heard, leak, model_at, secrets
from scripted_server import Body, Reply, Script, ScriptedServer, scripted_server

QUESTION = "How much did the new bridge in Larkvale cost?"
COST = "It cost 48 million euros, six million more than planned."
QUICK = Settings(llm_first_word_seconds=0.8, llm_seconds=1.6)
PATIENT = Settings(llm_first_word_seconds=30.0, llm_seconds=60.0)  # where what fails is not the time
SLACK = 3.0  # seconds: the search, and a busy machine
LAST_WORDS = " The old bridge"  # no sentence


def word_limit(settings: Settings) -> float:
    assert settings.llm_first_word_seconds
    return settings.llm_first_word_seconds


def claim(body: Body) -> str:
    """A sentence with the number of the one that says it, in the evidence that the request tells."""
    number = re.search(rf"^\[(\d+)\] {re.escape(COST)}", str(body["messages"][-1]["content"]), re.MULTILINE)
    assert number
    return f"{COST} [{number[1]}]"


@contextmanager
def asked_at(
    server: ScriptedServer, index: Path, embedder: MiniLM, settings: Settings = PATIENT
) -> Iterator[Archive]:
    archive = dateline.open(index, llm=f"openai:scripted@{server.url}", embedder=embedder, settings=settings)
    archive.search(QUESTION)  # opens what is opened once
    yield archive


def answered(archive: Archive, caplog: pytest.LogCaptureFixture) -> tuple[Answer, float]:
    """The answer, and the seconds that it took; its stream keeps its promises and the logs keep silent."""
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    begun = time.monotonic()
    events = list(archive.stream(QUESTION))
    seconds = time.monotonic() - begun
    answer = events[-1]
    assert isinstance(answer, Answer)
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text
    return answer, seconds


def assert_tells_no_secret(answer: Answer, server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    ours = [one for one in caplog.records if one.name.split(".")[0] in ("dateline", "dateline_ui")]
    seen = [one for one in caplog.records if one.levelno >= logging.WARNING]  # what is printed by default
    told = json.dumps(answer.to_dict()) + "".join(one.getMessage() for one in (*ours, *seen))
    for secret in secrets(server):
        assert secret not in told


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """The clients' modules: importing them takes seconds, and deadlines here are short."""
    with scripted_server([Reply.text("Ready.")]) as server:
        heard(model_at(server, Settings()))


Case = Callable[[Body], Reply]


def always(reply: Reply) -> Case:
    return lambda body: reply


def event(text: str) -> str:
    choices: list[dict[str, Any]] = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
    return f"data: {json.dumps({'id': '1', 'object': 'chat.completion.chunk', 'choices': choices})}\n\n"


NOTHING_SAID: dict[str, tuple[str, int, Case]] = {
    "wrong key": ("unauthorized", 1, always(leak(401))),
    "key without a right": ("unauthorized", 1, always(leak(403))),
    "unknown model": ("unknown_model", 1, always(leak(404))),
    "busy, come back at once": ("rate_limited", 2, always(leak(429, retry_after="0.1"))),
    "busy, come back later": ("rate_limited", 1, always(leak(429, retry_after="120"))),
    "busy, come back on": (
        "rate_limited",
        1,
        lambda body: leak(429, retry_after=formatdate(time.time() + 60, usegmt=True)),
    ),
    "busy": ("rate_limited", 2, always(leak(429, retry_after=None))),
    "broken twice": ("server_error", 2, always(leak(500))),
    "silent": ("timeout", 1, always(Reply.silence(30))),
    "silent before its headers": ("timeout", 1, always(Reply.silence(30, mute=True))),
    "dribbling headers": ("timeout", 1, always(Reply.dribble("H", pace=0.1, mute=True))),
    "dribbling bytes": ("timeout", 1, always(Reply.dribble("d", pace=0.1))),
    "dribbling comments": ("timeout", 1, always(Reply.dribble(": wait\n\n", pace=0.1))),
    "dribbling nothing": ("timeout", 1, always(Reply.dribble(event(""), pace=0.1))),
    "cut before a word": ("unreachable", 2, always(Reply.cut("", torn=True))),
    "reset before a word": ("unreachable", 2, always(Reply.broken(""))),
    "filtered before a word": ("content_filter", 1, always(Reply.finish("content_filter"))),
    "at its limit before a word": ("cut_off", 1, always(Reply.finish("length"))),
    "cut in the first sentence": ("cut_off", 1, always(Reply.cut("The bridge"))),
    "too long, by its code": (
        "context_too_long",
        2,
        always(leak(400, code="context_length_exceeded")),
    ),
    "too long, by its status": ("context_too_long", 2, always(leak(413))),
    "a web page": ("bad_reply", 1, always(Reply.html())),
    "no choices": ("bad_reply", 1, always(Reply.empty_choices())),
    "no JSON": ("bad_reply", 1, always(Reply.bad_json())),
    "empty JSON": ("bad_reply", 1, always(Reply.text("{}"))),
    "nothing but markup": ("bad_reply", 1, always(Reply.text("```\n```"))),
    "nothing but space": ("bad_reply", 1, always(Reply.text(" \n"))),
    "an error in the stream": (
        "server_error",
        2,
        always(Reply(raw=f'data: {{"error": {{"type": "server_error", "message": "{SECRET}"}}}}\n\n')),
    ),
}


@pytest.mark.parametrize("name", NOTHING_SAID)
def test_a_model_that_says_nothing_usable_is_replaced_by_quotes(
    name: str, index: Path, embedder: MiniLM, caplog: pytest.LogCaptureFixture
) -> None:
    reason, requests, reply = NOTHING_SAID[name]
    limits = QUICK if reason == "timeout" else PATIENT
    with scripted_server([reply]) as server, asked_at(server, index, embedder, limits) as archive:
        answer, seconds = answered(archive, caplog)
        assert seconds < word_limit(limits) + SLACK
        assert len(server.requests) <= requests
    assert answer.answered
    assert answer.degraded == reason
    assert COST in answer.text
    assert answer.citations
    assert all(one.support == "supported" for one in answer.claims)
    assert any(notice.startswith("Quotes only: openai:scripted ") for notice in answer.notices)
    assert_tells_no_secret(answer, server, caplog)


CUT_SHORT: dict[str, tuple[str, str, Case]] = {
    "cut": ("cut_off", CUT_OFF, lambda body: Reply.cut(claim(body) + LAST_WORDS)),
    "torn": ("cut_off", CUT_OFF, lambda body: Reply.cut(claim(body) + LAST_WORDS, torn=True)),
    "reset": ("cut_off", CUT_OFF, lambda body: Reply.broken(claim(body) + LAST_WORDS)),
    "length": ("cut_off", CUT_OFF, lambda body: Reply.finish("length", claim(body) + LAST_WORDS)),
    "filtered": (
        "content_filter",
        WITHHELD,
        lambda body: Reply.finish("content_filter", claim(body) + LAST_WORDS),
    ),
    "silent": ("timeout", CUT_OFF, lambda body: Reply.silence(30, after=claim(body) + LAST_WORDS)),
    "dribbling": (
        "timeout",
        CUT_OFF,
        lambda body: Reply.dribble(event(" "), pace=0.1, after=claim(body) + LAST_WORDS),
    ),
    "endless": ("timeout", CUT_OFF, lambda body: Reply.dribble(event(" And"), pace=0.1, after=claim(body))),
    "bad JSON": ("bad_reply", CUT_OFF, lambda body: Reply.bad_json(after=claim(body) + LAST_WORDS)),
}


@pytest.mark.parametrize("name", CUT_SHORT)
def test_a_reply_that_breaks_off_is_shown_as_far_as_it_was_checked(
    name: str, index: Path, embedder: MiniLM, caplog: pytest.LogCaptureFixture
) -> None:
    reason, notice, reply = CUT_SHORT[name]
    limits = Settings(llm_seconds=3.0) if reason == "timeout" else PATIENT
    with scripted_server([reply]) as server, asked_at(server, index, embedder, limits) as archive:
        answer, seconds = answered(archive, caplog)
        assert limits.llm_seconds
        assert seconds < limits.llm_seconds + SLACK
        assert len(server.requests) == 1
    assert answer.mode == "llm"
    assert answer.degraded == reason
    assert notice in answer.notices
    assert answer.claims[0].text == COST
    assert answer.claims[0].support == "supported"
    assert answer.citations[0].quote == COST
    assert LAST_WORDS not in answer.text
    assert_tells_no_secret(answer, server, caplog)


@pytest.mark.parametrize(
    "failure",
    [leak(500), leak(429), leak(400, code="context_length_exceeded"), leak(400), Reply.cut("", torn=True)],
)
def test_a_failure_that_passes_is_not_noticed(
    failure: Reply, index: Path, embedder: MiniLM, caplog: pytest.LogCaptureFixture
) -> None:
    script: Script = [failure, lambda body: Reply.text(claim(body))]
    with scripted_server(script) as server, asked_at(server, index, embedder) as archive:
        answer, _ = answered(archive, caplog)
        assert len(server.requests) == 2
    assert (answer.mode, answer.degraded) == ("llm", None)
    assert answer.citations[0].quote == COST
    assert_tells_no_secret(answer, server, caplog)


@pytest.mark.parametrize(
    "said",
    [
        "The bridge cost 48 million euros, and six million more than planned.",
        "# Cost\n\n- **48 million** euros\n- *six million* more than planned\n",
        '{"answer": "48 million euros", "sources": "all of them"}',
        '```json\n["48 million euros"]\n```',
        "Sure! Here is what I found: see [the article](http://127.0.0.1/secret-portal) ![](http://127.0.0.1/x.png)",
    ],
)
def test_a_reply_that_ignores_the_form_is_an_answer_or_gives_way_to_quotes(
    said: str, index: Path, embedder: MiniLM, caplog: pytest.LogCaptureFixture
) -> None:
    with scripted_server([Reply.text(said)]) as server, asked_at(server, index, embedder) as archive:
        answer, _ = answered(archive, caplog)
        assert len(server.requests) == 1
    assert answer.degraded in (None, "bad_reply")
    assert any(COST in one.quote for one in answer.citations)
    assert any(one.support != "unsupported" and "48 million" in one.text for one in answer.claims)
    assert not re.search(r"https?:|!\[|\]\(|<", answer.text)
    by_number = {one.number: one.article.id for one in answer.citations}
    assert all(set(one.citations) <= set(by_number) for one in answer.claims)
    assert all(one.citations or one.support == "unsupported" for one in answer.claims)


def test_a_model_that_is_not_there_costs_little_time(
    index: Path, embedder: MiniLM, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = ScriptedServer([], url=f"http://127.0.0.1:{unused.getsockname()[1]}/v1")
        with asked_at(nobody, index, embedder, QUICK) as archive:
            answers = [answered(archive, caplog) for _ in range(FAILURES + 1)]
    assert {answer.degraded for answer, _ in answers} == {"unreachable"}
    assert all(seconds < word_limit(QUICK) + SLACK for _, seconds in answers)
    last, _ = answers[-1]
    assert any("is not asked for another" in notice for notice in last.notices)
    assert COST in last.text
    assert_tells_no_secret(last, nobody, caplog)
