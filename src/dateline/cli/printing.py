"""What is said on a terminal: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import groupby
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

from dateline.types import JSON, Answer, Article, Citation, Filters, Hit, Skipped, TimeSpan, Usage, iso

if TYPE_CHECKING:
    from tqdm import tqdm


_FIRST_OF_A_FILE = 20


def as_json(value: JSON) -> int:
    """Prints one JSON object; the exit code."""
    print(json.dumps(value, ensure_ascii=False))
    return 0


def aside(line: str) -> None:
    """Prints a line that is no result."""
    print(line, file=sys.stderr)


def width() -> int:
    """Columns of the terminal that are used."""
    return min(shutil.get_terminal_size().columns, 100)


def wrapped(text: str, indent: str = "") -> str:
    """The text in lines as long as the terminal."""
    return textwrap.fill(text, width(), initial_indent=indent, subsequent_indent=indent)


def origin(hit: Hit) -> str:
    """Outlet, day and score of a hit; the day that it tells of, where that is what was asked for."""
    told = "tells of the days asked about" if hit.matched == "told" else None
    return " · ".join(
        filter(None, (hit.article.source, iso(hit.article.day), told, f"score {hit.score:.2f}"))
    )


def understood(parts: Sequence[str], filters: Filters, whole: str | None = None) -> None:
    """Prints what was read from a question: it in full, its parts, limits with the words they came from."""
    if whole:
        aside(f"understood as: {whole}")
    for part in parts:
        aside(f"looked for: {part}")
    for said, read in filters.inferred.items():
        limit = iso(getattr(filters, said)) if said != "sources" else ", ".join(filters.sources)
        aside(f"{said} {limit}, read from the question: “{read}”; without it: --ignore {said}")
    if filters.alternative:
        aside("and later passages that speak of these days")


def skips(skipped: Sequence[Skipped]) -> list[str]:
    """A line for each thing that was skipped; of many of one file the first, and how many more."""
    lines: list[str] = []
    for path, group in groupby(skipped, lambda one: one.path):
        ones = list(group)
        for one in ones[:_FIRST_OF_A_FILE]:
            where = path if one.line is None else f"{path}:{one.line}"
            lines.append(
                f"not read in {where}: {one.reason}" if one.kinds else f"skipped {where}: {one.reason}"
            )
        if len(ones) > _FIRST_OF_A_FILE:
            lines.append(f"skipped {path}: {len(ones) - _FIRST_OF_A_FILE:,} more; --json names all")
    return lines


def days(span: TimeSpan) -> str:
    """ "2019-01-31", "2019-02-04 to 2019-02-10"."""
    last = span.until and span.until - timedelta(days=1)
    return " to ".join(dict.fromkeys(filter(None, (iso(span.since), iso(last)))))


def outlets(articles: Sequence[Article]) -> str:
    """The outlets of articles, each once."""
    return ", ".join(sorted({article.source or article.id for article in articles}))


def sources(answer: Answer) -> str:
    """The sources of an answer, the claims that they do not carry and why, and what it cost."""
    lines: list[str] = []
    for citation in answer.citations or answer.nearest:
        lines += _source(citation, quoted=answer.mode == "llm")
    for claim in answer.claims:
        if claim.support != "supported":
            verdict = (
                "only partly in the sources" if claim.support == "partly" else "not found in the sources"
            )
            lines.append("; ".join([f"{verdict}: {claim.text}", *claim.reasons]))
    return "\n".join([*lines, *answer.notices, *_cost(answer.usage)])


def _source(citation: Citation, *, quoted: bool) -> list[str]:
    article = citation.article
    parts = (article.source, article.kind, iso(article.day), article.id)
    where = f"{' · '.join(filter(None, parts))}, characters {citation.start}-{citation.end}"
    lines = [f"[{citation.number}] {article.title}", f"    {where}"]
    if citation.told:
        lines.append(f"    tells of {days(citation.told)} (“{citation.told.text}”)")
    if citation.also:
        lines.append(f"    also in: {outlets(citation.also)}")
    return [*lines, wrapped(f"“{citation.quote}”", indent="    ")] if quoted else lines


def _cost(usage: Usage | None) -> list[str]:
    if usage is None:
        return []
    told = [
        f"{count:,} tokens {side}"
        for count, side in ((usage.prompt_tokens, "in"), (usage.completion_tokens, "out"))
        if count is not None
    ]
    seconds = [f"{usage.seconds:.1f} s"] if usage.seconds is not None else []
    requests = "1 request" if usage.requests == 1 else f"{usage.requests} requests"
    return [f"{usage.model}: {', '.join([requests, *told, *seconds])}"]


class Progress(AbstractContextManager["Progress"]):
    """Progress bars on standard error, one per stage."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: tqdm[NoReturn] | None = None

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Shows that `done` of `total` steps of the stage are done; a stage without steps is a line."""
        from tqdm import tqdm

        if stage != self._stage:
            self._close()
            self._stage = stage
            if done == 0 and total is None:
                aside(stage)
                return
            self._bar = tqdm(desc=stage, total=total, file=sys.stderr, unit="", unit_scale=True, leave=True)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None
