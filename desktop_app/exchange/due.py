"""What of a session is still to be sent: told from its signatures and from what went out."""

from __future__ import annotations

from desktop_app.core.day import Fate
from desktop_app.core.session import Session
from desktop_app.exchange.ledger import Ledger
from desktop_app.exchange.rows import Action, Row, rows_of

_FATES = {Action.NEW: Fate.DUE, Action.REPLACE: Fate.CORRECTION, Action.VOID: Fate.TAKING_BACK}


def due_rows(session: Session, ledger: Ledger, *, again: bool = False) -> tuple[Row, ...]:
    """Return the rows of a session that go out now: none while it is held."""
    return () if session.hold_reason else _rows(session, ledger, again=again)


def fate_of(session: Session, ledger: Ledger) -> Fate:
    """Return what became of the lines of a session that was signed."""
    if session.signature is None:
        return Fate.OPENED if _was_sent(session, ledger) else Fate.NOTHING
    if rows := _rows(session, ledger):
        fate = _FATES[rows[0].action]
        # Nobody is told that it was sent before while that is not known.
        return Fate.DUE if fate is Fate.CORRECTION and not _was_sent(session, ledger) else fate
    if rows_of(session, ledger.sent):
        return Fate.IN_DOUBT
    return Fate.SENT if session.signature.lines else Fate.NOTHING


def _was_sent(session: Session, ledger: Ledger) -> bool:
    """Return whether a line of an earlier signature is known to have gone out."""
    earlier = session.signatures[:-1] if session.signature else session.signatures
    return any(line.id in ledger.sent for signature in earlier for line in signature.lines)


def _rows(session: Session, ledger: Ledger, *, again: bool = False) -> tuple[Row, ...]:
    """Return a session's rows; a line is taken back once it is known that it went out, and not before."""
    rows = rows_of(session, ledger.gone_out, again=again)
    return tuple(row for row in rows if row.action is not Action.VOID or row.line.id in ledger.sent)
