"""What the parts of a data folder have on record, for what is told on paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from desktop_app.app import Parts
from desktop_app.coding.reasons import Coding
from desktop_app.coding.sessions import ONE_DAY, date_of_service
from desktop_app.core.events import session_stream
from desktop_app.core.fold import fold
from desktop_app.core.orders import LONGEST_PLAN_MINUTES, Order
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.exchange.day_sessions import DaySession, Standing


class PartsRecords:
    """Serves the exchange's records."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def unit_minutes(self, session: Session, order: Order) -> tuple[int, ...]:
        """Return the minutes of running at which an infusion's units change.

        Of lines that were signed by other rules than those of today nobody can tell any more.
        """
        coder, signature = self._parts.coder, session.signature
        if signature is not None and signature.rulebook != coder.rulebook.version:
            return ()
        return coder.unit_minutes(session, order, LONGEST_PLAN_MINUTES)

    def day(self, day: date) -> Sequence[DaySession]:
        """Return every session of a date of service, oldest first; not who was seated by mistake."""
        journal, sent = self._parts.folder.journal, self._parts.exporter.sent()
        # Whoever is seated before midnight may have the first service after it.
        names = [name for on in (day - ONE_DAY, day) for name in journal.sessions_on(on.isoformat())]
        found = (self._session(name) for name in names)
        here = (
            one for one in found if one and one.stage is not Stage.CANCELLED and date_of_service(one) == day
        )
        return [self.day_session(session, sent) for session in sessions_by_age(here)]

    def day_session(self, session: Session, sent: Collection[str]) -> DaySession:
        """Return one session with where it stands, and what is over of it by now."""
        coding = self._parts.coder.of_what_is_over(session)
        signature = session.signature
        lines = signature.lines if signature else ()
        standing, why = _standing(session, coding, sent)
        return DaySession(
            session=session,
            standing=standing,
            why=why,
            lines=lines,
            infused_minutes=coding.infused_minutes,
            billable_hours=self._billable_hours(session, coding),
        )

    def _session(self, name: str) -> Session | None:
        """Return a session; one that is not at hand is read and not brought into the suite."""
        at_hand = self._parts.desk.suite.sessions.get(name)
        return at_hand or fold(self._parts.folder.journal.load(session_stream(name)))

    def _billable_hours(self, session: Session, coding: Coding) -> int:
        """Return the hours that are billed; of what was signed those of the sealed lines."""
        signature = session.signature
        era = self._parts.coder.rulebook.on(date_of_service(session))
        if signature is None or era is None:
            return coding.billable_hours
        hours = {code.number for code in era.codes.values() if code.hour}
        return sum(line.units for line in signature.lines if line.code in hours)


def _standing(session: Session, coding: Coding, sent: Collection[str]) -> tuple[Standing, str]:
    """Return where a session stands, and what it waits for."""
    if session.signature is not None:
        if all(line.id in sent for line in session.signature.lines):
            return Standing.SENT, ""
        return (Standing.HELD, session.hold_reason) if session.hold_reason else (Standing.READY, "")
    if session.hold_reason:
        return Standing.HELD, session.hold_reason
    if session.stage is Stage.OPEN:
        return Standing.IN_CHAIR, ""
    if session.missing_stops:
        drugs = ", ".join(service.order.drug for service in session.missing_stops)
        return Standing.BLOCKED, f"No stop: {drugs}"
    blocker = next((finding.text for finding in coding.blockers), "")
    return (Standing.BLOCKED, blocker) if blocker else (Standing.NOT_SIGNED, "")
