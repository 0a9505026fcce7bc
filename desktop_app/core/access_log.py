"""Who comes and goes at a desk, and whose record they look at: told to the journal like any touch.

What one run of the program tells of coming and going stands in a stream of its own, and who looked
at a session in a stream of that session, so that neither has to be read to be written on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from desktop_app.core import events as e
from desktop_app.core.access import EMERGENCY, NOBODY, Secret
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.emergencies import Emergency, emergencies_of
from desktop_app.core.moments import HowKnown
from desktop_app.core.plans import Decided, Plan, of_suite
from desktop_app.core.ports import Identities, Journal, Write
from desktop_app.core.recordable import line_fault, unheld
from desktop_app.core.staff import People
from desktop_app.core.suite import Suite
from desktop_app.core.waiting import NotYet

if TYPE_CHECKING:
    from desktop_app.core.desk import Desk, Outcome

LOCKED = "locked"
SWITCHED = "somebody else signed in"
QUIT = "the program was closed"
LONGEST_NAME = 60


class AccessLog:
    """Signs people in and out at one desk.

    Every method that records raises ``JournalError`` when the journal does not take the events, and
    ``NotYet`` where they may be stored later: whoever signed in or out is in or out all the same then.
    """

    def __init__(self, desk: Desk, journal: Journal, names: Identities) -> None:
        self._desk = desk
        self._journal = journal
        self._stream = e.ACCESS_STREAM_PREFIX + names.new()
        self._seen: set[tuple[str, str]] = set()
        self.period = 0
        """Another number once somebody came or went."""

    @property
    def people(self) -> People:
        """The people who work here."""
        return self._desk.expected.people

    @property
    def on(self) -> str:
        """Who is signed in; empty where nobody is."""
        actor = self._desk.actor
        return actor if self.people.named(actor) or actor == self._desk.expected.emergency else ""

    def sign_in(self, name: str, by: Secret, when: When | None = None) -> Outcome:
        """Let somebody work here from now on; whoever was on before is not any more."""
        found = self.people.named(name)
        if found is None:
            return Refusal(f"“{name.strip()}” is none of the people here")
        person, when, gone = found.name, when or self._desk.now(), self.on
        event = e.SignedIn(at_us=when.at_us, how=when.how, person=person, by=by)
        return self._as(person, self._telling((*_gone(gone, when, SWITCHED), event)))

    def sign_out(self, why: str, when: When | None = None) -> Outcome:
        """Let nobody be signed in from now on."""
        if not self.on:
            return Refusal("nobody is signed in")
        return self._as(NOBODY, self._telling(_gone(self.on, when or self._desk.now(), why)))

    def turned_away(self, name: str, by: Secret) -> Outcome:
        """Tell that somebody was not let in; a name that is nobody's is not told, it may be a secret."""
        found, when = self.people.named(name), self._desk.now()
        person = found.name if found else ""
        event = e.SignInFailed(at_us=when.at_us, how=when.how, person=person, by=by)
        return self._desk.take(self._telling((event,)))

    def turned_away_before(self, name: str, by: Secret, at_us: int) -> Outcome:
        """Tell of a wrong try at the door, at its own instant; nobody was signed in then."""
        when, found = self._desk.now(), self.people.named(name)
        # The list of tries lies open beside the journal: no instant is taken from it that is not over.
        at_us = at_us if 0 < at_us <= when.at_us else when.at_us
        person = found.name if found else ""
        event = e.SignInFailed(at_us=at_us, how=HowKnown.NOTICED, person=person, by=by)
        before, self._desk.actor = self._desk.actor, NOBODY
        try:
            return self._desk.take(self._telling((event,)))
        finally:
            self._desk.actor = before

    def open_emergency(self, name: str, reason: str, when: When | None = None) -> Outcome:
        """Let somebody work as a nurse without being one here, with the reason, until the next sign-in."""
        name, reason = name.strip(), reason.strip()
        if refusal := self._no_emergency(name, reason):
            return refusal
        before = self._emergencies_told()
        number = sum(isinstance(one, e.EmergencyOpened) for one in before) + 1
        access, when = f"{EMERGENCY} {number}", when or self._desk.now()
        event = e.EmergencyOpened(at_us=when.at_us, how=when.how, person=name, reason=reason, access=access)
        opened = Write(e.EMERGENCY_STREAM, len(before), (event,))
        gone = self._telling(_gone(self.on, when, SWITCHED)) if self.on else None

        def plan(suite: Suite) -> Decided | Refusal:
            left = gone(suite) if gone else Decided(())
            return left if isinstance(left, Refusal) else Decided((*left.writes, opened))

        return self._as(access, plan)

    def emergencies(self) -> tuple[Emergency, ...]:
        """Return every emergency access there was, oldest first. Raises JournalError."""
        return emergencies_of(self._journal.load(e.EMERGENCY_STREAM))

    def see_emergencies(self, up_to: int, when: When) -> Outcome:
        """Tell that who is on has looked into the emergencies, up to one of them by its version."""
        unseen = [one for one in self.emergencies() if one.seen is None and one.version <= up_to]
        if not unseen:
            return Refusal("every emergency access was marked as seen already")
        event = e.EmergencySeen(at_us=when.at_us, how=when.how, up_to=unseen[-1].version)
        seen = Write(e.EMERGENCY_STREAM, len(self._emergencies_told()), (event,))
        return self._desk.take(lambda _: Decided((seen,)))

    def _emergencies_told(self) -> tuple[e.Event, ...]:
        """Return what their stream will hold once all that waits for the disk is stored."""
        stored = (recorded.event for recorded in self._journal.load(e.EMERGENCY_STREAM))
        waits = (write for kept in self._desk.waiting for write in kept.decided.writes)
        return (*stored, *(one for w in waits if w.stream == e.EMERGENCY_STREAM for one in w.events))

    def sign_marks(self, marks: Collection[str]) -> Outcome:
        """Put the name of who is on to instants that were stamped while nobody was signed in."""
        when = self._desk.now()
        return self._desk.take(lambda suite: of_suite(suite, _signed(suite, when, marks)))

    def view(self, session: str, person: str, where: str, when: When) -> Outcome | None:
        """Tell that somebody looks at a session; None where that was told since they came."""
        if (person, session) in self._seen:
            return None
        stream = e.views_stream(session)
        version = len(self._journal.load(stream))
        event = e.RecordViewed(at_us=when.at_us, how=when.how, session=session, person=person, where=where)
        outcome = self._desk.take(lambda _: Decided((Write(stream, version, (event,)),)))
        self._seen.add((person, session))
        return outcome

    def look_through(self, person: str, where: str) -> Outcome:
        """Tell that somebody looks through a list of sessions, such as the whole record."""
        when = self._desk.now()
        event = e.RecordViewed(at_us=when.at_us, how=when.how, session="", person=person, where=where)
        return self._desk.take(self._telling((event,)))

    def has_seen(self, session: str, person: str) -> bool:
        """Return whether it was told that somebody looked at a session since they came."""
        return (person, session) in self._seen

    def _no_emergency(self, name: str, reason: str) -> Refusal | None:
        if not self.people.are_named:
            return Refusal("nobody is named here: everybody may do everything already")
        if not name:
            return Refusal("an emergency access needs the name of who asks for it")
        if not reason:
            return Refusal("an emergency access needs its reason")
        return unheld(line_fault("the name", name, longest=LONGEST_NAME) or line_fault("the reason", reason))

    def _as(self, actor: str, plan: Plan) -> Outcome:
        """Let somebody be on, and tell it; where it is refused nothing has changed."""
        before, self._desk.actor = self._desk.actor, actor
        try:
            outcome = self._desk.take(plan)
        except NotYet:
            self._begin()
            raise
        except BaseException:
            self._desk.actor = before
            raise
        if isinstance(outcome, Refusal):
            self._desk.actor = before
        else:
            self._begin()
        return outcome

    def _begin(self) -> None:
        self._seen.clear()
        self.period += 1

    def _telling(self, events: tuple[e.Event, ...]) -> Plan:
        return lambda suite: Decided((Write(self._stream, suite.access_version(self._stream), events),))


def _gone(person: str, when: When, why: str) -> tuple[e.Event, ...]:
    if not person:
        return ()
    return (e.SignedOut(at_us=when.at_us, how=when.how, person=person, why=why),)


def _signed(suite: Suite, when: When, marks: Collection[str]) -> Decision:
    stamped = [mark for mark in suite.marks.values() if mark.id in marks and mark.is_unsigned]
    if not stamped:
        return Refusal("no instant waits for a name")
    return tuple(e.MarkSigned(at_us=when.at_us, how=when.how, mark=mark.id) for mark in stamped)
