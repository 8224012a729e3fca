"""The command line: every command is one call of the library, printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from dateline.cli.arguments import Command, parser
from dateline.config import Settings
from dateline.errors import DatelineError


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 failed, 2 wrong usage, 3 index busy, 4 index built by something else."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 2
    given = parser(settings).parse_args(arguments)
    command: Command = given.command
    try:
        return command(given, settings)
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("dateline: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has left; nothing more is to be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
