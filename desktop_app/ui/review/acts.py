"""What is done to a whole session in the review: hold it, open it again, sign it."""

from __future__ import annotations

from functools import partial

from desktop_app.core.access import Right
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Outcome
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import hold_session, release_hold
from desktop_app.ui.sheets.correct import ReasonSheet, ask_reason
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch


def hold_or_release(station: Station, session: Session) -> None:
    """Release a held session at once, or ask why another is held."""
    if session.hold_reason:
        station.touch(session, "hold released", release_hold, station.stamp())
        return
    ask_reason(
        station,
        session,
        title=f"Chair {session.chair} · hold the session",
        under="A held session is not billed until the hold is released.",
        on="Hold",
        said="session held",
        action_of=lambda reason: partial(hold_session, reason=reason),
        needs=Right.HOLD,
    )


def ask_to_reopen(station: Station, session: Session) -> None:
    """Ask why a session is opened again: a signed one to be corrected, an ended one in its chair."""
    if session.stage is Stage.SIGNED:
        version = len(session.signatures)
        title = f"Chair {session.chair} · open again for a change"
        under = (
            f"Version {version} stays readable. What you sign next is version {version + 1}; "
            "where the first was sent, it goes out as a correction."
        )
        on, said = "Open again", "session opened again"
    else:
        title = f"Chair {session.chair} · back to its chair"
        under = "For a session that was ended too soon: it goes on, and its end is taken away."
        on, said = "Back to its chair", "session goes on in its chair"
    sheet = ReasonSheet(station.theme, title, under, on)
    sheet.needs = Right.REOPEN if session.stage is Stage.SIGNED else Right.CARE
    sheet.confirmed.connect(lambda _: _reopen(station, session, sheet, said))
    station.sheets.open(sheet)


def _reopen(station: Station, session: Session, sheet: ReasonSheet, said: str) -> None:
    when, reason = station.stamp(), sheet.reason.text
    told = f"Chair {session.chair} · {said}"
    touch = Touch(told, lambda: station.desk.reopen(session.id, reason, when), can_undo=False)
    if not isinstance(station.touches.send(touch), Refusal):
        sheet.done.emit()


def refused_unsaved(station: Station, session: Session) -> bool:
    """Refuse a signature while something of the chair waits: what is signed is what is on disk and was read.

    Looked at before anything is asked, too: what waits may be stored while somebody shows a PIN, and the
    warnings of the chair would pass unasked.
    """
    waits = bool(station.touches.waiting_at(session.chair))
    if waits:
        said = f"something of chair {session.chair} is not saved yet; sign it when it is"
        station.touches.refused.emit(said)
    return waits


def sign(station: Station, session: Session, when: When) -> Outcome | None:
    """Seal a session's lines as they were read: one that has changed meanwhile is not signed."""
    desk, coder, touches = station.desk, station.coder, station.touches
    if refused_unsaved(station, session):
        return None
    version = f", version {len(session.signatures) + 1}" if session.signatures else ""
    read = session.version

    def seal(current: Session, at: When) -> Decision:
        if current.version != read:
            return Refusal("the session has changed: look at its lines again")
        return coder.signing(current, desk.head)(current, at)

    said = f"Chair {session.chair} · session signed{version}"
    return touches.send(Touch(said, lambda: desk.touch(session.id, seal, when), can_undo=False))
