"""``chairtime play``: a touch script into a data folder, an answer a line after it is on disk."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from desktop_app.app import script_defaults
from desktop_app.commands.attending import working
from desktop_app.commands.billing import ScriptBilling
from desktop_app.commands.streams import lines_of
from desktop_app.script.play import Answer, play, write_answers
from desktop_app.store.folder import Folder


def run(arguments: Namespace) -> int:
    """Play the script; status 1 when any line was refused or wrong.

    A touch whose answer cannot be written is the last one that is played.
    """
    with (
        lines_of(arguments.script) as lines,
        working(arguments) as parts,
    ):
        answers = play(
            lines,
            parts.desk,
            coder=parts.coder,
            billing=ScriptBilling(parts),
            defaults=script_defaults(parts.folder),
            opener=None if parts.folder.is_anybodys else parts.folder.opened_by,
        )
        return write_answers(_keeping_up(answers, parts.folder), sys.stdout)


def _keeping_up(answers: Iterator[Answer], folder: Folder) -> Iterator[Answer]:
    """Do what is due behind the touches, each time after an answer is written."""
    for answer in answers:
        yield answer
        folder.upkeep.do_due()
