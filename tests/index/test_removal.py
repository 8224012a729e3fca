from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.errors import ArticleMissing
from index.desk import BRIDGE, FERRY, FLOOD, Desk, counts


def bytes_of(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_removed_article_leaves_no_trace(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD, FERRY)
    desk.build()
    assert b"walkers" in bytes_of(desk.index)
    assert desk.remove("bridge") == 0
    left = bytes_of(desk.index)
    assert b"walkers" not in left
    assert b"About bridge" not in left
    assert b"Sixty families" in left
    assert desk.ids() == ["flood", "ferry"]
    assert desk.found("bridge families") == {"flood"}


def test_a_removed_article_stays_away_while_its_file_is_as_it_was(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    desk.remove("bridge")
    assert counts(desk.build()) == (0, 0, 1, 0)
    assert desk.ids() == ["flood"]


def test_every_article_can_be_removed(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    assert desk.remove("bridge", "flood", "bridge") == 0
    assert desk.ids() == []
    assert desk.found("bridge") == set()


def test_an_older_version_of_a_removed_article_leaves_no_trace_either(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE | {"text": "The bridge was closed again on the following Tuesday."}, FLOOD)
    desk.build()
    assert desk.remove("bridge") == 0
    left = bytes_of(desk.index)
    assert b"walkers" not in left
    assert b"following Tuesday" not in left


def test_what_another_article_says_too_is_no_trace(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, BRIDGE | {"id": "reprint", "source": "Weekly Kiln"})
    desk.build()
    assert desk.remove("bridge") == 0
    assert desk.ids() == ["reprint"]


@pytest.mark.parametrize("ids", [["nothing"], ["bridge", "nothing"]])
def test_nothing_is_removed_when_one_of_the_ids_is_unknown(desk: Desk, ids: Sequence[str]) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    with pytest.raises(ArticleMissing, match="'nothing'"):
        desk.remove(*ids)
    assert desk.ids() == ["bridge"]
