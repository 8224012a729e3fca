from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import dateline
from dateline.answer.draft import NOT_CARRIED
from dateline.answering import FOUND_NOTHING
from dateline.archive import Archive
from dateline.config import LlmStyle, Settings
from dateline.errors import ArticleMissing, IndexMismatch, IndexMissing, ModelError, SourceError
from dateline.index.minilm import MiniLM
from dateline.types import Answer, Delta, Evidence, Filters, Turn
from newsroom import RECORDS, Watched, report, with_parser, write_articles
from scripted_server import Reply, Script, scripted_server

WHEN_AND_WHERE = "When and where will the ferry company and its crews meet?"
OSCARS = "What did Mayor Okafor say on the sidelines of the Oscars?"


def quotes(answer: Answer) -> list[str]:
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote
    return [citation.quote for citation in answer.citations]


# -- asking without a language model


def test_an_answer_is_quoted_and_cited(archive: Archive) -> None:
    answer = archive.ask(WHEN_AND_WHERE)
    assert answer.answered
    assert (answer.mode, answer.degraded, answer.notices, answer.usage) == ("extractive", None, (), None)
    assert "at the town hall of Larkvale on March 2 at 5 p.m." in quotes(answer)[0]
    assert answer.text.startswith("Ansel Gazette, 13 Feb 2019: “The ferry company")
    assert all(f"[{number}]" in answer.text for claim in answer.claims for number in claim.citations)


def test_what_the_archive_does_not_tell_is_not_answered(archive: Archive) -> None:
    answer = archive.ask(OSCARS)
    assert (answer.answered, answer.claims, answer.citations) == (False, (), ())
    assert "7 articles were searched" in answer.text
    assert "“Oscars”" in answer.text
    assert answer.coverage.nearest is not None


def test_coverage_says_what_was_searched(archive: Archive) -> None:
    coverage = archive.ask(WHEN_AND_WHERE, filters=Filters(sources=("Ansel Gazette",))).coverage
    assert (coverage.articles, coverage.matched) == (7, 2)
    assert (coverage.first, coverage.last) == (date(2018, 11, 30), date(2019, 5, 20))


@pytest.mark.parametrize("as_of", ["2019-02-12", date(2019, 2, 12)])
def test_as_of_hides_what_was_published_later(archive: Archive, as_of: str | date) -> None:
    assert "ferry-talks" in {hit.article.id for hit in archive.search(WHEN_AND_WHERE)}
    found = {hit.article.id for hit in archive.search(WHEN_AND_WHERE, as_of=as_of)}
    assert found == {"bridge-opens", "ferry-strike", "bakery", "flood"}
    answer = archive.ask(WHEN_AND_WHERE, as_of=as_of)
    assert answer.as_of == date(2019, 2, 12)
    assert "March 2" not in answer.text


def test_as_of_and_a_filter_are_both_kept(archive: Archive) -> None:
    earlier = Filters(until=date(2019, 1, 31))
    assert archive.ask("Why the flood?", as_of="2019-02-12", filters=earlier).filters.until == date(
        2019, 1, 31
    )
    assert archive.ask("Why the flood?", as_of="2018-12-31", filters=earlier).filters.until == date(
        2018, 12, 31
    )


def test_a_search_keeps_to_k_or_to_a_budget_of_words(archive: Archive) -> None:
    assert len(archive.search("the bridge in Larkvale", k=2)) == 2
    hits = archive.search("the bridge in Larkvale", words=100)
    assert 0 < sum(len(hit.passage.text.split()) for hit in hits) <= 100


@pytest.mark.parametrize("question", [WHEN_AND_WHERE, OSCARS, ""])
def test_a_stream_is_evidence_then_text_then_the_answer(archive: Archive, question: str) -> None:
    evidence, *deltas, answer = archive.stream(question)
    assert isinstance(evidence, Evidence)
    assert isinstance(answer, Answer)
    assert "".join(delta.text for delta in deltas if isinstance(delta, Delta)) == answer.text
    assert deltas
    assert answer.seconds > 0
    passages = {hit.article.id for hit in evidence.hits}
    assert {citation.article.id for citation in answer.citations} <= passages


