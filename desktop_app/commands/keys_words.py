"""The words of ``chairtime keys`` on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Action = Callable[[str, str], argparse.ArgumentParser]
"""Adds an action with its name and what it does, and lets it name the folder and who signs in."""


def add_actions(action: Action) -> None:
    """Add what can be done with the keys of a folder."""
    action("list", "print who can open the folder")
    protect = action("protect", "give the first passphrase, and print a recovery key")
    _new(protect)
    protect.add_argument(
        "--destroy-open-copies",
        action="store_true",
        help="destroy the backups and quarantined journals from before, which open without a passphrase",
    )
    _new(action("add", "give somebody else a passphrase"))
    _name(action("remove", "take somebody's passphrase, PIN and badge away"))
    _new(action("change", "give somebody another passphrase"))
    action("recovery", "print a new recovery key; the earlier one opens nothing any more")
    recover = action("recover", "open the folder with the recovery key and give a new passphrase")
    _new(recover)
    recover.add_argument(
        "--recovery-file", type=Path, metavar="FILE", help="a file whose first line is the recovery key"
    )
    action("rekey", "give the folder a new data key")
    keyring = action("keyring", "let the system's keyring hold the data key too, or no longer")
    keyring.add_argument("state", choices=("on", "off"))


def _new(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    parser.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help="a file whose first line is the new passphrase (default: asked for twice)",
    )


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a short name such as AK")
