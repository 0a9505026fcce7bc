"""The words of the commands about people, keys, proofs, clocks and what is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop_app.commands.argument_kinds import (
    new_action,
    new_command,
    takes_folder,
    takes_journal,
)

if TYPE_CHECKING:
    from desktop_app.commands.argument_kinds import Commands


def _people(commands: Commands) -> None:
    from desktop_app.commands.people_words import add_actions  # noqa: PLC0415 - the window comes up without

    parser = new_command(commands, "people", "list, name, change and remove who works here", lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    add_actions(partial(new_action, actions, place=takes_journal))


def _keys(commands: Commands) -> None:
    from desktop_app.commands.keys_words import add_actions  # noqa: PLC0415 - the window comes up without

    parser = new_command(commands, "keys", "say who can open the data folder, and change it", lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)

    add_actions(partial(new_action, actions, place=takes_journal))


def keyring_child(commands: Commands) -> None:
    """Add what the program alone runs; no help mentions it."""
    parser = commands.add_parser("keyring-child")
    parser.set_defaults(module="keyring_child", lasting=False)
    parser.add_argument("what", choices=("get", "put", "forget"))
    parser.add_argument("account")


def _verify(commands: Commands) -> None:
    parser = new_command(commands, "verify", "check every event of the journal and name the first bad one")
    takes_journal(parser)
    parser.add_argument(
        "--fingerprint",
        nargs="?",
        const="",
        metavar="NOTED",
        help="only print the fingerprint of the journal's keys; with the one noted, check all and compare it",
    )
    parser.add_argument("--head", metavar="HEAD", help="a head noted elsewhere: its digits, or a file")
    parser.add_argument(
        "--manifest",
        metavar="FILE",
        help="the manifest of a batch or a backup: does the journal hold its head",
    )
    parser.add_argument("--batch", metavar="FOLDER", help="a batch: are its files those that were sent")
    parser.add_argument("--history", metavar="FILE", help="a history's .json: is it what the journal holds")


def _backups(commands: Commands) -> None:
    from desktop_app.commands.backup_options import COMMANDS  # noqa: PLC0415 - as the keys

    for name, (text, add) in COMMANDS.items():
        parser = new_command(commands, name, text, lasting=True)
        takes_journal(parser)
        add(parser)


def _doctor(commands: Commands) -> None:
    text = "say whether this computer and the data folder are fit for work, in lines for support"
    takes_folder(new_command(commands, "doctor", text))


def _clock(commands: Commands) -> None:
    text = "print what the clocks say and what happened to them, or record the true time"
    parser = new_command(commands, "clock", text, lasting=True)
    takes_journal(parser)
    what = parser.add_mutually_exclusive_group()
    report = "which services it touched on a day, and what their minutes stand on (default: today)"
    what.add_argument("--report", nargs="?", const="", metavar="YYYY-MM-DD", help=report)
    what.add_argument(
        "--true", default="", metavar="TIME", help="it is 10:31:05, or 2026-03-02T10:31:05, now"
    )
    parser.add_argument("--known", default="", metavar="WORDS", help="how the true time is known")
    parser.add_argument("--by", default="", metavar="INITIALS", help="who says so (default: who works here)")


def _history(commands: Commands) -> None:
    from desktop_app.commands.history_options import TEXT, add_options  # noqa: PLC0415 - as the keys

    parser = new_command(commands, "history", TEXT)
    takes_journal(parser)
    add_options(parser)


SHOWN = (_history, _clock, _people, _keys, _verify, _backups, _doctor)
"""In the order of their list."""
