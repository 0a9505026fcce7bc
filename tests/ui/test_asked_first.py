"""Of several that run, what stands on the card is asked about first, wherever one is to be chosen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.care import pause_service
from desktop_app.core.decisions import pressed
from desktop_app.core.session import Session
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.bag import BagSheet
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.end import EndSheet
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.sheets.note import ReactionSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.rate import RateSheet
from desktop_app.ui.sheets.stop import StopSheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist, sheet, sheet_of
from tests.ui.orders import GLOBULIN

DRUG, FLUID = "2", "1"


def two(ward: Ward, window: MainWindow) -> Session:
    """The fluid began first; the drug stands on the card."""
    session = ward.start(ward.start(ward.seat("2"), SALINE), VANCOMYCIN)
    ward.clock.advance(10)
    window.refresh()
    window.board.focus("2")
    card = window.board.grid.card("2")
    assert card is not None
    assert card.view.title == "Vancomycin 1000 mg"
    return session


def test_x_and_enter_stop_what_stands_on_the_card(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = two(ward, window)
    typist.press("x")
    texts = [button.text() for button in sheet_of(window, StopSheet).buttons]
    assert texts == ["Stop Vancomycin", "Stop Normal saline", "Stop all 2"]
    typist.press(Qt.Key.Key_Return)
    assert [one.id for one in ward.session(session.id).open_services] == [FLUID]


@pytest.mark.parametrize(("letter", "kind"), [("p", PauseSheet), ("t", StoppedAtSheet), ("y", ReactionSheet)])
def test_ticks_begin_with_what_stands_on_the_card(
    ward: Ward,
    window: MainWindow,
    typist: Typist,
    letter: str,
    kind: type[PauseSheet | StoppedAtSheet | ReactionSheet],
) -> None:
    two(ward, window)
    typist.press(letter)
    assert list(sheet_of(window, kind).which.boxes) == [DRUG, FLUID]


@pytest.mark.parametrize(("letter", "kind"), [("v", RateSheet), ("b", BagSheet)])
def test_chips_begin_with_what_stands_on_the_card(
    ward: Ward, window: MainWindow, typist: Typist, letter: str, kind: type[RateSheet | BagSheet]
) -> None:
    two(ward, window)
    typist.press(letter)
    asked = sheet_of(window, kind)
    assert asked.about.taken == DRUG
    assert asked.about.chip(DRUG).x() < asked.about.chip(FLUID).x()


def test_a_rate_is_asked_of_the_titrated_and_the_card_still_comes_first(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.start(ward.seat("2"), VANCOMYCIN), GLOBULIN)
    window.board.focus("2")
    typist.press("v")
    asked = sheet_of(window, RateSheet)
    assert asked.about.taken == "2"
    assert asked.about.chip("1").x() < asked.about.chip("2").x()


@pytest.mark.parametrize(("letter", "first"), [("g", "Stop Vancomycin"), ("h", "Stop Vancomycin")])
def test_what_gives_way_begins_with_what_stands_on_the_card(
    ward: Ward, window: MainWindow, typist: Typist, letter: str, first: str
) -> None:
    ward.plan(two(ward, window), DIPHENHYDRAMINE)
    typist.press(letter)
    assert next(iter(sheet_of(window, GroupedSheet).choices)) == first


def test_more_and_the_end_and_a_mark_begin_with_what_stands_on_the_card(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    two(ward, window)
    typist.press("o")
    assert sheet(window).focusWidget() is not None
    assert sheet_of(window, GroupedSheet).choices["Stop"].isVisible()
    typist.press(Qt.Key.Key_Escape)
    typist.press("e")
    assert sheet_of(window, EndSheet).left == ("Still running: Vancomycin, Normal saline.",)
    typist.press(Qt.Key.Key_Escape)
    ward.desk.mark(pressed(ward.clock.now().wall_us), chair="2")
    typist.press("w")
    assert next(iter(sheet_of(window, ChooseSheet).choices)) == "Stop of Vancomycin"


def test_the_others_keep_their_order(ward: Ward) -> None:
    session = ward.start(ward.start(ward.start(ward.seat("2"), SALINE), VANCOMYCIN), GLOBULIN)
    now_us = ward.clock.now().wall_us
    assert [one.id for one in lead_first(session.open_services, now_us)] == ["2", "1", "3"]
    session = ward.do(session, partial(pause_service, service="2"))
    assert [one.id for one in lead_first(session.open_services, now_us)] == ["3", "1", "2"]
    assert lead_first((), now_us) == []


def test_what_is_overdue_stands_on_the_card_and_comes_first(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.start(ward.seat("2"), VANCOMYCIN), replace(SALINE, planned_minutes=10))
    ward.clock.advance(20)
    window.board.focus("2")
    typist.press("x")
    assert sheet_of(window, StopSheet).buttons[0].text() == "Stop Normal saline"
