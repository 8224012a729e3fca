"""A parser, ready to be used: now, or by the time that it is needed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from dateline.config import Settings
from dateline.text.files import fetch_parser, parser_here
from dateline.text.parsed import Parser

__all__ = ["fetch_parser", "load", "load_here", "soon"]


def load(settings: Settings, *, say: Callable[[str], None]) -> Parser:
    """The parser; its files are fetched where this machine does not have them yet. Some 1.5 s.

    Raises ParserMissing, whose message is one sentence for the reader of an answer.
    """
    from dateline.text.parser import SpacyParser

    return SpacyParser(fetch_parser(settings, say=say))


def load_here(settings: Settings, *, say: Callable[[str], None]) -> Parser:
    """The same where nothing may be fetched: from our cache or an installed package. Raises ParserMissing."""
    from dateline.text.parser import SpacyParser

    return SpacyParser(parser_here(settings, say=say))


def soon(loading: Callable[[], Parser]) -> Future[Parser]:
    """What `loading` gives, begun in a thread of its own: `result()` waits for it, and raises what it raised.

    So it loads while the search runs: `soon(lambda: load(settings, say=say))`.
    """
    thread = ThreadPoolExecutor(1, thread_name_prefix="parser")
    try:
        return thread.submit(loading)
    finally:
        thread.shutdown(wait=False)
