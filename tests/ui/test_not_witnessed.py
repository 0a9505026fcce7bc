"""A stop that nobody saw is no dead end: its true time can be told later, or the words taken back."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.corrections import not_witnessed
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.panel.service_menu import items
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet


def unseen(ward: Ward, *, ended: bool) -> Session:
    session = ward.start(ward.seat("3"))
    ward.clock.advance(60)
    session = ward.do(session, partial(not_witnessed, service="1"))
    return ward.do(session, end_session) if ended else session


@pytest.mark.parametrize("ended", [False, True])
def test_its_menu_offers_the_true_stop_and_the_way_back_and_nothing_that_runs(
    ward: Ward, window: MainWindow, *, ended: bool
) -> None:
    session = unseen(ward, ended=ended)
    offered = [text for text, _ in items(window.station, session, session.services[0])]
    assert offered == [
        "Stopped at…",
        "Dose and containers…",
        "Drug, way, site…",
        "Correct the start…",
        "History of its times",
        "Take back “not witnessed”…",
        "Strike out…",
    ]


@pytest.mark.parametrize("ended", [False, True])
def test_its_true_stop_is_told_later(ward: Ward, window: MainWindow, typist: Typist, *, ended: bool) -> None:
    session = unseen(ward, ended=ended)
    window.refresh()
    typist.press("3")
    window.board.panel.service_asked.emit(session.id, "1")
    choosing = sheet(window)
    assert isinstance(choosing, ChooseSheet)
    choosing.choices["Stopped at…"].setFocus()
    typist.press(Qt.Key.Key_Return)
    asked = sheet(window)
    assert isinstance(asked, StoppedAtSheet)
    asked.how.chip("saw").click()
    typist.enter("09:45")
    service = ward.session(session.id).services[0]
    assert service.stop is not None
    assert (service.stop.at_us, service.state) == (at("2026-03-02T09:45"), ServiceState.STOPPED)
    assert window.toast.text.startswith("Chair 3 · Vancomycin stopped at 09:45:00")


def test_the_key_for_a_missed_stop_asks_for_it_too(ward: Ward, window: MainWindow, typist: Typist) -> None:
    unseen(ward, ended=True)
    window.refresh()
    typist.press("3")
    typist.press("t")
    assert isinstance(sheet(window), StoppedAtSheet)


@pytest.mark.parametrize("ended", [False, True])
def test_not_witnessed_is_taken_back(ward: Ward, window: MainWindow, typist: Typist, *, ended: bool) -> None:
    session = unseen(ward, ended=ended)
    dict(items(window.station, session, session.services[0]))["Take back “not witnessed”…"]()
    assert isinstance(sheet(window), ReasonSheet)
    typist.enter("the pump has the time")
    assert len(ward.session(session.id).missing_stops) == 1
    assert window.toast.text == "Chair 3 · Vancomycin: “not witnessed” taken back · saved"
