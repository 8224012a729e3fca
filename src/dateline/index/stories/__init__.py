"""Copies and rewrites of one report, recognised and grouped."""

from dateline.index.stories.group import group_stories
from dateline.index.stories.likeness import Relation, Telling, issues_of, lead_of, overlap, relation
from dateline.index.stories.postings import InMemory, Postings, candidates, weigher
from dateline.index.stories.signatures import Signature, signature

__all__ = [
    "InMemory",
    "Postings",
    "Relation",
    "Signature",
    "Telling",
    "candidates",
    "group_stories",
    "issues_of",
    "lead_of",
    "overlap",
    "relation",
    "signature",
    "weigher",
]
