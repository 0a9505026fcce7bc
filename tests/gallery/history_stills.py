"""Looking back: nothing yet, what was found, a long history, a chain of corrections, an event, the paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from desktop_app.core.corrections import correct_moment, remove_stop
from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.ui.history.event_sheet import EventSheet
from desktop_app.ui.history.page import HistoryPage
from tests.gallery.paper_stills import RealPapers
from tests.gallery.scene import Act, Scene, Still, settle
from tests.ui.billing_day import register, sign

CHAIR = "1"
"""The chair with the longest morning."""


def _page(scene: Scene, text: str = "") -> HistoryPage:
    scene.window.show_page("history")
    page = scene.window.history
    if text:
        page.side.field.setText(text)
        page.side.look()
    while page.side.is_looking:
        QApplication.processEvents()
    settle()
    return page


def _empty(scene: Scene) -> None:
    _page(scene)


def _found(scene: Scene) -> None:
    _corrections(scene)
    _page(scene, "corrected")


def _nobody(scene: Scene) -> None:
    _page(scene, "nobody of this name")


def _long(scene: Scene) -> HistoryPage:
    """Let the first chair be signed, registered and opened again, and show its history from the top."""
    ward = scene.ward
    session = register(ward, sign(ward, scene.window.station, CHAIR))
    ward.desk.reopen(session.id, "the dose was 450 mg", pressed(ward.clock.now().wall_us))
    page = _page(scene, "by:ak")
    page.show_session(session.id)
    settle()
    return page


def _foot(scene: Scene) -> None:
    page = _long(scene)
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum())


def _corrections(scene: Scene) -> str:
    """Stop, correct, take back, stop again, correct twice, and undo the last."""
    ward = scene.ward
    session = ward.in_chair("5")

    def corrected(minutes: int, how: HowKnown, reason: str) -> None:
        found = ward.session(session.id).service("1")
        assert found is not None
        assert found.stop is not None
        to_us = found.stop.at_us - minutes * MINUTE_US
        keys = {"service": "1", "what": "stop", "to_us": to_us, "how": how, "reason": reason}
        ward.do(session, partial(correct_moment, **keys))  # type: ignore[arg-type]  # keywords of its own

    ward.stop(session)
    ward.clock.advance(1)
    corrected(4, HowKnown.PUMP, "pump log")
    ward.clock.advance(2)
    ward.do(session, partial(remove_stop, service="1", reason="the wrong patient's pump"))
    ward.clock.advance(6)
    ward.stop(session)
    corrected(1, HowKnown.BACK_DATED, "seen by LT")
    ward.clock.advance(1)
    corrected(2, HowKnown.PUMP, "pump log, read again")
    ward.desk.undo(session.id, pressed(ward.clock.now().wall_us))
    return session.id


def _chain(scene: Scene) -> HistoryPage:
    name = _corrections(scene)
    page = _page(scene, "corrected")
    page.show_session(name)
    settle()
    return page


def _event(scene: Scene, kind: str) -> EventSheet:
    page = _chain(scene)
    shown = page.chronicle
    assert shown is not None
    page.list.opened.emit(next(at for at, one in enumerate(shown.told) if one.stored.kind == kind))
    sheet = scene.sheet
    assert isinstance(sheet, EventSheet)
    return sheet


def _event_foot(scene: Scene) -> None:
    bar = _event(scene, "moment-corrected").inside.verticalScrollBar()
    settle()
    bar.setValue(bar.maximum())


def _no_names(scene: Scene) -> None:
    _long(scene)


def _paper(scene: Scene) -> None:
    scene.ward.billing.papers = RealPapers(scene.ward)
    _chain(scene)
    scene.window.print_shown()


def _does(act: Callable[[Scene], object]) -> Act:
    def taken(scene: Scene) -> None:
        act(scene)

    return taken


HISTORY_STILLS: tuple[Still, ...] = (
    Still("history-empty", _empty, busy=False),
    Still("history-newest", _empty),
    Still("history-found", _found),
    Still("history-nobody", _nobody),
    Still("history-long", _does(_long)),
    Still("history-long-foot", _foot),
    Still("history-no-names", _no_names, settings=(("card-names", "none"),)),
    Still("history-corrections", _does(_chain)),
    Still("history-event", _does(partial(_event, kind="moment-corrected"))),
    Still("history-event-foot", _event_foot),
    Still("history-event-private", _does(partial(_event, kind="patient-seated"))),
    Still("history-paper", _paper),
)