def test_a_follow_up_is_understood_with_the_question_before(archive: Archive) -> None:
    before = Turn("When will the ferry company and its crews meet?", "On March 2. [1]")
    answer = archive.ask("And where?", history=[before])
    assert any("town hall of Larkvale" in quote for quote in quotes(answer))
    assert answer.question == "And where?"
    assert answer.understood == "Where will the ferry company and its crews meet?"


def test_an_archive_tells_what_it_holds(archive: Archive) -> None:
    assert archive.mode == "Quotes only"
    assert archive.notices == ()
    assert archive.overview().articles == len(RECORDS)
    assert archive.article("flood").source == "Weekly Kiln"
    with pytest.raises(ArticleMissing):
        archive.article("nothing")


def test_many_threads_can_ask_at_once(index: Path, embedder: MiniLM) -> None:
    archive = dateline.open(index, embedder=embedder, settings=Settings())  # nothing of it is opened yet
    questions = [WHEN_AND_WHERE, OSCARS, "Who opened the bridge?", "What does the library lend?"]
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda question: archive.ask(question).text, questions * 8))
    assert texts == [archive.ask(question).text for question in questions] * 8


# -- building, and reading while it is built


def build(folder: Path, embedder: MiniLM, *texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    source = write_articles(folder / "a.jsonl", *(report(f"a{n}", text) for n, text in enumerate(texts)))
    dateline.build(source, folder / "index", embedder=embedder)
    return folder / "index"


def test_an_open_archive_follows_the_index(tmp_path: Path, embedder: MiniLM) -> None:
    index = build(tmp_path, embedder, "The bridge over the Tarn was opened on Monday.")
    archive = dateline.open(index, embedder=embedder, settings=Settings())
    asked = archive.stream("Which bridge was opened on Monday?")
    next(asked)
    build(
        tmp_path,
        embedder,
        "The bridge over the Tarn was closed on Monday.",
        "A theatre was opened in Osterby.",
    )
    *_, answer = asked
    assert isinstance(answer, Answer)
    assert quotes(answer) == ["The bridge over the Tarn was opened on Monday."]
    assert "closed" in archive.search("bridge over the Tarn", k=1)[0].passage.text
    assert quotes(archive.ask("What was opened in Osterby?"))[0] == "A theatre was opened in Osterby."


def test_asking_goes_on_while_articles_come_in(tmp_path: Path, embedder: MiniLM) -> None:
    texts = ["The bridge over the Tarn was opened on Monday."]
    index = build(tmp_path, embedder, *texts)
    archive = dateline.open(index, embedder=embedder, settings=Settings())
    done = threading.Event()

    def ask() -> int:
        asked = 0
        while not done.is_set():
            assert "opened on Monday" in archive.ask("When was the bridge over the Tarn opened?").text
            asked += 1
        return asked

    with ThreadPoolExecutor() as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            for number in range(4):
                build(
                    tmp_path,
                    embedder,
                    *texts,
                    *(f"Family {n} left Osterby by boat." for n in range(number + 1)),
                )
        finally:
            done.set()
        assert all(one.result() for one in asking)
    assert archive.overview().articles == 5


def test_an_index_can_be_deleted_and_built_again_while_an_old_archive_is_open(
    tmp_path: Path, embedder: MiniLM
) -> None:
    old = dateline.open(
        build(tmp_path, embedder, "The bridge was opened on Monday."), embedder=embedder, settings=Settings()
    )
    assert old.search("bridge")
    shutil.rmtree(tmp_path / "index")
    index = build(tmp_path, embedder, "A theatre was opened in Osterby.")
    new = dateline.open(index, embedder=embedder, settings=Settings())
    assert [hit.passage.text for hit in new.search("what was opened?")] == [
        "A theatre was opened in Osterby."
    ]


def test_sources_are_one_path_or_several(tmp_path: Path, embedder: MiniLM) -> None:
    one = write_articles(tmp_path / "a.jsonl", report("a", "One."))
    other = write_articles(tmp_path / "b.jsonl", report("b", "Another."))
    assert dateline.build(str(one), tmp_path / "i", embedder=embedder).added == 1
    assert dateline.build([one, str(other)], tmp_path / "i", embedder=embedder).added == 1
    assert dateline.build(tmp_path / "*.jsonl", tmp_path / "i", embedder=embedder).unchanged == 2


def test_a_source_that_is_not_there_makes_no_index(tmp_path: Path, embedder: MiniLM) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        dateline.build(tmp_path / "nowhere", tmp_path / "index", embedder=embedder)
    assert not (tmp_path / "index").exists()


def test_progress_is_told_by_stage(tmp_path: Path, embedder: MiniLM) -> None:
    told: list[tuple[str, int, int | None]] = []
    source = write_articles(tmp_path / "a.jsonl", *RECORDS)
    dateline.build(source, tmp_path / "i", embedder=embedder, progress=lambda *one: told.append(one))
    assert ("reading and embedding", len(RECORDS), None) in told
    assert list(dict.fromkeys(stage for stage, *_ in told)) == [
        "reading and embedding",
        "comparing articles",
        "indexing words",
        "indexing vectors",
    ]


def test_a_removed_article_is_found_no_more(tmp_path: Path, embedder: MiniLM) -> None:
    index = build(
        tmp_path, embedder, "The bridge over the Tarn was opened.", "A theatre was opened in Osterby."
    )
    archive = dateline.open(index, embedder=embedder, settings=Settings())
    assert len(archive.search("opened")) == 2
    assert dateline.remove(["a0"], index) == 0
    assert [hit.article.id for hit in archive.search("opened bridge")] == ["a1"]


@pytest.mark.parametrize(
    "verb", [dateline.open, dateline.rebuild, lambda index: dateline.remove(["a"], index)]
)
def test_a_folder_without_an_index_is_an_error_and_stays_as_it_is(
    tmp_path: Path, verb: Callable[[Path], object]
) -> None:
    with pytest.raises(IndexMissing):
        verb(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_embedder_is_refused_and_a_rebuild_brings_it(tmp_path: Path, embedder: MiniLM) -> None:
    index = build(tmp_path, embedder, "The bridge over the Tarn was opened.")
    other = Watched(embedder, name="other")
    archive = dateline.open(index, embedder=other, settings=Settings())
    with pytest.raises(IndexMismatch, match="--rebuild --embedder other"):
        archive.ask("Which bridge?")
    dateline.rebuild(index, embedder=other)
    assert archive.search("Which bridge?")
    assert archive.overview().embedder == "other"


# -- where the embedding model can't be had


@contextmanager
def refusing_hub() -> Iterator[str]:
    class Refuse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(503)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def without_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with refusing_hub() as hub:
        yield Settings(cache=with_parser(tmp_path / "cache"), model_hub=hub)


def test_without_the_model_words_are_searched_and_everyone_is_told(
    tmp_path: Path, without_model: Settings, embedder: MiniLM
) -> None:
    source = write_articles(tmp_path / "a.jsonl", *RECORDS)
    report = dateline.build(source, tmp_path / "index", settings=without_model)
    assert report.added == len(RECORDS)
    (notice,) = report.notices
    assert notice.startswith("Indexed words only: embedding model all-MiniLM-L6-v2 can't be had")
    archive = dateline.open(tmp_path / "index", settings=without_model)
    assert archive.notices == (
        f"Searched by words only: the index has no vectors. Add them with: dateline index --rebuild --index "
        f"{tmp_path / 'index'}",
    )
    answer = archive.ask(WHEN_AND_WHERE)
    assert answer.notices == archive.notices
    assert any("March 2" in quote for quote in quotes(answer))
    assert dateline.build(source, tmp_path / "index", embedder=embedder).notices == ()
    with_model = dateline.open(tmp_path / "index", embedder=embedder, settings=Settings())
    assert with_model.notices == ()
    assert with_model.search("Which sailors went on an industrial walkout?")[0].article.id == "ferry-strike"


def test_an_index_with_vectors_is_searched_by_words_where_the_model_is_missing(
    index: Path, without_model: Settings
) -> None:
    archive = dateline.open(index, settings=without_model)
    answer = archive.ask("Who opened the new bridge in Larkvale?")
    assert "Ines Okafor" in quotes(answer)[0]
    assert len(answer.notices) == 1
    assert answer.notices[0].startswith(
        "Searched by words only: embedding model all-MiniLM-L6-v2 can't be had"
    )


# -- with a language model

QUESTION = "What did the new bridge in Larkvale cost?"
TRUE = "It cost 48 million euros"
SENTENCE = "It cost 48 million euros, six million more than planned."
INVENTED = "It cost 52 million euros"


@contextmanager
def asked_of(archive: Archive, script: Script, *, style: LlmStyle = "large") -> Iterator[Archive]:
    """The archive, with a language model that follows the script."""
    with scripted_server(script) as server:
        settings = Settings(llm=f"openai:scripted@{server.url}", llm_style=style)
        yield dateline.open(archive.folder, embedder=archive._wanted, settings=settings)


def passage_of(archive: Archive, words: str) -> int:
    return next(hit.rank for hit in archive.search(QUESTION, words=700) if words in hit.passage.text)


def test_a_true_quote_is_cited_and_an_invented_one_is_not(archive: Archive) -> None:
    text = f'It cost 48 million euros. [1: "{TRUE}"] The bridge was late. [2: "{INVENTED}"]'
    with asked_of(archive, [Reply.text(text)]) as written:
        assert written.mode == "Answers written by openai:scripted"
        answer = written.ask(QUESTION)
    assert (answer.answered, answer.mode, answer.degraded) == (True, "llm", None)
    assert quotes(answer) == [SENTENCE]
    assert [(claim.support, claim.citations) for claim in answer.claims] == [
        ("supported", (1,)),
        ("unsupported", ()),
    ]
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (100, 20)


def test_a_written_answer_streams_its_own_text(archive: Archive) -> None:
    number = passage_of(archive, TRUE)
    text = f'It cost 48 million euros. [{number}: "{TRUE}"] People walked. [{number}: "walked across it"]'
    with asked_of(archive, [Reply.text(text)]) as written:
        _, *deltas, answer = written.stream(QUESTION)
    assert isinstance(answer, Answer)
    assert sum(isinstance(delta, Delta) for delta in deltas) == 2
    assert "".join(delta.text for delta in deltas if isinstance(delta, Delta)) == answer.text


def test_a_model_that_no_article_carries_is_followed_by_quotes(archive: Archive) -> None:
    with asked_of(archive, [Reply.text("The bridge cost a lot of money.")]) as written:
        _, *deltas, answer = written.stream(QUESTION)
    assert isinstance(answer, Answer)
    assert "".join(delta.text for delta in deltas if isinstance(delta, Delta)) == answer.text
    assert answer.text.startswith("The bridge cost a lot of money.\nHarbor Wire, 4 Feb 2019: “")
    assert answer.claims[0].support == "unsupported"
    assert any(TRUE in quote for quote in quotes(answer))
    assert NOT_CARRIED in answer.notices


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply.status(401), "unauthorized"),
        (Reply.status(500, retry_after="0"), "server_error"),
        (Reply.cut("It cost 48 mil"), "cut_off"),
    ],
)
def test_a_model_that_fails_leaves_the_quoted_answer_with_a_notice(
    archive: Archive, reply: Reply, reason: str
) -> None:
    with asked_of(archive, [reply]) as written:
        answer = written.ask(QUESTION)
    assert (answer.answered, answer.mode, answer.degraded) == (True, "extractive", reason)
    without = replace(answer, seconds=0, degraded=None, notices=(), usage=None)
    assert without == replace(archive.ask(QUESTION), seconds=0)
    assert answer.usage is not None
    (notice,) = answer.notices
    assert notice.startswith("Quotes only: openai:scripted")


