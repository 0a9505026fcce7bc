"""What an undo takes back, in words: read off the suite, so that it is true after a restart too."""

from __future__ import annotations

from itertools import groupby

from desktop_app.core.outages import Outage
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark, Touched
from desktop_app.ui import words

NOUNS = {
    "patient-seated": "seating",
    "chair-changed": "change of chair",
    "session-ended": "end of the session",
    "session-held": "hold",
    "hold-released": "release of the hold",
    "patient-identified": "MRN and initials",
    "patient-registered": "patient's data",
    "terms-changed": "terms of billing",
    "service-planned": "plan",
    "plan-reordered": "order of the plan",
    "service-started": "start",
    "service-given": "dose",
    "service-paused": "pause",
    "service-resumed": "resume",
    "service-stopped": "stop",
    "stop-proposed": "later stop",
    "proposals-settled": "answer to a later stop",
    "stop-not-witnessed": "“not witnessed”",
    "stop-removed": "return to running",
    "service-voided": "strike-out",
    "moment-corrected": "correction",
    "order-changed": "change of order",
    "dose-recorded": "dose and containers",
    "rate-changed": "rate",
    "bag-changed": "new bag",
    "site-opened": "further site",
    "note-added": "note",
    "reminder-acknowledged": "acknowledgement",
}
"""From the kind of a session's event to what is taken back with it."""

_OF_NO_SERVICE = frozenset(
    {
        "patient-seated",
        "chair-changed",
        "session-ended",
        "session-held",
        "hold-released",
        "patient-identified",
        "patient-registered",
        "terms-changed",
        "site-opened",
    }
)


def taken_back(touched: Touched, zone: str) -> str:
    """Say what an undo took back: Chair 3 · Vancomycin start taken back."""
    return f"{what_is_taken_back(touched, zone)} taken back"


def what_is_taken_back(touched: Touched, zone: str) -> str:
    """Name the chair and the touch that an undo takes back: Chair 3 · Vancomycin start."""
    if isinstance(touched, Outage):
        return f"{'End' if touched.over else 'Beginning'} of the downtime"
    what = _of_mark(touched, zone) if isinstance(touched, Mark) else _of_session(touched)
    place = f"Chair {touched.chair} · " if touched.chair else ""
    return f"{place}{what}"


def _of_mark(mark: Mark, zone: str) -> str:
    at = words.clock_s(mark.at.at_us, zone)
    return f"dropping of the mark at {at}" if mark.dropped else f"mark at {at}"


def _of_session(session: Session) -> str:
    """Name each thing with its drug: Vancomycin stop and Normal saline start."""
    parts = [(_drugs_of(kind, session), _noun(kind, session)) for kind in dict.fromkeys(session.touch_said)]
    grouped = [
        (drugs, " and ".join(noun for _, noun in same)) for drugs, same in groupby(parts, key=lambda p: p[0])
    ]
    return " and ".join(f"{drugs} {nouns}".strip() for drugs, nouns in grouped)


def _noun(kind: str, session: Session) -> str:
    if kind == "chair-changed" and session.before is not None:
        return f"move from chair {session.before.chair}"
    return NOUNS[kind]


def _drugs_of(kind: str, session: Session) -> str:
    before = session.before.services if session.before else ()
    was = {service.id: service for service in before}
    changed = [service for service in session.services if service not in before]
    if kind == "note-added":
        changed = _noted(session)
    elif kind in _OF_NO_SERVICE:
        changed = []
    elif kind in {"service-started", "service-given"}:
        changed = [s for s in changed if s.start and not (s.id in was and was[s.id].start)]
    elif kind == "service-stopped":
        changed = [s for s in changed if s.stop and s.id in was]
    return ", ".join(dict.fromkeys(words.drug_name(service.order) for service in changed))


def _noted(session: Session) -> list[Service]:
    """Return the services that the notes of the last touch are about."""
    before = len(session.before.notes) if session.before else 0
    found = (session.service(note.service) for note in session.notes[before:])
    return [service for service in found if service is not None]
