"""Files to articles: `find` the files, `read_file` one, `read` them all and date what has no year."""

from dateline.reading.article import make_article
from dateline.reading.config import stamp
from dateline.reading.corpus import read
from dateline.reading.files import find, least_text, read_file
from dateline.reading.kinds import Reader
from dateline.reading.newswire import Newswire, parse_newswire
from dateline.reading.origin import NO_HINTS, Hints, Origin, hints_of
from dateline.reading.records.fields import folded
from dateline.reading.streams import Unpacked, read_whole
from dateline.reading.years import infer_years

__all__ = [
    "NO_HINTS",
    "Hints",
    "Newswire",
    "Origin",
    "Reader",
    "Unpacked",
    "find",
    "folded",
    "hints_of",
    "infer_years",
    "least_text",
    "make_article",
    "parse_newswire",
    "read",
    "read_file",
    "read_whole",
    "stamp",
]
