"""What an undo takes back, in words: read off the suite, so that it is true after a restart too."""

from __future__ import annotations

from desktop_app.core.session import Session
from desktop_app.core.suite import Mark
from desktop_app.ui import words

NOUNS = {
    "patient-seated": "seating",
    "chair-changed": "change of chair",
    "session-ended": "end of the session",
    "session-held": "hold",
    "hold-released": "release of the hold",
    "service-planned": "plan",
    "plan-reordered": "order of the plan",
    "service-started": "start",
    "service-given": "dose",
    "service-paused": "pause",
    "service-resumed": "resume",
    "service-stopped": "stop",
    "stop-proposed": "later stop",
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


def taken_back(touched: Session | Mark, zone: str) -> str:
    """Name the chair and the touch that an undo takes back: Chair 3 · Vancomycin start taken back."""
    what = _of_mark(touched, zone) if isinstance(touched, Mark) else _of_session(touched)
    place = f"Chair {touched.chair} · " if touched.chair else ""
    return f"{place}{what} taken back"


def _of_mark(mark: Mark, zone: str) -> str:
    at = words.clock_s(mark.at.at_us, zone)
    return f"dropping of the mark at {at}" if mark.dropped else f"mark at {at}"


def _of_session(session: Session) -> str:
    nouns = " and ".join(dict.fromkeys(NOUNS[kind] for kind in session.touch_said))
    return f"{_drugs_touched(session)} {nouns}".strip()


def _drugs_touched(session: Session) -> str:
    before = session.before.services if session.before else ()
    changed = [service for service in session.services if service not in before]
    return ", ".join(dict.fromkeys(words.drug_name(service.order) for service in changed))
