"""A touch at a chair by somebody who charts nothing there: refused, and its moment kept as an open mark.

The lock screen does the same for who is not signed in: what happened at the chair happened then, whoever
pressed. A nurse says later what it was.
"""

from __future__ import annotations

from desktop_app.core.access import Right
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.moments import SECOND_US
from desktop_app.ui import words
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch

AGAIN_US = 5 * SECOND_US
"""So long after a refused deed the same deed at the chair is the same moment, pressed once more."""
FOR_ALL = frozenset({Deed.MARK, Deed.REVIEW, Deed.MORE, Deed.PRINT})
"""What charts nothing, or stamps a mark as it is."""
WITHOUT_MOMENT = frozenset({Deed.SAY_MARK, Deed.SEEN, Deed.STOPPED_AT, Deed.NOTE, Deed.SITE, Deed.PLAN})
"""What charts something whose instant is told, or is of no account."""


def is_refused(station: Station, deed: Deed, chair: str, when: When) -> bool:
    """Say whether somebody may not do a deed; that is told then, and the moment of the touch is kept."""
    if deed in FOR_ALL:
        return False
    if deed in WITHOUT_MOMENT:
        return not station.may(Right.CARE)
    return is_kept(station, chair, when, deed)


def is_kept(station: Station, chair: str, when: When, deed: str) -> bool:
    """Say whether somebody charts nothing at a chair; the moment is marked there then, and both are told.

    ``deed`` tells what was wanted from anything else at the chair: the same once more is one moment.
    """
    refusal = station.desk.acting.why_not(Right.CARE)
    if refusal is None:
        return False
    kept = _kept_before(station, chair, when, deed) or _keep(station, chair, when, deed)
    station.touches.refused.emit(f"{refusal.text}. {kept}" if kept else refusal.text)
    return True


def _kept_before(station: Station, chair: str, when: When, deed: str) -> str:
    """Say that the moment is kept already; nothing where it is another, or its mark stands no longer."""
    desk = station.desk
    first_us = station.touches.marked_us.get((desk.actor, chair, deed))
    if first_us is None or not 0 <= when.at_us - first_us < AGAIN_US:
        return ""
    marks = (one for one in desk.expected.open_marks if (one.chair, one.at.at_us) == (chair, first_us))
    mark = next(marks, None)
    return _words(station, first_us, "kept already", is_saved=mark.id in desk.suite.marks) if mark else ""


def _keep(station: Station, chair: str, when: When, deed: str) -> str:
    """Mark the moment, and say how it is kept; nothing where it is not."""
    said = f"Chair {chair} · {words.clock_s(when.at_us, station.zone)} marked"
    mark = Touch(said, lambda: station.desk.mark(when, chair=chair), can_undo=False)
    outcome = station.touches.send(mark)
    if isinstance(outcome, Refusal):
        return ""
    station.touches.marked_us[station.desk.actor, chair, deed] = when.at_us
    return _words(station, when.at_us, "kept", is_saved=outcome is not None)


def _words(station: Station, at_us: int, kept: str, *, is_saved: bool) -> str:
    how = "as an open mark" if is_saved else "as a mark, and waits to be saved"
    return f"The moment {words.clock_s(at_us, station.zone)} is {kept} {how}"
