from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.encoding import decode

TEXT = "“We’re hopeful,” said José Muñoz — the minister — in Besançon."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_decoded(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_decoded(encoding: str) -> None:
    assert (
        decode("The president said that talks go on.".encode(encoding))
        == "The president said that talks go on."
    )


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_what_is_not_windows_1252_is_not_taken_for_it(encoding: str) -> None:
    text = "Президент заявил в четверг, что переговоры продолжатся."
    assert decode(text.encode(encoding)) == text


def test_central_european_and_macintosh_letters_are_not_taken_for_western_ones() -> None:
    for text, encoding in [("Wałęsa powiedział, że będzie źle", "cp1250"), ("Élu à Genève", "mac-roman")]:
        assert decode(text.encode(encoding)) in (text, None)


def test_a_declared_encoding_is_believed_after_utf_8() -> None:
    assert decode("Президент".encode("cp1251"), declared="windows-1251") == "Президент"
    assert decode("Президент".encode(), declared="windows-1251") == "Президент"
    assert decode(b"plain \xff", declared="no-such-codec") is not None


def test_a_character_cut_in_two_costs_that_character_alone() -> None:
    assert decode("Zürich, Genève".encode()[:-2] + "é".encode()[:1]) == "Zürich, Genè\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04rest", bytes(range(32)) * 9, b"\x80\x81\x8d" * 50],
)
def test_binary_data_is_not_text(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    assert isinstance(decode(data), str | None)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_decoded_as_it_was_written(text: str) -> None:
    assert decode(text.encode()) in (text, text.removeprefix("\ufeff"))
