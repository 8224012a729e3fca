from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import StoreAway
from dateline.index.store.payload import dumped, loaded, names, packed, rest, unpacked
from dateline.index.store.wire import Metadata

VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20) | st.binary(max_size=20)
ROWS = st.lists(st.dictionaries(st.sampled_from(["key", "text", "blob", "vector"]), VALUES), max_size=3)


def metadatas(id: str, content: bytes) -> list[Metadata]:
    return [record.metadata or {} for record in packed(id, content)]


@given(st.dictionaries(st.sampled_from(["articles", "passages"]), ROWS))
def test_rows_come_back_as_they_were(rows: dict[str, list[dict[str, int | str | bytes | None]]]) -> None:
    assert loaded(dumped(rows)) == rows


@given(st.binary(max_size=2_000))
def test_bytes_come_back_as_they_were(content: bytes) -> None:
    assert unpacked("1-2-ab", metadatas("1-2-ab", content)) == content


def test_what_is_long_stands_in_several_records_none_of_which_is_too_large_for_chroma() -> None:
    content = bytes((n * n * 31 + n // 7) % 251 for n in range(400_000))
    content = b"".join(bytes([one ^ n % 256]) for n, one in enumerate(content))
    records = packed("a", content)
    assert [record.id for record in records] == names("a", len(records))
    for record in records:
        assert record.metadata is not None
        assert len(record.metadata) <= 32
        assert all(len(str(value)) <= 4_096 for value in record.metadata.values())
    assert rest("a", records[0].metadata or {}) == [record.id for record in records[1:]]
    assert unpacked("a", [record.metadata or {} for record in records]) == content


@given(st.integers(0, 10_000), st.sampled_from("AzQ9+="))
def test_what_was_changed_is_noticed_or_without_effect(place: int, letter: str) -> None:
    content = b"The bridge cost 48 million euros." * 20
    (record,) = packed("a", content)
    text = str((record.metadata or {})["p00"])
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    damaged = replace(record, metadata={**(record.metadata or {}), "p00": changed})
    assert read("a", [damaged.metadata or {}]) in (
        content,
        "what the store holds of a is not what was written",
    )


def read(id: str, records: list[Metadata]) -> bytes | str:
    try:
        return unpacked(id, records)
    except StoreAway as error:
        return str(error).partition(";")[0]


def test_what_stands_under_another_id_is_noticed() -> None:
    with pytest.raises(StoreAway, match="what the store holds of b is not what was written"):
        unpacked("b", metadatas("a", b"text"))
