"""The parser on this machine. The tests never fetch it: `make install` has."""

from __future__ import annotations

import pytest

from dateline.config import Settings
from dateline.errors import ParserMissing
from dateline.text import Parser, load_here


@pytest.fixture(scope="session")
def parser() -> Parser:
    try:
        return load_here(Settings.from_environment(), say=print)
    except ParserMissing as missing:
        pytest.skip(f"{missing}: run `make install`")
