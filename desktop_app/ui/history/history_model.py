"""What the history page shows of sessions that were found, with no more of a name than may be shown."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from desktop_app.core.fold import fold
from desktop_app.core.ports import JournalError, Listed
from desktop_app.core.record.chronicle import Chronicle, Record
from desktop_app.core.record.wanted import Found, Looked
from desktop_app.core.session import Stage
from desktop_app.ui import words
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.widgets.row_columns import Column
from desktop_app.ui.widgets.row_model import Cell, RowView

COLUMNS = (
    Column("Patient", 96),
    Column("Day", 92),
    Column("What", 240, goes_below=True),
)
HINT = "Find: day, MRN, initials, drug, who, code…"
EXAMPLES = (
    "Several words together narrow it: vanc AK 2026-03. A day, or two with .. between; an MRN or a part of "
    "it, initials, a drug, who touched it, a code, a lot, a batch, chair:4; corrected, not witnessed, taken "
    "back, struck out, held, opened again, note."
)
_LOOKS = {
    Stage.OPEN: ("ink_2", "play", "in the chair"),
    Stage.ENDED: ("pause", "flag", "not signed"),
    Stage.SIGNED: ("ink_2", "check", "signed"),
    Stage.CANCELLED: ("ink_2", "minus", "taken back"),
}


def who_words(initials: str, mrn: str, names: Names) -> str:
    """Write a patient with no more of the name than may be shown."""
    shown = (
        words.dotted(initials) if names is Names.INITIALS else "",
        words.hidden_mrn(mrn) if names is not Names.NONE else "",
    )
    return " · ".join(part for part in shown if part)


def stamp_of(one: Listed) -> tuple[Hashable, ...]:
    """Return what tells a found session from all others, and from itself as it was."""
    return (one.session, one)


def row_of(one: Listed, names: Names, record: Record) -> RowView:
    """Return a found session as a row; what was given is read when the row is first seen."""
    who = who_words(one.initials, one.mrn, names) or f"Chair {one.chair}"
    tone, icon, state = _LOOKS[one.stage]
    lines = f", {words.count_words(one.lines, 'line', 'lines')}" if one.version else ""
    version = f" v{one.version}" if one.version > 1 else ""
    held = f" · held: {one.hold_reason}" if one.hold_reason else ""
    given = _given(one.session, record)
    detail = " · ".join(filter(None, (f"chair {one.chair}", f"{state}{version}{lines}{held}", given)))
    at = date.fromisoformat(one.day)
    day, short = words.day_name(at), f"{at.day} {at:%b %Y}"
    cells = (Cell(who, bold=True, keeps_end=True), Cell(short, "ink_2"), Cell(detail, tone, icon=icon))
    return RowView(key=one.session, spoken=f"{who}, {day}, {detail}", cells=cells, tip=f"{day}\n{detail}")


def _given(session: str, record: Record) -> str:
    """Return what was given in a session; nothing where its record cannot be read."""
    try:
        stored = record.stored(f"session/{session}")
        found = fold(one.recorded for one in stored if one.recorded is not None)
    except (JournalError, ValueError):
        return ""
    names = (words.drug_name(service.order) for service in found.begun_services) if found else ()
    return ", ".join(dict.fromkeys(filter(None, names)))


def found_words(found: Found, wanted: str) -> str:
    """Say how many sessions were found by a text, and how many of them are listed."""
    if not found.count:
        return "Nothing on record is called that." if wanted else "Nobody was seated here yet."
    shown = len(found.listed)
    rest = f", the newest {shown} are listed" if shown < found.count else ""
    return f"{words.count_words(found.count, 'session', 'sessions')}{rest}."


def looked_words(looked: Looked) -> str:
    """Say how far a search is, while it reads what is in no list yet."""
    return f"Reading {looked.events:,} of {looked.of:,} events that were not looked through before…"


def about_words(chronicle: Chronicle) -> str:
    """Say beside the patient which session it is."""
    now = chronicle.now
    count = words.count_words(len(chronicle.told), "event", "events")
    if now is None:
        return f"{chronicle.session} · {count}"
    ended = f"–{words.clock(now.ended.at_us, now.zone)}" if now.ended else ""
    times = f"{words.clock(now.seated.at_us, now.zone)}{ended}"
    day = words.day(now.seated.at_us, now.zone)
    return f"chair {now.chair} · {day} · {times} · {count}"
