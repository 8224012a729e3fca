from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.answer import listed
from dateline.config import Settings
from dateline.index import Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import Request, limited
from dateline.types import Filters

ARTICLES = [
    ("a", "2024-05-01", "Vale Times", "The Orrin ferry was painted red on Wednesday by its crew."),
    ("b", "2024-05-02", "Harbor Wire", "Rain fell all day. The ferry to Orrin was an hour late on Thursday."),
    ("c", "2024-06-01", "Harbor Wire", "The choir of Orrin sang in the new church on Saturday."),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Snapshot]:
    folder: Path = tmp_path_factory.mktemp("listed")
    rows = [{"id": i, "title": i, "published": d, "source": s, "text": t} for i, d, s, t in ARTICLES]
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    dateline.build([folder / "all.jsonl"], folder / "index", embedder=embedder, settings=Settings())
    with closing(Snapshot(folder / "index")) as opened:
        yield opened


def asked(snapshot: Snapshot, request: Request, filters: Filters | None = None) -> tuple[str, list[str]]:
    draft = listed(snapshot, request, limited(filters or Filters(), request))
    assert draft is not None
    assert draft.text == "\n".join(
        one.text + (" " + "".join(f"[{n}]" for n in one.citations) if one.citations else "")
        for one in draft.claims
    )
    return draft.claims[0].text, [one.article.id for one in draft.citations]


FERRY = ("ferri",)


def test_articles_that_hold_the_words_are_counted_and_cited(snapshot: Snapshot) -> None:
    assert asked(snapshot, Request("number", "ferry", FERRY)) == (
        "2 of 3 articles hold “ferry”.", ["b", "a"],
    )  # fmt: skip


def test_filters_limit_what_is_counted(snapshot: Snapshot) -> None:
    inside = Filters(sources=("Harbor Wire",))
    assert asked(snapshot, Request("number", "ferry", FERRY), inside) == (
        "1 of 2 articles holds “ferry”.", ["b"],
    )  # fmt: skip


def test_outlets_are_named_with_their_newest_article(snapshot: Snapshot) -> None:
    said, cited = asked(snapshot, Request("outlets", "ferry", FERRY))
    assert "Vale Times (1)" in said
    assert "Harbor Wire (1)" in said
    assert sorted(cited) == ["a", "b"]


def test_the_archive_tells_its_outlets_and_its_days(snapshot: Snapshot) -> None:
    said, _ = asked(snapshot, Request("outlets"))
    assert said == "The archive holds articles of 2 outlets: Harbor Wire, Vale Times."
    said, _ = asked(snapshot, Request("extent"))
    assert said == "The archive holds 3 articles, published 1 May 2024 to 1 Jun 2024."


@pytest.mark.parametrize(("of", "id"), [("oldest", "a"), ("newest", "c")])
def test_the_first_and_the_last(snapshot: Snapshot, of: str, id: str) -> None:
    request = Request("oldest") if of == "oldest" else Request("newest")
    assert asked(snapshot, request)[1] == [id]


def test_a_list_quotes_what_is_asked_about_newest_first(snapshot: Snapshot) -> None:
    draft = listed(snapshot, Request("list", "ferry", FERRY), Filters())
    assert draft is not None
    assert [one.quote for one in draft.citations] == [
        "The ferry to Orrin was an hour late on Thursday.",
        "The Orrin ferry was painted red on Wednesday by its crew.",
    ]


def test_news_are_of_their_days(snapshot: Snapshot) -> None:
    may = Request("news", since=date(2024, 5, 1), until=date(2024, 5, 31), days="May 2024")
    said, cited = asked(snapshot, may)
    assert said == "2 articles, of “May 2024”."
    assert cited == ["b", "a"]


def test_where_no_article_is_as_asked_there_is_no_list(snapshot: Snapshot) -> None:
    assert listed(snapshot, Request("list", "harvest", ("harvest",)), Filters()) is None
