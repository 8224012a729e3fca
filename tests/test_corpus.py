from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index.minilm import MiniLM

BRIDGE = (
    "Mayor Ines Okafor opened the new bridge over the Tarn in Larkvale on Monday. It cost 48 million euros, "
    "six million more than planned. Some 3,000 people walked across it before the first cars came. The old "
    "bridge will be taken down in the spring, when the river is low."
)
NOWHERE = "http://127.0.0.1:1"
ARTICLES = [
    dateline.Article("a", "Larkvale opens its new bridge", BRIDGE, source="Harbor Wire"),
    dateline.Article("b", "Rain", "Rain fell on the valley for the seventh day.", source="Harbor Wire"),
    dateline.Article("c", "A bridge over the Tarn", BRIDGE, source="Ansel Gazette"),
]


def without_model(cache: Path) -> Settings:
    """Settings under which no embedding model can be had."""
    return Settings(cache=cache, model_hub=NOWHERE)


def test_copies_are_grouped(embedder: MiniLM) -> None:
    assert dateline.group_stories(ARTICLES, embedder=embedder) == [["a", "c"], ["b"]]


def test_a_claim_is_verified(embedder: MiniLM) -> None:
    assert dateline.verify("It cost 48 million euros.", BRIDGE, embedder=embedder).label != "unsupported"
    support = dateline.verify(
        "It cost 58 million euros, six million more than planned.", BRIDGE, embedder=embedder
    )
    assert support.label == "unsupported"
    assert any("58" in reason and "48" in reason for reason in support.reasons)


def test_an_embedder_asked_for_by_name_must_be_there() -> None:
    with pytest.raises(EmbedderMissing):
        dateline.group_stories(ARTICLES, embedder="nonsense")
    with pytest.raises(EmbedderMissing):
        dateline.verify("It rained.", BRIDGE, embedder="nonsense")


def test_without_the_model_words_decide_and_a_warning_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", NOWHERE)
    with pytest.warns(UserWarning, match="Only copies are found"):
        assert dateline.group_stories(ARTICLES, settings=without_model(tmp_path)) == [["a", "c"], ["b"]]
    with pytest.warns(UserWarning, match="by words alone"):
        support = dateline.verify("The bridge was never opened.", BRIDGE, settings=without_model(tmp_path))
    assert support.label != "supported"


def test_who_did_what_is_read_by_the_parser_and_a_warning_says_where_there_is_none(
    embedder: MiniLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = "On Monday the new bridge over the Tarn was opened by Mayor Ines Okafor."
    assert dateline.verify(claim, BRIDGE, embedder=embedder).label == "supported"
    monkeypatch.setattr("dateline.text.files.PACKAGE", "no_such_package")
    monkeypatch.setattr("dateline.text.files.INDEXED", "no_such_package")
    with pytest.warns(
        UserWarning, match="Verified without a parser: parser en_core_web_sm-3.8.0 can't be had"
    ):
        support = dateline.verify(claim, BRIDGE, embedder=embedder, settings=Settings(cache=tmp_path))
    assert support.label != "supported"


def test_days_are_resolved() -> None:
    (span,) = dateline.resolve_dates("They meet on Feb. 27.", "2019-02-15")
    assert (str(span.since), str(span.until)) == ("2019-02-27", "2019-02-28")


def test_verifying_again_is_still_a_function(embedder: MiniLM) -> None:
    """The package that checks is not called as the function: an import of it would take its place."""
    dateline.verify("It rained.", "It rained.", embedder=embedder)
    assert callable(dateline.verify)
