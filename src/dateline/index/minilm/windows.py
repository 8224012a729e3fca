"""Passages, as tokens, joined into windows of one pass each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WINDOW = 256  # tokens of one pass, [CLS] and [SEP] among them: the model's own maximum
UNKNOWN, CLS, SEP = 100, 101, 102


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens of one pass, and where in them each of its passages lies (half-open)."""

    tokens: list[int]
    spans: list[tuple[int, int]]


def windows(passages: Iterable[list[int]]) -> Iterator[Window]:
    """The passages in order, as many neighbours to a window as fit; one longer than a window is cut."""
    tokens, spans = [CLS], list[tuple[int, int]]()
    for passage in passages:
        cut = passage[: WINDOW - 2] or [UNKNOWN]  # nothing but white space still gets a vector
        if len(tokens) + len(cut) >= WINDOW:
            yield Window([*tokens, SEP], spans)
            tokens, spans = [CLS], []
        spans.append((len(tokens), len(tokens) + len(cut)))
        tokens += cut
    if spans:
        yield Window([*tokens, SEP], spans)


def whole(text: list[int]) -> Window:
    """A window of one text alone, the states of [CLS] and [SEP] among those of its vector."""
    tokens = [CLS, *text[: WINDOW - 2], SEP]
    return Window(tokens, [(0, len(tokens))])
