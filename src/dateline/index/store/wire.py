"""Chroma's protocol, version 2, as far as a store needs it: over HTTP, with a limit of time for everything.

Chroma's own client waits for ever where a server hangs, and takes two seconds to be imported. The protocol is
that of `chroma run`, of a distributed Chroma and of Chroma Cloud; what the last of them allows in one request
holds here too (docs.trychroma.com/cloud/quotas-limits).
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from dateline.errors import StoreAway
from dateline.index.embedder import Vectors
from dateline.index.store.address import Address

if TYPE_CHECKING:
    from httpx import Client, Response

Metadata = Mapping[str, str | int]
Where = Mapping[str, object]
_Item = TypeVar("_Item")

AT_ONCE = 300  # records of one request
_CONNECT_SECONDS = 3.0
_READ_SECONDS = 5.0  # of a question
_MOVE_SECONDS = 120.0  # of what moves many records
_PAUSE = 0.25  # seconds between two tries to reach a server that was there a moment ago
_DATABASES = "/databases"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a collection; `vector` is None where only its metadata count."""

    id: str
    vector: Vectors | None = None
    metadata: Metadata | None = None


class ServerFailed(StoreAway):
    """The server is there, and answers with an error."""


class Server:
    """One database of a Chroma server. Thread-safe. What fails is StoreAway; what is not there is a value.

    With `patience`, a server that has answered once is waited for, so many seconds, when it goes away.
    """

    def __init__(self, address: Address, *, patience: float = 0.0) -> None:
        self.address = address
        self._patience = patience
        self._answered = False
        self._lock = Lock()
        self._client: Client | None = None

    # -- collections

    def prepare(self) -> None:
        """Makes the database, where there is none and the server lets it be made like this."""
        self._sent("POST", _DATABASES, {"name": self.address.database}, _READ_SECONDS)

    def collection(self, name: str) -> str | None:
        """The id of the collection of that name."""
        found = self._ask("GET", f"/{quote(name)}")
        return None if found is None else str(found["id"])

    def make(self, name: str, configuration: Mapping[str, object]) -> str:
        """The id of the collection of that name, which is made where there is none."""
        body = {"name": name, "configuration": configuration, "get_or_create": True}
        return str(self._there(self._ask("POST", "", body))["id"])

    def names(self) -> list[str]:
        """The names of all collections."""
        return [str(one["name"]) for one in self._ask("GET", "") or []]

    def drop(self, name: str) -> None:
        """Takes the collection of that name away, where it is there."""
        self._ask("DELETE", f"/{quote(name)}", seconds=_MOVE_SECONDS)

    # -- records

    def upsert(self, collection: str, records: Sequence[Record]) -> None:
        """Writes the records, in place of those of the same ids."""
        for part in parts(records):
            body = {
                "ids": [one.id for one in part],
                "embeddings": [_in_base64(one.vector) for one in part],
                "metadatas": [one.metadata for one in part],
            }
            self._there(self._ask("POST", f"/{collection}/upsert", body, seconds=_MOVE_SECONDS))

    def metadatas(self, collection: str, ids: Sequence[str]) -> dict[str, Metadata]:
        """The metadata of each of the records that there is."""
        found: dict[str, Metadata] = {}
        for part in parts(ids):
            body = {"ids": part, "include": ["metadatas"], "limit": len(part)}
            answer = self._there(self._ask("POST", f"/{collection}/get", body, seconds=_MOVE_SECONDS))
            found |= dict(zip(answer["ids"], answer["metadatas"], strict=True))
        return found

    def holds(self, collection: str, where: Where) -> bool:
        """True where a record meets the condition."""
        body = {"where": where, "include": [], "limit": 1}
        return bool(self._there(self._ask("POST", f"/{collection}/get", body, seconds=_MOVE_SECONDS))["ids"])

    def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Takes the records away, where they are there."""
        for part in parts(ids):
            self._ask("POST", f"/{collection}/delete", {"ids": part}, seconds=_MOVE_SECONDS)

    def delete_where(self, collection: str, where: Where) -> None:
        """Takes the records away that meet the condition."""
        self._ask("POST", f"/{collection}/delete", {"where": where}, seconds=_MOVE_SECONDS)

    def count(self, collection: str) -> int:
        """How many records there are."""
        return int(self._there(self._ask("GET", f"/{collection}/count")))

    def nearest(self, collection: str, query: Vectors, k: int) -> dict[int, float]:
        """Ids, which are numbers, of the k records nearest to the query, with their cosine, nearest first."""
        body = {"query_embeddings": [query.tolist()], "n_results": k, "include": ["distances"]}
        found = self._there(self._ask("POST", f"/{collection}/query", body))
        return {int(id): 1.0 - far for id, far in zip(found["ids"][0], found["distances"][0], strict=True)}

    # -- inside

    def _there(self, answer: Any) -> Any:  # noqa: ANN401  # what JSON holds
        if answer is None:
            raise StoreAway(f"{self.address} no longer holds what was published last")
        return answer

    def _ask(self, method: str, path: str, body: object = None, *, seconds: float = _READ_SECONDS) -> Any:  # noqa: ANN401
        """What the server answers; None where it has no such collection."""
        response = self._sent(method, f"/collections{path}", body, seconds)
        if response.status_code in (401, 403):
            raise StoreAway(f"{self.address} refuses the token; set DATELINE_STORE_TOKEN to the right one")
        if not response.is_success and response.status_code != 404:
            raise ServerFailed(f"{self.address} answers with error {response.status_code}; look at its log")
        return _told(response, self.address)

    def _sent(self, method: str, path: str, body: object, seconds: float) -> Response:
        """Every request may be made twice: none of them does more the second time."""
        import httpx

        database = "" if path == _DATABASES else f"/databases/{quote(self.address.database, safe='')}"
        place = f"/api/v2/tenants/{quote(self.address.tenant, safe='')}{database}"
        begun, tries = time.monotonic(), 0
        while True:
            tries += 1
            try:
                response = self._connected().request(
                    method,
                    f"{self.address.url}{place}{path}",
                    json=body,
                    timeout=httpx.Timeout(seconds, connect=_CONNECT_SECONDS),
                )
            except httpx.TimeoutException:
                raise StoreAway(f"{self.address} does not answer; look whether it runs") from None
            except httpx.TransportError as error:
                stale = tries == 1 and not isinstance(error, httpx.ConnectError)  # a connection it had closed
                if not stale and not (self._answered and time.monotonic() - begun < self._patience):
                    raise StoreAway(f"{self.address} can't be reached; look whether it runs") from None
                time.sleep(0 if stale else _PAUSE)
            else:
                self._answered = True
                return response

    def _connected(self) -> Client:
        import httpx

        with self._lock:
            if self._client is None:
                token = self.address.token
                self._client = httpx.Client(
                    headers={"X-Chroma-Token": token} if token else {},
                    trust_env=httpx.URL(self.address.url).host not in _LOOPBACK,  # no proxy to oneself
                )
            return self._client

    def close(self) -> None:
        """Lets the connections go."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None


def _told(response: Response, address: Address) -> Any:  # noqa: ANN401  # what JSON holds
    """What a server says; None where it says that there is no such thing."""
    try:
        told = response.json()
    except ValueError:
        told = None
    if told is None or (response.status_code == 404 and "error" not in told):
        raise StoreAway(f"{address} is no Chroma server; name one with --store")
    return None if response.status_code == 404 else told


def _in_base64(vector: Vectors | None) -> object:
    """Chroma wants a vector of everything; without one, the shortest."""
    return [1.0] if vector is None else base64.b64encode(vector.astype("<f4").tobytes()).decode()


def parts(items: Sequence[_Item]) -> Iterable[Sequence[_Item]]:
    """The items in parts that one request takes."""
    for begin in range(0, len(items), AT_ONCE):
        yield items[begin : begin + AT_ONCE]
