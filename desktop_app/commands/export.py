"""``chairtime export``: signed lines that were not sent yet, into one batch folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from desktop_app.app import Parts
from desktop_app.coding.sessions import served_on
from desktop_app.commands.attending import working
from desktop_app.commands.billing import export, size_of
from desktop_app.commands.layout import layout_named
from desktop_app.commands.progress import Tell, seen_progress
from desktop_app.commands.streams import NothingDone
from desktop_app.core.day import Fate
from desktop_app.core.decisions import Refusal
from desktop_app.core.layouts import Layout, warnings
from desktop_app.core.recordable import as_line
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.exchange.batch import NOTHING_UNSENT, Exporter
from desktop_app.exchange.draft import PassedOver
from desktop_app.exchange.due import fate_of
from desktop_app.exchange.ledger import Batch
from desktop_app.exchange.sending import STANDARD
from desktop_app.exchange.steps import Step
from desktop_app.ui.words import count_words

_LONGEST_SHOWN = 60
_WAS = ("was", "were")


def run(arguments: Namespace) -> int:
    """Export and say what was written where. Raises NothingDone when nothing could be."""
    if arguments.again and not (arguments.date or arguments.session):
        raise NothingDone("What was sent goes out again by its day or its name: add --date or --session.")
    if not arguments.to:
        raise NothingDone("--to names no folder; a point stands for the one you are in.")
    day = _day(arguments.date) if arguments.date else None
    with working(arguments) as parts:
        parts.exporter.layout = _layout(parts, arguments.layout)
        sessions = _sessions(parts, arguments.session, day)
        folder = Path(arguments.to)
        with seen_progress() as tell:
            step = partial(_tell, tell)
            batch = export(parts, sessions, folder, arguments.format, again=arguments.again, step=step)
        if isinstance(batch, Refusal):
            why = _why_nothing(parts, arguments.session) if batch.text == NOTHING_UNSENT else ""
            raise NothingDone(why or f"{batch.text[0].upper()}{batch.text[1:]}.")
        return _say(batch, parts.exporter)


def _layout(parts: Parts, name: str) -> Layout:
    """Return the layout of a name, having said what in it is mostly a mistake; without one the standard."""
    if not name:
        return STANDARD
    layout = layout_named(parts.folder.path, name)
    for warning in warnings(layout):
        print(f"chairtime: {warning}", file=sys.stderr)
    return layout


def _say(batch: Batch, exporter: Exporter) -> int:
    """Say what was written and what was not, and on standard error what is wrong; return the exit status.

    A format that was asked for and has no file is wrong: whoever fetches it would wait for ever.
    """
    print(f"{batch.folder}: {size_of(batch)}.")
    if held := exporter.held:
        print(f"{count_words(held, 'session is', 'sessions are')} held and {_WAS[held > 1]} not sent.")
    missing = [one for one in exporter.passed_over if one.is_all]
    for one in exporter.passed_over:
        if one not in missing:
            print(f"{_of_all(one, batch)} not in {one.format}: {one.first}.")
    for one in missing:
        print(f"chairtime: There is no {one.format} in it: {one.first}.", file=sys.stderr)
    if batch.note:
        print(f"chairtime: {batch.note}", file=sys.stderr)
    return 1 if missing or batch.note else 0


def _tell(tell: Tell, step: Step) -> None:
    if step.file:
        tell(f"Closing and checking {step.file}", step.done, step.of)
    else:
        tell(f"{count_words(step.done, 'session', 'sessions')} written", 0, 0)


def _of_all(one: PassedOver, batch: Batch) -> str:
    return f"{one.sessions} of {count_words(len(batch.sessions), 'session is', 'sessions are')}"


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


def _why_nothing(parts: Parts, named: Sequence[str]) -> str:
    """Return why the one session that was named has nothing to send; nothing where that says less."""
    session = parts.desk.shelf.session(named[0]) if len(named) == 1 else None
    if session is None:
        return ""
    name = as_line(session.id, _LONGEST_SHOWN)
    if session.stage is not Stage.SIGNED:
        return f"Session {name} is not signed; nothing was sent."
    if fate_of(session, parts.exporter.ledger) is Fate.SENT:
        return f"Session {name} was sent already; nothing was sent: to send it once more add --again."
    return ""
