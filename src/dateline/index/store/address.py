"""Where a store is: the address of a Chroma server, and what it wants to be told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline.config import Settings


@dataclass(frozen=True, slots=True)
class Address:
    """A database of a Chroma server. The token is in no message and no repr."""

    url: str
    tenant: str
    database: str
    token: str | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """A name for what this machine keeps of the store, fit for a folder."""
        said = "\n".join((self.url, self.tenant, self.database))
        return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()

    def __str__(self) -> str:
        return self.url


def checked(url: str) -> str:
    """The address of a server, without a slash at its end. Raises ValueError where it is none."""
    parts = urlsplit(url.strip())
    try:
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none
        whole = False
    if not whole or parts.query or parts.fragment:
        raise ValueError(f"{_shown(url)!r} is not the address of a server; write it as http://host:8000")
    if parts.username or parts.password:
        raise ValueError("a store's address holds no password; set DATELINE_STORE_TOKEN")
    return url.strip().rstrip("/")


def address(url: str, settings: Settings) -> Address:
    """The store at `url`, with token, tenant and database of the settings. Raises ValueError."""
    return Address(checked(url), settings.store_tenant, settings.store_database, settings.store_token)


def _shown(url: str) -> str:
    """The address without what may be a password."""
    return url.rpartition("@")[2]
