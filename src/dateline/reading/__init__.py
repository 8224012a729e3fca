"""Files to articles: `find` the files, `read_file` one, `read` them all and date what has no year."""

from dateline.reading.corpus import read
from dateline.reading.files import find, least_text, read_file
from dateline.reading.newswire import Newswire, parse_newswire
from dateline.reading.years import infer_years

__all__ = ["Newswire", "find", "infer_years", "least_text", "parse_newswire", "read", "read_file"]
