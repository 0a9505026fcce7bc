"""A suite of four chairs for the tests of the core: a real desk, a journal in memory, a clock to set."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop_app.core.care import give_service, plan_service, start_service, stop_service
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Desk, Outcome, Saved
from desktop_app.core.fold import fold
from desktop_app.core.moments import HowKnown, Moment
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session, sign_session
from tests.fakes import NEW_YORK, FakeClock, InMemoryJournal, SequentialIdentities, at

DAY = "2026-03-02"
CHAIRS = ("1", "2", "3", "4")
Decide = Callable[..., Decision]
Keys = Any
"""What an action is told, by keyword; each action has its own."""


def us(time: str) -> int:
    """Return the instant of a time of the usual day, or of one that names its own."""
    return at(time if "T" in time else f"{DAY}T{time}")


def infusion(drug: str = "infliximab", **changes: Keys) -> Order:
    usual: dict[str, Keys] = {"category": Category.THERAPEUTIC, "route": Route.IV_INFUSION}
    return Order(drug=drug, **{**usual, **changes})


def push(drug: str = "ondansetron", **changes: Keys) -> Order:
    return infusion(drug, **{"route": Route.IV_PUSH, **changes})


def moment(time: str, known: HowKnown = HowKnown.PRESSED, *, recorded: str = "") -> Moment:
    """Return a moment AK recorded as it happened, or at a later time."""
    return Moment(us(time), known, us(recorded or time), "AK")


class Chairside:
    """A desk, and touches made at it at given times of one day."""

    def __init__(self, journal: InMemoryJournal | None = None, *, start: str = f"{DAY}T08:00") -> None:
        self.journal = journal or InMemoryJournal()
        self.clock = FakeClock(start)
        self.names = SequentialIdentities("touch")
        self.desk = self.another_desk()

    def another_desk(self) -> Desk:
        """Return a desk as the program makes it at its start, over the same journal."""
        return Desk(
            journal=self.journal,
            clock=self.clock,
            names=self.names,
            chairs=CHAIRS,
            actor="AK",
        )

    def restart(self) -> None:
        """End the program and start it again."""
        self.desk = self.another_desk()

    def go_to(self, time: str) -> None:
        """Let time pass up to a time of day."""
        self.clock.advance(us=us(time) - self.clock.now().wall_us)

    def when(self, time: str, *, back_to: str = "", known: HowKnown = HowKnown.BACK_DATED) -> When:
        """Return a touch pressed at a time, or made then about an earlier one."""
        self.go_to(time)
        return When(us(back_to), us(time), known) if back_to else self.desk.now()

    def seat(self, time: str = "08:00", *, chair: str = "4", session: str = "s", **details: Keys) -> Outcome:
        usual: dict[str, Keys] = {"mrn": f"000{chair}", "zone": NEW_YORK, "setting": Setting.FACILITY}
        return self.desk.seat(self.when(time), chair=chair, session=session, **{**usual, **details})

    def touch(
        self,
        time: str,
        action: Decide,
        *,
        back_to: str = "",
        known: HowKnown = HowKnown.BACK_DATED,
        session: str = "s",
        **keys: Keys,
    ) -> Outcome:
        """Make a touch at a time of day; ``back_to`` names an earlier instant that it is about."""
        return self.desk.touch(
            session, partial(action, **keys), self.when(time, back_to=back_to, known=known)
        )

    def do(self, time: str, action: Decide, **keys: Keys) -> list[str]:
        """Make a touch that must be stored; return the kinds of its events."""
        return kinds(self.touch(time, action, **keys))

    def do_now(self, action: Decide, session: str = "s", **keys: Keys) -> None:
        """Make a touch now, whatever the clock on the wall shows; it must be stored."""
        kinds(self.desk.touch(session, partial(action, **keys)))

    def refused(self, time: str, action: Decide, **keys: Keys) -> str:
        """Make a touch that must be refused with nothing stored; return what it says."""
        return self.said_no(lambda: self.touch(time, action, **keys))

    def said_no(self, ask: Callable[..., Outcome], *said: Keys, **keys: Keys) -> str:
        """Return what a refusal says, after seeing that nothing was stored and nothing changed."""
        stored, suite = list(self.journal.since(0)), self.desk.suite
        outcome = ask(*said, **keys)
        assert isinstance(outcome, Refusal), outcome
        assert list(self.journal.since(0)) == stored
        assert self.desk.suite == suite
        return outcome.text

    def plan(self, time: str, service: str = "a", order: Order | None = None, *, session: str = "s") -> None:
        self.do(time, plan_service, service=service, order=order or infusion(), session=session)

    def start(self, time: str, service: str = "a", order: Order | None = None, *, session: str = "s") -> None:
        self.do(time, start_service, service=service, order=order or infusion(), session=session)

    def give(self, time: str, service: str = "p", order: Order | None = None, *, session: str = "s") -> None:
        self.do(time, give_service, service=service, order=order or push(), session=session)

    def stop(self, time: str, service: str = "a", *, session: str = "s") -> None:
        self.do(time, stop_service, service=service, session=session)

    def end(self, time: str, *, session: str = "s") -> None:
        self.do(time, end_session, session=session)

    def sign(self, time: str, *, session: str = "s") -> None:
        self.do(time, sign, session=session)

    def undo(self, time: str, session: str = "s") -> Outcome:
        return self.desk.undo(session, self.when(time))

    def session(self, session: str = "s") -> Session:
        found = self.desk.session(session)
        assert found is not None
        return found

    def service(self, service: str = "a") -> Service:
        found = self.session().service(service)
        assert found is not None
        return found

    def replayed(self, session: str = "s") -> Session | None:
        """Return the session as its stored events alone make it."""
        return fold(self.journal.load(f"session/{session}"))


def sign(session: Session, when: When) -> Decision:
    """Seal a session without lines: what core does with a signature is the same for any."""
    return sign_session(session, when, rulebook="none", profile="none", head="", lines=())


def kinds(outcome: Outcome) -> list[str]:
    """Return the kinds of a stored touch's events."""
    assert isinstance(outcome, Saved), outcome
    return [recorded.event.KIND for recorded in outcome.recorded]


def seated(time: str = "08:00") -> Chairside:
    """Return a suite with one patient, session ``s``, in chair 4."""
    side = Chairside()
    assert kinds(side.seat(time)) == ["patient-seated"]
    return side


def running(start: str = "09:00", order: Order | None = None) -> Chairside:
    """Return a suite with service ``a`` running in chair 4 since a time."""
    side = seated()
    side.start(start, order=order)
    return side


def ended(stop: str = "10:00", end: str = "10:30") -> Chairside:
    """Return a suite with a session whose one service ran from 09:00, and that is over."""
    side = running()
    side.stop(stop)
    side.end(end)
    return side
