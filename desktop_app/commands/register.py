"""``chairtime register``: what a registration system tells, put to the sessions that wait for it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field, fields, replace

from desktop_app.app import Parts, open_parts
from desktop_app.commands.days import today
from desktop_app.commands.streams import NothingDone, content_of, shown
from desktop_app.core.decisions import Refusal
from desktop_app.core.events import PatientRegistered
from desktop_app.core.moments import local_date
from desktop_app.core.people import Registration
from desktop_app.core.registration import NOTHING_CHANGED, register_patient
from desktop_app.core.session import Session, Stage
from desktop_app.core.values import dataclass
from desktop_app.exchange.adt import is_hl7, read_adt
from desktop_app.exchange.ledger import read_ledger
from desktop_app.exchange.registration_csv import read_csv
from desktop_app.exchange.registrations import CannotBeTaken, Registrations, Told
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


def run(arguments: Namespace) -> int:
    """Take what the file tells and say what came of it; status 1 when anything was refused."""
    read = _read(arguments.file)
    with open_parts(arguments.data_dir) as parts:
        desk = _DryRun(parts) if arguments.dry_run else _Desk(parts)
        came = _Came(refused=list(read.faults))
        for told in read.told:
            _take(told, desk, came)
    _say(came, read.passed_over)
    if arguments.dry_run:
        print("Nothing was changed: this was a dry run.")
    return 1 if came.refused else 0


def _read(name: str) -> Registrations:
    content = content_of(name)
    read = read_adt(content, today()) if is_hl7(content) else read_csv(content, today())
    if not (read.told or read.faults or read.passed_over):
        raise NothingDone(f"{shown(name)} tells of no patient.")
    return read


@dataclass(slots=True)
class _Came:
    """What came of a file."""

    taken: list[str] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)
    """The sessions that knew all of it."""
    not_here: dict[str, None] = field(default_factory=dict)
    """The MRNs without a session, in their order."""
    refused: list[str] = field(default_factory=list)


class _Desk:
    """The desk, as the file's patients are put to it."""

    def __init__(self, parts: Parts) -> None:
        self._desk = parts.desk
        gone_out = read_ledger(parts.folder.journal).gone_out
        self._waiting = [
            session.id
            for session in parts.desk.shelf.unsettled()
            if session.stage in {Stage.OPEN, Stage.ENDED} or rows_of(session, gone_out)
        ]

    def sessions(self) -> list[Session]:
        """Return the sessions a registration may be for: not signed yet, or signed and not sent."""
        found = map(self.session, self._waiting)
        return [session for session in found if session is not None]

    def session(self, name: str) -> Session | None:
        """Return a session as it stands now."""
        return self._desk.session(name)

    def register(self, session: Session, known: Registration) -> Refusal | None:
        """Record what is known of a session's patient; return why not, where it is not taken."""
        outcome = self._desk.touch(session.id, lambda s, w: register_patient(s, w, registration=known))
        return outcome if isinstance(outcome, Refusal) else None


class _DryRun(_Desk):
    """Decides what the desk would decide, and records nothing."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
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


def _take(told: Told, desk: _Desk, came: _Came) -> None:
    sessions = _sessions_of(told, desk.sessions())
    if not sessions:
        came.not_here[told.mrn] = None
    elif len(sessions) > 1 and not _is_one_visit(told, sessions):
        several = f"{told.place}: MRN {told.mrn} has {len(sessions)} sessions"
        came.refused.append(f"{several}; say which by the visit's number or date.")
    else:
        for session in sessions:
            _put(told, session, desk, came)


def _put(told: Told, session: Session, desk: _Desk, came: _Came) -> None:
    try:
        refusal = desk.register(session, told.added_to(session.registration))
    except CannotBeTaken as fault:
        refusal = Refusal(str(fault))
    named = f"{told.mrn} in chair {session.chair}"
    after = desk.session(session.id)
    if refusal is None and after is not None:
        came.taken.append(f"{named}: {', '.join(_changes(session.registration, after.registration))}")
    elif refusal is not None and refusal.text == NOTHING_CHANGED:
        came.unchanged.add(session.id)
    elif refusal is not None:
        came.refused.append(f"{told.place}, {named}: {refusal.text}.")


def _is_one_visit(told: Told, sessions: Sequence[Session]) -> bool:
    return bool(told.account) and all(s.registration.account == told.account for s in sessions)


def _sessions_of(told: Told, sessions: Iterable[Session]) -> list[Session]:
    """Return the sessions it may be for: of its MRN and, where that is told, of its visit or day."""
    of_patient = [session for session in sessions if session.mrn == told.mrn]
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


def _say(came: _Came, passed_over: Counter[str]) -> None:
    for line in came.taken:
        print(line)
    for mrn in came.not_here:
        print(f"{mrn}: no session that waits for it")
    if passed_over:
        kinds = ", ".join(f"{count} {kind or 'of no kind'}" for kind, count in sorted(passed_over.items()))
        print(f"Passed over, because they register nobody: {kinds}")
    counts = [
        f"{len(came.taken)} taken",
        f"{len(came.unchanged)} known already",
        f"{len(came.not_here)} without a session",
        f"{len(came.refused)} refused",
    ]
    print(f"{', '.join(counts)}.")
    for fault in came.refused:
        print(f"chairtime: {fault[0].upper()}{fault[1:]}", file=sys.stderr)
