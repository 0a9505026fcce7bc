"""Who is signed in at the window: out with the lock, in again with who opens it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress

from desktop_app.core.access import NOBODY, Right, Secret
from desktop_app.core.access_log import LOCKED
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Outcome
from desktop_app.core.events import EmergencyOpened
from desktop_app.core.ports import JournalError
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch


def go_out(station: Station, why: str = LOCKED) -> str:
    """Sign whoever is on out, where people are named; return who it was."""
    station.viewed.flush()
    desk = station.desk
    if not desk.expected.people.are_named:
        return ""
    on = desk.access.on
    if on:
        _send(station, f"{on} signed out", lambda: desk.access.sign_out(why))
    desk.actor = NOBODY
    return on


def come_in(station: Station, name: str, by: Secret) -> bool:
    """Sign somebody in; False where they are none of the people here."""
    station.viewed.flush()
    return _send(station, f"{name} signed in", lambda: station.desk.access.sign_in(name, by))


def tell_turned_away(station: Station, name: str, by: str) -> None:
    """Tell that somebody was not let in."""
    said = "Somebody was not let in"
    _send(station, said, lambda: station.desk.access.turned_away(name, Secret(by)))


def sign_marks(station: Station, before: Collection[str]) -> None:
    """Put the name of who is on to the instants that were stamped since the lock."""
    desk = station.desk
    marks = [mark.id for mark in desk.expected.marks.values() if mark.is_unsigned and mark.id not in before]
    if marks and Right.CARE in desk.acting.rights:
        _send(station, "Stamps signed", lambda: desk.access.sign_marks(marks))


def who_in_emergency(station: Station, access: str) -> str:
    """Return who works by an emergency access, also one that waits to be saved; empty where it is unread."""
    desk = station.desk
    waiting = (event for kept in desk.waiting for write in kept.decided.writes for event in write.events)
    with suppress(JournalError):
        for one in (*waiting, *(stored.opened for stored in desk.access.emergencies())):
            if isinstance(one, EmergencyOpened) and one.access == access:
                return one.person
    return ""


def _send(station: Station, said: str, record: Callable[[], Outcome]) -> bool:
    look = Touch(said, record, can_undo=False, is_look=True)
    return not isinstance(station.touches.send(look), Refusal)
