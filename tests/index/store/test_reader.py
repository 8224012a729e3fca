"""Those who read a store, while it is there and while it is away."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

import dateline
from chroma_server import ChromaServer, free_port
from dateline.config import Settings
from dateline.errors import StoreAway
from dateline.index.minilm import MiniLM
from dateline.index.store import StoreReader
from newsroom import RECORDS, with_parser
from store_desk import QUESTIONS, Desk, eventually, found, same


def test_a_reader_has_the_address_alone_and_finds_what_the_writer_finds(desk: Desk) -> None:
    assert desk.publish(*RECORDS).published is True
    reader = desk.reader()
    assert same(reader, desk.here())
    assert reader.overview().articles == len(RECORDS)
    assert reader.article("flood") == desk.here().article("flood")
    assert not [*reader.folder.glob("*/vectors")]  # those are the server's


def test_a_reader_follows_and_another_of_the_machine_shares_its_copy(desk: Desk) -> None:
    desk.publish(*RECORDS[:4])
    first, second = desk.reader(), desk.reader()
    assert first.folder == second.folder
    desk.publish(*RECORDS)
    assert eventually(lambda: first.overview().articles == second.overview().articles == len(RECORDS))
    assert same(first, desk.here())
    assert same(second, desk.here())


def test_a_reader_that_is_let_go_follows_no_more(desk: Desk) -> None:
    desk.publish(*RECORDS[:1])
    following = f"store {desk.place.key}"

    def follows() -> bool:
        return any(thread.name == following for thread in threading.enumerate())

    reader = StoreReader(desk.place, desk.settings.cache, lambda stage, done, total: None)
    assert follows()
    del reader
    assert eventually(lambda: not follows())


def test_while_the_server_is_away_readers_go_on_and_say_so_and_what_is_read_is_published_later(
    own: tuple[Desk, ChromaServer],
) -> None:
    desk, server = own
    desk.publish(*RECORDS[:-1])
    reader = desk.reader()
    before = [found(reader, question) for question in QUESTIONS]
    server.kill()
    answer = reader.ask(QUESTIONS[0])
    (notice,) = answer.notices
    assert notice.startswith(f"The store is away: {server.url} can't be reached; look whether it runs.")
    assert [found(reader, question) for question in QUESTIONS] == before
    begun = desk.reader()  # this machine has a copy
    assert [found(begun, question) for question in QUESTIONS] == before
    assert begun.notices
    said = desk.publish(*RECORDS)
    assert said.published is False
    assert "the next run publishes it" in said.notices[-1]
    assert said.articles == len(RECORDS)
    with pytest.raises(StoreAway):
        desk.reader("nothing here yet")
    server.start()
    assert desk.publish(*RECORDS).published is True
    assert eventually(lambda: reader.overview().articles == len(RECORDS) and not reader.notices)
    assert same(reader, desk.here())


def test_a_server_that_lost_everything_is_filled_again(own: tuple[Desk, ChromaServer]) -> None:
    desk, server = own
    desk.publish(*RECORDS)
    reader = desk.reader()
    server.kill()
    shutil.rmtree(server.folder)
    server.start()
    assert eventually(lambda: "nothing was published" in "".join(reader.notices))
    assert reader.ask(QUESTIONS[0]).answered
    assert desk.publish(*RECORDS).published is True
    assert eventually(lambda: not reader.notices)
    assert same(reader, desk.here())


def test_a_store_that_nobody_serves_is_one_line(tmp_path: Path, embedder: MiniLM) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    settings = replace(Settings(), cache=with_parser(tmp_path))
    with pytest.raises(StoreAway, match=f"{url} can't be reached; look whether it runs"):
        dateline.open(store=url, llm="none", embedder=embedder, settings=settings)
