"""The rows of a day's list: who, when, what is billed or in the way, where it stands, and what can be done.

What earlier days left over stands in the same list, under a heading. It may be a year's, so its rows are
put into words when they are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from desktop_app.core.day import Entry, Fate, Leftover, Standing
from desktop_app.core.day_book import DayPage
from desktop_app.core.events import SignedLine
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.day_text import read_day
from desktop_app.ui.widgets.row_columns import Column
from desktop_app.ui.widgets.row_model import Cell, Link, RowView

COLUMNS = (
    Column("Patient", 124),
    Column("Chair", 36),
    Column("Time", 86),
    Column("Lines", 130, goes_below=True),
    Column("Hours", 38, at_right=True),
    Column("State", 140),
)
LINKS = 114
"""How wide the place of what can be done is."""
MOST_CODES = 4
_WHO, _CHAIR, _WHEN, _WHAT, _HOURS, _STATE = range(6)


class Act(StrEnum):
    """What can be done with a session of the list."""

    OPEN = "open"
    HISTORY = "history"
    """Show it in the review, or at its chair."""
    HOLD = "hold"
    RELEASE = "release"


LOOKS: dict[Standing, tuple[str, str]] = {
    Standing.RUNNING: ("run", "play"),
    Standing.BLOCKED: ("alert", "alert"),
    Standing.WAITING: ("done", "pencil"),
    Standing.HELD: ("pause", "pause"),
    Standing.READY: ("run", "check"),
    Standing.SENT: ("ink_2", "send"),
    Standing.NOTHING: ("ink_2", "minus"),
}
"""The colour and the icon of each place a session can stand at."""
SEATED, SEATED_LOOK = "seated", ("due", "clock")
"""What is said of a patient who is here while nothing runs, as on the board."""
_OPENS = {
    Standing.RUNNING: "chair",
    Standing.BLOCKED: "resolve",
    Standing.WAITING: "review",
}
"""What opening a session is called where it is the next thing to do."""
_SENT_BEFORE: dict[Fate | None, str] = {
    Fate.CORRECTION: "corrected",
    Fate.TAKING_BACK: "all is taken back",
}
"""What an export does with a session that was sent before and signed again."""
HOLDABLE = frozenset({Standing.BLOCKED, Standing.WAITING, Standing.READY})


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands below it."""

    text: str


Item = Entry | Leftover | Heading


@dataclass(frozen=True, slots=True)
class Telling:
    """How rows are told: with how much of a name, which are ticked, and how a leftover is looked into."""

    names: Names
    is_ticked: Callable[[str], bool]
    entry_of: Callable[[str], Entry | None]
    is_locked: bool = False
    """Whether the day's sessions stay as they are; those of earlier days are none of it."""


def items_of(page: DayPage, leftovers: Sequence[Leftover], wanted: str = "") -> tuple[Item, ...]:
    """Return the rows of a list: the day's sessions, then what is left over, of those that are looked for."""
    of_day = [entry for entry in page.entries if _is_meant(entry, wanted)]
    left = [one for one in leftovers if _is_meant(one, wanted)]
    if not left:
        return tuple(of_day)
    count = words.count_words(len(left), "session is", "sessions are")
    return (*of_day, Heading(f"Earlier days: {count} left over"), *left)


def stamp_of(item: Item) -> tuple[Hashable, ...]:
    """Return what tells a row from all others and from itself as it was."""
    if isinstance(item, Heading):
        return ("", item.text)
    if isinstance(item, Entry):
        return (item.session.id, item.session.version, item.standing, item.why, item.fate)
    return (item.listed.session, item.listed, item.standing, item.why)


def standing_of(item: Item) -> Standing | None:
    """Return where the session of a row stands; None for a heading."""
    return None if isinstance(item, Heading) else item.standing


def ready_of(items: Iterable[Item]) -> list[str]:
    """Return the ids of the sessions of a list that can be sent."""
    return [str(stamp_of(item)[0]) for item in items if standing_of(item) is Standing.READY]


def row_of(item: Item, telling: Telling) -> RowView:
    """Return a row as it is drawn and spoken."""
    if isinstance(item, Heading):
        return RowView(key="", spoken=item.text)
    if isinstance(item, Entry):
        row = _row(item.session.id, item.standing, _cells(item, telling.names), telling)
        return replace(row, links=()) if telling.is_locked else row
    entry = telling.entry_of(item.listed.session)
    cells = _cells(entry, telling.names) if entry is not None else _listed_cells(item, telling.names)
    cells[_WHEN] = Cell(words.day_in_list(date.fromisoformat(item.listed.day)))
    return _row(item.listed.session, item.standing, cells, telling)


def _row(session: str, standing: Standing, cells: list[Cell], telling: Telling) -> RowView:
    who, chair, when, what, _, state = (cell.text for cell in cells)
    spoken = f"{who or 'no name'}, chair {chair}, {when}, {state}: {what}"
    return RowView(
        key=session,
        spoken=spoken,
        cells=tuple(cells),
        tick=telling.is_ticked(session) if standing is Standing.READY else None,
        links=_links(standing),
        tip="\n".join(part for part in (f"{who} · chair {chair} · {when}", what, state) if part),
    )


def _links(standing: Standing) -> tuple[Link, ...]:
    links = [Link(Act.OPEN, _OPENS[standing])] if standing in _OPENS else []
    links += [Link(Act.HOLD, "hold…")] if standing in HOLDABLE else []
    links += [Link(Act.RELEASE, "release")] if standing is Standing.HELD else []
    return tuple(links)


