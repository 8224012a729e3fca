from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.answer.written.budget import reply_tokens, tokens_of
from newsroom import RECORDS

TEXTS = [str(record["text"]) for record in RECORDS] + [
    "PRIME MINISTER OPENS NEW BRIDGE; COST RISES TO $48M",
    "https://example.org/a/b?id=8f3Kd92_x&utm_source=Qz81mMv&t=1699930482",
    "dGhpcyBpcyBhIHRlc3Q7IGFuZCBtb3JlIG9mIGl0cyBraW5kIEFBQUFCQkJC",
    "Премьер-министр заявил, что новый мост откроют в марте.",
    "총리는 월요일 새 다리가 3월에 개통될 것이라고 말했다.",
    "首相は月曜日、新しい橋が三月に開通すると述べた。",
]


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_no_text_has_more_tokens_than_it_is_said_to_cost(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import llama_index.core
    import tiktoken

    files = Path(llama_index.core.__file__).parent / "_static" / "tiktoken_cache"  # of two real tokenizers
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(files))
    encoding = tiktoken.get_encoding(name)
    for text in TEXTS:
        assert 0 < len(encoding.encode(text)) <= tokens_of(text)


@given(st.text(), st.text())
def test_texts_together_cost_about_what_they_cost_alone(one: str, other: str) -> None:
    assert 0 <= tokens_of(one) + tokens_of(other) - tokens_of(one + other) <= 1


def test_a_reply_has_a_quarter_of_a_small_model_and_never_more_than_it_needs() -> None:
    assert [reply_tokens(context) for context in (1_024, 8_192, 400_000)] == [256, 2_048, 2_048]
