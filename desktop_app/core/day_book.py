"""The lists of any day and what earlier days have left over, read from the journal when they are wanted.

A day's sessions are looked into one by one: there are as many as the suite treats in a day. What is
left over may be a year's, and is taken from the journal's own list as far as that tells; only what
waits for a signature, or is in a batch of which nobody knows whether it went out, is looked into too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from desktop_app.core.day import Entry, FateOf, Leftover, Told, ToldOf, day_list, entry_of, listed_standing
from desktop_app.core.session import Session, Stage
from desktop_app.core.shelf import Shelf
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class DayPage:
    """The list of one day."""

    day: date
    entries: tuple[Entry, ...] = ()
    taken_back: int = 0
    """How many were seated by mistake and undone: no sessions, and not in the list."""


class DayBook:
    """Tells where the sessions of days stand. Its methods raise JournalError where one cannot be read."""

    def __init__(
        self, shelf: Shelf, *, fate_of: FateOf, told_of: ToldOf, doubtful: Callable[[], Collection[str]]
    ) -> None:
        self._shelf = shelf
        self._fate_of = fate_of
        self._told_of = told_of
        self._doubtful = doubtful
        """Gives the sessions of batches of which nobody knows whether they went out."""
        self._told: dict[str, tuple[int, Told]] = {}
        self._read: dict[str, Session] = {}
        """The sessions that are not at hand, of the day that is looked at."""

    def page(self, day: date) -> DayPage:
        """Return the list of a day: every session of it once."""
        names = self._shelf.names_of(day)
        self._read = {name: session for name, session in self._read.items() if name in names}
        sessions = [session for session in map(self._session, names) if session is not None]
        taken_back = sum(1 for session in sessions if session.stage is Stage.CANCELLED)
        return DayPage(day, day_list(sessions, self._fate_of, self._told_once), taken_back)

    def leftovers(self, before: date, but: date) -> tuple[Leftover, ...]:
        """Return what is not settled of the days before one, but for one of them, oldest first."""
        listed = (one for one in self._shelf.listed(before) if one.day != but.isoformat())
        doubtful = self._doubtful()
        found = []
        for one in listed:
            stands = None if one.session in doubtful else listed_standing(one)
            if stands is None:
                entry = self.entry(one.session)
                stands = (entry.standing, entry.why) if entry else None
            found += [Leftover(one, *stands)] if stands else []
        return tuple(found)

    def forget(self, session: str) -> None:
        """Read a session anew when it is asked for next: it has changed."""
        self._read.pop(session, None)

    def entry(self, session: str) -> Entry | None:
        """Return one session with where it stands; None where there is none."""
        found = self._session(session)
        return entry_of(found, self._fate_of, self._told_once) if found else None

    def _session(self, name: str) -> Session | None:
        """Return a session as it stands at hand; another is read once, while its day is looked at."""
        session = self._shelf.at_hand(name) or self._read.get(name) or self._shelf.session(name)
        if session is not None and self._shelf.at_hand(name) is None:
            self._read[name] = session
        return session

    def _told_once(self, session: Session) -> Told:
        """Ask the coder about a session once, until it has changed."""
        known = self._told.get(session.id)
        if known is None or known[0] != session.version:
            known = self._told[session.id] = (session.version, self._told_of(session))
        return known[1]
