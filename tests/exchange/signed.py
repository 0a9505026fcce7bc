"""A suite with signed sessions: what the exchange tests send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.care import give_service
from desktop_app.core.decisions import Refusal, When, pressed
from desktop_app.core.desk import Action, Desk, Saved
from desktop_app.core.events import SignedLine
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.ports import NotSaved, Write
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session, sign_session
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.ledger import Batch
from tests.fakes import NEW_YORK, FakeClock, InMemoryJournal, SequentialIdentities, at


def line(name: str, **changes: object) -> SignedLine:
    """Return a signed line: the first hour of an infusion, 09:00 to 10:00."""
    usual: dict[str, object] = {
        "id": name,
        "code": "96413",
        "units": 1,
        "modifiers": (),
        "kind": "administration",
        "date": date(2026, 3, 2),
        "services": ("a",),
        "drugs": ("infliximab",),
        "minutes": 60,
        "start_us": at("2026-03-02T09:00"),
        "stop_us": at("2026-03-02T10:00"),
        "ndc": "",
        "why": "The infusion leads the encounter.",
        "rules": ("initial-facility-order",),
        "sources": ("CMS",),
    }
    return SignedLine(**{**usual, **changes})  # type: ignore[arg-type]  # the table above is complete


def saved(outcome: object) -> Saved:
    """Return an outcome that must be saved."""
    assert isinstance(outcome, Saved), outcome
    return outcome


class SuiteOfChairs:
    """A desk where patients come, are signed, and go out to billing."""

    def __init__(self, journal: InMemoryJournal | None = None) -> None:
        self.journal = journal or InMemoryJournal()
        self.clock = FakeClock("2026-03-02T12:00")
        self.names = SequentialIdentities("name")
        self.desk = Desk(
            journal=self.journal,
            clock=self.clock,
            names=self.names,
            chairs=tuple(map(str, range(1, 41))),
            actor="AK",
        )

    def exporter(self) -> Exporter:
        """Return an exporter as a new start of the program makes it."""
        return Exporter(self.journal, self.clock, self.names, "MB")

    def signed(
        self, name: str, *lines: SignedLine, mrn: str = "0004821", drug: str = "infliximab"
    ) -> Session:
        """Seat, treat, end and sign a patient with the lines given, or the one usual line."""
        when = pressed(at("2026-03-02T09:00"))
        place = str(len(self.desk.suite.sessions) % 40 + 1)
        seated = self.desk.seat(
            when,
            chair=place,
            mrn=mrn,
            session=name,
            zone=NEW_YORK,
            setting=Setting.FACILITY,
            place_of_service="22",
        )
        order = Order(drug=drug, category=Category.CHEMO, route=Route.IV_PUSH)
        saved(seated)
        saved(self.desk.touch(name, lambda s, w: give_service(s, w, service="a", order=order), when))
        saved(self.desk.touch(name, end_session, when))
        return self.sign(name, *(lines or (line(f"{name}.1.01"),)))

    def sign(self, name: str, *lines: SignedLine) -> Session:
        """Sign an ended session with the lines given, none of them if there are none."""
        saved(self.desk.touch(name, _signing(lines), pressed(at("2026-03-02T10:05"))))
        return self.session(name)

    def correct(self, name: str, *lines: SignedLine) -> Session:
        """Reopen a signed session and sign it with other lines."""
        when = When(at("2026-03-02T11:00"), at("2026-03-02T11:00"))
        saved(self.desk.reopen(name, "wrong drug", when))
        return self.sign(name, *lines)

    def session(self, name: str) -> Session:
        """Return a session as it stands."""
        found = self.desk.session(name)
        assert found is not None
        return found

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Every session."""
        return tuple(map(self.session, self.journal.all_sessions()))


def _signing(lines: tuple[SignedLine, ...]) -> Action:
    return lambda s, when: sign_session(
        s, when, rulebook="2026.1", profile="standard", head="0" * 64, lines=lines
    )


def visible(folder: Path) -> list[str]:
    """Return the names a person sees in a folder."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def hidden_in(folder: Path) -> list[str]:
    """Return the names a person does not see in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def exported(outcome: Batch | Refusal) -> Batch:
    """Return a batch that must have been made."""
    assert isinstance(outcome, Batch), outcome
    return outcome


def refused(outcome: Batch | Refusal) -> str:
    """Return why an export must have been refused."""
    assert isinstance(outcome, Refusal), outcome
    return outcome.text


def kinds(suite: SuiteOfChairs) -> list[str]:
    """Return what the journal says of exports, in one word each."""
    return [recorded.event.KIND for recorded in suite.journal.load(e.EXPORT_STREAM)]


class FillingJournal(InMemoryJournal):
    """Its disk has room for so many more touches."""

    room_for = 100

    def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        if self.room_for == 0:
            raise NotSaved("The disk is full; nothing of this touch was stored.")
        self.room_for -= 1
        return super().append(writes, stamp)
