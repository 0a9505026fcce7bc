"""The words of ``chairtime people`` on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Action = Callable[[str, str], argparse.ArgumentParser]
"""Adds an action with its name and what it does, and lets it name the folder and who signs in."""
ROLES = ("nurse", "charge-nurse", "biller", "administrator")


def add_actions(action: Action) -> None:
    """Add what can be done with the people of a folder."""
    action("list", "print who works here and as what, and every emergency access there was")
    add = action("add", "name somebody; the first one has to be an administrator")
    _described(add)
    add.add_argument("full_name", metavar="FULL-NAME", help="the name in full")
    add.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help="a file whose first line is their passphrase, where people sign in (default: asked for twice)",
    )
    change = action("change", "give somebody another name in full, or other roles in place of theirs")
    _described(change)
    change.add_argument("full_name", metavar="FULL-NAME", nargs="?", default="", help="the name in full")
    _name(action("remove", "let somebody not work here any more; what they did stays theirs"))


def _described(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    text = "what they do here; may be repeated"
    parser.add_argument("--role", action="append", default=[], choices=ROLES, help=text)


def _name(parser: argparse.ArgumentParser) -> None:
    text = "the short name that touches are kept with, such as AK"
    parser.add_argument("name", metavar="NAME", help=text)
