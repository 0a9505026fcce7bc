"""Puts what a registration system tells to the sessions that wait for it: the command and the window alike.

A file is read whole and then put patient by patient, each in a touch of its own: what was taken
stays taken wherever it ends. Looked at first, everything is decided and nothing recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from desktop_app.commands.streams import NothingDone, content_of, shown
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Desk
from desktop_app.core.events import PatientRegistered
from desktop_app.core.moments import local_date
from desktop_app.core.people import Registration
from desktop_app.core.ports import Journal
from desktop_app.core.registering import Came, NotTaken, Taken
from desktop_app.core.registration import NOTHING_CHANGED, register_patient
from desktop_app.core.session import Session, Stage
from desktop_app.exchange.adt import is_hl7, read_adt
from desktop_app.exchange.ledger import read_ledger
from desktop_app.exchange.registration_csv import read_csv
from desktop_app.exchange.registrations import CannotBeTaken, Registrations, Told, TooManyTold
from desktop_app.exchange.rows import rows_of

_CALLED = {
    "family": "last name",
    "given": "first name",
    "birth_date": "birth date",
    "account": "visit number",
    "ordering": "ordering provider",
    "rendering": "rendering provider",
    "payer_id": "payer id",
    "filing": "claim filing code",
    "member_id": "member id",
    "group": "group number",
    "insured": "insured person",
}


class Sessions:
    """The sessions a registration may be for: not signed yet, or signed and not sent."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk = desk
        self._gone_out = read_ledger(journal).gone_out
        self._of_mrn: dict[str, list[str]] = {}
        for listed in desk.shelf.listed():
            self._of_mrn.setdefault(listed.mrn, []).append(listed.session)

    def of(self, mrn: str) -> list[Session]:
        """Return the sessions of an MRN as they stand now, oldest first."""
        found = map(self.session, self._of_mrn.get(mrn, ()))
        return [session for session in found if session is not None and self._waits(session)]

    def _waits(self, session: Session) -> bool:
        """Say whether a session is not signed, or has something left to send."""
        return session.stage in {Stage.OPEN, Stage.ENDED} or bool(rows_of(session, self._gone_out))

    def session(self, name: str) -> Session | None:
        """Return a session as it stands now."""
        return self._desk.session(name)

    def register(self, session: Session, known: Registration) -> Refusal | None:
        """Record what is known of a session's patient; return why not, where it is not taken."""
        outcome = self._desk.touch(session.id, lambda s, w: register_patient(s, w, registration=known))
        return outcome if isinstance(outcome, Refusal) else None


class DryRun(Sessions):
    """Decides what the desk would decide, and records nothing."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        super().__init__(desk, journal)
        self._changed: dict[str, Session] = {}

    def session(self, name: str) -> Session | None:
        """Return a session as it would stand now."""
        return self._changed.get(name) or super().session(name)

    def register(self, session: Session, known: Registration) -> Refusal | None:
        """Say why it would not be taken, where it would not."""
        decision = register_patient(session, self._desk.now(), registration=known)
        if isinstance(decision, Refusal):
            return decision
        for event in decision:
            if isinstance(event, PatientRegistered):
                self._changed[session.id] = replace(session, registration=event.registration)
        return None


class PatientFile:
    """A file that was read; it can be looked at as often as wanted, and taken."""

    def __init__(self, read: Registrations, desk: Desk, journal: Journal) -> None:
        self._read, self._desk, self._journal = read, desk, journal

    @property
    def patients(self) -> int:
        """How many patients it tells of."""
        return len(self._read.told)

    def result(self) -> Came:
        """Return what comes of it before the first patient: what cannot be read, what tells of nobody."""
        faults = [NotTaken(fault.removesuffix(".")) for fault in self._read.faults]
        return Came(refused=faults, passed_over=Counter(self._read.passed_over))

    def looking(self, came: Came) -> Iterator[int]:
        """Find out what would come of it, patient by patient, and record nothing."""
        return self._putting(DryRun(self._desk, self._journal), came)

    def taking(self, came: Came) -> Iterator[int]:
        """Take it, patient by patient; each is on disk when its number is given. Raises JournalError."""
        return self._putting(Sessions(self._desk, self._journal), came)

    def _putting(self, sessions: Sessions, came: Came) -> Iterator[int]:
        for number, told in enumerate(self._read.told, start=1):
            _take(told, sessions, came)
            yield number


def told_in(name: str, today: date) -> Registrations:
    """Return what a file of messages or a table tells.

    Raises NothingDone where it cannot be opened, or tells of nobody.
    """
    content = content_of(name)
    try:
        read = read_adt(content, today) if is_hl7(content) else read_csv(content, today)
    except TooManyTold as fault:
        raise NothingDone(f"{shown(name)} cannot be taken: {str(fault).removesuffix('.')}.") from fault
    if not (read.told or read.faults or read.passed_over):
        raise NothingDone(f"{shown(name)} tells of no patient.")
    return read


def _take(told: Told, sessions: Sessions, came: Came) -> None:
    found = _sessions_of(told, sessions.of(told.mrn))
    if not found:
        came.not_here[told.mrn] = None
    elif len(found) > 1 and not _is_one_visit(told, found):
        why = f"has {len(found)} sessions; say which by the visit's number or date"
        came.refused.append(NotTaken(why, told.place, told.mrn))
    else:
        for session in found:
            _put(told, session, sessions, came)


def _put(told: Told, session: Session, sessions: Sessions, came: Came) -> None:
    try:
        refusal = sessions.register(session, told.added_to(session.registration))
    except CannotBeTaken as fault:
        refusal = Refusal(str(fault))
    after = sessions.session(session.id)
    if refusal is None and after is not None:
        what = _changes(session.registration, after.registration)
        came.taken.append(Taken(told.mrn, session.chair, tuple(what)))
    elif refusal is not None and refusal.text == NOTHING_CHANGED:
        came.unchanged.add(session.id)
    elif refusal is not None:
        came.refused.append(NotTaken(refusal.text, told.place, told.mrn, session.chair))


def _is_one_visit(told: Told, sessions: list[Session]) -> bool:
    return bool(told.account) and all(s.registration.account == told.account for s in sessions)


def _sessions_of(told: Told, of_patient: list[Session]) -> list[Session]:
    """Return the sessions it may be for: of its MRN and, where that is told, of its visit or day."""
    if told.account:
        if of_visit := [s for s in of_patient if s.registration.account == told.account]:
            return of_visit
        of_patient = [s for s in of_patient if not s.registration.account]
    if told.day is None:
        return of_patient
    days = [(session, local_date(session.seated.at_us, session.zone)) for session in of_patient]
    # A visit that began before the session may go on for weeks; one that begins after it is another.
    on_it = [session for session, day in days if day == told.day]
    return on_it or [session for session, day in days if told.day < day]


def _changes(before: Registration, after: Registration) -> list[str]:
    names = [f.name for f in fields(Registration) if getattr(before, f.name) != getattr(after, f.name)]
    return [_CALLED.get(name, name) for name in names if name != "pointers"]
