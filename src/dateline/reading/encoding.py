"""Bytes to text: UTF-8 and UTF-16 by their marks and rules, Windows-1252 where it reads as words."""

from __future__ import annotations

import codecs

from dateline.patterns import lazy

SAMPLE = 1 << 16  # bytes looked at to tell a binary file and a file's encoding
NOT_TEXT = "it is not text in a known encoding; save it as UTF-8"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"SQLite format 3")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b"))
_FEWEST_LETTERS, _FEWEST_PLAIN = (
    6,
    30,
)  # bytes that are not ASCII, or that are, of which an encoding can be told
_ASCII = frozenset(map(chr, range(128)))
_FEW = 2  # letters that are not ASCII, which are Western where they look so
_BROKEN_PER_GOOD = 1 / 20  # broken UTF-8 sequences for each good one that are still UTF-8

_MARKED_WORD = lazy(r"[^\W\d_]+|[\x80-\U0010ffff]")
_LATIN_WORD = lazy(r"[A-ZÀ-ÖØ-ÞŒŠŸŽ]*[a-zß-öø-ÿœšž]*")
_PUNCTUATION = set("‚„…†‡‰‹‘’“”•–—˜™›\xa0¡¢£¥§©«®°±²³´µ¶·»¼½¾¿×ªº€")


def decode(data: bytes, *, declared: str | None = None, cut: bool = False) -> str | None:
    """The text of `data`, or None where it is binary or in an encoding that can't be told for sure.

    `cut`: more follows, so that the last character may be in two.
    """
    encoding = encoding_of(data[:SAMPLE])
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            return data.decode(encoding, "replace")
    if cut and (whole := data[:-4].decode("utf-8", "ignore")) and _is_utf8(data[: len(whole.encode())]):
        return whole
    if text := _declared(data, declared) or _damaged_utf8(data):
        return text
    sample = data[:SAMPLE]
    letters = sum(byte > 127 for byte in sample)
    enough = letters >= _FEWEST_LETTERS or len(sample) - letters >= _FEWEST_PLAIN
    if enough and (agreed := legacy_of(data)):
        return data.decode(agreed, "replace")
    western = _windows_1252(data)
    if western is None or letters <= _FEW or set(western) - _ASCII <= _PUNCTUATION:
        return western
    readings = _readings(sample)
    return western if readings and readings[0][1] == sample.decode("cp1252", "replace") else None


def encoding_of(sample: bytes) -> str | None:
    """What the first bytes of a file are read as: a marked encoding, else UTF-8; None where it's binary."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if sample.startswith(_SIGNATURES):
        return None
    if (unmarked := _utf16_without_mark(sample)) is not None:
        return unmarked
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return None if controls > len(sample) / 20 else "utf-8"


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of a mostly Latin text: nearly every second byte is NUL, and always the same one."""
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if pairs < 8 or max(even, odd) < 0.8 * pairs or min(even, odd) > 0.02 * pairs:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def legacy_of(data: bytes) -> str | None:
    """The encoding of before Unicode in which two detectors read the same letters; None where they differ.

    One alone takes Czech for French, or Swedish for Turkish, on short texts, and gives wrong letters without
    a sign. What is UTF-8, broken here and there, is none of these.
    """
    readings = _readings(data[:SAMPLE])
    agree = len(readings) == 2 and readings[0][1] == readings[1][1] and "\ufffd" not in readings[0][1][:-2]
    return readings[0][0] if agree else None


def _readings(sample: bytes) -> list[tuple[str, str]]:
    """The encodings that the two detectors name, and the text in each."""
    import logging

    import chardet
    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL)
    best = from_bytes(sample).best()
    found: list[tuple[str, str]] = []
    for encoding in (chardet.detect(sample).get("encoding"), best and best.encoding):
        try:
            if isinstance(encoding, str):
                found.append((encoding, sample.decode(encoding, "replace")))
        except LookupError:
            continue
    return found


def _declared(data: bytes, declared: str | None) -> str | None:
    try:
        return data.decode(codecs.lookup(declared).name) if declared else None
    except (LookupError, ValueError):
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken places (U+FFFD), such as a character cut in two at the end."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(not char.isascii() for char in text) - broken
    cut = broken == 1 and text.endswith("\ufffd")
    return text if cut or broken <= good * _BROKEN_PER_GOOD else None


def _windows_1252(data: bytes) -> str | None:
    """The text when each accented letter stands in a Latin word and each other mark between words.

    A guess by letter frequencies takes Windows-1250 or Mac Roman for Windows-1252 on short texts, and
    gives wrong letters without a sign. This rule refuses instead.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    for found in _MARKED_WORD.finditer(text):
        word = found.group()
        if word.isascii() or word in _PUNCTUATION:
            continue
        plain = sum(char.isascii() for char in word)
        if not (_LATIN_WORD.fullmatch(word) or word.isupper()) or (len(word) > 1 and plain * 2 < len(word)):
            return None
    return text