def test_a_stream_cut_in_the_middle_keeps_what_was_said(archive: Archive) -> None:
    cut = Reply.cut("It cost 48 million euros. [1] And the old bri")
    with asked_of(archive, [cut]) as written:
        answer = written.ask(QUESTION)
    assert (answer.answered, answer.mode, answer.degraded) == (True, "llm", "cut_off")
    assert quotes(answer) == [SENTENCE]
    assert answer.text == "It cost 48 million euros. [1]"
    assert "cut off" in answer.notices[0]


def test_a_large_model_that_finds_no_answer_declines_and_a_small_one_gives_way_to_quotes(
    archive: Archive,
) -> None:
    styles: list[tuple[LlmStyle, bool]] = [("large", False), ("small", True)]
    for style, answered in styles:
        with asked_of(archive, [Reply.text("NO ANSWER")], style=style) as written:
            answer = written.ask(QUESTION)
        assert (answer.answered, answer.mode) == (answered, "extractive" if answered else "llm")
        assert bool(answer.claims) == answered
        assert answer.text.startswith("The archive does not") != answered
        assert (FOUND_NOTHING in answer.notices) == answered


def test_a_model_is_asked_of_doubtful_evidence_and_must_then_be_carried(archive: Archive) -> None:
    for reply in ("Nonsense.", "The mayor won the Oscars for the bridge.", "[1]", "NO ANSWER"):
        with asked_of(archive, [Reply.text(reply)]) as written:
            answer = written.ask(OSCARS)
        assert (answer.answered, answer.claims) == (False, ())
        assert answer.text.startswith("The archive does not")
    with asked_of(archive, [Reply.text("The bridge cost 48 million euros.")]) as written:
        answer = written.ask(OSCARS)
    assert answer.answered == any(claim.support == "supported" for claim in answer.claims)


