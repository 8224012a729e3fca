"""The command line: every command is one call of the library, printed."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

import dateline
from dateline.archive import WINDOW_WORDS
from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.types import JSON, Answer, Article, Delta, Evidence, Filters, Hit, iso

if TYPE_CHECKING:
    from tqdm import tqdm

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 failed, 2 wrong usage, 3 index busy, 4 index built by something else."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 2
    given = _parser(settings).parse_args(arguments)
    command: Command = given.command
    try:
        return command(given, settings)
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("dateline: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has left; nothing more is to be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


# -- commands


def _index(given: argparse.Namespace, settings: Settings) -> int:
    sources = list(given.sources)
    if given.sample:
        from dateline.sample import articles

        sources.append(str(articles()))
    if not sources and not given.rebuild:
        given.usage("name the files, folders or globs to index, or --sample for the articles that come along")
    with _Progress() as progress:
        report = None
        if given.rebuild:
            report = dateline.rebuild(
                given.index, embedder=given.embedder, progress=progress, settings=settings
            )
        if sources:
            report = dateline.build(
                sources, given.index, embedder=given.embedder, progress=progress, settings=settings
            )
    assert report is not None
    for notice in report.notices:
        _aside(notice)
    if given.json:
        return _json(report.to_dict())
    for one in report.skipped:
        where = one.path if one.line is None else f"{one.path}:{one.line}"
        _aside(f"skipped {where}: {one.reason}")
    done = ("added", "updated", "unchanged", "removed")
    print(
        ", ".join(f"{getattr(report, name):,} {name}" for name in done) + f", {len(report.skipped):,} skipped"
    )
    print(f"{report.articles:,} articles in {report.passages:,} passages, {report.seconds:.1f} s")
    return 0


def _search(given: argparse.Namespace, settings: Settings) -> int:
    archive = dateline.open(given.index, llm="none", reranker=given.reranker, settings=settings)
    asked, filters = archive.understand(given.question, as_of=given.as_of, filters=_filters(given))
    hits = archive.search(
        given.question,
        k=given.k,
        words=given.words,
        window=given.window,
        as_of=given.as_of,
        filters=filters,
    )
    for notice in archive.notices:
        _aside(notice)
    if given.json:
        return _json(
            {
                "hits": [hit.to_dict() for hit in hits],
                "filters": filters.to_dict(),
                "parts": list(asked.parts),
                "notices": [*archive.notices],
            }
        )
    _understood(asked.parts, filters)
    for hit in hits:
        print(f"{hit.rank}. {hit.article.title}  [{hit.article.id}]\n   {_origin(hit)}")
        print(_wrapped(hit.passage.text, indent="   "))
        print(f"   also in: {_outlets(hit.also)}\n" if hit.also else "")
    if not hits:
        print("nothing found")
    return 0


def _ask(given: argparse.Namespace, settings: Settings) -> int:
    archive = dateline.open(given.index, llm=given.llm, reranker=given.reranker, settings=settings)
    answer: Answer | None = None
    for event in archive.stream(given.question, as_of=given.as_of, filters=_filters(given)):
        match event:
            case Evidence() if not given.json:
                _understood(event.parts, event.filters)
                for notice in event.notices:
                    _aside(notice)
            case Delta(text) if not given.json:
                print(text, end="", flush=True)
            case Answer():
                answer = event
    assert answer is not None
    if given.json:
        for notice in answer.notices:
            _aside(notice)
        return _json(answer.to_dict())
    print("\n\n" + _sources(answer) if answer.citations else "")
    return 0


def _show(given: argparse.Namespace, settings: Settings) -> int:
    article = dateline.open(given.index, llm="none", settings=settings).article(given.id)
    if given.json:
        return _json({"article": article.to_dict()})
    origin = " · ".join(filter(None, (article.source, article.place, iso(article.published), article.url)))
    print(f"{article.title}\n{origin}\n")
    print("\n\n".join(_wrapped(paragraph) for paragraph in article.text.split("\n") if paragraph.strip()))
    return 0


def _status(given: argparse.Namespace, settings: Settings) -> int:
    overview = dateline.open(given.index, llm="none", settings=settings).overview()
    if given.json:
        return _json(overview.to_dict())
    print(f"{overview.articles:,} articles in {overview.passages:,} passages, {overview.bytes / 1e6:,.1f} MB")
    if overview.first:
        print(f"published {overview.first} to {overview.last}")
    if overview.undated:
        print(f"{overview.undated:,} without a date: never inside a filter of days")
    print(f"embedder {overview.embedder or 'none: searched by words only'}")
    for source, articles in overview.sources:
        print(f"{articles:8,}  {source}")
    return 0


def _remove(given: argparse.Namespace, settings: Settings) -> int:
    traces = dateline.remove(given.ids, given.index)
    if given.json:
        _json({"removed": len(given.ids), "remaining_traces": traces})
    else:
        print(f"{len(given.ids)} removed, {traces} traces remain")
    return 0 if traces == 0 else 1


def _chat(given: argparse.Namespace, settings: Settings) -> int:
    archive = dateline.open(given.index, llm=given.llm, reranker=given.reranker, settings=settings)
    from dateline_ui import serve

    serve(archive, host=given.host, port=given.port, ready=lambda url: _aside(f"the chat is at {url}"))
    return 0


def _eval(given: argparse.Namespace, settings: Settings) -> int:
    from dateline import measure

    questions = measure.read_questions(given.questions)
    other = measure.read_run(given.against, questions) if given.against else None
    if given.save:
        measure.reserve(given.save)
    archive = dateline.open(given.index, llm=given.llm, reranker=given.reranker, settings=settings)
    for notice in archive.notices:
        _aside(notice)
    with _Progress() as progress:
        evaluation = measure.evaluate(archive, questions, progress=progress)
    comparison = measure.compare(evaluation.run, other) if other else None
    worst = measure.worst(evaluation.outcomes, given.worst)
    found = evaluation.to_dict() | {"worst": [outcome.question.id for outcome in worst]}
    if comparison:
        found["comparison"] = comparison.to_dict()
    if given.save:
        measure.save(given.save, found)
    if given.json:
        return _json(found)
    width = _width()
    blocks = [measure.table(evaluation, width=width)]
    if comparison:
        blocks.append(measure.comparison_table(comparison, given.against.name))
    if worst:
        blocks += [f"the worst {len(worst)} of {len(questions)} questions", measure.told(worst, width=width)]
    print("\n\n".join(blocks))
    return 0


# -- printing


def _json(value: JSON) -> int:
    print(json.dumps(value, ensure_ascii=False))
    return 0


def _aside(line: str) -> None:
    print(line, file=sys.stderr)


def _width() -> int:
    return min(shutil.get_terminal_size().columns, 100)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, _width(), initial_indent=indent, subsequent_indent=indent)


def _origin(hit: Hit) -> str:
    return " · ".join(filter(None, (hit.article.source, iso(hit.article.day), f"score {hit.score:.2f}")))


def _understood(parts: Sequence[str], filters: Filters) -> None:
    """What was read from the question: its parts, and limits with the words they came from."""
    for part in parts:
        _aside(f"looked for: {part}")
    for said, read in filters.inferred.items():
        _aside(f"{said} read from the question: “{read}”")


def _outlets(articles: Sequence[Article]) -> str:
    return ", ".join(sorted({article.source or article.id for article in articles}))


def _sources(answer: Answer) -> str:
    lines = []
    for citation in answer.citations:
        article = citation.article
        origin = " · ".join(filter(None, (article.source, iso(article.day), article.id)))
        lines.append(
            f"[{citation.number}] {article.title}\n    {origin}, characters {citation.start}-{citation.end}"
        )
        if citation.also:
            lines.append(f"    also in: {_outlets(citation.also)}")
        if answer.mode == "llm":
            lines.append(_wrapped(f"“{citation.quote}”", indent="    "))
    doubtful = [claim for claim in answer.claims if claim.support != "supported"]
    for claim in doubtful:
        verdict = "only partly in the sources" if claim.support == "partly" else "not found in the sources"
        lines.append(f"{verdict}: {claim.text}")
    return "\n".join([*lines, *answer.notices])


class _Progress(AbstractContextManager["_Progress"]):
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
                _aside(stage)
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


# -- parsing


def _filters(given: argparse.Namespace) -> Filters:
    return Filters(given.since, given.until, tuple(given.source))


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Questions to a corpus of news articles, answered with checkable quotations.",
    )
    parser.add_argument("--version", action="version", version=f"dateline {version('dateline')}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--index", metavar="DIR", type=Path, default=settings.index, help="the index folder")
    common.add_argument("--json", action="store_true", help="one JSON object on standard output")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, does: Command, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=about, description=about)
        made.set_defaults(command=does, usage=made.error)
        return made

    index = command("index", _index, "read articles into the index; only what changed is done again")
    index.add_argument("sources", metavar="SOURCE", nargs="*", help="file, folder or glob")
    index.add_argument("--sample", action="store_true", help="the articles that come with the program")
    index.add_argument("--embedder", metavar="NAME", help="minilm, or INTEGRATION:MODEL of LlamaIndex")
    index.add_argument("--rebuild", action="store_true", help="embed what is in the index again")

    search = command("search", _search, "evidence for a question, without an answer")
    _asking(search)
    _reranker(search)
    search.add_argument("-k", type=_count, default=10, help="how many passages")
    search.add_argument("--window", metavar="N", type=_count, default=WINDOW_WORDS, help="words of a passage")
    search.add_argument(
        "--words", metavar="N", type=_count, help="the evidence that fits into N words instead"
    )

    ask = command("ask", _ask, "a cited answer")
    _asking(ask)
    _model(ask)

    show = command("show", _show, "one article")
    show.add_argument("id", metavar="ID")

    chat = command("chat", _chat, "the chat window, in the browser")
    chat.add_argument("--host", default="127.0.0.1")
    chat.add_argument("--port", type=_count, default=7860)
    _model(chat)

    command("status", _status, "what the index holds and how it was built")

    remove = command("remove", _remove, "take articles out, everywhere")
    remove.add_argument("ids", metavar="ID", nargs="+")

    evaluate = command("eval", _eval, "score the index on a question file")
    evaluate.add_argument("questions", metavar="QUESTIONS", type=Path, help="JSONL")
    evaluate.add_argument("--save", metavar="RUN", type=Path, help="save this run, to compare others with it")
    evaluate.add_argument("--against", metavar="RUN", type=Path, help="compare with a saved run")
    evaluate.add_argument("--worst", metavar="N", type=_count, default=5, help="show the N worst questions")
    _model(evaluate)
    return parser


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument("--as-of", metavar="DAY", type=_day, help="nothing published later is used")
    parser.add_argument("--since", metavar="DAY", type=_day, help="published on that day or later")
    parser.add_argument("--until", metavar="DAY", type=_day, help="published on that day or earlier")
    parser.add_argument("--source", metavar="OUTLET", action="append", default=[], help="may be repeated")


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--llm", metavar="NAME", help="openai:NAME, openai:NAME@http://host:port/v1, none")
    _reranker(parser)


def _reranker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reranker", metavar="NAME", help="INTEGRATION:MODEL of LlamaIndex; off by default")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2019-02-15") from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)
