"""``chairtime day``: where each session of a day stands, what earlier days left over, and the totals.

Read beside a program that works, as ``sessions`` is. With ``--json`` every session is an object on a
line of its own, and the last line is the day's.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from rich.table import Table

from desktop_app.app import session_coder
from desktop_app.coding.case_text import json_text
from desktop_app.commands.days import day_in
from desktop_app.commands.looks import showing
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.core.day import Entry, Leftover, Totals, totals_of
from desktop_app.core.day_book import DayBook, DayPage
from desktop_app.core.events import day_stream
from desktop_app.core.locked_days import fold_day
from desktop_app.core.moments import local_date, local_time
from desktop_app.core.shelf import Shelf
from desktop_app.core.suite import DayState
from desktop_app.core.values import dataclass
from desktop_app.exchange.due import fate_of
from desktop_app.exchange.ledger import read_ledger
from desktop_app.rulebook_files import load_rules
from desktop_app.store.clock import SystemClock
from desktop_app.store.folder import Folder
from desktop_app.ui.words import count_words, day_name, hours_words

_HEADS = ("Session", "Chair", "Initials", "MRN", "Seated", "State", "Lines", "Hours", "Why")
EXAMPLE = "2026-03-02"


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it is printed."""

    page: DayPage
    state: DayState
    leftovers: tuple[Leftover, ...]
    zone: str

    @property
    def totals(self) -> Totals:
        """The sums of its list."""
        return totals_of(self.page.entries)


def run(arguments: Namespace) -> int:
    """Print the list and the totals of a day. Raises NothingDone for what is no date."""
    named = day_in(arguments.date, EXAMPLE) if arguments.date else None
    with showing(arguments) as shown:
        day = _read(shown.folder, named)
        shown.look_through(f"day {day.page.day.isoformat()}")
    if arguments.json:
        sys.stdout.writelines(json_text(line) + "\n" for line in _lines(day))
    else:
        _print(day)
    return 0


def _read(folder: Folder, named: date | None) -> _Day:
    zone = folder.settings.get("zone")
    today = local_date(SystemClock(lambda: zone).now().wall_us, zone)
    day = named or today
    ledger = read_ledger(folder.journal)
    book = DayBook(
        Shelf(folder.journal),
        fate_of=partial(fate_of, ledger=ledger),
        told_of=session_coder(load_rules(folder.path)).told,
        doubtful=lambda: {session for batch in ledger.unsettled for session in batch.sessions},
    )
    state = fold_day(day, folder.journal.load(day_stream(day)))
    return _Day(book.page(day), state, book.leftovers(today, but=day), zone)


def _lines(day: _Day) -> Iterator[dict[str, Any]]:
    """Yield an object for each session of the day, for each that is left over, and for the day."""
    for entry in day.page.entries:
        yield _session(entry)
    for left in day.leftovers:
        yield _left(left)
    yield _whole(day)


def _session(entry: Entry) -> dict[str, Any]:
    session = entry.session
    return {
        "session": session.id,
        "day": session.day.isoformat(),
        "left_over": False,
        "chair": session.chair,
        "mrn": session.mrn,
        "initials": session.initials,
        "seated": local_time(session.seated.at_us, session.zone).isoformat(timespec="seconds"),
        "state": entry.standing.value,
        "why": entry.why or None,
        "lines": entry.told.lines,
        "billable_hours": entry.told.billable_hours,
        "infused_minutes": entry.told.infused_minutes,
    }


def _left(left: Leftover) -> dict[str, Any]:
    listed = left.listed
    return {
        "session": listed.session,
        "day": listed.day,
        "left_over": True,
        "chair": listed.chair,
        "mrn": listed.mrn,
        "initials": listed.initials,
        "state": left.standing.value,
        "why": left.why or None,
        "lines": listed.lines,
    }


def _whole(day: _Day) -> dict[str, Any]:
    totals, state = day.totals, day.state
    return {
        "day": day.page.day.isoformat(),
        "locked": {"by": state.by, "at": _at(state, day.zone)} if state.is_locked else None,
        "totals": {
            "sessions": totals.sessions,
            "signed": totals.signed,
            "blocked": totals.blocked,
            "lines": totals.lines,
            "billable_hours": totals.billable_hours,
            "infused_minutes": totals.infused_minutes,
            "states": {standing.value: count for standing, count in totals.standings.items()},
        },
        "taken_back": day.page.taken_back,
        "left_over": len(day.leftovers),
    }


def _at(state: DayState, zone: str) -> str:
    return local_time(state.locked_us or 0, zone).isoformat(timespec="seconds")


def _print(day: _Day) -> None:
    page = Page()
    if day.page.entries:
        page.print(_table(map(_row, day.page.entries)))
        page.print()
    for sentence in _sentences(day):
        page.print(sentence)
    if day.leftovers:
        page.print()
        page.print(_table(map(_left_row, day.leftovers), "Left over from earlier days"))


def _sentences(day: _Day) -> Iterator[str]:
    totals, state = day.totals, day.state
    counted = (
        count_words(totals.sessions, "session", "sessions"),
        f"{totals.signed} signed",
        f"{totals.blocked} blocked",
        count_words(totals.lines, "line", "lines"),
        f"{totals.billable_hours} h billable",
        f"{hours_words(totals.infused_minutes)} infused",
    )
    yield f"{day_name(day.page.day)}: {', '.join(counted)}."
    if day.page.taken_back:
        yield f"{count_words(day.page.taken_back, 'seating was', 'seatings were')} taken back."
    if state.is_locked:
        yield f"Locked by {state.by} at {_at(state, day.zone)[:16].replace('T', ' ')}."


def _row(entry: Entry) -> tuple[str, ...]:
    session, told = entry.session, entry.told
    seated = local_time(session.seated.at_us, session.zone).strftime("%Y-%m-%d %H:%M")
    who = (session.id, session.chair, session.initials, session.mrn, seated)
    return (*who, entry.standing.value, str(told.lines), str(told.billable_hours), entry.why)


def _left_row(left: Leftover) -> tuple[str, ...]:
    listed = left.listed
    who = (listed.session, listed.chair, listed.initials, listed.mrn, listed.day)
    return (*who, left.standing.value, str(listed.lines), "", left.why)


def _table(rows: Iterable[tuple[str, ...]], title: str | None = None) -> Table:
    table = table_of(*_HEADS, title=title)
    for row in rows:
        add_row(table, *row)
    return table
