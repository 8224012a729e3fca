"""Everything dateline raises on purpose.

    DatelineError                 one line: what happened, where, what to do
    ├── SourceError               a named source can't be read at all
    ├── IndexMissing              no index in that folder
    ├── IndexBusy      (exit 3)   another process is writing it
    ├── IndexMismatch  (exit 4)   built by another model or schema
    ├── IndexDamaged              what the index holds can't be trusted, or not be read
    ├── StoreAway                 the Chroma server of a store can't be used
    ├── StorageError              the disk refused to be written: full, read-only, failing
    ├── ArticleMissing            no article of that id
    ├── EmbedderMissing           the embedding model can't be had
    ├── ParserMissing             the parser can't be had; answers go on without it
    ├── RerankerMissing           the reranker can't be had, or failed
    └── ModelError                the language model failed; `reason` is its class

An expected absence is a value (`answered=False`, `Skipped`), not an error.
"""

from __future__ import annotations

from typing import Literal

ModelFailure = Literal[
    "unauthorized",  # the key was refused
    "unknown_model",
    "rate_limited",
    "server_error",
    "unreachable",
    "timeout",
    "context_too_long",
    "content_filter",
    "cut_off",  # the reply ended without saying that it was complete
    "bad_reply",  # not a reply of the protocol, or nothing usable in it
    "not_installed",
]


class DatelineError(Exception):
    """The root of the tree; `str(error)` is one line for the user."""

    exit_code = 1


class SourceError(DatelineError):
    """A file, folder or glob that was named can't be read at all."""


class IndexMissing(DatelineError):
    """The folder holds no index."""


class IndexBusy(DatelineError):
    """Another process is writing the index."""

    exit_code = 3


class IndexMismatch(DatelineError):
    """The index was built by another embedding model or schema."""

    exit_code = 4


class IndexDamaged(DatelineError):
    """Files of the index are missing, cut short or changed; the line names the command that mends it."""


class StoreAway(DatelineError):
    """The Chroma server of a store is away, refuses, or has lost something. The local ledger is the truth."""


class StorageError(DatelineError):
    """The disk refused to be written. What was published before goes on answering."""


class ArticleMissing(DatelineError):
    """No article of that id is in the index."""


class EmbedderMissing(DatelineError):
    """The embedding model can't be had from any of its places."""


class ParserMissing(DatelineError):
    """The parser can't be had from any of its places, or not be loaded."""


class RerankerMissing(DatelineError):
    """The reranker that was asked for can't be had, or failed."""


class ModelError(DatelineError):
    """A language model failed. Carries a class of reason, never the server's own words.

    `requests` is how many were made over HTTP, 0 where the model was not asked.
    """

    def __init__(self, reason: ModelFailure, message: str, *, requests: int = 0) -> None:
        super().__init__(message)
        self.reason: ModelFailure = reason
        self.requests = requests
