"""Everything that is said to a language model for an answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from dateline.answer.model import Message
from dateline.answer.written.budget import reply_tokens, tokens_of
from dateline.answer.written.shown import Shown
from dateline.answer.written.styles import Style
from dateline.types import Article, Turn

TURN_WORDS = 80  # of each earlier question and of each earlier answer
_QUESTION_WORDS = 500
_HEADING_WORDS = 60
_BETWEEN = "\n\n"  # the parts of a prompt


def prompts(
    question: str,
    shown: Sequence[Shown],
    history: Sequence[Turn],
    today: date | None,
    *,
    style: Style,
    tokens: int,
) -> tuple[list[Message], list[Message] | None]:
    """The prompt for an answer, for a model that holds so many tokens; and one with half of the evidence.

    What does not fit beside the rules and the reply is left out: sentences from the last, though never the
    first of them, then turns from the oldest. The second prompt, where there is anything to leave out, is for
    a model that holds less than was thought. In both a sentence has its own number.
    """
    left = tokens - reply_tokens(tokens)
    left -= sum(tokens_of(one.content) for one in messages(question, (), (), today, style))
    left -= tokens_of(_BETWEEN)  # behind the evidence
    costs = list(accumulate((tokens_of("\n".join(lines) + "\n") for lines in _lines(shown)), initial=0))
    given = shown[: max(1, bisect_right(costs, left) - 1)]
    left -= costs[len(given)] + tokens_of(_conversation(()) + _BETWEEN)
    recent = history[len(history) - min(style.turns, len(history)) :]
    turns = (tokens_of(_turn(turn) + "\n") for turn in reversed(recent))
    kept = bisect_right(list(accumulate(turns)), left)
    recent = recent[len(recent) - kept :]
    whole = messages(question, given, recent, today, style)
    if not recent and len(given) <= 1:
        return whole, None
    return whole, messages(question, given[: max(1, len(given) // 2)], (), today, style)


def messages(
    question: str, shown: Sequence[Shown], history: Sequence[Turn], today: date | None, style: Style
) -> list[Message]:
    """The prompt for an answer.

    Every line of evidence begins with our own "[number]" or "#", and what an article says is on one line: no
    text can pretend to end its place, or to be another's.
    """
    parts = ["\n".join(line for lines in _lines(shown) for line in lines)] if shown else []
    if history:
        parts.append(_conversation(history))
    if today:
        parts.append(f"Today is {today:%A}, {today.isoformat()}.")
    parts.append(f"Question: {_bounded(question, _QUESTION_WORDS)}")
    return [Message("system", style.rules), Message("user", _BETWEEN.join(parts))]


def _lines(shown: Sequence[Shown]) -> list[list[str]]:
    """The lines of each sentence: it, and above the first of an article, source, day and headline."""
    lines: list[list[str]] = []
    above: Article | None = None
    for one in shown:
        heading = [] if above == one.hit.article else [_heading(one.hit.article)]
        above = one.hit.article
        lines.append([*heading, f"[{one.number}] {' '.join(one.text.split())}"])
    return lines


def _heading(article: Article) -> str:
    day = f"{article.day:%A}, {article.day.isoformat()}" if article.day else "date unknown"
    kind = f" ({article.kind})" if article.kind else ""
    return "# " + _bounded(
        f"{article.source or 'source unknown'}{kind}, {day}: {article.title}", _HEADING_WORDS
    )


def _conversation(history: Sequence[Turn]) -> str:
    heading = "# Earlier in this conversation (only to understand the question, never evidence)"
    return "\n".join([heading, *map(_turn, history)])


def _turn(turn: Turn) -> str:
    return f"# Reader: {_bounded(turn.question, TURN_WORDS)}\n# Answer: {_bounded(turn.answer, TURN_WORDS)}"


def _bounded(text: str, words: int) -> str:
    """The text on one line, cut after so many words."""
    every = text.split()
    return " ".join(every) if len(every) <= words else " ".join(every[:words]) + " …"
