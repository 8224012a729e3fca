from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.config import Settings
from dateline.index.store import address, checked


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "https://api.trychroma.com", "http://[::1]:1/below"]
)
def test_an_address_is_taken_without_the_slash_at_its_end(url: str) -> None:
    assert checked(f" {url}/ ") == url


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://host", "http://", "http://host:x", "http://host?a=b"]
)
def test_what_is_no_address_is_named(url: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a server; write it as http://host:8000"):
        checked(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    for url in ("http://me:secret@host:8000", "me:secret@host"):
        with pytest.raises(ValueError, match="store") as raised:
            checked(url if "://" in url else f"http://{url}")
        assert "secret" not in str(raised.value)
    with pytest.raises(ValueError, match="not the address") as raised:
        checked("me:secret@host")
    assert "secret" not in str(raised.value)


def test_every_database_has_a_copy_of_its_own_on_this_machine() -> None:
    settings = Settings(store_token="secret")
    one = address("http://host:8000", settings)
    others = [
        address("http://host:8001", settings),
        address("http://host:8000", replace(settings, store_database="news")),
        address("http://host:8000", replace(settings, store_tenant="paper")),
    ]
    assert len({one.key, *(other.key for other in others)}) == 4
    assert address("http://host:8000/", replace(settings, store_token=None)).key == one.key


def test_the_token_is_in_no_text() -> None:
    place = address("http://host:8000", Settings(store_token="secret"))
    assert place.token == "secret"
    assert "secret" not in f"{place} {place!r} {Settings(store_token='secret')!r}"
