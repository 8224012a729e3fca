"""What a way of answering hands over: claims and their citations, and the text made from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.types import Citation, Claim, Entry

NOT_CARRIED = "The articles carry nothing of what the language model wrote; what they say follows."
ROUND = str.maketrans("[]", "()")  # square brackets are those of our [n] alone


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it knows what was searched. `text` reads as the claims in order."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    short: str | None = None  # see Answer
    missing: tuple[str, ...] = ()
    timeline: tuple[Entry, ...] = ()
    written: bool = False  # by a language model, in part at least
    degraded: str | None = None
    notices: tuple[str, ...] = ()


def followed_by(written: Draft, quoted: Draft) -> Draft:
    """A model's claims, none of which the articles carry, and after them the quoted answer."""
    return replace(
        written,
        text=f"{written.text}\n{quoted.text}",
        claims=written.claims + quoted.claims,
        citations=quoted.citations,
        notices=(*written.notices, NOT_CARRIED),
    )


def with_markers(claim: Claim) -> str:
    """The claim's text followed by its markers: "The summit is in Hanoi. [1][2]"."""
    markers = "".join(f"[{number}]" for number in claim.citations)
    return f"{claim.text} {markers}" if markers else claim.text


def compose(claims: Iterable[Claim], *, between: str = " ") -> str:
    """The text of an answer, made from its claims."""
    return between.join(with_markers(claim) for claim in claims)
