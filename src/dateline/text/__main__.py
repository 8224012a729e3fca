"""`python -m dateline.text` gets the parser ready: set-up can do it before it is needed."""

import sys

from dateline.config import Settings
from dateline.errors import ParserMissing
from dateline.text import fetch_parser

try:
    fetch_parser(Settings.from_environment(), say=lambda line: print(line, file=sys.stderr))
except ParserMissing as error:
    sys.exit(f"dateline: {error}")
