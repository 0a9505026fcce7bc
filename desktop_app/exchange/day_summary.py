"""A day on paper: every session with where it stands, lines by code, hours infused and billable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from desktop_app.coding.clock_findings import clock_note
from desktop_app.core.events import SignedLine
from desktop_app.core.moments import time_words
from desktop_app.core.session import Session
from desktop_app.core.told import day_words, who
from desktop_app.core.values import dataclass
from desktop_app.exchange.day_sessions import DaySession, Standing
from desktop_app.exchange.paper import (
    Block,
    Column,
    FactGroup,
    Facts,
    Heading,
    Paper,
    Table,
    TableRow,
    Words,
    without_column,
)
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.superbill import sender_of
from desktop_app.exchange.superbill_lines import NO_CHARGE, dollars

TITLE = "Day summary"
NOT_KNOWN = "–"
_MINUTES = 60
_SESSIONS = (
    Column("Chair", 34),
    Column("Patient", 84, bold=True),
    Column("Seated, left", 88),
    Column("State", 62),
    Column("Lines"),
    Column("Infused", 40, right=True),
    Column("Billable", 42, right=True),
)
_CODES = (
    Column("Code", 60, bold=True),
    Column("Lines", 50, right=True),
    Column("Units", 60, right=True),
    Column("Charge", 90, right=True),
    Column(""),
)
_CHARGE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One session as a row of the summary: little enough to keep of every session of a year."""

    session: str
    seated_us: int
    chair: str
    who: str
    times: str
    standing: Standing
    state: str
    """The standing in words."""
    why: str
    """What it waits for, and what happened to the clock while it was timed."""
    lines: str
    infused_minutes: int | None = None
    billable_hours: int | None = None


@dataclass(slots=True)
class Codes:
    """Lines, units and charges by code."""

    lines: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    cents: Counter[str] = field(default_factory=Counter)
    without_charge: int = 0
    taken_back: int = 0
    """Lines of a version that has none any more: counted, their units are not."""

    def add(self, line: SignedLine, practice: Practice) -> None:
        """Count a line."""
        self.lines[line.code] += 1
        self.units[line.code] += line.units
        each = practice.charges.cents(line.code, line.date)
        if each is None:
            self.without_charge += 1
        else:
            self.cents[line.code] += each * line.units

    def update(self, other: Codes) -> None:
        """Count in what another has."""
        self.lines.update(other.lines)
        self.units.update(other.units)
        self.cents.update(other.cents)
        self.without_charge += other.without_charge
        self.taken_back += other.taken_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a summary tells: the sessions of a day, or nothing but the sums of several."""

    under_title: tuple[str, ...]
    entries: Sequence[Entry]
    codes: Codes
    of_codes: str
    """Which lines are counted by code, as the heading over them."""
    of_sums: str = "Signed lines"
    """The same over their sums."""
    is_whole: bool = True
    """Whether every session of the day is told of, and not those of a batch alone."""
    lists_sessions: bool = True


def entry_of(known: DaySession, state: str = "") -> Entry:
    """Return a session as a row."""
    session = known.session
    return Entry(
        session=session.id,
        seated_us=session.seated.at_us,
        chair=session.chair,
        who=who(session) or "no name",
        times=_times(session),
        standing=known.standing,
        state=state or known.standing.value,
        why=". ".join(filter(None, (known.why, _first_large(clock_note(session))))),
        lines=lines_words(known.lines),
        infused_minutes=known.infused_minutes,
        billable_hours=known.billable_hours,
    )


def lines_words(lines: Iterable[SignedLine]) -> str:
    """Write lines in short, none of them broken in two: 96413 ×1 · J1745 ×40 JZ."""
    return " · ".join("\u00a0".join((line.code, f"×{line.units}", *line.modifiers)) for line in lines)


def day_summary(summary: Summary, practice: Practice, *, foot: str) -> Paper:
    """Return a summary as paper."""
    return Paper(
        title=TITLE,
        sender=sender_of(practice),
        under_title=summary.under_title,
        running=" · ".join((TITLE, *summary.under_title)),
        blocks=tuple(_blocks(summary)),
        foot=foot,
    )


def signed_so_far(known: Sequence[DaySession], practice: Practice, under_title: tuple[str, ...]) -> Summary:
    """Return a day as it stands, with the lines that are signed by now, sent or not."""
    codes = Codes()
    for session in known:
        for line in session.lines:
            codes.add(line, practice)
    return Summary(
        under_title=under_title,
        entries=[entry_of(session) for session in known],
        codes=codes,
        of_codes="Signed lines, by code",
    )


def of_day(day: date, *more: str) -> tuple[str, ...]:
    """Return what stands under the title of a day's summary."""
    return (day_words(day), *more)


