"""English sentences → their words, how these hang together, and the names in them."""

from dateline.text.loading import fetch_parser, load, load_here, soon
from dateline.text.parsed import Entity, Parsed, Parser, Word

__all__ = ["Entity", "Parsed", "Parser", "Word", "fetch_parser", "load", "load_here", "soon"]
