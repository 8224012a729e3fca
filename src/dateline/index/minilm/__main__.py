"""`python -m dateline.index.minilm` gets the embedding model ready: set-up can do it before it is needed."""

import sys

from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index.minilm import load

try:
    load(Settings.from_environment(), say=lambda line: print(line, file=sys.stderr))
except EmbedderMissing as error:
    sys.exit(f"dateline: {error}")
