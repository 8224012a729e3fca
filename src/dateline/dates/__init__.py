"""What days a text speaks of: `resolve_dates` reads them against the day it was written, by rule.

    text ──tokens──▶ sentences of tokens ──grammar──▶ times ──tense──▶ TimeSpan

Where to add something: a word in words.py, a holiday in holidays.py, a form in grammar.py.
"""

from dateline.dates.resolve import resolve_dates

__all__ = ["resolve_dates"]
