from __future__ import annotations

from dateline.verification.closeness import candidates, phrases, weigh
from dateline.verification.evidence import read
from dateline.verification.tokens import tokens


def test_rare_words_and_facts_weigh_more() -> None:
    sentences = read(["The plan failed. The plan won. The plan is Oslo."])
    of = weigh(tokens("the plan failed in Oslo"), sentences).of
    assert of["plan"] < of["fail"] < of[tokens("in Oslo")[1].key]
    assert "the" not in of


def test_the_sentence_with_most_of_the_words_comes_first_of_a_long_text() -> None:
    text = "\n".join(["It was a fine day."] * 40 + ["Kim left for Oslo."] + ["It was a fine night."] * 40)
    sentences, claim = read([text]), tokens("Kim left early for Oslo")
    best = candidates("Kim left early for Oslo", claim, sentences, weigh(claim, sentences), None)[0]
    assert best.sentence.text == "Kim left for Oslo."
    assert best.replaced == frozenset()


def test_phrases_are_neighbouring_content_words() -> None:
    claim = tokens("the old plan of Oslo failed")
    assert phrases(claim, [tokens("an old plan for Oslo"), tokens("it failed")]) == 2 / 3
    assert phrases(tokens("the plan"), []) == 1
