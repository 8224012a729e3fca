"""Where a claim stands in the evidence word for word, however quotation marks and dashes are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.verification.evidence import Sentence

_ONE_FORM = str.maketrans(
    dict.fromkeys("\"'“”„‟«»‘’‚‛`´", "'")
    | dict.fromkeys("-‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")  # invisible
    | {"…": "..."}
)
_REPEATED = re.compile(r"(?<=')'+|(?<=-)-+")  # '' is one quotation mark, -- one dash
_FINAL = "'.!?,;:"


def fold(text: str) -> str:
    """The text without white space and invisible characters, its quotation marks and dashes of one form."""
    return _REPEATED.sub("", "".join(text.translate(_ONE_FORM).split()))


def runs(claim: str, sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Each run of whole neighbouring sentences that is the claim, word for word."""
    wanted = fold(claim).strip(_FINAL)
    if not wanted:
        return
    folded = [fold(sentence.text) for sentence in sentences]
    for first, sentence in enumerate(sentences):
        joined = ""
        for last in range(first, len(sentences)):
            joined = fold(joined + folded[last])
            so_far = joined.strip(_FINAL)
            if sentences[last].stands.evidence != sentence.stands.evidence or not wanted.startswith(so_far):
                break
            if so_far == wanted:
                yield sentences[first : last + 1]
                break
