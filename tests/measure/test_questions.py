from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dateline import sample
from dateline.errors import SourceError
from dateline.measure import Question, read_questions
from dateline.measure.questions import Fact

LEAST = {"id": "q", "question": "Where?", "answerable": True}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_field_is_read(tmp_path: Path) -> None:
    given = {
        "id": "summit",
        "question": "Where will they meet?",
        "answers": ["Hanoi"],
        "answerable": True,
        "type": "where",
        "as_of": "2019-02-15",
        "choices": ["Hanoi", "Danang"],
        "evidence": [{"article_id": "a1", "text": "in Hanoi"}, {"text": "the capital"}],
    }
    (question,) = read_questions(write(tmp_path, json.dumps(given)))
    assert question == Question(
        id="summit",
        text="Where will they meet?",
        answers=("Hanoi",),
        answerable=True,
        type="where",
        as_of=date(2019, 2, 15),
        choices=("Hanoi", "Danang"),
        evidence=(Fact("in Hanoi", "a1"), Fact("the capital")),
    )


def test_what_is_written_can_be_read_again(tmp_path: Path) -> None:
    questions = read_questions(sample.questions())
    lines = [json.dumps(question.to_dict()) for question in questions]
    assert read_questions(write(tmp_path, *lines)) == questions


def test_a_line_separator_inside_a_text_and_empty_lines_end_no_question(tmp_path: Path) -> None:
    line = json.dumps(LEAST | {"question": "Where\u2028then?"}, ensure_ascii=False)
    path = write(tmp_path, "", line, "  ", line, "")
    assert [question.text for question in read_questions(path)] == ["Where\u2028then?"] * 2


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ("[1]", "not a JSON object"),
        (json.dumps(LEAST | {"id": 7}), '"id" is not a text'),
        (json.dumps(LEAST | {"question": " "}), '"question" is not a text'),
        (json.dumps(LEAST | {"answers": "Hanoi"}), '"answers" is not a list'),
        (json.dumps(LEAST | {"answers": [""]}), '"answers" holds something other than texts'),
        (json.dumps(LEAST | {"answerable": "yes"}), '"answerable" is neither true nor false'),
        (json.dumps(LEAST | {"as_of": "last week"}), '"as_of" is not a day'),
        (json.dumps(LEAST | {"as_of": 2019}), '"as_of" is not a text'),
        (json.dumps(LEAST | {"evidence": ["in Hanoi"]}), "evidence: it is not a JSON object"),
        (json.dumps(LEAST | {"evidence": [{"article_id": "a"}]}), 'evidence: "text" is not a text'),
    ],
)
def test_a_bad_line_is_named_with_its_place_and_remedy(tmp_path: Path, line: str, fault: str) -> None:
    path = write(tmp_path, json.dumps(LEAST), line)
    with pytest.raises(SourceError) as error:
        read_questions(path)
    message = str(error.value)
    assert message.startswith(f"{path}, line 2")
    assert fault in message
    assert "; write " in message or "; say " in message
    assert "\n" not in message


def test_a_file_without_questions_or_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no question"):
        read_questions(write(tmp_path, ""))
    with pytest.raises(SourceError, match="can't read the questions"):
        read_questions(tmp_path / "nowhere.jsonl")
    with pytest.raises(SourceError, match="can't read the questions"):
        read_questions(tmp_path)
