from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.streams import LINE_LIMIT, BadLine, open_unpacked, read_lines, read_whole


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 20_000)), min_size=1, max_size=4),
    st.binary(max_size=5),
)
def test_what_was_packed_is_unpacked(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[bytes, int]], padding: bytes
) -> None:
    members = [data * count for data, count in parts]
    path = tmp_path_factory.mktemp("gz") / "a.gz"
    path.write_bytes(b"".join(gzip.compress(member) for member in members) + bytes(len(padding)))
    with open_unpacked(path) as stream:
        assert read_whole(stream) == b"".join(members)
        assert stream.damage is None


def test_a_byte_missing_at_the_end_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"word " * 1000)[:-1])
    with open_unpacked(path) as stream:
        assert read_whole(stream) == b"word " * 1000
        assert stream.damage == "the gzip data ends too early"


def test_a_byte_changed_in_the_middle_is_noticed(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 100))
    packed[len(packed) // 2] ^= 0xFF
    path = tmp_path / "a.gz"
    path.write_bytes(packed)
    with open_unpacked(path) as stream:
        read_whole(stream)
        assert stream.damage == "the gzip data is damaged"


def test_what_is_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    with open_unpacked(tmp_path / "a.txt") as stream:
        assert read_whole(stream, 10) is None
    with open_unpacked(tmp_path / "a.txt") as stream:
        assert read_whole(stream, 11) == b"x" * 11


def test_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\n" + b"x" * (LINE_LIMIT + 9) + b"\nthree\n")
    with open_unpacked(tmp_path / "a.txt") as stream:
        one, two, three = read_lines(stream, newline="\n")
    assert (one, three) == ("one\n", "three\n")
    assert isinstance(two, BadLine)
    assert "longer than" in two.reason
