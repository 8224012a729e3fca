"""Our search as a LlamaIndex retriever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dateline.types import Hit, iso

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle


def retriever(search: Callable[[str], Sequence[Hit]]) -> BaseRetriever:
    """A retriever whose nodes are passages: id, text, offsets, and the article's fields as metadata."""
    from llama_index.core.retrievers import BaseRetriever

    class ArchiveRetriever(BaseRetriever):
        """Passages of a dateline archive."""

        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            return [_node(hit) for hit in search(query_bundle.query_str)]

    return ArchiveRetriever()


def _node(hit: Hit) -> NodeWithScore:
    from llama_index.core.schema import NodeWithScore, TextNode

    article, passage = hit.article, hit.passage
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "source": article.source,
            "published": iso(article.published),
            "url": article.url,
        },
    )
    return NodeWithScore(node=node, score=hit.score)
