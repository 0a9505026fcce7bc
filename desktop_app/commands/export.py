"""``chairtime export``: signed lines that were not sent yet, into one batch folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date, timedelta

from desktop_app.app import Parts, open_parts
from desktop_app.coding.sessions import date_of_service
from desktop_app.commands.billing import export
from desktop_app.commands.streams import NothingDone
from desktop_app.core.decisions import Refusal
from desktop_app.core.session import Session
from desktop_app.exchange.ledger import Batch


def run(arguments: Namespace) -> int:
    """Export and say what was written where. Raises NothingDone when nothing could be."""
    day = _day(arguments.date) if arguments.date else None
    with open_parts(arguments.data_dir) as parts:
        sessions = _sessions(parts, arguments.session, day)
        batch = export(parts.exporter, sessions, arguments.to, arguments.format, again=arguments.again)
        if isinstance(batch, Refusal):
            raise NothingDone(f"{batch.text[0].upper()}{batch.text[1:]}.")
        return _say(batch)


def _say(batch: Batch) -> int:
    """Say what was written, and on standard error what is wrong with it; return the exit status."""
    print(f"{batch.folder}: {len(batch.sessions)} sessions, {len(batch.lines)} lines.")
    if not batch.note:
        return 0
    print(f"chairtime: {batch.note}", file=sys.stderr)
    return 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{text} is no date such as 2026-03-02.") from None


def _sessions(parts: Parts, named: list[str], day: date | None) -> list[Session]:
    """Return the sessions asked for; without a name or a day, every one that is at hand."""
    for name in named:
        if parts.desk.session(name) is None:
            raise NothingDone(f"There is no session {name}.")
    if day is not None:
        # Whoever is seated before midnight may have the first service after it.
        for seated in (day - timedelta(days=1), day):
            parts.desk.load_day(seated.isoformat())
    return [
        session
        for session in parts.desk.suite.sessions.values()
        if (not named or session.id in named) and day in {None, date_of_service(session)}
    ]
