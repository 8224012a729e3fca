"""Who writes the answers: what is offered, and what a browser may ask for."""

from __future__ import annotations

import pytest

from dateline.archive import Archive
from dateline.bridge.found import Found
from dateline.errors import ModelError
from dateline.types import Answer
from dateline_ui.models import QUOTES, Models
from scripted_server import Reply, scripted_server

QUESTION = "Who opened the new bridge?"
LLAMA = Found("llama3.2:3b", "Ollama", "ollama:llama3.2:3b")


def answered(models: Models, value: object) -> Answer:
    *_, last = models.chosen(value).stream(QUESTION)
    assert isinstance(last, Answer)
    return last


def test_nothing_found_is_nothing_to_choose(archive: Archive) -> None:
    models = Models(archive)
    assert not models
    assert models.choices() == [("Quotes only", QUOTES)]


def test_models_are_named_with_their_server_where_they_share_a_name(archive: Archive) -> None:
    again = Found("llama3.2:3b", "LM Studio", "openai:llama3.2:3b@http://127.0.0.1:1234/v1")
    other = Found("qwen3:4b", "Ollama", "ollama:qwen3:4b")
    assert [label for label, _ in Models(archive, [LLAMA, other]).choices()] == [
        "Quotes only",
        "Written by llama3.2:3b",
        "Written by qwen3:4b",
    ]
    assert [label for label, _ in Models(archive, [LLAMA, again]).choices()][1:] == [
        "Written by llama3.2:3b (Ollama)",
        "Written by llama3.2:3b (LM Studio)",
    ]


def test_the_model_that_was_chosen_writes_the_answer_and_the_archive_stays_as_it_is(archive: Archive) -> None:
    with scripted_server(
        [Reply.text("Mayor Ines Okafor opened the new bridge over the Tarn in Larkvale. [1]")]
    ) as server:
        option = f"openai:scripted@{server.url}"
        models = Models(archive, [Found("scripted", "Ollama", option)])
        assert answered(models, QUOTES).mode == "extractive"
        assert not server.requests
        written = answered(models, option)
        assert written.mode == "llm"
        assert written.usage is not None
        assert written.usage.model == "openai:scripted"
        assert models.archive(option) is models.archive(option)
        assert answered(models, QUOTES).mode == "extractive"
    assert archive.mode == "Quotes only"


@pytest.mark.parametrize("value", ["openai:x@http://192.0.2.1/v1", "", None, 7, ["ollama:llama3.2:3b"]])
def test_a_forged_choice_is_no_choice(archive: Archive, value: object) -> None:
    models = Models(archive, [LLAMA])
    assert answered(models, value).mode == "extractive"


def test_a_model_that_can_not_be_had_fails_as_its_question_is_asked(archive: Archive) -> None:
    option = "no_such_thing:x"
    chosen = Models(archive, [Found("x", "Ollama", option)]).chosen(option)
    with pytest.raises(ModelError, match="pip install"):
        next(chosen.stream(QUESTION))
