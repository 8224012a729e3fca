"""Three questions of the sample through a real language model over real HTTP.

Skipped without a GGUF file named by DATELINE_BENCH_MODEL, and without the package xllamacpp.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.sample import articles

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import llama_server

FILE = os.environ.get("DATELINE_BENCH_MODEL")
pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not FILE, reason="DATELINE_BENCH_MODEL names no model"),
    pytest.mark.skipif(not importlib.util.find_spec("xllamacpp"), reason="xllamacpp is not installed"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[dateline.Archive]:
    index = tmp_path_factory.mktemp("model") / "index"
    dateline.build([articles()], index, embedder=embedder)
    with llama_server.running(Path(str(FILE))) as url:
        yield dateline.open(index, llm=f"openai:any@{url}", embedder=embedder, settings=Settings())


def test_what_a_real_model_writes_is_carried_by_the_articles(archive: dateline.Archive) -> None:
    for question, expected in (
        ("Where will Trump and Kim meet for the second time?", "Hanoi"),
        ("How many boxes of soldiers' remains did North Korea hand over?", "55"),
        ("Who won the presidential election in Ukraine in 2019?", None),
    ):
        answer = archive.ask(question)
        assert answer.degraded is None, answer.notices
        assert answer.usage is not None
        for citation in answer.citations:
            assert archive.article(citation.article.id).text[citation.start : citation.end] == citation.quote
        if expected:
            assert any(expected in one.text or expected in answer.text for one in answer.claims)
            assert any(one.support == "supported" for one in answer.claims)
        else:
            assert not any(one.support == "supported" for one in answer.claims)
