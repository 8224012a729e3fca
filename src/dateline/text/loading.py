"""A parser, ready to be used: now, or by the time that it is needed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from dateline.config import Settings
from dateline.text.files import fetch_parser, parser_here
from dateline.text.parsed import Parser

__all__ = ["fetch_parser", "load", "load_here", "soon"]


def load(settings: Settings, *, say: Callable[[str], None]) -> Parser:
    """The parser; its files are fetched where this machine does not have them yet. Some 1.5 s.

    Raises ParserMissing, whose message is one sentence for the reader of an answer.
    """
    return _opened(fetch_parser(settings, say=say))


def load_here(settings: Settings, *, say: Callable[[str], None]) -> Parser:
    """The same where nothing may be fetched: from our cache or an installed package. Raises ParserMissing."""
    return _opened(parser_here(settings, say=say))


@lru_cache(maxsize=1)
def _opened(folder: Path) -> Parser:
    """One for the process: it is thread-safe, and a second one would be a hundred megabytes more."""
    from dateline.text.parser import SpacyParser

    return SpacyParser(folder)


def soon(loading: Callable[[], Parser]) -> Future[Parser]:
    """What `loading` gives, begun in a thread of its own: `result()` waits for it, and raises what it raised.

    So it loads while the search runs: `soon(lambda: load(settings, say=say))`.
    """
    thread = ThreadPoolExecutor(1, thread_name_prefix="parser")
    try:
        return thread.submit(loading)
    finally:
        thread.shutdown(wait=False)
