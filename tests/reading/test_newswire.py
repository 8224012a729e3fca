from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading import Newswire, parse_newswire
from newswire_lines import LINES, Line

FORMS = {
    "WASHINGTON, Feb. 15 (Xinhua) -- ": ("WASHINGTON", "Xinhua", 2, 15, None),
    "SEOUL (Reuters) - ": ("SEOUL", "Reuters", None, None, None),
    "PARIS, April 15, 2019 (AFP) — ": ("PARIS", "AFP", 4, 15, 2019),
    "TOKYO/SEOUL, June 30 — ": ("TOKYO/SEOUL", None, 6, 30, None),
    "NEW YORK (AP) _ ": ("NEW YORK", "AP", None, None, None),
    "LONDON — ": ("LONDON", None, None, None, None),
    "Feb. 3 (UPI) -- ": (None, "UPI", 2, 3, None),
    "HANOI, 28 Feb (Reuters) - ": ("HANOI", "Reuters", 2, 28, None),
    "SAN FRANCISCO, Calif., March 3 /PRNewswire/ -- ": ("SAN FRANCISCO, Calif.", "PRNewswire", 3, 3, None),
    "BRUSSELS, Belgium (AP) — ": ("BRUSSELS, Belgium", "AP", None, None, None),
    "UNITED NATIONS, Sept. 25 (Xinhua) -- ": ("UNITED NATIONS", "Xinhua", 9, 25, None),
    "Washington, Feb 15, 2019 (AFP) - ": ("Washington", "AFP", 2, 15, 2019),
    "Tainan, Taiwan CNN —\n\n": ("Tainan, Taiwan", "CNN", None, None, None),
    "CNN —\n\n": (None, "CNN", None, None, None),
    "London (CNN) -- ": ("London", "CNN", None, None, None),
    "(CNN) ": (None, "CNN", None, None, None),
    "PORT-AU-PRINCE, Haiti – ": ("PORT-AU-PRINCE, Haiti", None, None, None, None),
    "ST. PAUL, Minn. — ": ("ST. PAUL, Minn.", None, None, None, None),
    "McALLEN, Texas (AP) — ": ("McALLEN, Texas", "AP", None, None, None),
    "RIO DE JANEIRO, 3 March (EFE).- ": ("RIO DE JANEIRO", "EFE", 3, 3, None),
    "MOSCOW, February 15. /TASS/. ": ("MOSCOW", "TASS", 2, 15, None),
    "MOSCOW. Feb 15 (Interfax) - ": ("MOSCOW", "Interfax", 2, 15, None),
    "ZÜRICH, 1. März — ": None,
    "New Delhi [India], February 15 (ANI): ": ("New Delhi, India", "ANI", 2, 15, None),
    "COX’S BAZAR, Bangladesh, Aug. 25 (AFP) — ": ("COX’S BAZAR, Bangladesh", "AFP", 8, 25, None),
    "By Steve Holland\n\nWASHINGTON, Feb 15 (Reuters) - ": ("WASHINGTON", "Reuters", 2, 15, None),
    "LARRY LAGE\n\nAP\n\nDETROIT (AP) — ": ("DETROIT", "AP", None, None, None),
    "GENEVA, Feb. 29 (Xinhua) -- ": ("GENEVA", "Xinhua", 2, 29, None),
}
STORY = "The talks will go on, a minister said."


@pytest.mark.parametrize(("line", "expected"), FORMS.items())
def test_a_newswire_line_is_read(line: str, expected: tuple[object, ...] | None) -> None:
    found = parse_newswire(line + STORY)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.place, found.agency, found.month, found.day, found.year) == expected
    assert (line + STORY)[found.end :] == STORY


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "",
        " -- ",
        "BREAKING — A storm hit the coast.",
        "WHAT WE KNOW — A storm hit the coast.",
        "TRUMP IS IN HANOI — The president landed.",
        "EXCLUSIVE - A minister will step down.",
        "UPDATED: June 12, 2018 — A minister stepped down.",
        "June 12, 2018 — Trump met Kim in Singapore.",
        "Monday, June 12 — The court sat.",
        "NASA (National Aeronautics and Space Administration) - The agency launched.",
        "John Smith (Chief Executive) - He spoke.",
        "The treaty — signed in 1990 — holds.",
        "He said - and meant it - that all was well.",
        "PARIS, Feb. 31 (AFP) — An impossible day.",
        "Well-known authors met in Paris.",
        "Press Trust of India (PTI) reported on it.",
        "BREAKING: The talks ended.",
        "U.S. — China trade grew.",
    ],
)
def test_other_beginnings_are_not_newswire_lines(text: str) -> None:
    assert parse_newswire(text) is None


@pytest.mark.parametrize("line", LINES, ids=[one.text for one in LINES])
def test_lines_of_every_form_are_read(line: Line) -> None:
    found = parse_newswire(line.text)
    assert found is not None
    assert (found.place, found.agency, (found.month, found.day, found.year)) == (
        line.place,
        line.agency,
        line.date,
    )
    assert line.text[found.end :] == "The talks ended."


def test_a_weekday_in_the_line_is_read() -> None:
    found = parse_newswire("PARIS, Monday, April 15 — The spire fell.")
    assert found == Newswire("PARIS", None, 4, 15, None, 0, 26)


@given(st.text(max_size=300))
def test_the_story_begins_inside_the_text(text: str) -> None:
    found = parse_newswire(text)
    assert found is None or 0 < found.end <= len(text)
