"""How many tokens a text costs, and how many a reply may have."""

from __future__ import annotations

import re

_CHEAP = re.compile(r"[a-z ]")
_LONGEST_REPLY = 2_048  # tokens; five sentences with their evidence have some 400


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
