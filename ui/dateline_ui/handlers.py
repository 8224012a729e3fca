"""What the page shows after each thing a reader does: plain values in, a `Page` of HTML out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from dateline.answer import total
from dateline.errors import DatelineError
from dateline.types import Answer, Delta, Event, Evidence, Filters, Quoted, Reading, Turn, Writing
from dateline_ui import render
from dateline_ui.asking import Asking
from dateline_ui.chips import Chip, ignored, row, toggled

logger = logging.getLogger("dateline")

LONGEST_QUESTION = 2_000  # characters
SECONDS_BETWEEN_UPDATES = 0.1
SEARCHING = "Searching the archive"
STOPPED = "Stopped."
BROKEN = "Something went wrong, and it was not your question. The terminal that runs dateline says what."


class Answering(Protocol):
    """The part of an Archive that a conversation needs."""

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        filters: Filters | None = None,
    ) -> Generator[Event]:
        """Evidence, Delta..., Answer last."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation and as much of its answer as there is."""

    question: str
    quoted: str = ""  # the answer in quotes, which stands until a model has said something
    said: tuple[Delta, ...] = ()  # of the answer so far
    writing: str = ""  # the sentence that is being written
    asking: str = ""  # what is being done; empty when nothing is
    remark: str = ""  # why it ended without an answer
    answer: Answer | None = None
    day: str = ""  # as of which was asked, as it was written
    left: tuple[Chip, ...] = ()  # what was not to be understood from it


Conversation = tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What changes on the page; None stays as it is."""

    conversation: Conversation | None = None
    earlier: str | None = None  # every exchange but the last
    current: str | None = None  # the last exchange
    pane: str | None = None
    question: str | None = None  # the question field
    notice: str | None = None  # the line above it
    day: str | None = None  # the field of the day as of which is asked


def ask(
    archive: Answering,
    question: str,
    conversation: Conversation,
    asking: Asking,
    *,
    day: str = "",
    left: tuple[Chip, ...] = (),
    now: Callable[[], float] = time.monotonic,
) -> Generator[Page]:
    """The page while a question is answered, at most ten times a second; as of a day, if one is given.

    Closing it, or ending `asking`, closes the archive's stream. A failure that nobody foresaw is logged, and
    the page says so.
    """
    asked = question.encode("utf-8", "replace").decode().strip()
    if not asked or len(asked) > LONGEST_QUESTION:
        yield Page(notice=too_long(asked) if asked else "")
        return
    try:
        as_of = date.fromisoformat(day.strip()) if day.strip() else None
    except ValueError:
        yield Page(notice=no_day(day))
        return
    past = () if "context" in left else conversation
    history = [Turn(one.question, one.answer.text) for one in past if one.answer]
    last = Exchange(asked, asking=SEARCHING, day=day, left=left)
    yield replace(begun(conversation, last), question="", notice="")
    shown = now()
    try:
        stream = archive.stream(asked, history=history, as_of=as_of, filters=ignored(left))
        with closing(asking.read(stream)) as events:
            for event in events:
                last = after(last, event)
                if isinstance(event, Answer) or now() - shown >= SECONDS_BETWEEN_UPDATES:
                    shown = now()
                    yield changed((*conversation, last))
    except DatelineError as error:
        yield changed((*conversation, replace(last, asking="", remark=str(error))))
    except Exception:  # here, since Gradio's own event of failure also comes when a question is stopped
        logger.exception("a question ended without an answer")
        yield ended((*conversation, last), BROKEN)
    else:
        if asking.stopped and not last.answer:
            yield ended((*conversation, last), STOPPED)


def pressed(archive: Answering, chip: Chip, conversation: Conversation, asking: Asking) -> Generator[Page]:
    """The page while the last question is answered again, without or with what a chip of its answer says."""
    if not conversation:
        return
    *earlier, last = conversation
    if chip == "today":
        yield Page(day="")
        yield from ask(archive, last.question, tuple(earlier), asking, left=last.left)
    else:
        left = toggled(last.left, chip)
        yield from ask(archive, last.question, tuple(earlier), asking, day=last.day, left=left)


def after(exchange: Exchange, event: Event) -> Exchange:
    """The exchange after one more event of its stream."""
    match event:
        case Evidence(hits=hits):
            read = f"Reading {render.plural(len(hits), 'passage')}"
            articles = len({hit.article.id for hit in hits})
            return replace(exchange, asking=f"{read} from {render.plural(articles, 'article')}")
        case Quoted(text=quoted):
            return replace(exchange, quoted=quoted)
        case Reading(model, tokens, seconds):
            return replace(exchange, asking=f"{model} reads about {tokens:,} tokens: {seconds:.0f} s so far")
        case Writing(text=words):
            return replace(exchange, writing=words, asking="Writing")
        case Delta():
            return replace(exchange, said=(*exchange.said, event), writing="", asking="Writing")
        case Answer():
            return replace(exchange, asking="", answer=event)


def too_long(question: str) -> str:
    """Why a question is not asked."""
    limit = f"A question may have at most {LONGEST_QUESTION:,} characters"
    return block(render.remark(f"{limit}; this one has {len(question):,}."))


def no_day(text: str) -> str:
    """Why a question is not asked as of such a day."""
    return block(render.remark(f"“{text.strip()[:40]}” is not a day; write it as 2019-02-16."))


def ended(conversation: Conversation, remark: str) -> Page:
    """The page when the last exchange ends before its answer: what was written stays."""
    last = replace(conversation[-1], asking="", writing="", remark=remark)
    return changed((*conversation[:-1], last))


def renewed(pane: str) -> Page:
    """The page of a new conversation."""
    return Page(conversation=(), earlier="", current="", pane=pane, question="", notice="")


def begun(earlier: Conversation, last: Exchange) -> Page:
    """The page when a question has been asked: what was the last exchange joins the earlier ones."""
    shown = "".join(exchange(past, turn) for turn, past in enumerate(earlier, 1))
    return replace(changed((*earlier, last)), earlier=block(shown))


def changed(conversation: Conversation) -> Page:
    """The page whose last exchange is new; a new answer brings its articles."""
    last, turn = conversation[-1], len(conversation)
    answers = [past.answer for past in conversation if past.answer]
    bill = render.bill(total(one.usage for one in answers), len(answers)) if last.answer else ""
    return Page(
        conversation=conversation,
        current=block(exchange(last, turn, removable=True) + bill),
        pane=block(pane(conversation)) if last.answer else None,
    )


def exchange(shown: Exchange, turn: int, *, removable: bool = False) -> str:
    """One exchange as HTML; of the last, what was understood can be taken away."""
    if shown.answer:
        chips = row(shown.answer, shown.left, removable=removable)
        return render.exchange(shown.question, render.answer(shown.answer, turn, chips))
    said = shown.said or ((Delta(shown.quoted),) if shown.quoted else ())
    body = render.draft(said, shown.writing) + render.remark(shown.remark)
    return render.exchange(shown.question, body + (render.waiting(shown.asking) if shown.asking else ""))


def pane(conversation: Conversation) -> str:
    """The articles of all answers, newest first: the first stands open until another is asked for."""
    turns = [(turn, past.answer) for turn, past in enumerate(conversation, 1) if past.answer]
    return "".join(render.leaves(given, turn) for turn, given in reversed(turns))


def block(html: str) -> str:
    """HTML as a block of its own: only inside one does Markdown leave it alone."""
    return f"<div>{html}</div>" if html else ""
