"""What the sample promises, read with the standard library alone."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from dateline import sample

Record = dict[str, Any]


def load() -> list[Record]:
    records: list[Record] = []
    for path in sorted(sample.articles().iterdir()):
        text = path.read_text(encoding="utf-8")
        match path.suffix:
            case ".jsonl":
                records += map(json.loads, text.splitlines())
            case ".json":
                records += json.loads(text)
            case ".csv":
                with path.open(encoding="utf-8", newline="") as rows:
                    records += csv.DictReader(rows)
            case ".html":
                records.append({"path": path, "text": unescape(re.sub(r"<[^>]+>", " ", text))})
            case ".txt" | ".md":
                records.append({"path": path, "text": text})
            case _:
                pytest.fail(f"{path.name}: not a format that the sample is made of")
    return records


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def articles() -> list[Record]:
    return load()


@pytest.fixture(scope="module")
def questions() -> list[Record]:
    return [json.loads(line) for line in sample.questions().read_text(encoding="utf-8").splitlines()]


def files(articles: list[Record], suffix: str) -> list[Path]:
    return [one["path"] for one in articles if "path" in one and one["path"].suffix == suffix]


def test_there_are_enough_articles_of_enough_outlets(articles: list[Record]) -> None:
    sources = Counter(one["source"] for one in articles if "source" in one)
    assert len(articles) >= 64
    assert len(sources) >= 6
    assert min(sources.values()) >= 3


def test_every_format_is_there(articles: list[Record]) -> None:
    assert [len(files(articles, suffix)) for suffix in (".txt", ".md", ".html")] == [6, 2, 2]
    assert {path.suffix for path in sample.articles().iterdir()} >= {".json", ".jsonl", ".csv"}


def test_ids_are_unique(articles: list[Record]) -> None:
    ids = [one["id"] for one in articles if "id" in one]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9-]+", id) for id in ids)


def test_articles_are_short_and_have_paragraphs(articles: list[Record]) -> None:
    for one in articles:
        if "id" in one:
            assert 110 <= len(one["text"].split()) <= 260, one["id"]
            assert one["text"].count("\n\n") >= 2, one["id"]


def test_dates_are_iso_and_one_article_has_none(articles: list[Record]) -> None:
    records = [one for one in articles if "id" in one]
    assert [one["id"] for one in records if not one.get("published")] == ["cr-dmz-explainer"]
    for one in records:
        if one.get("published"):
            assert datetime.fromisoformat(one["published"]).year in range(2018, 2025)


def test_a_wire_line_of_a_text_file_names_no_year_but_the_text_does(articles: list[Record]) -> None:
    for path in files(articles, ".txt"):
        line = re.search(
            r"^[A-Z][\w ,]+, ([A-Z][a-z]+\.? \d{1,2}) \(Harbor Wire\) -- ", path.read_text(), re.M
        )
        assert line, path.name
        assert re.search(r"[A-Z][a-z]+\.? \d{1,2}, 201\d", path.read_text()), path.name


def test_the_kinds_are_there_and_a_correction_names_its_article(articles: list[Record]) -> None:
    kinds = {one["kind"]: one for one in articles if one.get("kind")}
    assert set(kinds) == {"correction", "opinion"}
    corrected = next(one for one in articles if one.get("id") == "lt-black-hole")
    assert corrected["title"] in kinds["correction"]["text"]
    assert "65 million light-years" in corrected["text"]


def test_a_wire_report_was_printed_by_a_second_outlet_nearly_word_for_word(articles: list[Record]) -> None:
    text = {one["id"]: one["text"] for one in articles if "id" in one}
    sentences = set(re.split(r"(?<=\.)\s+", text["hw-summit-february"]))
    copied = sentences & set(re.split(r"(?<=\.)\s+", text["lt-summit-february"]))
    assert len(copied) / len(sentences) > 0.5


def test_there_are_twenty_questions_three_of_them_unanswerable(questions: list[Record]) -> None:
    assert len({one["id"] for one in questions}) == len(questions) == 20
    assert sum(not one["answerable"] for one in questions) == 3
    assert sum(len({e.get("article_id") for e in one["evidence"]}) > 1 for one in questions) >= 4
    for one in questions:
        assert bool(one["answers"]) == bool(one["evidence"]) == one["answerable"], one["id"]


def test_every_evidence_text_stands_in_its_article(articles: list[Record], questions: list[Record]) -> None:
    for question in questions:
        for evidence in question["evidence"]:
            wanted = evidence.get("article_id")
            among = [one for one in articles if wanted is None or one.get("id") == wanted]
            found = [one for one in among if folded(evidence["text"]) in folded(one["text"])]
            assert len(found) == 1, (question["id"], evidence)


def test_one_answer_at_least_stands_in_the_evidence_articles(
    articles: list[Record], questions: list[Record]
) -> None:
    for question in questions:
        texts = [folded(evidence["text"]) for evidence in question["evidence"]]
        carriers = [folded(one["text"]) for one in articles if any(t in folded(one["text"]) for t in texts)]
        if question["answerable"]:
            assert any(answer in text for answer in question["answers"] for text in carriers), question["id"]
