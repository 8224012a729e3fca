from __future__ import annotations

import subprocess
import sys
from datetime import date
from math import log
from pathlib import Path

import pytest

from dateline.index import words as room
from dateline.index.ledger import Row
from dateline.index.words import WordIndex, is_stale, terms, write
from dateline.types import Filters

FEB_4, FEB_9 = date(2019, 2, 4), date(2019, 2, 9)


def row(key: int, text: str, *, title: str = "", day: date | None = None, source: str | None = None) -> Row:
    return Row(key, title, text, day.toordinal() if day else None, source, None)


ROWS = [
    row(1, "The bridge over the Tarn is open.", title="Larkvale", day=FEB_4, source="Harbor Wire"),
    row(2, "The bridge bridge bridge.", title="Larkvale", day=FEB_9, source="Österpost"),
    row(3, "Ferries stopped at dawn.", title="A bridge too far", day=FEB_9, source="Harbor Wire"),
    row(4, "Nothing of it.", title="Larkvale"),
]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    folder = tmp_path_factory.mktemp("words")
    assert write(folder, ROWS) == 4
    return WordIndex(folder)


def evenly(text: str) -> dict[str, float]:
    return dict.fromkeys(terms(text), 1.0)


def best(words: WordIndex, text: str, filters: Filters | None = None, k: int = 10) -> list[int]:
    return list(words.best(evenly(text), k, filters or Filters()))


CROWD = """
import gc, time
from concurrent.futures import ThreadPoolExecutor
from dateline.index.words import terms

class Unhurried:  # garbage that only a collection finds, and of which the end gives other threads their turn
    def __init__(self): self.itself = self
    def __del__(self): time.sleep(0.002)

def find(_):
    for _ in range(200):
        gc.disable(); Unhurried(); used_up = [[] for _ in range(100)]
        gc.set_threshold(1); gc.enable()
        assert len(terms("Officials opened the bridges over the rivers on Monday morning. " * 4)) == 40

terms("once")
gc.disable()
with ThreadPoolExecutor(12) as threads:
    list(threads.map(find, range(12)))
"""


def test_threads_find_terms_at_once_also_while_garbage_is_collected() -> None:
    """A collection may begin wherever something is made, and lets other threads in."""
    done = subprocess.run([sys.executable, "-c", CROWD], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_terms_fold_case_and_accents_and_inflection() -> None:
    assert terms("Señor Núñez negotiated NEGOTIATIONS") == terms("senor nunez negotiating negotiation")


def test_passages_come_best_first_and_only_those_that_hold_a_term(words: WordIndex) -> None:
    assert best(words, "bridges") == [2, 1, 3]
    scores = list(words.best(evenly("bridges"), 10, Filters()).values())
    assert scores == sorted(scores, reverse=True)


def test_a_term_counts_by_its_weight(words: WordIndex) -> None:
    (bridge,), (ferry,) = terms("bridge"), terms("ferry")
    assert next(iter(words.best({bridge: 1.0, ferry: 0.1}, 1, Filters()))) == 2
    assert next(iter(words.best({bridge: 0.1, ferry: 1.0}, 1, Filters()))) == 3
    (half,) = words.best({ferry: 0.5}, 1, Filters()).values()
    (whole,) = words.best({ferry: 1.0}, 1, Filters()).values()
    assert whole == pytest.approx(2 * half)


def test_no_terms_find_nothing(words: WordIndex) -> None:
    assert words.best({}, 10, Filters()) == {}


def test_no_more_than_k_come(words: WordIndex) -> None:
    assert best(words, "bridge", k=1) == [2]


def test_a_headline_finds_all_its_passages_and_counts_less_than_their_words(words: WordIndex) -> None:
    assert set(best(words, "larkvale")) == {1, 2, 4}
    assert best(words, "bridge")[-1] == 3


@pytest.mark.parametrize(
    ("filters", "inside"),
    [
        (Filters(since=FEB_9), {2, 3}),
        (Filters(until=FEB_4), {1}),
        (Filters(since=FEB_4, until=FEB_9), {1, 2, 3}),
        (Filters(sources=("HARBOR WIRE",)), {1, 3}),
        (Filters(sources=("ÖSTERPOST", "Harbor Wire")), {1, 2, 3}),
        (Filters(since=FEB_9, sources=("Harbor Wire",)), {3}),
        (Filters(sources=("nobody",)), set()),
    ],
)
def test_filters_keep_everything_else_out(words: WordIndex, filters: Filters, inside: set[int]) -> None:
    assert set(best(words, "bridge ferry nothing", filters)) == inside


def test_filters_do_not_change_scores(words: WordIndex) -> None:
    free = words.best(evenly("bridge"), 10, Filters())
    filtered = words.best(evenly("bridge"), 10, Filters(since=FEB_9))
    assert filtered == {key: pytest.approx(free[key]) for key in filtered}


def test_a_rarer_term_weighs_more(words: WordIndex) -> None:
    (ferry,), (bridge,) = terms("ferries"), terms("bridge")
    assert words.rarity(ferry) == pytest.approx(log(505 / 1.5))
    assert words.rarity("unheard") > words.rarity(ferry) > words.rarity(bridge) >= 0


def test_a_term_is_held_by_a_text_or_a_headline(words: WordIndex) -> None:
    assert words.holds("dawn")
    assert words.holds("far")
    assert not words.holds("unheard")


def test_dead_keys_are_gone_and_new_rows_are_there(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    write(tmp_path, [row(5, "Another bridge.")], dead=[2, 3])
    words = WordIndex(tmp_path)
    assert words.count() == 3
    assert set(best(words, "bridge")) == {1, 5}


def test_a_reader_sees_the_commit_it_opened(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    before = WordIndex(tmp_path)
    write(tmp_path, [], dead=[1, 2, 3])
    assert best(before, "bridge") == [2, 1, 3]
    assert best(WordIndex(tmp_path), "bridge") == []


def test_as_of_a_day_a_later_word_is_not_known(words: WordIndex) -> None:
    (bridge,), (ferry,) = terms("bridge"), terms("ferry")
    before = words.until(FEB_4)
    assert [words.holds(term) for term in (bridge, ferry)] == [True, True]
    assert [before.holds(term) for term in (bridge, ferry)] == [True, False]
    assert before.rarity(bridge) != words.rarity(bridge)
    assert words.until(FEB_9).holds(ferry)


def test_a_large_index_is_stale_when_more_than_a_hundredth_was_taken_out_over_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, (row(key, f"The bridge of town {key}.") for key in range(1, 401)))
    assert is_stale(tmp_path, 1)  # so few are soon written
    monkeypatch.setattr(room, "_SOON_WRITTEN", 100)
    assert not is_stale(tmp_path, 4)
    assert is_stale(tmp_path, 5)
    write(tmp_path, (), dead=[7, 8, 9])
    assert not is_stale(tmp_path, 1)
    assert is_stale(tmp_path, 2)
