"""Language models that people run on their own machine: who answers at the usual places, and by which option.

Asked is only which models there are, on loopback, of all places at once. Nothing else is imported for it: a
question without a model should start fast.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shlex import quote
from urllib.parse import urlsplit

from dateline.bridge.servers import is_local
from dateline.config import Settings

SECONDS = 0.3  # until whoever has not answered is not there
_MOST_BYTES = 1 << 20
_NO_WRITER = re.compile(r"embed|rerank|\bbert\b|whisper", re.IGNORECASE)  # models that write no answers
_NAME = re.compile(r"[\w./:+ -]{1,120}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kind of server usually listens; `option` is how a model of it is named there."""

    server: str  # "Ollama"
    url: str  # "http://127.0.0.1:11434/v1"
    option: str  # "ollama:{}"


@dataclass(frozen=True, slots=True)
class Found:
    """A model that answers on this machine, and what is to be said after --llm."""

    name: str
    server: str
    option: str


class Look:
    """A look at the usual places, under way from the beginning."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._end = time.monotonic() + SECONDS
        self._found: list[list[Found]] = [[] for _ in places]
        self._threads = [
            threading.Thread(target=self._ask, args=(number, place), daemon=True)
            for number, place in enumerate(places)
        ]
        for one in self._threads:
            one.start()

    def found(self) -> tuple[Found, ...]:
        """The models that have answered; waited for until SECONDS after the beginning, never longer."""
        for one in self._threads:
            one.join(max(0.0, self._end - time.monotonic()))
        return tuple(model for models in [*self._found] for model in models)

    def _ask(self, number: int, place: Place) -> None:
        self._found[number] = [
            Found(name, place.server, place.option.format(name)) for name in _names(place.url)
        ]


def look(settings: Settings) -> Look:
    """A look at where Ollama, LM Studio, llama.cpp and vLLM listen if nobody says otherwise."""
    own = [("LM Studio", 1234), ("llama.cpp", 8080), ("vLLM", 8000)]
    places = [
        Place(server, url := f"http://127.0.0.1:{port}/v1", f"openai:{{}}@{url}") for server, port in own
    ]
    if is_local(settings.ollama):
        places.insert(0, Place("Ollama", f"{settings.ollama}/v1", "ollama:{}"))
    return Look(places)


def told(found: Sequence[Found]) -> str:
    """One line about the models and the option that uses the first; empty where there are none."""
    if not found:
        return ""
    names = ", ".join(f"{one.name} ({one.server})" for one in found)
    first = quote(found[0].option)
    if len(found) == 1:
        return f"a language model runs on this machine: {names}; it writes the answers with --llm {first}"
    return f"language models run on this machine: {names}; one of them writes the answers with --llm {first}"


def _names(url: str) -> Iterator[str]:
    """The models that a server says it has; none where nobody is there, or it is something else."""
    from http.client import HTTPConnection, HTTPException

    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=SECONDS)
    try:
        connection.request("GET", f"{place.path}/models")
        listed = json.loads(connection.getresponse().read(_MOST_BYTES))
        rows = listed["data"]
        names = [one["id"] for one in rows]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return
    finally:
        connection.close()
    for name in names:
        if isinstance(name, str) and _NAME.fullmatch(name) and not _NO_WRITER.search(name):
            yield name
