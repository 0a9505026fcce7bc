"""``chairtime export``: signed lines that were not sent yet, into one batch folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from desktop_app.app import Parts, open_parts
from desktop_app.coding.sessions import date_of_service
from desktop_app.commands.billing import export
from desktop_app.core.decisions import Refusal
from desktop_app.core.session import Session


def run(arguments: Namespace) -> int:
    """Export and say what was written where; status 2 and one sentence when nothing could be."""
    try:
        day = date.fromisoformat(arguments.date) if arguments.date else None
    except ValueError:
        print(f"chairtime: {arguments.date} is no date such as 2026-03-02.", file=sys.stderr)
        return 2
    with open_parts(arguments.data_dir) as parts:
        sessions = _sessions(parts, arguments.session, day)
        batch = export(parts.exporter, sessions, arguments.to, arguments.format, again=arguments.again)
    if isinstance(batch, Refusal):
        print(f"chairtime: {batch.text}.", file=sys.stderr)
        return 2
    print(f"{batch.folder}: {len(batch.sessions)} sessions, {len(batch.lines)} lines.")
    return 0


def _sessions(parts: Parts, named: list[str], day: date | None) -> list[Session]:
    """Return the sessions asked for; without a name or a day, every one that is at hand."""
    if day is not None:
        parts.desk.load_day(day.isoformat())
    for name in named:
        parts.desk.session(name)
    return [
        session
        for session in parts.desk.suite.sessions.values()
        if (not named or session.id in named) and day in {None, date_of_service(session)}
    ]
