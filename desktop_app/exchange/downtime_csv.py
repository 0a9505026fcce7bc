"""The list of a downtime as a table, for systems that take one: a row for each thing that was done.

CSV as ``csv_file`` writes it: UTF-8, commas, CRLF, and no cell that a spreadsheet would compute.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from desktop_app.core.moments import local_time
from desktop_app.core.session import Session
from desktop_app.core.told import HOW_WORDS, ROUTE_WORDS, dose_words, site_words
from desktop_app.exchange.downtime_list import Done, PatientDone
from desktop_app.exchange.downtime_paper import Stretch, corrected_words
from desktop_app.exchange.formulas import neutral

Value = Callable[[Stretch, Session, Done], str]


def _time(at_us: int, zone: str) -> str:
    return local_time(at_us, zone).isoformat(timespec="seconds")


def _of_service(value: Callable[[Done], str]) -> Value:
    return lambda _stretch, _session, done: value(done) if done.service else ""


def _drug(done: Done) -> str:
    return done.service.order.drug if done.service else ""


def _dose(done: Done) -> str:
    return dose_words(done.service.order) if done.service else ""


def _route(done: Done) -> str:
    return ROUTE_WORDS[done.service.order.route] if done.service else ""


def _site(done: Done) -> str:
    return site_words(done.service.order.site) if done.service else ""


def _ndc(done: Done) -> str:
    dose = done.service.order.dose if done.service else None
    return dose.ndc if dose else ""


def _over(stretch: Stretch, _session: Session, _done: Done) -> str:
    is_open = stretch.outage is not None and stretch.outage.is_open
    return "" if is_open else _time(stretch.to_us, stretch.zone)


COLUMNS: tuple[tuple[str, Value], ...] = (
    ("downtime_began", lambda stretch, _s, _d: _time(stretch.from_us, stretch.zone)),
    ("downtime_over", _over),
    ("system", lambda stretch, _s, _d: stretch.outage.system if stretch.outage else ""),
    ("session", lambda _, session, _d: session.id),
    ("mrn", lambda _, session, _d: session.mrn),
    ("initials", lambda _, session, _d: session.initials),
    ("family_name", lambda _, session, _d: session.registration.family),
    ("given_name", lambda _, session, _d: session.registration.given),
    (
        "birth_date",
        lambda _, session, _d: born.isoformat() if (born := session.registration.birth_date) else "",
    ),
    ("chair", lambda _, session, _d: session.chair),
    ("at", lambda _, session, done: _time(done.at.at_us, session.zone) if done.at else ""),
    ("action", lambda _, _s, done: done.action),
    ("drug", _of_service(_drug)),
    ("dose", _of_service(_dose)),
    ("route", _of_service(_route)),
    ("site", _of_service(_site)),
    ("rate_ml_h", lambda _, _s, done: done.rate_ml_h),
    ("detail", lambda _, _s, done: " · ".join(filter(None, (done.detail, done.facts)))),
    ("how_known", lambda _, _s, done: HOW_WORDS[done.at.how] if done.at else ""),
    ("by", lambda _, _s, done: done.at.by if done.at else ""),
    ("recorded", lambda _, session, done: _time(done.at.recorded_us, session.zone) if done.at else ""),
    ("corrected", lambda _, session, done: corrected_words(done, session)),
    ("ndc", _of_service(_ndc)),
)
"""Each column: its heading, and what stands in it."""

HEADS = tuple(head for head, _ in COLUMNS)


def downtime_csv(stretch: Stretch, told: Sequence[PatientDone]) -> str:
    """Return the list of a downtime as a table with headings."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(HEADS)
    for one in told:
        for done in one.done:
            table.writerow(neutral(value(stretch, one.session, done)) for _, value in COLUMNS)
    return text.getvalue()
