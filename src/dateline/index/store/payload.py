"""Rows of the ledger as bytes, and bytes as the metadata of records.

Chroma indexes the words of every document (8 times the bytes on its disk, 10 times the time: measured), and
of a collection's records only vectors, documents and metadata are kept. So what a store holds stands in
metadata: compressed, in base64, in pieces that are no longer than Chroma Cloud takes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from dateline.errors import StoreAway
from dateline.index.ledger.database import Value
from dateline.index.store.wire import Metadata, Record

Rows = Mapping[str, Sequence[Mapping[str, Value]]]  # of each table

_ID = "id"  # in the metadata of a record: what it is a part of
_OF = "of"  # how many there are
_PIECE = 4_092  # characters; Chroma Cloud takes 4,096
_PIECES = 24  # of a record; it takes 32
_DIGEST = 16
_BLOB = ""  # no column has this name


class Damaged(StoreAway):
    """What a store holds is not what was written."""


def packed(id: str, content: bytes) -> list[Record]:
    """The records that hold these bytes under an id."""
    seal = hashlib.blake2b(id.encode() + b"\n" + content, digest_size=_DIGEST).digest()
    text = base64.b64encode(seal + zlib.compress(content)).decode()
    pieces = [text[begin : begin + _PIECE] for begin in range(0, len(text), _PIECE)]
    parts = [pieces[begin : begin + _PIECES] for begin in range(0, len(pieces), _PIECES)]
    return [
        Record(name, metadata=_head(id, parts) | {f"p{n:02}": piece for n, piece in enumerate(part)})
        for name, part in zip(names(id, len(parts)), parts, strict=True)
    ]


def _head(id: str, parts: Sequence[object]) -> dict[str, str | int]:
    return {_ID: id, _OF: len(parts)}


def rest(id: str, first: Metadata) -> list[str]:
    """The ids of the records after the first."""
    return names(id, int(first[_OF]))[1:]


def names(id: str, count: int) -> list[str]:
    """The ids of the records that hold what stands under an id."""
    return [id, *(f"{id}.{n}" for n in range(1, count))]


def under(ids: Sequence[str]) -> Mapping[str, object]:
    """A condition that all records meet that hold what stands under the ids."""
    return {_ID: {"$in": [*ids]}}


def unpacked(id: str, records: Sequence[Metadata]) -> bytes:
    """The bytes that were packed. Raises Damaged where they are others."""
    pieces = [str(record[key]) for record in records for key in sorted(record) if key not in (_ID, _OF)]
    try:
        whole = base64.b64decode("".join(pieces), validate=True)
        content = zlib.decompress(whole[_DIGEST:])
    except (ValueError, zlib.error):
        whole = content = b""
    if whole[:_DIGEST] != hashlib.blake2b(id.encode() + b"\n" + content, digest_size=_DIGEST).digest():
        raise Damaged(
            f"what the store holds of {id} is not what was written; write it anew with: "
            "dateline index FOLDER --republish --store URL"
        )
    return content


def dumped(rows: Rows) -> bytes:
    """Rows of tables as bytes: JSON, and behind it the blobs, of which it tells the lengths."""
    blobs: list[bytes] = []

    def length_of(blob: bytes) -> dict[str, int]:
        blobs.append(blob)
        return {_BLOB: len(blob)}

    told = json.dumps(rows, default=length_of, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([len(told).to_bytes(4, "big"), told, *blobs])


def loaded(content: bytes) -> Rows:
    """The rows in these bytes."""
    end = 4 + int.from_bytes(content[:4], "big")
    place = end

    def blob_of(pairs: dict[str, Any]) -> Any:  # noqa: ANN401  # what JSON holds
        nonlocal place
        if pairs.keys() != {_BLOB}:
            return pairs
        place += pairs[_BLOB]
        return content[place - pairs[_BLOB] : place]

    rows: Rows = json.loads(content[4:end], object_hook=blob_of)
    return rows
