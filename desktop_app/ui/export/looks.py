"""Whole MRNs and names stand in what is sent: that somebody looks at them is recorded first."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.ui.privacy import may_look
from desktop_app.ui.station import Station

LINES = "lines for billing"


def may_look_at(station: Station, sessions: Iterable[str]) -> bool:
    """Record that the lines of some sessions, by their ids, were looked at; False when that was refused."""
    found = (station.desk.session(name) for name in dict.fromkeys(sessions))
    return all(may_look(station, session, LINES) for session in found if session is not None)
