from __future__ import annotations

from pathlib import Path

from dateline.index.minilm import MiniLM
from dateline.search import find, understand
from dateline.search.fusion import Found
from dateline.search.second import missing_name
from dateline.types import Article, Filters, Passage
from newsroom import report
from search.shelf import index_of

DESCRIBED = (
    "Which founder opened a harbour museum in Larkvale in the spring, "
    "and was later accused of forging the old sea charts it shows?"
)
FACT = "Reyl is said to have drawn forty of them himself, by lamplight, in a rented barn."


def said(*texts: str) -> list[Found]:
    """Sentences as if they had been found, best first."""
    return [
        Found(
            Article(f"a{n}", "", text),
            n,
            Passage(f"a{n}:0", f"a{n}", text, 0, len(text)),
            (0, len(text)),
            frozenset(),
            -float(n),
        )
        for n, text in enumerate(texts)
    ]


NAMED = said(
    "The founder, Tomas Reyl, opened it in May.",
    "In spring Reyl’s museum opened.",
    "A judge asked Tomas Reyl about the charts.",
    "The charts that Reyl shows are false.",
)


def test_a_name_that_the_best_sentences_share_is_what_the_question_describes() -> None:
    assert missing_name(understand(DESCRIBED), NAMED) == "Reyl"


def test_a_name_that_few_of_them_have_is_not() -> None:
    assert missing_name(understand(DESCRIBED), NAMED[:3]) is None
    assert missing_name(understand(DESCRIBED), []) is None


def test_a_name_in_the_question_is_not_missing() -> None:
    assert missing_name(understand(f"{DESCRIBED} Was it Tomas Reyl?"), NAMED) is None


def test_a_question_about_one_thing_or_for_yes_or_no_describes_nobody() -> None:
    assert missing_name(understand("Which founder opened a museum?"), NAMED) is None
    assert (
        missing_name(understand(DESCRIBED.replace("Which founder opened", "Did the founder open")), NAMED)
        is None
    )


def test_a_fact_that_shares_only_the_name_is_found_through_it(tmp_path: Path, embedder: MiniLM) -> None:
    told = [
        "The founder Tomas Reyl opened a harbour museum in Larkvale in the spring.",
        "In the spring Tomas Reyl opened his museum at the harbour of Larkvale.",
        "The museum that Tomas Reyl opened in Larkvale shows old sea charts.",
        "The old sea charts of the founder Tomas Reyl are forged, experts accused him later.",
        "Later Tomas Reyl was accused of forging the sea charts that the museum shows.",
    ]
    rest = [f"A lorry drove by house {n} of the long road at noon and nobody saw it." for n in range(40)]
    records = [report(f"told-{n}", text, source=None) for n, text in enumerate([*told, FACT, *rest])]
    snapshot = index_of(tmp_path, *records, embedder=embedder)
    hits = find(snapshot, embedder, understand(DESCRIBED), Filters(), k=len(told) + 1)
    assert FACT in [hit.passage.text for hit in hits]
