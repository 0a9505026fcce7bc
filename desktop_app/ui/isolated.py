"""What fails in one session stays there: it is logged, told in its place, and stops nothing else.

A record nobody foresaw, or a fault of our own, must not stop the clock of the other chairs, or keep
the program from starting. So what is drawn and coded of a session is asked for through here. Touches
are not: what cannot be stored is never called stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from desktop_app.coding.reasons import Change, Coding, Finding, Level
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Order
from desktop_app.core.session import Session
from desktop_app.ui.ports import Coder

if TYPE_CHECKING:
    from desktop_app.core.day import Told

CANNOT_BE_CODED = "cannot-be-coded"
_LOG = logging.getLogger(__name__)
_UNDISTURBED = "Its times are kept, and it can be stopped"

Answer = TypeVar("Answer")


def fault_words(what: str, fault: Exception) -> str:
    """Say that a session has a fault, and what to do; of the fault only its kind, the log has the rest."""
    return f"{what} ({type(fault).__name__}). {_UNDISTURBED}; tell whoever looks after this program."


class Isolation:
    """Does what may fail, and lets the rest go on; the same fault is logged once."""

    def __init__(self) -> None:
        self._told: set[tuple[str, ...]] = set()

    def ask(
        self, what: str, make: Callable[[], Answer], otherwise: Callable[[Exception], Answer], *of: str
    ) -> Answer:
        """Return what is made, or else what stands for it; ``of`` says of what it is, for the log."""
        try:
            return make()
        except Exception as fault:  # noqa: BLE001 - whatever fails here must not stop the other chairs
            self._log(what, fault, *of)
            return otherwise(fault)

    def do(self, what: str, act: Callable[[], None]) -> None:
        """Do one part of a tick, and let the others follow."""
        self.ask(what, act, lambda _: None)

    def _log(self, what: str, fault: Exception, *of: str) -> None:
        key = (what, type(fault).__name__, *of)
        if key not in self._told:
            self._told.add(key)
            _LOG.error("%s failed %s", what, " ".join(of), exc_info=fault)


class IsolatedCoder:
    """A coder whose faults are a blocker of the session they are of."""

    def __init__(self, coder: Coder, isolation: Isolation) -> None:
        self.inner = coder
        """The coder that is asked."""
        self._isolation = isolation

    def as_recorded(self, session: Session) -> Coding:
        """Code what is recorded."""
        return self._coded(session, lambda: self.inner.as_recorded(session))

    def told(self, session: Session) -> Told:
        """Return what the end of a day is told of a session; what fails is in its way."""
        return self._isolation.ask(
            "coding",
            lambda: self.inner.told(session),
            _untold,
            session.id,
            str(session.version),
        )

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        """Code the session as if every open service stopped at an instant."""
        return self._coded(session, lambda: self.inner.if_stopped(session, at_us))

    def at_plan_end(self, session: Session, now_us: int) -> tuple[int, Coding] | None:
        """Code the session as it will be at its planned end."""
        return self._ask(session, lambda: self.inner.at_plan_end(session, now_us), None)

    def next_change(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines are next others."""
        return self._ask(session, lambda: self.inner.next_change(session, now_us), _soon(now_us))

    def next_change_at_plan_end(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines at the planned end are next others."""
        return self._ask(session, lambda: self.inner.next_change_at_plan_end(session, now_us), _soon(now_us))

    def one_minute(
        self, session: Session, services: tuple[str, ...], now_us: int, *, at_plan_end: bool
    ) -> str:
        """Return what one minute of some services would change."""
        return self._ask(
            session, lambda: self.inner.one_minute(session, services, now_us, at_plan_end=at_plan_end), ""
        )

    def unit_minutes(self, session: Session, order: Order, most: int) -> tuple[int, ...]:
        """Return the minutes of running at which an infusion's units change."""
        return self._ask(session, lambda: self.inner.unit_minutes(session, order, most), ())

    def signing(self, session: Session, head: str) -> Action:
        """Return the action that seals the session's lines; without lines it seals nothing."""
        return self._isolation.ask(
            "signing", lambda: self.inner.signing(session, head), _refusing, session.id, str(session.version)
        )

    def _coded(self, session: Session, make: Callable[[], Coding]) -> Coding:
        return self._isolation.ask(
            "coding", make, lambda fault: _uncoded(session, fault), session.id, str(session.version)
        )

    def _ask(self, session: Session, make: Callable[[], Answer], otherwise: Answer) -> Answer:
        return self._isolation.ask("coding", make, lambda _: otherwise, session.id, str(session.version))


def fault_of(coding: Coding) -> str:
    """Return the sentence of a session that could not be coded; empty for any other."""
    return next((found.text for found in coding.findings if found.name == CANNOT_BE_CODED), "")


def _soon(now_us: int) -> Change | None:
    return Change(now_us + MINUTE_US, certain=False)


def _uncoded(session: Session, fault: Exception) -> Coding:
    text = fault_words("This session cannot be coded", fault)
    return Coding(
        id=session.id,
        rulebook="",
        profile="",
        lines=(),
        not_billed=(),
        findings=(Finding(Level.BLOCKER, CANNOT_BE_CODED, text),),
        infused_minutes=0,
        billable_hours=0,
    )


def _untold(fault: Exception) -> Told:
    from desktop_app.core.day import Told  # noqa: PLC0415 - hardly any session is one

    return Told(0, 0, 0, fault_words("This session cannot be coded", fault))


def _refusing(fault: Exception) -> Action:
    def refuse(_session: Session, _when: When) -> Decision:
        return Refusal(fault_words("this session cannot be coded", fault).rstrip("."))

    return refuse
