from __future__ import annotations

import pytest

from dateline.answer.conversation.names import Kind, names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("When will Trump and Kim Jong Un meet?", ["Trump", "Kim Jong Un"]),
        ("Where did the Boeing of Lion Air crash?", ["Boeing", "Lion Air"]),
        ("Did the House of Commons reject May's agreement in May 2019?", ["House of Commons", "May"]),
        ("When did Chang’e-4 land, and when the 737 MAX?", ["Chang’e-4", "737 MAX"]),
        ("What did Mr. Trump tell Stefanie van der Gragt?", ["Mr. Trump", "Stefanie van der Gragt"]),
        ("What happened on Monday? Why did it happen in March?", []),
    ],
)
def test_names_are_runs_of_words_with_a_capital(text: str, found: list[str]) -> None:
    assert [name.text for name in names(text)] == found
    assert all(text[name.start : name.end] == name.text for name in names(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who governs Vietnam?", "place"),
        ("What happened in Larkvale?", "place"),
        ("What did President Okafor say?", "person"),
        ("What did Senator Ines Okafor say?", "person"),
        ("Who won the Oscars?", "thing"),
        ("Who paid NASA?", "thing"),
        ("Who flies with Ethiopian Airlines?", "thing"),
        ("What did Okafor say?", "unknown"),
    ],
)
def test_what_kind_of_thing_a_name_is_is_seen_by_its_words_and_its_place(text: str, kind: Kind) -> None:
    (name,) = names(text)
    assert name.kind == kind


def test_a_person_is_what_does_or_has_or_is_named_in_full() -> None:
    said = names("What did Okafor say of Brexit, of Lima's deal and of Anna Berg?")
    assert [name.text for name in said if name.may_be_a_person()] == ["Okafor", "Anna Berg"]
