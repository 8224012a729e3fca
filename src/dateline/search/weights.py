"""What a search weighs, all in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Beside the closeness and the words of a sentence and the words of its article, which weigh 1 each.

    In standard deviations of the candidates' scores, where nothing else is said. Chosen on development
    questions, each in the middle of a wide plain: tests/bench/retrieval.py --two-fold.
    """

    context: float = 0.5  # closeness of the passage around a sentence
    neighbour: float = 0.3  # words of the sentences beside it, as a share of their own
    outlet: float = 1.0  # coming from an outlet that the question names
    fresh: float = 3.0  # being published on the day as of which is asked
    fresh_days: float = 30.0  # after which a third of that is left
    whole: float = 0.3  # the whole question, in the search for a part of it
    fall: float = 0.5  # the loss of score in which the votes of a search fall to a third


WEIGHTS = Weights()
