"""Regular expressions that cost nothing to import: each is compiled when it is first used.

There are some two hundred, and a question needs a few of them; compiling all took a tenth of a second.
"""

from __future__ import annotations

import re
from typing import cast


def lazy(pattern: str, flags: re.RegexFlag | int = 0) -> re.Pattern[str]:
    """The compiled expression, in all that is asked of one: its methods and attributes.

    A mistake in the pattern raises `re.PatternError` on first use; a test compiles them all.
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    """Stands for a compiled expression, and has of it what was asked for once."""

    def __init__(self, pattern: str, flags: re.RegexFlag | int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # of pickling and the like: not the expression's to answer
            raise AttributeError(name)
        compiled = self.__dict__.setdefault("_compiled", re.compile(self.pattern, self._flags))
        self.__dict__[name] = found = getattr(compiled, name)  # the next time it is found without us
        return found
