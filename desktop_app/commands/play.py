"""``chairtime play``: a touch script into a data folder, an answer a line after it is on disk."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop_app.app import open_parts, script_defaults
from desktop_app.commands.billing import ScriptBilling
from desktop_app.core.ports import JournalError
from desktop_app.script.play import play, write_answers


class ScriptUnreadable(JournalError):
    """The script cannot be opened."""


def run(arguments: Namespace) -> int:
    """Play the script; status 1 when any line was refused or wrong."""
    with _lines(arguments.script) as lines, open_parts(arguments.data_dir) as parts:
        answers = play(
            lines,
            parts.desk,
            coder=parts.coder,
            billing=ScriptBilling(parts),
            defaults=script_defaults(parts.folder.settings),
        )
        return write_answers(answers, sys.stdout)


@contextmanager
def _lines(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as opened:
        try:
            file = opened.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise ScriptUnreadable(f"The script {name} cannot be read: {error.strerror}.") from error
        yield file