def test_a_name_that_is_no_model_is_refused_when_the_archive_is_opened(index: Path) -> None:
    with pytest.raises(ModelError, match="openai:NAME"):
        dateline.open(index, llm="gpt", settings=Settings())


# -- in a process of its own

_COLD = """
import json, sys
import dateline

answer = dateline.ask(sys.argv[1], index=sys.argv[2])
print(json.dumps({"answer": answer.to_dict(), "modules": sorted(sys.modules)}))
"""


def test_a_cold_question_imports_nothing_that_only_a_model_or_the_window_needs(
    index: Path, embedder: MiniLM
) -> None:
    command = [sys.executable, "-c", _COLD, WHEN_AND_WHERE, str(index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["answer"]["answered"]
    assert said["answer"]["notices"] == []
    assert not {"gradio", "openai", "llama_index", "trafilatura", "onnx"} & set(said["modules"])
    assert {"tantivy", "onnxruntime"} <= set(said["modules"])
    assert "chromadb" not in said["modules"]  # so few passages are compared before it could be opened


# -- the seed articles

SUMMIT = "When and where will Trump and Kim meet for the second time?"


@pytest.fixture(scope="module")
def seed_archive(seeds: Path, embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    index = tmp_path_factory.mktemp("seeds") / "index"
    dateline.build(seeds, index, embedder=embedder)
    return dateline.open(index, embedder=embedder, settings=Settings())


def test_the_seed_articles_have_their_place_source_and_day(seed_archive: Archive) -> None:
    read = {
        (one.place, one.source, one.day, one.published_from)
        for one in {hit.article.id: hit.article for hit in seed_archive.search("summit", k=20)}.values()
    }
    assert read == {
        ("WASHINGTON", "Xinhua", date(2019, 2, 15), "inferred"),
        ("WASHINGTON", "Xinhua", date(2019, 1, 31), "inferred"),
    }


def test_the_seed_articles_tell_when_and_where_the_second_summit_is(seed_archive: Archive) -> None:
    answer = seed_archive.ask(SUMMIT)
    assert answer.answered
    assert all(quotes(answer))
    assert any(
        "Hanoi" in one.quote and "Feb. 27-28" in one.quote and one.article.day == date(2019, 2, 15)
        for one in answer.citations
    )


def test_the_seed_articles_know_nothing_of_the_oscars(seed_archive: Archive) -> None:
    answer = seed_archive.ask("What did Biegun say on the sidelines of the Oscars?")
    assert not answer.answered
    assert "“Oscars”" in answer.text


def test_before_the_announcement_nobody_knew(seed_archive: Archive) -> None:
    answer = seed_archive.ask(SUMMIT, as_of="2019-02-01")
    assert answer.coverage.matched == 1
    assert "Hanoi" not in answer.text
