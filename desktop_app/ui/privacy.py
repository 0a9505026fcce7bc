"""Looking at what is hidden of a patient: a fact of its own, recorded before anything is shown."""

from __future__ import annotations

from functools import partial

from desktop_app.core.care import show_patient
from desktop_app.core.decisions import Refusal
from desktop_app.core.events import MRN
from desktop_app.core.session import Session
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch

DATA = "data for billing"


def may_look(station: Station, session: Session, what: str = MRN) -> bool:
    """Record that the whole MRN, what billing knows or a paper was looked at; False when refused.

    A full disk keeps nobody from a patient's number: the look is kept and recorded later.
    """
    when = station.stamp()
    action = partial(show_patient, what=what)
    said = f"Chair {session.chair} · {what.upper() if what == MRN else what} shown"
    look = Touch(said, lambda: station.desk.touch(session.id, action, when), can_undo=False, is_look=True)
    return not isinstance(station.touches.send(look), Refusal)