def _times(session: Session) -> str:
    seated = time_words(session.seated.at_us, session.zone)
    left = time_words(session.ended.at_us, session.zone) if session.ended else "still here"
    return f"{seated}, {left}"


def _blocks(summary: Summary) -> Iterator[Block]:
    yield Facts((_standings(summary.entries), _time(summary.entries), _sums(summary)))
    if summary.lists_sessions:
        yield Heading("Sessions")
        if not summary.is_whole:
            yield Words("Only the sessions of this batch; what else the day held is not told here.")
        yield _sessions(summary.entries)
    yield Heading(summary.of_codes)
    yield from _codes(summary.codes)


def _standings(entries: Sequence[Entry]) -> FactGroup:
    counted = Counter(entry.standing for entry in entries)
    told = [(_first_large(standing.value), str(counted[standing])) for standing in Standing]
    return FactGroup("Sessions", (("All", str(len(entries))), *told))


def _time(entries: Sequence[Entry]) -> FactGroup:
    return FactGroup(
        "Time",
        (
            ("Infused", _hours([entry.infused_minutes for entry in entries])),
            ("Billable", _billable([entry.billable_hours for entry in entries])),
        ),
    )


def _sums(summary: Summary) -> FactGroup:
    """Return the sums of the lines; a batch may hold fewer than the day, so its sums are called its own."""
    codes = summary.codes
    return FactGroup(
        summary.of_sums,
        (
            ("Lines", str(codes.lines.total())),
            ("Units", str(codes.units.total())),
            ("Taken back", str(codes.taken_back) if codes.taken_back else ""),
            ("Charges", _charges(codes.cents)),
        ),
    )


def _sessions(entries: Sequence[Entry]) -> Table:
    in_order = sorted(entries, key=lambda entry: (entry.seated_us, entry.session))
    total = TableRow(
        (
            "",
            "Total",
            "",
            "",
            "",
            _hours([entry.infused_minutes for entry in entries]),
            _billable([entry.billable_hours for entry in entries]),
        ),
        is_sum=True,
    )
    return Table(_SESSIONS, (*map(_session, in_order), total), under_from=1)


def _session(entry: Entry) -> TableRow:
    cells = (
        entry.chair,
        entry.who,
        entry.times,
        entry.state,
        entry.lines or "no lines",
        _hours([entry.infused_minutes]),
        _billable([entry.billable_hours]),
    )
    return TableRow(cells, entry.why)


def _codes(codes: Codes) -> Iterator[Block]:
    if codes.lines:
        rows = [
            TableRow((code, str(count), str(codes.units[code]), _charge(codes.cents, code), ""))
            for code, count in sorted(codes.lines.items())
        ]
        sums = ("Total", str(codes.lines.total()), str(codes.units.total()), _charges(codes.cents), "")
        table = Table(_CODES, (*rows, TableRow(sums, is_sum=True)))
        yield table if codes.cents else without_column(table, _CHARGE)
    else:
        yield Words("No lines.")
    if codes.cents and codes.without_charge:
        yield Words(f"Lines for which no charge is known: {codes.without_charge}.")
    if codes.taken_back:
        yield Words(f"Lines taken back: {codes.taken_back}. Their units are not counted.")


def _charge(cents: Mapping[str, int], code: str) -> str:
    return dollars(cents[code]) if code in cents else NO_CHARGE


def _charges(cents: Counter[str]) -> str:
    return dollars(cents.total()) if cents else ""


def _hours(minutes: Sequence[int | None]) -> str:
    known = [each for each in minutes if each is not None]
    total = sum(known)
    return f"{total // _MINUTES}:{total % _MINUTES:02}" if known else NOT_KNOWN


def _billable(hours: Sequence[int | None]) -> str:
    known = [each for each in hours if each is not None]
    return f"{sum(known)} h" if known else NOT_KNOWN


def _first_large(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
