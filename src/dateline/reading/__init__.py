"""Files to articles: `find` the files, `read_file` one, `read` them all and date what has no year."""

from dateline.reading.config import stamp
from dateline.reading.corpus import read
from dateline.reading.files import find, least_text, read_file
from dateline.reading.newswire import Newswire, parse_newswire
from dateline.reading.origin import NO_HINTS, Hints, hints_of
from dateline.reading.years import infer_years

__all__ = [
    "NO_HINTS",
    "Hints",
    "Newswire",
    "find",
    "hints_of",
    "infer_years",
    "least_text",
    "parse_newswire",
    "read",
    "read_file",
    "stamp",
]
