"""Sessions of the journal, read when they are wanted, one at a time, and not kept.

The desk has at hand whoever still needs somebody, and today's. What was signed and waits for billing may
be a year's: it is listed from the journal, and read only by whoever sends or shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from desktop_app.core import events as e
from desktop_app.core.fold import fold
from desktop_app.core.ports import Journal, Listed
from desktop_app.core.session import Session

AtHand = Callable[[], Mapping[str, Session]]


def nothing_at_hand() -> Mapping[str, Session]:
    """Have no session at hand: every one is read."""
    return {}


class Shelf:
    """Reads sessions from a journal; one that is at hand is taken as it stands there.

    Every method raises JournalError when the journal cannot be read.
    """

    def __init__(self, journal: Journal, at_hand: AtHand = nothing_at_hand) -> None:
        self._journal = journal
        self._at_hand = at_hand

    def session(self, name: str) -> Session | None:
        """Return a session by its id; None where there is none."""
        found = self._at_hand().get(name)
        return found or fold(self._journal.load(e.session_stream(name)))

    def at_hand(self, name: str) -> Session | None:
        """Return a session that is at hand; None for any other."""
        return self._at_hand().get(name)

    def names_of(self, day: date) -> tuple[str, ...]:
        """Return the ids of every session of a day, also of what was seated by mistake and undone."""
        return self._journal.sessions_on(day.isoformat())

    def unsettled(self, only: Collection[str] | None = None) -> Iterator[Session]:
        """Yield every session that is not settled and whoever is at hand, oldest first, or some of them."""
        ages = {listed.session: listed.seated_us for listed in self._journal.unsettled()}
        ages |= {name: session.seated.at_us for name, session in self._at_hand().items()}
        wanted = ages if only is None else ages.keys() & only
        for name in sorted(wanted, key=lambda name: (ages[name], name)):
            session = self.session(name)
            if session is not None:
                yield session

    def listed(self, before: date | None = None) -> tuple[Listed, ...]:
        """Return what is not settled as the journal lists it, oldest first; of days before one, or of all."""
        return self._journal.unsettled(before.isoformat() if before else "")
