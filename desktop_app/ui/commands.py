"""From a deed at a chair to the flow that does it. One table, so that keys, cards and panel agree."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.decisions import When
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite
from desktop_app.ui import words
from desktop_app.ui.board.card_buttons import next_planned
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.board.page import BoardPage
from desktop_app.ui.kept_already import kept_already
from desktop_app.ui.kept_moments import is_kept, is_refused
from desktop_app.ui.panel.marks import stamp_mark
from desktop_app.ui.printing import print_session
from desktop_app.ui.reminding import acknowledge_first
from desktop_app.ui.search import Found, Meant
from desktop_app.ui.sheets.end import end_or_ask
from desktop_app.ui.sheets.mark import ask_marks
from desktop_app.ui.sheets.more import ask_more
from desktop_app.ui.sheets.pause import ask_pause, pause_or_resume, resume
from desktop_app.ui.sheets.plan import ask_plan
from desktop_app.ui.sheets.scanned_vial import ask_vial
from desktop_app.ui.sheets.seat import ask_seat
from desktop_app.ui.sheets.start import ask_start, begin, begun_words
from desktop_app.ui.sheets.stop import stop_or_ask
from desktop_app.ui.sheets.stopped_at import ask_stopped_at
from desktop_app.ui.station import Station
from desktop_app.ui.vials import is_elements
from desktop_app.ui.while_it_runs import RUNNING_FLOWS, RUNNING_OPEN_ONLY

Flow = Callable[[Station, Session, When], None]


def perform(station: Station, deed: Deed, chair: str, when: When) -> None:
    """Do what was asked for at a chair, at the instant it was asked."""
    session = station.desk.expected.shown_in(chair)
    if deed is Deed.MARK:
        stamp_mark(station, chair, when)
    elif (why := kept_already(station, deed, chair, when)) or (why := _misfit(station, deed, chair, session)):
        station.touches.refused.emit(why)
    elif is_refused(station, deed, chair, when):
        return
    elif deed is Deed.SAY_MARK:
        ask_marks(station, chair)
    elif session is None or _seats(deed, session):
        ask_seat(station, chair, when)
    else:
        FLOWS[deed](station, session, when)


def _misfit(station: Station, deed: Deed, chair: str, session: Session | None) -> str:
    """Return why nobody can do a deed at a chair as it stands; empty where somebody can."""
    if deed is Deed.SEAT and station.desk.expected.occupant(chair) is not None:
        return f"chair {chair} is taken"
    if deed is Deed.SAY_MARK or _seats(deed, session):
        return ""
    if session is None:
        return f"chair {chair} is free"
    has_ended = session.stage is Stage.ENDED and deed in _OPEN_ONLY
    return f"the session in chair {chair} has ended" if has_ended else ""


def _seats(deed: Deed, session: Session | None) -> bool:
    """Return whether a deed begins with a patient who is seated."""
    return deed is Deed.SEAT or (deed in _BEGINS and (session is None or session.stage is Stage.ENDED))


def start(station: Station, session: Session, when: When) -> None:
    """Ask what starts."""
    ask_start(station, session, stamped=when)


def start_next(station: Station, session: Session, when: When) -> None:
    """Start the plan's next service; without a plan, ask."""
    planned = next_planned(session)
    if planned is None:
        ask_start(station, session, stamped=when)
        return
    said = f"{begun_words(planned.order)} at {words.clock_s(when.at_us, session.zone)}"
    station.touch(session, said, begin(planned.order, planned.id), when)


def answer(station: Station, board: BoardPage, found: Found, when: When) -> None:
    """Go to what a search found, or begin what it means."""
    suite = station.desk.expected
    if found.meant is Meant.CHAIR:
        board.focus(found.text)
        if found.ending:
            station.touches.told.emit(f"Chair {found.text} · found by the end of its MRN, {found.ending}")
        return
    if found.meant is Meant.LEFT:
        station.show_page("review", found.text)
        station.touches.told.emit(f"Found by the end of the MRN, {found.ending}")
        return
    session = suite.occupant(board.chair)
    if found.meant is Meant.VIAL and session is not None:
        ask_vial(station, session, found.text, when)
    elif found.meant is Meant.DRUG and session is not None:
        ask_start(station, session, stamped=None, letters=found.text)
    elif found.meant is Meant.DRUG or is_elements(found.text):
        here = f"seat a patient in chair {board.chair} first" if board.chair else "choose a chair first"
        station.touches.refused.emit(here)
    else:
        _seat_new(station, board, found, when)


def _seat_new(station: Station, board: BoardPage, found: Found, when: When) -> None:
    chair = free_chair(station.desk.expected, board.chair)
    if not chair:
        station.touches.refused.emit("every chair is taken")
        return
    board.focus(chair)
    if not (found.is_scan and is_kept(station, chair, when, f"{Deed.SEAT} {found.text}")):
        ask_seat(station, chair, when, found.text)


def free_chair(suite: Suite, near: str) -> str:
    """Return a chair for someone new: one that shows nobody, else one whose patient has left; else none.

    Of equals the chair ``near`` comes first, then the suite's order.
    """
    chairs = sorted(suite.chairs, key=lambda chair: chair != near)
    shows_nobody = (chair for chair in chairs if suite.shown_in(chair) is None)
    left = (chair for chair in chairs if suite.occupant(chair) is None)
    return next(shows_nobody, "") or next(left, "")


def review(station: Station, session: Session, _when: When) -> None:
    """Show the session on the review page."""
    station.show_page("review", session.id)


def more(station: Station, session: Session, when: When) -> None:
    """Offer everything that can be done at the chair."""
    ask_more(station, session, when, lambda deed, at: perform(station, deed, session.chair, at))


def print_superbill(station: Station, session: Session, _when: When) -> None:
    """Show the session's superbill, to be printed or saved."""
    print_session(station, session)


FLOWS: dict[Deed, Flow] = {
    Deed.START: start,
    Deed.START_NEXT: start_next,
    Deed.STOP: stop_or_ask,
    Deed.PAUSE: ask_pause,
    Deed.RESUME: resume,
    Deed.PAUSE_OR_RESUME: pause_or_resume,
    Deed.STOPPED_AT: ask_stopped_at,
    Deed.END: end_or_ask,
    Deed.REVIEW: review,
    Deed.SEEN: acknowledge_first,
    Deed.MORE: more,
    Deed.PLAN: ask_plan,
    Deed.PRINT: print_superbill,
    **RUNNING_FLOWS,
}
_BEGINS = frozenset({Deed.START, Deed.START_NEXT})
_OPEN_ONLY = RUNNING_OPEN_ONLY | {
    Deed.STOP,
    Deed.PAUSE,
    Deed.RESUME,
    Deed.PAUSE_OR_RESUME,
    Deed.END,
    Deed.PLAN,
}
