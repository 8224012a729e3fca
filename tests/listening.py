"""Language models on loopback, and what is heard of them."""

from __future__ import annotations

from dateline.answer.model import LanguageModel, Message
from dateline.bridge.llm import load_llm
from dateline.config import Settings
from dateline.errors import ModelError
from scripted_server import Reply, ScriptedServer

SECRET = "sk-very-secret"
MESSAGES = [Message("system", "Be brief."), Message("user", "Where?")]
QUICK = Settings(llm_first_word_seconds=1.0, llm_seconds=6.0)


def model_at(server: ScriptedServer, settings: Settings = QUICK) -> LanguageModel:
    model = load_llm(f"openai:scripted@{server.url}", settings)
    assert model is not None
    return model


def heard(model: LanguageModel) -> tuple[str, ModelError | None]:
    """What was said, and how it failed."""
    said = ""
    try:
        for chunk in model.stream(MESSAGES):
            said += chunk.text
    except ModelError as error:
        return said, error
    return said, None


def leak(status: int, *, retry_after: str | None = "0", **error: str) -> Reply:
    """A failure whose body repeats everything that must not be shown."""
    body = {"error": {"message": f"key {SECRET} of server-text", **error}}
    return Reply.status(status, body, retry_after=retry_after)


def secrets(server: ScriptedServer) -> tuple[str, ...]:
    """What nobody may be told of a server."""
    return (SECRET, "server-text", "secret-portal", server.url, "127.0.0.1")
