"""The truth of an index: one SQLite file with every article, passage, offset, digest and vector.

Everything else in the index folder is derived from it and can be thrown away.

Rows are versioned by generation. A run of the writer adds rows `born` in the next generation and marks
replaced ones as `died` in it; nothing of this is visible to readers until `publish` moves the generation
on, in one transaction. What a killed run had committed is found again by the next one.
"""

from dateline.index.ledger.reader import Ledger, Row, Stored, Totals, marks, seal_of, slices

__all__ = ["Ledger", "Row", "Stored", "Totals", "marks", "seal_of", "slices"]