def _cells(entry: Entry, names: Names) -> list[Cell]:
    session, told = entry.session, entry.told
    who = who_words(session.initials, session.mrn, names) or f"Chair {session.chair}"
    return [
        Cell(who, bold=True, keeps_end=True),
        Cell(session.chair),
        Cell(_times(session)),
        _what(entry),
        Cell(str(told.billable_hours) if told.billable_hours else "–"),
        _state(entry),
    ]


def _listed_cells(left: Leftover, names: Names) -> list[Cell]:
    """Return what is known of a session that cannot be looked into."""
    listed = left.listed
    who = who_words(listed.initials, listed.mrn, names) or f"Chair {listed.chair}"
    tone, icon = LOOKS[left.standing]
    what = left.why or words.count_words(listed.lines, "line", "lines")
    state = Cell(left.standing.value, tone, icon=icon)
    name = Cell(who, bold=True, keeps_end=True)
    return [name, Cell(listed.chair), Cell(listed.day), Cell(what), Cell("–"), state]


def who_words(initials: str, mrn: str, names: Names) -> str:
    """Write a patient with no more of the name than may be shown."""
    shown = (
        words.dotted(initials) if names is Names.INITIALS else "",
        words.hidden_mrn(mrn) if names is not Names.NONE else "",
    )
    return " · ".join(part for part in shown if part)


def _times(session: Session) -> str:
    begun = words.clock(session.seated.at_us, session.zone)
    is_over = session.ended is not None and not session.missing_stops
    end = words.clock(session.ended.at_us, session.zone) if session.ended and is_over else "?"
    return f"{begun}–{end}"


def _what(entry: Entry) -> Cell:
    """Return what is billed, or what is in the way of it; and that it was sent, where it was opened again."""
    cell = _told(entry)
    return replace(cell, text=f"sent before; {cell.text}") if entry.fate is Fate.OPENED else cell


def _told(entry: Entry) -> Cell:
    standing, session = entry.standing, entry.session
    if standing is Standing.BLOCKED:
        missing = ", ".join(words.drug_name(service.order) for service in session.missing_stops)
        return Cell(f"no stop: {missing}" if missing else entry.why.rstrip("."), "alert")
    if standing is Standing.HELD:
        return Cell(f"held: {entry.why}", "pause")
    if standing is Standing.RUNNING:
        running = ", ".join(words.drug_name(service.order) for service in session.open_services)
        resting = "nothing runs" if session.begun_services else "nothing started"
        return Cell(f"{running} running" if running else resting, "ink_2")
    if session.signature is None:
        count = words.count_words(entry.told.lines, "line", "lines")
        return Cell(f"{count} to sign" if entry.told.lines else "no lines", "ink_2")
    told = ": ".join(filter(None, (_SENT_BEFORE.get(entry.fate), codes_words(session.signature.lines))))
    return Cell(told or "no lines", "ink" if standing is Standing.READY else "ink_2")


def codes_words(lines: Sequence[SignedLine]) -> str:
    """Write the first codes of some lines with modifiers and units, and how many more there are."""
    codes = [f"{_code(line)}{f'×{line.units}' if line.units > 1 else ''}" for line in lines]
    more = len(codes) - MOST_CODES
    return " · ".join(codes[:MOST_CODES]) + (f" · +{more}" if more > 0 else "")


def _code(line: SignedLine) -> str:
    """Write a code with its modifiers as billers do: J3373-JW."""
    return "-".join((line.code, *line.modifiers))


def _state(entry: Entry) -> Cell:
    tone, icon = SEATED_LOOK if _only_sits(entry) else LOOKS[entry.standing]
    signature = entry.session.signature
    said = _standing_words(entry)
    if entry.standing is Standing.READY and entry.fate in _SENT_BEFORE:
        said = f"{said}, sent before"
    elif signature is not None and entry.standing is Standing.READY:
        said = f"{said} · {signature.at.by} {words.clock(signature.at.at_us, entry.session.zone)}"
    return Cell(said, tone, icon=icon)


def _standing_words(item: Entry | Leftover) -> str:
    return SEATED if isinstance(item, Entry) and _only_sits(item) else item.standing.value


def _only_sits(entry: Entry) -> bool:
    """Return whether a patient is here and nothing runs: not begun yet, or between two services."""
    return entry.standing is Standing.RUNNING and not entry.session.open_services


def _is_meant(item: Entry | Leftover, wanted: str) -> bool:
    """Return whether a session is looked for: by initials, MRN, chair, day or where it stands."""
    text = wanted.strip().casefold()
    if not text:
        return True
    if isinstance(item, Entry):
        session = item.session
        known = (session.initials, session.mrn, session.chair, session.day.isoformat())
    else:
        listed = item.listed
        known = (listed.initials, listed.mrn, listed.chair, listed.day)
    initials, mrn, chair, day = known
    day_meant = read_day(text)
    return (
        text.replace(".", "").replace(" ", "") in {_bare(initials), f"chair{chair}".casefold()}
        or text in mrn.casefold()
        or text == chair.casefold()
        or text in _standing_words(item)
        or (day_meant is not None and day_meant.isoformat() == day)
    )


def _bare(initials: str) -> str:
    return initials.replace(".", "").replace(" ", "").casefold()
