"""How many tokens a text costs, and how many a reply may have."""

from __future__ import annotations

import re

from dateline.answer.written.styles import Style

_CHEAP = re.compile(r"[a-z ]")
_LONGEST_REPLY = 2_048  # tokens; five sentences with their evidence have some 400
_READING_SECONDS = 8.0  # that a reader is to wait for the first word, about
_TOKENS_OF_WORD = 1.5  # of news, numbers and headings among them; Qwen's tokenizer
_ALL = 700  # words: as many as are ever gathered


def tokens_of(text: str) -> int:
    """About the most tokens a model makes of a text: a third of its a-z and spaces, and every other byte.

    The tokenizers of most models can't be had, so this errs on the safe side. Measured with cl100k, o200k,
    MiniLM's WordPiece and Claude's of 2023, the highest of the four: 630 pieces of English news and
    encyclopedia have .57 of it, at most .82; 24 texts in other languages and scripts, addresses, digits and
    random letters .38 to .98, Amharic 1.04.
    """
    cheap = len(_CHEAP.findall(text))
    others = len(_CHEAP.sub("", text).encode("utf-8", "replace"))
    return -(-cheap // 3) + others


def reply_tokens(context: int) -> int:
    """How long a reply may be, of a model that holds so many tokens: at most a quarter of them."""
    return min(_LONGEST_REPLY, context // 4)


def evidence_words(style: Style, speed: float | None) -> int | None:
    """How many words of evidence a model is shown; None: all of the passages.

    `speed`, in tokens a second, is how fast it read before, where that is known: a reader waits for what it
    reads. A slow model is shown the likeliest sentences alone.
    """
    if speed is None:
        return style.words
    words = int(speed * _READING_SECONDS / _TOKENS_OF_WORD)
    if style.words is None and words >= _ALL:
        return None
    return max(style.fewest_words, min(words, style.words or _ALL))


def prompt_tokens(text: str) -> int:
    """About how many tokens a prompt has, as a reader is told; see `tokens_of` for how many at most."""
    return round(len(text.split()) * _TOKENS_OF_WORD)
