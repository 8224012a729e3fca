from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.config import Settings
from dateline.errors import ParserMissing
from dateline.text import Parsed, Parser, load_here, soon
from dateline.text.files import FILES
from dateline.text.parser import SpacyParser


def one(parser: Parser, text: str) -> Parsed:
    (parsed,) = parser.parse([text])
    return parsed


def said_of(parsed: Parsed, word: str) -> tuple[str, str, str]:
    """Its lemma, its tie, and the word that it hangs under."""
    found = next(each for each in parsed.words if each.text == word)
    return found.lemma, found.dep, parsed.words[found.head].text


def test_a_complement_hangs_under_what_governs_it(parser: SpacyParser) -> None:
    demanded = one(parser, "The unions demanded that the minister resign.")
    assert said_of(demanded, "resign") == ("resign", "ccomp", "demanded")
    threatened = one(parser, "The minister threatened to resign.")
    assert said_of(threatened, "resign") == ("resign", "xcomp", "threatened")


def test_active_and_passive_tell_who_did_it(parser: SpacyParser) -> None:
    active = one(parser, "The court fined the harbour company.")
    passive = one(parser, "The harbour company was fined by the court.")
    assert said_of(active, "court")[1:] == ("nsubj", "fined")
    assert said_of(passive, "company")[1:] == ("nsubjpass", "fined")
    assert said_of(passive, "by")[1:] == ("agent", "fined")


def test_names_are_found(parser: SpacyParser) -> None:
    parsed = one(parser, "Angela Merkel visited Paris on Monday.")
    assert {(" ".join(w.text for w in parsed.words[e.first : e.last]), e.label) for e in parsed.entities} == {
        ("Angela Merkel", "PERSON"),
        ("Paris", "GPE"),
        ("Monday", "DATE"),
    }


def test_the_tree_can_be_walked(parser: SpacyParser) -> None:
    parsed = one(parser, "The mayor of the small town resigned.")
    (root,) = parsed.roots
    assert parsed.words[root].text == "resigned"
    mayor = next(place for place in parsed.children(root) if parsed.words[place].dep == "nsubj")
    assert " ".join(parsed.words[at].text for at in parsed.subtree(mayor)) == "The mayor of the small town"


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_every_text_can_be_parsed_and_offsets_are_its_own(parser: SpacyParser, texts: list[str]) -> None:
    found = parser.parse([*texts, "half a \ud800 pair", ""])
    assert [parsed.text for parsed in found] == [*texts, "half a \ud800 pair", ""]
    for parsed in found:
        for word in parsed.words:
            stands = parsed.text[word.start : word.end]
            assert stands.encode(errors="replace").decode() == word.text
            assert 0 <= word.head < len(parsed.words)


def test_threads_at_once_read_the_same(parser: SpacyParser) -> None:
    texts = [f"The council of Town{number} fined company number {number}." for number in range(20)]
    alone = parser.parse(texts)
    found: list[list[Parsed]] = []
    threads = [threading.Thread(target=lambda: found.append(parser.parse(texts))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 8


def test_without_names_the_words_are_the_same(parser: SpacyParser) -> None:
    text = "Petra Kainz met the board in Graz on Friday."
    (without,), (names,) = parser.parse([text], names=False), parser.parse([text])
    assert without.words == names.words
    assert (without.entities, bool(names.entities)) == ((), True)
    assert parser.parse([text], names=False) == [names]  # what is known is not read again


def test_what_was_read_is_not_kept(parser: SpacyParser) -> None:
    parser.parse(["The first word that comes up here is Zzyzxqwa."])
    before = len(parser._pipeline.vocab.strings)
    parser.parse([f"The council met Mr Xq{number}zj in Wq{number}vk." for number in range(50)])
    assert len(parser._pipeline.vocab.strings) <= before


def test_files_that_spacy_can_not_read_are_one_line(official: Path, tmp_path: Path) -> None:
    for name in FILES.checksums:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(official / name)
    (tmp_path / "ner" / "model").unlink()
    (tmp_path / "ner" / "model").write_bytes(b"no model")
    with pytest.raises(ParserMissing) as raised:
        SpacyParser(tmp_path)
    assert str(tmp_path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_it_loads_beside_other_work(official: Path) -> None:
    loading = soon(lambda: load_here(Settings.from_environment(), say=print))
    assert loading.result(timeout=120).name == "en_core_web_sm-3.8.0"


def test_what_could_not_be_loaded_is_told_when_asked_for() -> None:
    def broken() -> Parser:
        raise ParserMissing("no parser here")

    with pytest.raises(ParserMissing, match="no parser here"):
        soon(broken).result(timeout=30)


def test_the_room_is_entered_without_spacy() -> None:
    code = (
        "import sys, dateline, dateline.cli, dateline.archive, dateline.text; "
        "assert not {'spacy', 'thinc'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
