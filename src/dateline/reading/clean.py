"""Text without what a reader can't see, so that what is quoted is what was read."""

from __future__ import annotations

from dateline.patterns import lazy

# What has no shape of its own: controls but tab and line break, soft hyphen, marks of direction, zero-width
# and other formatting characters, fillers, the object that isn't there, surrogates, private use, tags (also
# of flags) and what is set aside for more of them. Signs that enclose a number, as U+0600 and U+06DD, are
# seen. Variation selectors choose how a character looks, never which it is, and spell out any bytes.
INVISIBLE = lazy(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\ufffc\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_BLANK = lazy("[\u3164\uffa0]")  # letters by their class, as wide as a space and as empty
# Persian, Hindi and their like are spelled with joiners (U+200C, U+200D) between letters, Mongolian with
# selectors and a separator (U+180B to U+180F) behind them: one. More spell something else. Emoji lose theirs.
_JOINED = (
    "\u0600-\u07bf\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u180a\u1810-\u18af\ufb50-\ufdff\ufe70-\ufefc"
)
_JOINERS = lazy(
    f"(?<=[{_JOINED}])([\u200c\u200d])[\u200c\u200d]*(?=[{_JOINED}])"
    "|(?<=[\u1820-\u18aa])([\u180b-\u180f])[\u180b-\u180f]*"
    "|[\u200c\u200d\u180b-\u180f]+"
)
_NEWLINE = lazy("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD = lazy("|".join(one.pattern for one in (_NEWLINE, INVISIBLE, _BLANK, _JOINERS)))
_LINE_END = lazy(r"(?<![ \t])[ \t]++(?=\n)")
_BLANK_LINES = lazy(r"\n{3,}")


def clean(text: str) -> str:
    """The text with `\\n` newlines and no invisible characters, stripped. Cleaning twice changes nothing."""
    if _ODD.search("".join(set(text))):  # else there is nothing to look for: most texts use few characters
        text = _BLANK.sub(" ", INVISIBLE.sub("", _NEWLINE.sub("\n", text)))
        text = _JOINERS.sub(r"\1\2", text)
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
