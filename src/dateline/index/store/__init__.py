"""One index for many machines: its ledger is told to a Chroma server, and read from there."""

from dateline.index.store.address import Address, address, checked
from dateline.index.store.reader import StoreReader

__all__ = ["Address", "StoreReader", "address", "checked"]
