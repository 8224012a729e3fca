from __future__ import annotations

import pytest

from dateline.config import Settings
from listening import heard, model_at
from scripted_server import Reply, scripted_server


@pytest.fixture(scope="session", autouse=True)
def _imported() -> None:
    """The clients' modules: importing them takes seconds, and deadlines here are short."""
    with scripted_server([Reply.text("Ready.")]) as server:
        heard(model_at(server, Settings()))
