"""Text without what a reader can't see, so that what is quoted is what was read."""

from __future__ import annotations

import re

# Controls but tab and line breaks, soft hyphen, bidi controls, zero-width characters, BOM, surrogates, tags.
# ZWNJ and ZWJ (U+200C, U+200D) stay between letters of the scripts that are spelled with them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINED = "\u0600-\u07bf\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_STRAY_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINED}])")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LINE_END = re.compile(r"(?<![ \t])[ \t]++(?=\n)")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """The text with `\\n` newlines and no invisible characters, stripped. Cleaning twice changes nothing."""
    if "\u034f" in text or not text.replace("\n", " ").isprintable():  # else there is nothing to look for
        text = _INVISIBLE.sub("", _NEWLINE.sub("\n", text))
        if "\u200c" in text or "\u200d" in text:
            text = _without_stray_joiners(text)
    text = text.strip()
    if " \n" in text or "\t\n" in text:
        text = _LINE_END.sub("", text)
    return _BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text


def one_line(text: str) -> str:
    """The cleaned text with every run of white space as one space: for headlines and names."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """The text without its case and the amount of its white space: equal for copies of one text."""
    return " ".join(text.casefold().split())


def _without_stray_joiners(text: str) -> str:
    """Removing one joiner may leave another at an edge, so this goes on until nothing changes."""
    while (less := _STRAY_JOINER.sub("", text)) != text:
        text = less
    return text
