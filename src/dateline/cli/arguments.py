"""What can be said on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from dateline.archive import WINDOW_WORDS
from dateline.cli import commands
from dateline.config import Settings

Command = Callable[[argparse.Namespace, Settings], int]


def parser(settings: Settings) -> argparse.ArgumentParser:
    """The parser of all commands; what it reads carries the `command` to be done and its `usage` error."""
    whole = argparse.ArgumentParser(
        prog="dateline",
        description="Questions to a corpus of news articles, answered with checkable quotations.",
    )
    whole.add_argument("--version", action="version", version=f"dateline {version('dateline')}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--index", metavar="DIR", type=Path, default=settings.index, help="the index folder")
    common.add_argument("--json", action="store_true", help="one JSON object on standard output")
    store = argparse.ArgumentParser(add_help=False)
    store.add_argument(
        "--store", metavar="URL", type=_store, default=settings.store,
        help="a Chroma server that many read (http://host:8000); none",
    )  # fmt: skip
    names = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, does: Command, about: str) -> argparse.ArgumentParser:
        made = names.add_parser(name, parents=[common, store], help=about, description=about)
        made.set_defaults(command=does, usage=made.error)
        return made

    index = command("index", commands.index, "read articles into the index; only what changed is done again")
    index.add_argument("sources", metavar="SOURCE", nargs="*", help="file, folder or glob")
    index.add_argument("--sample", action="store_true", help="the articles that come with the program")
    index.add_argument("--embedder", metavar="NAME", help="minilm, or INTEGRATION:MODEL of LlamaIndex")
    index.add_argument("--rebuild", action="store_true", help="embed what is in the index again")
    index.add_argument("--prune", action="store_true", help="take out what is gone from these sources")
    index.add_argument(
        "--republish", action="store_true", help="write the store anew, also where it holds another index"
    )
    index.add_argument(
        "--map", metavar="FIELD=NAME", type=_mapping, default={},
        help="where fields stand in records: text=maintext,published=meta.day,source=source.name",
    )  # fmt: skip
    order = index.add_mutually_exclusive_group()
    order.add_argument("--day-first", dest="day_first", action="store_true", default=None,
                       help="3/4/2021 is the 3rd of April")  # fmt: skip
    order.add_argument("--month-first", dest="day_first", action="store_false", help="it is the 4th of March")
    index.add_argument("--watch", action="store_true", help="keep up with the sources until it is stopped")

    search = command("search", commands.search, "evidence for a question, without an answer")
    _asking(search)
    _reranker(search)
    _amount(search)

    ask = command("ask", commands.ask, "a cited answer")
    _asking(ask)
    _model(ask)

    show = command("show", commands.show, "one article")
    show.add_argument("id", metavar="ID")

    chat = command("chat", commands.chat, "the chat window, in the browser")
    chat.add_argument("--host", default="127.0.0.1")
    chat.add_argument("--port", type=_count, default=7860)
    _model(chat)

    command("status", commands.status, "what the index holds and how it was built")

    doctor = command("doctor", commands.doctor, "check the index, byte by byte, and the store")
    doctor.add_argument("--repair", action="store_true", help="mend it from its own ledger")

    remove = command("remove", commands.remove, "take articles out, everywhere")
    remove.add_argument("ids", metavar="ID", nargs="+")

    evaluate = command("eval", commands.eval, "score the index on a question file")
    evaluate.add_argument("questions", metavar="QUESTIONS", type=Path, help="JSONL")
    evaluate.add_argument("--save", metavar="RUN", type=Path, help="save this run, to compare others with it")
    evaluate.add_argument("--against", metavar="RUN", type=Path, help="compare with a saved run")
    evaluate.add_argument("--worst", metavar="N", type=_count, default=5, help="show the N worst questions")
    _model(evaluate)
    return whole


def _amount(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-k", type=_count, default=10, help="how many passages")
    parser.add_argument("--window", metavar="N", type=_count, default=WINDOW_WORDS, help="words of a passage")
    parser.add_argument(
        "--words", metavar="N", type=_count, help="the evidence that fits into N words instead"
    )


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument("--as-of", metavar="DAY", type=_day, help="nothing published later is used")
    parser.add_argument("--since", metavar="DAY", type=_day, help="published on that day or later")
    parser.add_argument("--until", metavar="DAY", type=_day, help="published on that day or earlier")
    parser.add_argument("--source", metavar="OUTLET", action="append", default=[], help="may be repeated")
    parser.add_argument("--about", metavar="DAY", type=_day, help="passages that speak of that day")
    parser.add_argument(
        "--ignore",
        choices=("days", "since", "until", "sources"),
        action="append",
        default=[],
        help="what is not to be read from the question; may be repeated",
    )


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--llm", metavar="NAME",
        help="local, local:FILE, ollama:NAME, openai:NAME, openai:NAME@http://host:port/v1, none",
    )  # fmt: skip
    parser.add_argument(
        "--llm-style", choices=("auto", "small", "large"), help="how it is spoken to; auto: by its size"
    )
    parser.add_argument(
        "--second-opinion", action="store_true", help="the language model reads its own claims again"
    )
    _reranker(parser)


def _reranker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reranker", metavar="NAME", help="INTEGRATION:MODEL of LlamaIndex; off by default")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2019-02-15") from None


def _mapping(text: str) -> dict[str, str]:
    from dateline.reading import hints_of

    pairs = [part.partition("=") for part in text.split(",")]
    if not all(name.strip() and found and at.strip() for name, found, at in pairs):
        raise argparse.ArgumentTypeError(f"{text!r} is no list of FIELD=NAME; write it as text=maintext")
    names = {name.strip(): at.strip() for name, _, at in pairs}
    try:
        hints_of(names)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return names


def _store(text: str) -> str:
    from dateline.index.store import checked

    try:
        return text if text == "none" else checked(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)
