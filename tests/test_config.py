from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dateline
from dateline.config import MODEL_HUB, Settings


def test_an_empty_environment_gives_the_defaults_and_the_cache_of_this_system() -> None:
    settings = Settings.from_environment({})
    assert settings.index == Path("index")
    assert (settings.embedder, settings.llm, settings.llm_key, settings.llm_url) == (
        "minilm",
        None,
        None,
        None,
    )
    assert settings.model_hub == MODEL_HUB
    assert settings.cache.is_absolute()
    assert settings.cache.name == "dateline"


def test_every_setting_is_read() -> None:
    settings = Settings.from_environment(
        {
            "DATELINE_INDEX": "/data/index",
            "DATELINE_CACHE": "~/models",
            "DATELINE_MODEL_HUB": "http://127.0.0.1:9",
            "DATELINE_EMBEDDER": "openai:small",
            "DATELINE_LLM": "openai:scripted@http://127.0.0.1:1/v1",
            "OPENAI_API_KEY": "sk-key",
            "OPENAI_BASE_URL": "http://127.0.0.1:2/v1",
            "OLLAMA_HOST": "127.0.0.1:3",
            "DATELINE_LLM_FIRST_WORD_SECONDS": "2.5",
            "DATELINE_LLM_SECONDS": "7",
            "DATELINE_LLM_CONTEXT_TOKENS": "4096",
        }
    )
    assert settings == Settings(
        index=Path("/data/index"),
        cache=Path("~/models").expanduser(),
        model_hub="http://127.0.0.1:9",
        embedder="openai:small",
        llm="openai:scripted@http://127.0.0.1:1/v1",
        llm_key="sk-key",
        llm_url="http://127.0.0.1:2/v1",
        ollama="http://127.0.0.1:3",
        llm_first_word_seconds=2.5,
        llm_seconds=7.0,
        llm_context_tokens=4_096,
    )


def test_blank_is_not_set() -> None:
    assert Settings.from_environment(
        {"DATELINE_LLM": " ", "OPENAI_API_KEY": ""}
    ) == Settings.from_environment({})


@pytest.mark.parametrize("value", ["soon", "0", "-1", "nan", "inf", "1s"])
def test_a_number_of_seconds_that_is_none_is_named(value: str) -> None:
    with pytest.raises(ValueError, match=f"DATELINE_LLM_SECONDS: '{value}' is not a number of seconds"):
        Settings.from_environment({"DATELINE_LLM_SECONDS": value})


@pytest.mark.parametrize("value", ["much", "0", "-1", "1023", "8k", "8192.5"])
def test_a_number_of_tokens_that_is_none_is_named(value: str) -> None:
    with pytest.raises(ValueError, match=f"DATELINE_LLM_CONTEXT_TOKENS: '{value}' is not a number of tokens"):
        Settings.from_environment({"DATELINE_LLM_CONTEXT_TOKENS": value})


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000"),
        (":5000", "http://127.0.0.1:5000"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:5000", "http://127.0.0.1:5000"),
        ("studio", "http://studio:11434"),
        ("http://studio:5000/", "http://studio:5000"),
        ("https://models.example.org", "https://models.example.org:443"),
        ("[::1]:5000", "http://[::1]:5000"),
        ("[::1]", "http://[::1]:11434"),
    ],
)
def test_the_address_of_ollama_is_what_its_own_setting_means(host: str, address: str) -> None:
    assert Settings.from_environment({"OLLAMA_HOST": host}).ollama == address


def test_this_process_is_the_environment_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LLM", "none")
    assert Settings.from_environment().llm == "none"


def test_no_other_module_reads_the_environment() -> None:
    package = Path(dateline.__file__).parent
    readers = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
    }
    assert readers == {"config.py"}
