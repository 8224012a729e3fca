"""English sentences → their words, how these hang together, and the names in them."""

from dateline.text.loading import fetch_parser, load, load_here, soon
from dateline.text.parsed import Entity, Parsed, Parser, Word
from dateline.text.standing import Reality, Standing, speaks_of, standing
from dateline.text.ties import Role, Tie, ties

__all__ = [
    "Entity",
    "Parsed",
    "Parser",
    "Reality",
    "Role",
    "Standing",
    "Tie",
    "Word",
    "fetch_parser",
    "load",
    "load_here",
    "soon",
    "speaks_of",
    "standing",
    "ties",
]
