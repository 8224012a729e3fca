from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.config import Settings
from dateline.index.embedder import Document, Embedder, Vectors
from dateline.index.minilm import MiniLM, load
from dateline.index.sentences import sentences


def document(headline: str, *passages: str) -> Document:
    """Passages whose sentences are found as the index finds them."""
    return Document(headline, passages, tuple(tuple(sentences(one)) for one in passages))


BANK = document(
    "Central bank raises rates",
    "The central bank raised its key rate by a quarter of a point on Wednesday. No one had expected it.",
    "It was the tenth increase in a row, and the governor did not rule out another.",
    "Shares of the country's largest lenders rose after the announcement.",
)
FLOOD = document("Flood", *("Rescuers reached the last of the villages cut off by the flood.",) * 9)
LONG = document("Long", "The river rose again overnight. " * 120, "Schools stay closed on Monday.")
EMPTY = document("A headline and nothing else")

anything = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too


def same(some: Vectors, others: Vectors) -> bool:
    return some.shape == others.shape and np.allclose(some, others, atol=1e-6)


def of_passages(embedder: MiniLM, one: Document) -> Vectors:
    (embedded,) = embedder.embed_documents([one])
    return embedded.passages


def of_sentences(embedder: MiniLM, one: Document) -> tuple[Vectors, ...]:
    (embedded,) = embedder.embed_documents([one])
    assert embedded.sentences is not None
    return embedded.sentences


def test_it_is_an_embedder(int8: MiniLM) -> None:
    embedder: Embedder = int8
    assert (embedder.name, embedder.dimensions) == ("minilm-int8", 384)


def test_every_document_gets_a_row_for_each_of_its_passages(int8: MiniLM) -> None:
    documents = [BANK, EMPTY, LONG, FLOOD]
    embedded = int8.embed_documents(documents)
    assert [one.passages.shape for one in embedded] == [(len(each.passages), 384) for each in documents]


def test_every_passage_gets_a_row_for_each_of_its_sentences(int8: MiniLM) -> None:
    for one, embedded in zip([BANK, EMPTY, LONG], int8.embed_documents([BANK, EMPTY, LONG]), strict=True):
        assert [rows.shape for rows in embedded.sentences or ()] == [
            (len(each), 384) for each in one.sentences
        ]


def test_a_sentence_is_nearest_to_what_asks_for_it(int8: MiniLM) -> None:
    rows = of_sentences(int8, BANK)[0]
    raised, expected = int8.embed_queries(["By how much was the rate raised?", "Was it a surprise?"])
    assert int((rows @ raised).argmax()) == 0
    assert int((rows @ expected).argmax()) == 1


def test_a_passage_of_one_sentence_means_what_the_sentence_means(int8: MiniLM) -> None:
    (embedded,) = int8.embed_documents([FLOOD])
    assert float(of_sentences(int8, FLOOD)[0][0] @ embedded.passages[0]) > 0.9


def test_a_sentence_beyond_what_the_model_reads_has_the_vector_of_what_it_read(int8: MiniLM) -> None:
    rows = of_sentences(int8, LONG)[0]
    assert same(rows[-1:], rows[-2:-1])
    assert not same(rows[:1], rows[-1:])


def test_nothing_to_embed_is_nothing(int8: MiniLM) -> None:
    assert int8.embed_documents([]) == []
    assert int8.embed_queries([]).shape == (0, 384)


def test_a_document_has_the_same_vectors_in_any_company(int8: MiniLM) -> None:
    together = int8.embed_documents([FLOOD, BANK, LONG])
    for embedded, one in zip(together, [FLOOD, BANK, LONG], strict=True):
        (alone,) = int8.embed_documents([one])
        assert same(embedded.passages, alone.passages)
        assert all(map(same, embedded.sentences or (), alone.sentences or ()))


def test_a_question_has_the_same_vector_in_any_company(int8: MiniLM) -> None:
    texts = ["Who raised rates?", *LONG.passages, ""]
    assert same(int8.embed_queries(texts), np.concatenate([int8.embed_queries([text]) for text in texts]))


def test_a_passage_longer_than_256_tokens_is_cut_and_disturbs_no_other(int8: MiniLM) -> None:
    longer = document(LONG.headline, LONG.passages[0] * 2, LONG.passages[1])
    assert same(of_passages(int8, LONG), of_passages(int8, longer))


def test_a_passage_and_a_question_of_the_same_words_have_the_same_vector(int8: MiniLM) -> None:
    assert same(of_passages(int8, BANK), int8.embed_queries(BANK.passages))


def test_the_passage_that_answers_is_nearest_to_the_question(int8: MiniLM) -> None:
    rows = np.concatenate([of_passages(int8, one) for one in (BANK, FLOOD, LONG)])
    passages = BANK.passages + FLOOD.passages + LONG.passages
    nearest = int8.embed_queries(["Which schools are shut?"])[0] @ rows.T
    assert passages[int(nearest.argmax())] == "Schools stay closed on Monday."


@settings(max_examples=30, deadline=None)
@given(st.lists(anything, max_size=8))
def test_any_text_gets_a_vector_of_unit_length(int8: MiniLM, texts: list[str]) -> None:
    one = document("", *texts)
    for vectors in (of_passages(int8, one), int8.embed_queries(texts)):
        assert vectors.shape == (len(texts), 384)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    for rows, spans in zip(of_sentences(int8, one), one.sentences, strict=True):
        assert len(rows) == len(spans)
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)


def test_threads_do_not_disturb_each_other(int8: MiniLM) -> None:
    alone = of_passages(int8, BANK)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: int8.embed_documents([FLOOD, BANK])[1], range(16)))
    assert all(same(one.passages, alone) for one in found)


def cached(official: Path, cache: Path) -> tuple[Settings, Path]:
    """Settings whose cache holds the official files and no graph, and the folder they are in."""
    folder = cache / "models" / official.name
    folder.mkdir(parents=True)
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).symlink_to(official / name)
    return Settings(cache=cache, model_hub="http://127.0.0.1:1"), folder


def test_loading_again_fetches_and_converts_nothing(official: Path, tmp_path: Path) -> None:
    there, folder = cached(official, tmp_path)
    said: list[str] = []
    first = load(there, say=said.append).embed_queries(["rates"])
    (folder / "model.safetensors").unlink()
    assert same(load(there, say=said.append).embed_queries(["rates"]), first)
    assert said == []


def test_a_damaged_graph_is_made_again_and_said_so(official: Path, tmp_path: Path) -> None:
    there, folder = cached(official, tmp_path)
    first = load(there, say=print).embed_queries(["rates"])
    (graph,) = folder.glob("*.onnx")
    graph.write_bytes(graph.read_bytes()[: graph.stat().st_size // 2])
    said: list[str] = []
    assert same(load(there, say=said.append).embed_queries(["rates"]), first)
    assert "is damaged" in said[0]
