"""``chairtime log`` and ``chairtime sessions``: what is on record, read beside a program that works.

No event, list or setting is changed and no lock is taken; the database engine itself may make
its ``-wal`` and ``-shm`` files, and folds the log into the database when the last program closes
it. With ``--json`` every line is one object for another program; without it a person gets a table.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from rich.table import Table
from rich.text import Text

from desktop_app.app import session_coder
from desktop_app.coding.case_text import json_text
from desktop_app.commands.looks import showing
from desktop_app.commands.page import Page
from desktop_app.commands.session_case import SessionCases
from desktop_app.commands.streams import CutShort
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.ports import JournalError
from desktop_app.exchange.ledger import read_ledger
from desktop_app.rulebook_files import load_rules
from desktop_app.script import reading
from desktop_app.store.codec import encode
from desktop_app.store.folder import Folder

Entry = dict[str, Any]


def run(arguments: Namespace) -> int:
    """Print the log or the sessions, oldest first. Raises CutShort when only a first part can be read."""
    entries, heads, row = _KINDS[arguments.what]
    with _opened(arguments) as folder:
        if arguments.json:
            _print_lines(entries(folder))
        else:
            _print_table(heads, [row(entry) for entry in entries(folder)])
    return 0


def _print_lines(entries: Iterator[Entry]) -> None:
    printed = 0
    try:
        for entry in entries:
            sys.stdout.write(json_text(entry) + "\n")
            printed += 1
    except JournalError as fault:
        if printed:
            raise CutShort(f"{fault} What was printed before is all that can be read.") from fault
        raise


@contextmanager
def _opened(arguments: Namespace) -> Iterator[Folder]:
    # The table of the log names nobody; its events, and the sessions, have whole MRNs.
    if arguments.json or arguments.what == "sessions":
        with showing(arguments) as shown:
            shown.look_through(arguments.what)
            yield shown.folder
    else:
        with closing(open_to_read(arguments)) as folder:
            yield folder


def _log(folder: Folder) -> Iterator[Entry]:
    return reading.log(folder.journal, encode)


def _sessions(folder: Folder) -> Iterator[Entry]:
    sent = read_ledger(folder.journal).sent
    return reading.sessions(folder.journal, _cases(folder), sent)


def _cases(folder: Folder) -> SessionCases:
    rules = load_rules(folder.path)
    return SessionCases(rules, session_coder(rules))


def _log_row(entry: Entry) -> tuple[str, ...]:
    return (
        str(entry["origin_seq"]),
        entry["at"][:-4].replace("T", " "),
        entry["kind"],
        entry["how"],
        entry["actor"],
        entry["stream"].removeprefix("session/"),
    )


def _session_row(entry: Entry) -> tuple[str, ...]:
    lines = entry["coding"]["lines"]
    return (
        entry["session"],
        entry["chair"],
        entry["initials"],
        entry["mrn"],
        entry["seated"]["at"][:16].replace("T", " "),
        entry["state"],
        ", ".join(f"{line['code']} ×{line['units']}" for line in lines),
    )


_KINDS = {
    "log": (_log, ("No", "At (UTC)", "What", "How known", "By", "Of"), _log_row),
    "sessions": (
        _sessions,
        ("Session", "Chair", "Initials", "MRN", "Seated", "State", "Lines as recorded"),
        _session_row,
    ),
}


def _print_table(heads: Iterable[str], rows: list[tuple[str, ...]]) -> None:
    """Print a table; every cell is plain text, whatever a person typed into it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Page().print(table)
