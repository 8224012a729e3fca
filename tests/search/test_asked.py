from __future__ import annotations

from datetime import date

import pytest

from dateline.search.asked import asked_for, asked_for_each, names, strings


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who opened the bridge?", "person"),
        ("By whom was it opened?", "person"),
        ("Which company runs the ferries?", "name"),
        ("Where is the town hall?", "place"),
        ("In which country is Larkvale?", "place"),
        ("When did it open?", "time"),
        ("What year did it open?", "time"),
        ("How many crews are on strike?", "count"),
        ("How much does it cost?", "amount"),
        ("How long is the bridge?", "measure"),
        ("What percentage agreed?", "share"),
        ("Why did they strike?", None),
        ("What happened?", None),
        ("Did it open?", None),
        ("Who is Ines Okafor?", None),
        ("By how many votes did it pass?", None),
    ],
)
def test_the_kind_of_thing_is_read_from_the_question(question: str, kind: str | None) -> None:
    found = asked_for(question)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Larkvale Mayor Ines Okafor spoke.", ["Larkvale Mayor Ines Okafor"]),
        ("The mayor, J. R. Reyl, met St. John of Ansel.", ["J. R. Reyl", "St. John of Ansel"]),
        ("But on Monday in March nobody came.", []),
        ("Okafor's bridge. He left.", ["Okafor"]),
    ],
)
def test_names_are_words_in_capitals(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in names(text)] == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Where?", "Reyl flew from Ansel to Larkvale.", ["Ansel", "Larkvale"]),
        ("When did it open?", "It opened on March 2, 2019 after a week.", ["March 2, 2019"]),
        ("What year?", "It opened on March 2, 2019.", ["2019"]),
        ("How many?", "In 2019 some 30 to 50 thousand people and 6 percent.", ["30 to 50 thousand"]),
        ("How much?", "It cost $1.2 billion or 3 percent.", ["$1.2 billion", "3 percent"]),
        ("How far is it?", "It is 340 miles to the 2nd town.", ["340 miles"]),
        ("What percentage?", "Of 900 loaves 40% are rye.", ["40%"]),
    ],
)
def test_strings_of_the_kind_are_found(question: str, text: str, found: list[str]) -> None:
    asked = asked_for(question)
    assert asked
    spans = dict.fromkeys(strings(asked, text, date(2019, 5, 1)))
    assert set(found) <= {text[start:end] for start, end in spans}
    if asked.kind != "time":
        assert [text[start:end] for start, end in spans] == found


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("When and where will they meet?", ["time", "place"]),
        ("Where and when did it open?", ["place", "time"]),
        ("When will they meet?", ["time"]),
        ("Why did they meet?", []),
        ("Did they say when and where?", []),
    ],
)
def test_two_things_at_once_are_asked_for_each(question: str, kinds: list[str]) -> None:
    assert [one.kind for one in asked_for_each(question)] == kinds
