"""What the LlamaIndex documentation starts with: a VectorStoreIndex over a Chroma collection.

    python tests/bench/llama_starter.py QUESTION --index DIR --model DIR

prints the four nearest passages of a stored index, without a language model. The splitter is LlamaIndex's own
and finds sentences with the nltk data that comes with it. Needs the package llama-index-vector-stores-chroma.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray

Headed = tuple[str, str, str]  # id, headline, text of an article
Embed = Callable[[list[str]], Iterable[NDArray[Any]]]  # one row per text

CHUNK_TOKENS, CHUNK_OVERLAP = 256, 20


class Embedding(BaseEmbedding):
    """Any function from texts to vectors, as a LlamaIndex embedding model."""

    _embed: Embed = PrivateAttr()

    def __init__(self, embed: Embed) -> None:
        super().__init__(model_name="all-MiniLM-L6-v2", embed_batch_size=32)  # as many as Chroma's function
        self._embed = embed

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [row.tolist() for row in self._embed(texts)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def build(articles: Iterable[Headed], folder: Path, embed: Embed) -> VectorStoreIndex:
    """The index of the articles, stored in `folder`; their headlines are metadata, and embedded too."""
    return VectorStoreIndex.from_documents(
        [Document(doc_id=id, text=text, metadata={"title": title}) for id, title, text in articles],
        storage_context=StorageContext.from_defaults(vector_store=stored(folder)),
        transformations=[SentenceSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=CHUNK_OVERLAP)],
        embed_model=Embedding(embed),
    )


def open_stored(folder: Path, embed: Embed) -> VectorStoreIndex:
    """The index that was stored in `folder`."""
    return VectorStoreIndex.from_vector_store(stored(folder), embed_model=Embedding(embed))


def search(index: VectorStoreIndex, question: str, k: int) -> list[str]:
    """The texts of the k nearest passages."""
    return [found.node.get_content() for found in index.as_retriever(similarity_top_k=k).retrieve(question)]


def stored(folder: Path) -> ChromaVectorStore:
    """The collection in `folder`, made where there is none."""
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    return ChromaVectorStore(chroma_collection=client.get_or_create_collection("articles"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("question")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="the folder of Chroma's default model")
    given = parser.parse_args()
    embed = ONNXMiniLM_L6_V2()
    embed.DOWNLOAD_PATH = given.model
    for text in search(open_stored(given.index, embed), given.question, 4):
        print(text, end="\n\n")


if __name__ == "__main__":
    main()
