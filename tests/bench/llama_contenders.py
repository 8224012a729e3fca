"""LlamaIndex's retrievers over one set of nodes: vectors in Chroma, BM25, and the fusion of both.

The metadata and the vector index are those of llama_starter.py. BM25Retriever stems and leaves out stop words
as it does where nothing is said. QueryFusionRetriever takes from each as many nodes as it gives (more did not
help), asks no language model for further queries, and fuses by reciprocal ranks or by relative scores. A
condition is a metadata filter for both. Needs the packages llama-index-vector-stores-chroma and
llama-index-retrievers-bm25.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import NodeParser, SentenceSplitter, SentenceWindowNodeParser
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters
from llama_index.retrievers.bm25 import BM25Retriever
from llama_starter import CHUNK_OVERLAP, Embed, Embedding, stored
from numpy.typing import NDArray
from tqdm import tqdm

from dateline.types import Article

Condition = tuple[str, str, str | int]  # on metadata: ("day", "<=", 738000), ("article", "==", "a17")
Search = Callable[[str, Condition | None], list[str]]  # a question, and which nodes count → texts, best first

COMPARED = {"<=": operator.le, "==": operator.eq}
UNSEEN = ["article", "day"]  # metadata to filter by: neither embedded nor counted as part of a passage


def passages(tokens: int) -> NodeParser:
    """Makes passages of at most so many tokens, the headline among them."""
    return SentenceSplitter(chunk_size=tokens, chunk_overlap=CHUNK_OVERLAP)


def sentences() -> NodeParser:
    """Makes single sentences."""
    return SentenceWindowNodeParser.from_defaults()


def build(articles: Sequence[Article], folder: Path, embed: Embed, parser: NodeParser) -> None:
    """Stores the nodes of the articles in `folder`, in Chroma and for BM25."""
    nodes = parser.get_nodes_from_documents([document(article) for article in articles])
    with tqdm(total=len(nodes), desc="embedding for LlamaIndex", file=sys.stderr) as bar:

        def counted(texts: list[str]) -> Iterator[NDArray[Any]]:
            yield from embed(texts)
            bar.update(len(texts))

        storage = StorageContext.from_defaults(vector_store=stored(folder / "vectors"))
        VectorStoreIndex(nodes, storage_context=storage, embed_model=Embedding(counted))
    BM25Retriever.from_defaults(nodes=nodes).persist(str(folder / "words"))


def document(article: Article) -> Document:
    """The article; its headline is metadata, and embedded too."""
    day = {"day": article.day.toordinal()} if article.day else {}
    return Document(
        doc_id=article.id,
        text=article.text,
        metadata={"title": article.title, "article": article.id, **day},
        excluded_embed_metadata_keys=list(UNSEEN),
        excluded_llm_metadata_keys=list(UNSEEN),
    )


class Retrievers:
    """The retrievers over the nodes stored in `folder`; each gives k nodes at most."""

    def __init__(self, folder: Path, embed: Embed, k: int) -> None:
        self._index = VectorStoreIndex.from_vector_store(
            stored(folder / "vectors"), embed_model=Embedding(embed)
        )
        self._bm25 = BM25Retriever.from_persist_dir(str(folder / "words"), show_progress=False).bm25
        self._k = k
        self.by_words = cache(self._by_words)  # it takes long to find out which nodes meet a condition

    def searches(self) -> dict[str, Search]:
        """Each retriever by name."""
        by_rank, by_score = FUSION_MODES.RECIPROCAL_RANK, FUSION_MODES.RELATIVE_SCORE
        retrievers: dict[str, Callable[[Condition | None], BaseRetriever]] = {
            "LlamaIndex starter": self.by_vectors,
            "LlamaIndex BM25": self.by_words,
            "LlamaIndex fusion, ranks": partial(self.by_both, by_rank),
            "LlamaIndex fusion, scores": partial(self.by_both, by_score),
        }
        return {name: partial(texts, retriever) for name, retriever in retrievers.items()}

    def by_vectors(self, condition: Condition | None) -> BaseRetriever:
        """Of the starter: the nearest nodes."""
        return self._index.as_retriever(similarity_top_k=self._k, filters=filters(condition))

    def _by_words(self, condition: Condition | None) -> BaseRetriever:
        return BM25Retriever(existing_bm25=self._bm25, similarity_top_k=self._k, filters=filters(condition))

    def by_both(self, mode: FUSION_MODES, condition: Condition | None) -> BaseRetriever:
        """The two, fused."""
        return QueryFusionRetriever(
            [self.by_vectors(condition), self.by_words(condition)],
            llm=MockLLM(),  # never asked; without one a key in the environment would be used
            mode=mode,
            similarity_top_k=self._k,
            num_queries=1,
            use_async=False,
        )


def texts(
    retriever: Callable[[Condition | None], BaseRetriever], question: str, condition: Condition | None
) -> list[str]:
    """What the retriever finds. Where BM25Retriever has too few, it fills up with nodes that don't count."""
    found = retriever(condition).retrieve(question)
    return [one.node.get_content() for one in found if meets(one.node.metadata, condition)]


def meets(metadata: dict[str, Any], condition: Condition | None) -> bool:
    """Whether a node counts."""
    if condition is None:
        return True
    key, compared, value = condition
    return key in metadata and bool(COMPARED[compared](metadata[key], value))


def filters(condition: Condition | None) -> MetadataFilters | None:
    """The condition as LlamaIndex has it."""
    if condition is None:
        return None
    key, compared, value = condition
    return MetadataFilters(filters=[MetadataFilter(key=key, operator=FilterOperator(compared), value=value)])
