"""What each command does: one call of the library, printed."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import dateline
from dateline.cli.printing import (
    Progress,
    as_json,
    aside,
    origin,
    outlets,
    skips,
    sources,
    understood,
    width,
    wrapped,
)
from dateline.cli.watching import watch
from dateline.config import Settings
from dateline.types import Answer, Delta, Evidence, Filters, Reading, Report, iso

if TYPE_CHECKING:
    from dateline.bridge.found import Look


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """Leaves garbage where it is: a tenth of a short command would go into looking for it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def index(given: argparse.Namespace, settings: Settings) -> int:
    """Reads sources into the index and prints what that did."""
    sources = list(given.sources)
    if given.sample:
        from dateline.sample import articles

        sources.append(str(articles()))
    if not sources and not given.rebuild:
        given.usage("name the files, folders or globs to index, or --sample for the articles that come along")
    if given.watch:
        if given.rebuild or given.republish:
            given.usage("--watch keeps up with sources; --rebuild and --republish first, by themselves")
        return watch(sources, given, settings)
    with Progress() as progress:
        report = None
        if given.rebuild:
            report = dateline.rebuild(
                given.index, embedder=given.embedder, store=given.store, progress=progress, settings=settings
            )
        if sources:
            report = dateline.build(
                sources,
                given.index,
                embedder=given.embedder,
                prune=given.prune,
                store=given.store,
                republish=given.republish,
                fields=given.map,
                day_first=given.day_first,
                progress=progress,
                settings=settings,
            )
    assert report is not None
    for notice in report.notices:
        aside(notice)
    if given.json:
        as_json(report.to_dict())
        return _exit_code(report, sources)
    for line in skips(report.skipped):
        aside(line)
    done = ("added", "updated", "unchanged", "removed")
    print(
        ", ".join(f"{getattr(report, name):,} {name}" for name in done)
        + f", {sum(not one.kinds for one in report.skipped):,} skipped"
    )
    print(f"{report.articles:,} articles in {report.passages:,} passages, {report.seconds:.1f} s")
    return _exit_code(report, sources)


def _exit_code(report: Report, sources: Sequence[str]) -> int:
    """1 where a store could not be reached, or where nothing was read of what was named."""
    if sources and not (report.added or report.updated or report.unchanged or report.removed):
        from dateline.reading.kinds import ARCHIVES, READERS

        kinds = " ".join(sorted({*READERS, *ARCHIVES}))
        aside(
            f"dateline: nothing was read from {', '.join(sources)}; what is: {kinds}; "
            "each of them packed too, as .gz .bz2 .xz .zst"
        )
        return 1
    return 1 if report.published is False else 0


@collecting_nothing()
def search(given: argparse.Namespace, settings: Settings) -> int:
    """Prints the evidence for a question."""
    archive = dateline.open(
        given.index, store=given.store, llm="none", reranker=given.reranker, settings=settings
    )
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
        aside(notice)
    if given.json:
        return as_json(
            {
                "hits": [hit.to_dict() for hit in hits],
                "filters": filters.to_dict(),
                "parts": list(asked.parts),
                "notices": [*archive.notices],
            }
        )
    understood(asked.parts, filters)
    for hit in hits:
        print(f"{hit.rank}. {hit.article.title}  [{hit.article.id}]\n   {origin(hit)}")
        print(wrapped(hit.passage.text, indent="   "))
        print(f"   also in: {outlets(hit.also)}\n" if hit.also else "")
    if not hits:
        print("nothing found")
    return 0


@collecting_nothing()
def ask(given: argparse.Namespace, settings: Settings) -> int:
    """Prints an answer as it comes, then its sources and what there is to say about it."""
    looking = _looking(given, settings)
    archive = _opened(given, settings)
    answer: Answer | None = None
    for event in archive.stream(given.question, as_of=given.as_of, filters=_filters(given)):
        match event:
            case Evidence() if not given.json:
                understood(event.parts, event.filters, event.understood)
            case Reading(model, tokens, 0.0) if not given.json:
                aside(f"{model} reads about {tokens:,} tokens")
            case Delta(text) if not given.json:
                print(text, end="", flush=True)
            case Answer():
                answer = event
    assert answer is not None
    if given.json:
        for notice in answer.notices:
            aside(notice)
        as_json(answer.to_dict())
    else:
        print("\n\n".join(["", *filter(None, [sources(answer)])]))
    _tell(looking)
    return 0


def show(given: argparse.Namespace, settings: Settings) -> int:
    """Prints one article."""
    article = dateline.open(given.index, store=given.store, llm="none", settings=settings).article(given.id)
    if given.json:
        return as_json({"article": article.to_dict()})
    origin = " · ".join(filter(None, (article.source, article.place, iso(article.published), article.url)))
    print(f"{article.title}\n{origin}\n")
    print("\n\n".join(wrapped(paragraph) for paragraph in article.text.split("\n") if paragraph.strip()))
    return 0


