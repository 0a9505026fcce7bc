"""What the commands about backups may be told on their line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Add = Callable[[argparse.ArgumentParser], None]


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where (default: as in the settings)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="show the backups, and what went wrong")
    text = "check every byte and every event of one, or of all"
    what.add_argument("--check", nargs="?", const="", metavar="NAME", help=text)
    what.add_argument("--key-on-stdin", action="store_true", help=argparse.SUPPRESS)


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="show the backups, and what would be missing")
    text = "a backup, or a folder of backups"
    parser.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help=text)
    text = "the first line of this file is the recovery key; it takes the place of a passphrase"
    parser.add_argument("--recovery-file", type=Path, metavar="FILE", help=text)
    text = "newest, or a number or a name of the list"
    parser.add_argument("which", nargs="?", default="", metavar="WHICH", help=text)


def _drill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the copies go for a while")


COMMANDS: dict[str, tuple[str, Add]] = {
    "backup": ("make a backup now, list or check them", _backup),
    "restore": (
        "put the journal back from a backup; what is there goes into quarantine, nothing is deleted",
        _restore,
    ),
    "drill": (
        "damage a copy of the folder in every way we know, restore it, and tell what came back",
        _drill,
    ),
}
"""Each command with what it does and its options."""
