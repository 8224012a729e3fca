from __future__ import annotations

from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import TextNode

from dateline.archive import Archive

QUESTION = "Who opened the new bridge in Larkvale?"


def test_nodes_are_the_passages_that_a_search_finds(archive: Archive) -> None:
    nodes = archive.as_retriever(k=3).retrieve(QUESTION)
    hits = archive.search(QUESTION, k=3)
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    for found, hit in zip(nodes, hits, strict=True):
        node = found.node
        assert isinstance(node, TextNode)
        assert (node.node_id, node.text) == (hit.passage.id, hit.passage.text)
        assert (node.start_char_idx, node.end_char_idx) == (hit.passage.start, hit.passage.end)
        assert hit.article.text[node.start_char_idx : node.end_char_idx] == node.text


def test_a_node_says_which_article_it_is_from(archive: Archive) -> None:
    node = archive.as_retriever(k=1).retrieve(QUESTION)[0].node
    assert node.metadata == {
        "article_id": "bridge-opens",
        "title": "Larkvale opens its new bridge",
        "source": "Harbor Wire",
        "published": "2019-02-04",
        "url": None,
    }


def test_it_works_in_a_query_engine(archive: Archive) -> None:
    retriever = archive.as_retriever(k=2)
    assert isinstance(retriever, BaseRetriever)
    engine = RetrieverQueryEngine.from_args(retriever, llm=MockLLM())
    response = engine.query(QUESTION)
    assert [node.node_id for node in response.source_nodes] == [
        hit.passage.id for hit in archive.search(QUESTION, k=2)
    ]
    assert "Mayor Ines Okafor opened the new bridge" in str(response)  # the mock repeats its prompt
