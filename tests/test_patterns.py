"""Expressions that are compiled late: all of them are right, and none is compiled by importing it."""

from __future__ import annotations

import gc
import pkgutil
import re
import subprocess
import sys
from importlib import import_module

import pytest

import dateline
from dateline import patterns
from dateline.patterns import lazy

_WAITING = """
import gc
import dateline.cli
from dateline import patterns
print(sum("_compiled" in one.__dict__ for one in gc.get_objects() if type(one) is patterns._Lazy))
"""


def test_a_late_expression_does_what_a_compiled_one_does() -> None:
    late, compiled = lazy(r"(?P<day>\d+)\s+may", re.IGNORECASE), re.compile(r"(?P<day>\d+)\s+may", re.I)
    text = "On 3 May, or 12 MAY"
    assert [one.groupdict() for one in late.finditer(text)] == [
        one.groupdict() for one in compiled.finditer(text)
    ]
    assert late.sub("then", text) == "On then, or then"
    assert (late.pattern, late.flags, late.groupindex) == (
        compiled.pattern,
        compiled.flags,
        compiled.groupindex,
    )


def test_it_has_nothing_that_a_compiled_one_has_not() -> None:
    with pytest.raises(AttributeError):
        _ = lazy("a").found  # type: ignore[attr-defined]


def test_every_expression_of_the_program_compiles() -> None:
    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if module.name != "dateline.__main__":
            import_module(module.name)
    late = [one for one in gc.get_objects() if type(one) is patterns._Lazy]
    assert len(late) > 100
    for one in late:
        re.compile(one.pattern, one._flags)


def test_importing_the_command_line_compiles_none_of_them() -> None:
    done = subprocess.run([sys.executable, "-c", _WAITING], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 1  # the notation of the grammar of dates is read with one
