"""The list of a downtime on paper: under each patient what is to be entered, with a place to tick it off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.core.moments import Moment, local_time, time_words
from desktop_app.core.outages import Outage
from desktop_app.core.session import Session
from desktop_app.core.told import count_words, day_words, dotted, drug_words, known_words, way_words
from desktop_app.core.values import dataclass
from desktop_app.exchange.downtime_list import Done, PatientDone
from desktop_app.exchange.paper import (
    Block,
    Column,
    FactGroup,
    Facts,
    Notice,
    Paper,
    Table,
    TableRow,
    Words,
)
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.superbill import sender_of

TITLE = "Downtime list"
NOT_OVER = "The downtime is not over yet: this is what is recorded so far."
NOTHING = "Nothing was done to any patient in this time."
_TO_TICK = "______"
_LONG = 40
"""Details of more characters stand under their row."""
_HOUR, _MINUTE = 3600, 60
_COLUMNS = (
    Column("Time", 50, bold=True),
    Column("What", 62, bold=True),
    Column("Drug, dose", 116),
    Column("Way, site", 78),
    Column("Details"),
    Column("How known, by", 74),
    Column("Entered", 38),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The time a list is about: of a downtime that was stamped, or as somebody asked for it."""

    from_us: int
    to_us: int
    zone: str
    outage: Outage | None = None
    """The downtime; none where a list was asked for by two times."""


def downtime_paper(stretch: Stretch, told: Sequence[PatientDone], practice: Practice, *, foot: str) -> Paper:
    """Return the list of a downtime as paper."""
    days = day_words(local_time(stretch.from_us, stretch.zone).date())
    return Paper(
        title=TITLE,
        sender=sender_of(practice),
        under_title=(days, count_words(len(told), "patient", "patients")),
        running=f"{TITLE} · {days}",
        blocks=tuple(_blocks(stretch, told)),
        foot=foot,
    )


def _blocks(stretch: Stretch, told: Sequence[PatientDone]) -> Iterator[Block]:
    if stretch.outage is not None and stretch.outage.is_open:
        yield Notice(NOT_OVER)
    yield Facts((FactGroup("Downtime", tuple(_facts(stretch))),))
    if not told:
        yield Words(NOTHING)
    for one in told:
        rows = tuple(_row(one.session, done, stretch) for done in one.done)
        yield Table(_COLUMNS, rows, under_from=2, title=_patient(one.session))


def _facts(stretch: Stretch) -> Iterator[tuple[str, str]]:
    outage, zone = stretch.outage, stretch.zone
    yield "What", outage.system if outage else ""
    yield "Began", _stamp(outage.begun, zone) if outage else _when(stretch.from_us, zone)
    if outage is None:
        yield "Over", _when(stretch.to_us, zone)
    else:
        yield "Over", _stamp(outage.over, zone) if outage.over else "not yet"
    seconds = (stretch.to_us - stretch.from_us) // 1_000_000
    yield "Lasted", f"{seconds // _HOUR}:{seconds // _MINUTE % _MINUTE:02}:{seconds % _MINUTE:02}"
    yield "Times of", zone


def _stamp(moment: Moment, zone: str) -> str:
    return f"{_when(moment.at_us, zone)}, {known_words(moment)}"


def _when(at_us: int, zone: str) -> str:
    return f"{day_words(local_time(at_us, zone).date())} {time_words(at_us, zone)}"


def _patient(session: Session) -> str:
    known = session.registration
    name = ", ".join(filter(None, (known.family, known.given))) or dotted(session.initials)
    born = f"born {known.birth_date.isoformat()}" if known.birth_date else ""
    mrn = f"MRN {session.mrn}" if session.mrn else ""
    return " · ".join(filter(None, (name, mrn, born, f"chair {session.chair}")))


def _row(session: Session, done: Done, stretch: Stretch) -> TableRow:
    service = done.service
    rate = f"{done.rate_ml_h} mL/h" if done.rate_ml_h else ""
    is_long = len(done.detail) > _LONG
    under = (done.detail if is_long else "", done.facts, corrected_words(done, session))
    cells = (
        time_of(done, session, stretch),
        done.action,
        drug_words(service.order) if service else "",
        way_words(service.order) if service else "",
        " · ".join(filter(None, (rate, "" if is_long else done.detail))),
        known_words(done.at) if done.at else "",
        _TO_TICK,
    )
    return TableRow(cells, "\n".join(filter(None, under)))


def time_of(done: Done, session: Session, stretch: Stretch) -> str:
    """Write when something was done, with its day where that is not the downtime's first."""
    if done.at is None:
        return ""
    at = local_time(done.at.at_us, session.zone).date()
    told = time_words(done.at.at_us, session.zone)
    first = local_time(stretch.from_us, stretch.zone).date()
    return told if at == first else f"{told} {day_words(at)}"


def corrected_words(done: Done, session: Session) -> str:
    """Say what a time was before it was corrected, and why."""
    correction = done.corrected
    if correction is None:
        return ""
    return f"corrected from {time_words(correction.before.at_us, session.zone)}: {correction.reason}"
