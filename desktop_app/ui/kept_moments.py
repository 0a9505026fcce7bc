"""A touch at a chair by somebody who charts nothing there: refused, and its moment kept as an open mark.

The lock screen does the same for who is not signed in: what happened at the chair happened then, whoever
pressed. A nurse says later what it was.
"""

from __future__ import annotations

from desktop_app.core.access import Right
from desktop_app.core.decisions import Refusal, When
from desktop_app.ui import words
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch

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
    return is_kept(station, chair, when)


def is_kept(station: Station, chair: str, when: When) -> bool:
    """Say whether somebody charts nothing at a chair; the moment is marked there then, and both are told."""
    refusal = station.desk.acting.why_not(Right.CARE)
    if refusal is None:
        return False
    at = words.clock_s(when.at_us, station.zone)
    said = f"Chair {chair} · {at} marked"
    mark = Touch(said, lambda: station.desk.mark(when, chair=chair), can_undo=False)
    outcome = station.touches.send(mark)
    if isinstance(outcome, Refusal):
        station.touches.refused.emit(refusal.text)
        return True
    kept = "kept as an open mark" if outcome is not None else "kept as a mark, and waits to be saved"
    station.touches.refused.emit(f"{refusal.text}. The moment {at} is {kept}")
    return True
