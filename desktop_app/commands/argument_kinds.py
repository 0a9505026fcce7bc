"""What the words of several commands have in common: a folder, somebody who signs in, what one can do."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]

THE_FOLDER = "the data folder (default: this user's own)"


def takes_folder(parser: argparse.ArgumentParser, text: str = THE_FOLDER) -> None:
    """Let a command name the folder; what stands before the command holds where it does not."""
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=text, default=argparse.SUPPRESS)


def takes_journal(parser: argparse.ArgumentParser) -> None:
    """Let a command name the folder, and who signs in to it."""
    takes_folder(parser)
    parser.add_argument("--as", dest="as_name", default="", metavar="NAME", help="who signs in")
    text = "a file whose first line is the passphrase (default: asked for where the folder is locked)"
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=text)


def new_command(
    commands: Commands, name: str, text: str, module: str = "", *, lasting: bool = False
) -> argparse.ArgumentParser:
    """Add a command; ``lasting`` when it may have changed something before its answer is lost."""
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(module=module or name, lasting=lasting)
    return parser


def new_action(
    actions: Actions, name: str, text: str, place: Callable[[argparse.ArgumentParser], None] = takes_folder
) -> argparse.ArgumentParser:
    """Add what a command can do."""
    parser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(what=name)
    place(parser)
    return parser
