"""What of a session is still to be sent: told from its signatures and from what went out."""

from __future__ import annotations

from desktop_app.core.day import Fate
from desktop_app.core.session import Session
from desktop_app.exchange.ledger import Ledger
from desktop_app.exchange.rows import Row, rows_of


def due_rows(session: Session, ledger: Ledger, *, again: bool = False) -> tuple[Row, ...]:
    """Return the rows of a session that go out now: none while it is held, or its lines are in doubt."""
    return () if session.hold_reason else rows_of(session, ledger.gone_out, again=again)


def fate_of(session: Session, ledger: Ledger) -> Fate:
    """Return what became of the lines of a session."""
    if rows_of(session, ledger.gone_out):
        return Fate.DUE
    if rows_of(session, ledger.sent):
        return Fate.IN_DOUBT
    return Fate.SENT if session.signature is not None and session.signature.lines else Fate.NOTHING
