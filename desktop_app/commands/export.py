"""``chairtime export``: signed lines that were not sent yet, into one batch folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from desktop_app.app import Parts, open_parts
from desktop_app.coding.sessions import served_on
from desktop_app.commands.billing import export, size_of
from desktop_app.commands.layout import layout_named
from desktop_app.commands.streams import NothingDone
from desktop_app.core.decisions import Refusal
from desktop_app.core.layouts import Layout, warnings
from desktop_app.core.recordable import as_line
from desktop_app.core.session import Session, sessions_by_age
from desktop_app.exchange.ledger import Batch
from desktop_app.exchange.sending import STANDARD
from desktop_app.ui.words import count_words

_LONGEST_SHOWN = 60
_WAS = ("was", "were")


def run(arguments: Namespace) -> int:
    """Export and say what was written where. Raises NothingDone when nothing could be."""
    if arguments.again and not (arguments.date or arguments.session):
        raise NothingDone("What was sent goes out again by its day or its name: add --date or --session.")
    day = _day(arguments.date) if arguments.date else None
    with open_parts(arguments.data_dir) as parts:
        parts.exporter.layout = _layout(parts, arguments.layout)
        sessions = _sessions(parts, arguments.session, day)
        batch = export(parts, sessions, arguments.to, arguments.format, again=arguments.again)
        if isinstance(batch, Refusal):
            raise NothingDone(f"{batch.text[0].upper()}{batch.text[1:]}.")
        return _say(batch, parts.exporter.held)


def _layout(parts: Parts, name: str) -> Layout:
    """Return the layout of a name, having said what in it is mostly a mistake; without one the standard."""
    if not name:
        return STANDARD
    layout = layout_named(parts.folder.path, name)
    for warning in warnings(layout):
        print(f"chairtime: {warning}", file=sys.stderr)
    return layout


def _say(batch: Batch, held: int) -> int:
    """Say what was written and what was held, and on standard error what is wrong; return the exit status."""
    print(f"{batch.folder}: {size_of(batch)}.")
    if held:
        print(f"{count_words(held, 'session is', 'sessions are')} held and {_WAS[held > 1]} not sent.")
    if not batch.note:
        return 0
    print(f"chairtime: {batch.note}", file=sys.stderr)
    return 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{text} is no date such as 2026-03-02.") from None


def _sessions(parts: Parts, named: list[str], day: date | None) -> Iterable[Session]:
    """Return the sessions asked for, oldest first; without a name or a day, every one that is not settled.

    Those are read one at a time while they are written: a year of them fits into no memory.
    """
    shelf = parts.desk.shelf
    found = {name: shelf.session(name) for name in named}
    for name, session in found.items():
        if session is None:
            raise NothingDone(f"There is no session {as_line(name, _LONGEST_SHOWN)}.")
    if day:
        of_day = sessions_by_age(served_on(parts.desk, day))
        return [session for session in of_day if not named or session.id in found]
    if named:
        return sessions_by_age(session for session in found.values() if session is not None)
    return shelf.unsettled()
