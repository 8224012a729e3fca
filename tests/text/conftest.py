"""The parser on this machine. The tests never fetch it: `make install` has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.text.files import FILES, folder_of
from dateline.text.parser import SpacyParser


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of the official files."""
    folder = folder_of(Settings.from_environment())
    if FILES.wrong_in(folder):
        pytest.skip("the parser is not on this machine: run `make install`")
    return folder


@pytest.fixture(scope="session")
def parser(official: Path) -> SpacyParser:
    return SpacyParser(official)