def status(given: argparse.Namespace, settings: Settings) -> int:
    """Prints what the index holds."""
    overview = dateline.open(given.index, store=given.store, llm="none", settings=settings).overview()
    if given.json:
        return as_json(overview.to_dict())
    print(f"{overview.articles:,} articles in {overview.passages:,} passages, {overview.bytes / 1e6:,.1f} MB")
    if overview.first:
        print(f"published {overview.first} to {overview.last}")
    if overview.undated:
        print(f"{overview.undated:,} without a date: never inside a filter of days")
    print(f"embedder {overview.embedder or 'none: searched by words only'}")
    for source, articles in overview.sources:
        print(f"{articles:8,}  {source}")
    return 0


def doctor(given: argparse.Namespace, settings: Settings) -> int:
    """Checks the index and prints what is wrong; 1, where something is."""
    with Progress() as progress:
        health = dateline.check(
            given.index, store=given.store, repair=given.repair, progress=progress, settings=settings
        )
    if given.json:
        as_json(health.to_dict())
    else:
        for finding in health.findings:
            print(finding)
        print(("mended, and " if health.repaired else "") + ("healthy" if health.healthy else "not healthy"))
    return 0 if health.healthy else 1


def remove(given: argparse.Namespace, settings: Settings) -> int:
    """Takes articles out; 1, where traces of them remain."""
    traces = dateline.remove(given.ids, given.index, store=given.store, settings=settings)
    if given.json:
        as_json({"removed": len(given.ids), "remaining_traces": traces})
    else:
        print(f"{len(given.ids)} removed, {traces} traces remain")
    return 0 if traces == 0 else 1


def chat(given: argparse.Namespace, settings: Settings) -> int:
    """Shows the chat window until it is stopped."""
    looking = _looking(given, settings)
    archive = _opened(given, settings)
    from dateline_ui import serve

    def ready(url: str) -> None:
        aside(f"the chat is at {url}")
        _tell(looking)

    found = looking.found() if looking else ()
    serve(archive, host=given.host, port=given.port, found=found, ready=ready)
    return 0


def eval(given: argparse.Namespace, settings: Settings) -> int:
    """Prints how the index does on a question file."""
    from dateline import measure

    questions = measure.read_questions(given.questions)
    other = measure.read_run(given.against, questions) if given.against else None
    if given.save:
        measure.reserve(given.save)
    archive = _opened(given, settings)
    for notice in archive.notices:
        aside(notice)
    with Progress() as progress:
        evaluation = measure.evaluate(archive, questions, progress=progress)
    comparison = measure.compare(evaluation.run, other) if other else None
    worst = measure.worst(evaluation.outcomes, given.worst)
    found = evaluation.to_dict() | {"worst": [outcome.question.id for outcome in worst]}
    if comparison:
        found["comparison"] = comparison.to_dict()
    if given.save:
        measure.save(given.save, found)
    if given.json:
        return as_json(found)
    columns = width()
    blocks = [measure.table(evaluation, width=columns)]
    if comparison:
        blocks.append(measure.comparison_table(comparison, given.against.name))
    if worst:
        blocks += [
            f"the worst {len(worst)} of {len(questions)} questions",
            measure.told(worst, width=columns),
        ]
    print("\n\n".join(blocks))
    return 0


def _opened(given: argparse.Namespace, settings: Settings) -> dateline.Archive:
    """The archive, with the language model and the reranker that were named."""
    settings = replace(
        settings,
        second_opinion=settings.second_opinion or given.second_opinion,
        llm_style=given.llm_style or settings.llm_style,
    )
    with Progress() as progress:
        return dateline.open(
            given.index,
            store=given.store,
            llm=given.llm,
            reranker=given.reranker,
            progress=progress,
            settings=settings,
        )


def _looking(given: argparse.Namespace, settings: Settings) -> Look | None:
    """A look at which models run on this machine; none where it is said who writes the answers."""
    if given.llm or settings.llm or settings.llm_key:
        return None
    from dateline.bridge.found import look

    return look(settings)


def _tell(looking: Look | None) -> None:
    """Prints which models were found, and the option that uses one."""
    if looking is None:
        return
    from dateline.bridge.found import told

    if line := told(looking.found()):
        aside(line)


def _filters(given: argparse.Namespace) -> Filters:
    ignored = [name for one in given.ignore for name in (("since", "until") if one == "days" else (one,))]
    return Filters(
        given.since,
        given.until,
        tuple(given.source),
        about_since=given.about,
        about_until=given.about,
        ignored=tuple(dict.fromkeys(ignored)),
    )
