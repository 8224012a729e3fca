from __future__ import annotations

import numpy as np
import pytest

from dateline.index.minilm import MiniLM
from dateline.verification.nearness import nearness
from dateline.verification.tokens import tokens


def near(embedder: MiniLM, claim: str, mine: str, sentence: str, theirs: str) -> float:
    one, other = tokens(claim), tokens(sentence)
    matrix = nearness(one, embedder.read([claim])[0], other, embedder.read([sentence])[0])
    assert matrix.shape == (len(one), len(other))
    i = next(place for place, token in enumerate(one) if token.word == mine)
    j = next(place for place, token in enumerate(other) if token.word == theirs)
    return float(matrix[i, j])


SENTENCE = "The bank raised its main rate to 4.5 percent on Thursday."


@pytest.mark.parametrize(
    ("claim", "mine", "theirs", "least", "most"),
    [
        ("The bank raised its main rate.", "raised", "raised", 1.0, 1.0),
        ("The bank increased its main rate.", "increased", "raised", 0.5, 0.95),
        ("The bank lowered its main rate.", "lowered", "raised", 0.0, 0.0),  # its opposite
        ("The bank forgot its main rate.", "forgot", "thursday", 0.0, 0.0),
        ("The rate is 5.4 percent.", "5.4percent", "4.5percent", 0.0, 0.0),
        ("The rate is 4.5%.", "4.5%", "4.5percent", 1.0, 1.0),
        ("The bank spoke on Friday.", "friday", "thursday", 0.0, 0.0),
    ],
)
def test_how_near_words_are(
    embedder: MiniLM, claim: str, mine: str, theirs: str, least: float, most: float
) -> None:
    assert least <= near(embedder, claim, mine, SENTENCE, theirs) <= most


def test_what_the_model_does_not_read_is_near_to_nothing_but_itself(embedder: MiniLM) -> None:
    long = "word " * 400 + "harbour."
    claim = "The harbour closed its port."
    matrix = nearness(tokens(claim), embedder.read([claim])[0], tokens(long), embedder.read([long])[0])
    assert np.all(matrix[:-1, -1] <= 1)
    assert matrix[1, -1] == 1
