"""More: by mouse anything at a chair is two touches away, by keyboard O and the letter that is shown."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.care import pause_service
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import ServiceState
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card import Card
from desktop_app.ui.keyboard import LETTERS
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.running_keys import RUNNING_KEYS
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.sheets.keys_sheet import KEYS
from desktop_app.ui.sheets.move import MoveSheet
from desktop_app.ui.sheets.note import ReactionSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.rate import RateSheet
from desktop_app.ui.sheets.which import OneOf
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused, sheet
from tests.ui.orders import GLOBULIN, WATCH


def card(window: MainWindow, chair: str) -> Card:
    window.refresh()
    found = window.board.grid.card(chair)
    assert found is not None
    return found


def more(window: MainWindow) -> GroupedSheet:
    opened = sheet(window)
    assert isinstance(opened, GroupedSheet)
    return opened


def test_more_on_a_card_offers_what_can_be_done_with_its_service_and_its_visit(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    ward.plan(ward.start(ward.seat("9"), GLOBULIN), SALINE)
    mouse.click(card(window, "9").more)
    assert list(more(window).choices) == [
        "Stop", "Pause…", "Stop, start Normal saline", "60 mL/h: step 2 of 4", "New rate…", "New bag…",
        "Stop, keep vein open", "Stopped at…", "Reaction…", "Note…", "Flush given", "Port flush given",
        "Further site…", "Add a service…", "Plan…", "Mark time", "Move to another chair…", "Print…",
        "End session",
    ]  # fmt: skip
    assert window.board.chair == "9"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("Stop", "Immune globulin stopped at 09:40:00"),
        ("Stop, start Normal saline", "Immune globulin stopped, Normal saline started at 09:40:00"),
        ("60 mL/h: step 2 of 4", "Immune globulin 60 mL/h, step 2 of 4, at 09:40:00"),
        ("Stop, keep vein open", "Immune globulin stopped, vein kept open from 09:40:00"),
        ("Flush given", "Saline flush given at 09:40:00"),
        ("Port flush given", "Port flush given at 09:40:00"),
        ("Mark time", "09:40:00 marked"),
    ],
)
def test_two_touches_of_the_mouse_do_it_at_the_instant_of_the_second(
    ward: Ward, window: MainWindow, mouse: Mouse, choice: str, said: str
) -> None:
    ward.plan(ward.start(ward.seat("9"), GLOBULIN), SALINE)
    ward.clock.advance(39)
    mouse.click(card(window, "9").more)
    ward.clock.advance(1)
    mouse.click(more(window).choices[choice])
    assert mouse.touches == 2
    assert window.toast.text == f"Chair 9 · {said} · saved"
    assert window.sheets.sheet is None


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ("Pause…", "Chair 9 · pause Immune globulin"),
        ("New rate…", "Chair 9 · new rate"),
        ("New bag…", "Chair 9 · new bag"),
        ("Stopped at…", "Chair 9 · when did Immune globulin stop?"),
        ("Reaction…", "Chair 9 · reaction"),
        ("Note…", "Chair 9 · note"),
        ("Further site…", "Chair 9 · further access site"),
        ("Add a service…", "Chair 9 · start a service"),
        ("Move to another chair…", "Chair 9 · move to another chair"),
        ("End session", "Chair 9 · end the session"),
    ],
)
def test_two_touches_of_the_mouse_open_what_has_to_be_asked(
    ward: Ward, window: MainWindow, mouse: Mouse, choice: str, title: str
) -> None:
    ward.start(ward.seat("9"), GLOBULIN)
    mouse.click(card(window, "9").more)
    mouse.click(more(window).choices[choice])
    assert sheet(window).accessibleName() == title
    assert mouse.touches == 2


def test_the_letters_shown_do_the_same_in_more_and_on_the_board(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    window.refresh()
    window.board.focus("9")
    typist.press("o")
    more(window)
    ward.clock.advance(3)
    typist.press("d")
    assert typist.touches == 2
    (rate,) = ward.session(session.id).services[0].rates
    assert rate.at.at_us == ward.clock.now().wall_us
    typist.press("o")
    typist.press("j")
    assert sheet(window).accessibleName() == "Chair 9 · note"


def test_a_letter_in_more_has_the_instant_of_its_key(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    window.refresh()
    window.board.focus("9")
    typist.press("o")
    pressed_us = ward.clock.now().wall_us
    QTest.keyClicks(focused(), "x")
    ward.clock.advance(us=140_000)
    qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert stop.at_us == pressed_us


def test_every_letter_shown_in_more_is_the_boards_letter_for_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.plan(ward.start(ward.seat("9"), GLOBULIN), SALINE)
    window.refresh()
    window.board.focus("9")
    typist.press("o")
    opened = more(window)
    shown = {offer.text: offer.key for offer in opened.offers.values()}
    assert set(shown) == set(opened.choices), "each has a letter"
    assert set(shown.values()) <= set(LETTERS)
    assert set(RUNNING_KEYS) - set(shown.values()) == {"o"}
    assert RUNNING_KEYS[shown["New bag…"]].value == "bag"


def test_every_letter_of_the_board_stands_once_in_the_sheet_of_keys() -> None:
    named = [key for keys, _ in KEYS for key in keys.replace(",", "").split()]
    letters = sorted(key.lower() for key in named if len(key) == 1 and key.isupper())
    assert letters == sorted({*LETTERS, "n", "u"})


def test_of_several_that_run_more_asks_about_the_one_that_is_chosen(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.start(ward.seat("2")), SALINE)
    window.refresh()
    window.board.focus("2")
    typist.press("o")
    assert "Stop" in more(window).choices
    typist.press(Qt.Key.Key_Right)
    chips = more(window).findChild(OneOf)
    assert chips is not None
    assert chips.taken == "2"
    typist.press("x")
    vancomycin, saline = ward.session(session.id).services
    assert (vancomycin.is_open, saline.is_open) == (True, False)


def test_the_pause_of_one_of_several_ticks_that_one_alone(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    ward.start(ward.start(ward.seat("2")), SALINE)
    mouse.click(card(window, "2").more)
    mouse.click(more(window).choices["Pause…"])
    opened = sheet(window)
    assert isinstance(opened, PauseSheet)
    assert opened.which.chosen() == ("1",)


def test_one_of_two_that_are_paused_is_resumed_alone(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.start(ward.seat("2")), SALINE)
    for service in ("1", "2"):
        session = ward.do(session, partial(pause_service, service=service))
    mouse.click(card(window, "2").more)
    mouse.click(more(window).choices["Resume"])
    assert [s.state for s in ward.session(session.id).services] == [
        ServiceState.RUNNING, ServiceState.PAUSED,
    ]  # fmt: skip


def test_after_the_end_more_offers_what_still_fits(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    ward.do(ward.start(ward.seat("2")), end_session)
    mouse.click(card(window, "2").more)
    assert list(more(window).choices) == [
        "Stopped at…", "Review and sign", "Print…", "Note…", "Reaction…", "Seat the next patient…",
    ]  # fmt: skip
    mouse.click(more(window).choices["Seat the next patient…"])
    assert sheet(window).accessibleName() == "Chair 2 · seat a patient"


def test_what_is_due_is_seen_from_more_too(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    mouse.click(card(window, "9").more)
    assert "What is due was seen" not in more(window).choices
    window.sheets.close_sheet()
    ward.clock.advance(30)
    mouse.click(card(window, "9").more)
    mouse.click(more(window).choices["What is due was seen"])
    assert len(ward.session(session.id).acknowledged) == 1


def test_a_watch_offers_what_fits_it(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    ward.start(ward.seat("2"), WATCH)
    mouse.click(card(window, "2").more)
    choices = list(more(window).choices)
    assert choices[:4] == ["Stop", "Pause…", "Stopped at…", "Reaction…"]
    assert "Keep vein open" in choices


def test_before_anything_runs_more_starts_the_plan(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    ward.plan(ward.seat("2"))
    mouse.click(card(window, "2").more)
    assert next(iter(more(window).choices)) == "Start Vancomycin"
    mouse.click(more(window).choices["Start Vancomycin"])
    assert window.toast.text == "Chair 2 · Vancomycin started at 09:00:00 · saved"


def test_the_other_mouse_button_on_a_card_is_more(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("2"))
    shown = card(window, "2")
    at = shown.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, shown.mapToGlobal(at))
    QApplication.sendEvent(shown, event)
    assert sheet(window).accessibleName() == "Chair 2 · what now?"
    window.sheets.close_sheet()
    free, at = card(window, "3"), QPoint(9, 9)
    QApplication.sendEvent(free, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))
    assert window.sheets.sheet is None


def test_more_of_the_chosen_chair_stands_in_the_panel_too(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    mouse.click(window.board.panel.more)
    assert sheet(window).accessibleName() == "Chair 1 · what now?"


def test_a_free_chair_has_no_more(window: MainWindow) -> None:
    assert not card(window, "2").more.isVisible()


def test_a_row_of_the_panel_offers_the_same_of_its_service(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot
) -> None:
    ward.start(ward.seat("1"), GLOBULIN)
    window.refresh()
    row = window.board.panel.findChild(ServiceButton)
    assert row is not None
    qtbot.waitUntil(row.isVisible)
    mouse.click(row)
    choices = list(more(window).choices)
    assert choices[:3] == ["Stop", "Pause…", "60 mL/h: step 2 of 4"]
    assert {"Note…", "Dose and containers…", "Strike out…"} <= set(choices)
    mouse.click(more(window).choices["Note…"])
    assert mouse.touches == 2


def test_pause_and_resume_are_three_clicks(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("4"))
    shown = card(window, "4")
    mouse.click(shown.buttons[1])
    opened = sheet(window)
    assert isinstance(opened, PauseSheet)
    ward.clock.advance(1)
    mouse.click(opened.reasons["Patient away"])
    ward.clock.advance(5)
    mouse.click(shown.buttons[0])
    assert mouse.touches == 3
    (pause,) = ward.session(session.id).services[0].pauses
    assert pause.until is not None
    assert (pause.until.at_us - pause.since.at_us, pause.reason) == (6 * MINUTE_US, "Patient away")


def test_a_rate_step_that_is_due_is_one_click(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.clock.advance(30)
    shown = card(window, "9")
    assert shown.buttons[1].text() == "60 mL/h"
    assert shown.buttons[1].accessibleName() == "Record step 2 of 4, 60 mL/h, chair 9"
    mouse.click(shown.buttons[1])
    assert mouse.touches == 1
    assert ward.session(session.id).services[0].rates[0].rate_ml_h == "60"
    assert shown.buttons[1].text() == "Pause"


def test_any_other_rate_is_three_clicks(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    mouse.click(card(window, "9").more)
    mouse.click(more(window).choices["New rate…"])
    opened = sheet(window)
    assert isinstance(opened, RateSheet)
    opened.rate.set_text("45")
    mouse.click(opened.go)
    assert mouse.touches == 3
    assert ward.session(session.id).services[0].rates[0].rate_ml_h == "45"


def test_stop_and_start_next_is_one_click_near_the_planned_end(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    session = ward.plan(ward.start(ward.seat("2"), VANCOMYCIN), SALINE)
    ward.clock.advance(52)
    shown = card(window, "2")
    assert shown.view.notes == ("8 min left, then Normal saline",)
    assert shown.buttons[1].accessibleName() == "Stop Vancomycin, start Normal saline, chair 2"
    mouse.click(shown.buttons[1])
    assert mouse.touches == 1
    drug, fluid = ward.session(session.id).services
    assert drug.stop is not None
    assert fluid.start is not None
    assert drug.stop.at_us == fluid.start.at_us == ward.clock.now().wall_us


def test_a_new_bag_is_three_clicks(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    mouse.click(card(window, "9").more)
    mouse.click(more(window).choices["New bag…"])
    mouse.click(sheet(window).go)  # type: ignore[attr-defined]
    assert mouse.touches == 3
    assert len(ward.session(session.id).services[0].bags) == 1


def test_a_reaction_that_pauses_is_four_clicks(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("3"))
    mouse.click(card(window, "3").more)
    mouse.click(more(window).choices["Reaction…"])
    opened = sheet(window)
    assert isinstance(opened, ReactionSheet)
    mouse.click(opened.signs["h"])
    mouse.click(opened.go)
    assert mouse.touches == 4
    assert ward.session(session.id).services[0].pauses[0].reason == "Reaction: hives"


def test_a_reaction_can_be_noted_while_all_runs_on(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("3"))
    mouse.click(card(window, "3").more)
    mouse.click(more(window).choices["Reaction…"])
    opened = sheet(window)
    assert isinstance(opened, ReactionSheet)
    mouse.click(opened.signs["i"])
    mouse.click(opened.only_button)
    assert window.toast.text == "Chair 3 · reaction noted at 09:00:00 · saved"
    noted = ward.session(session.id)
    assert (noted.notes[0].text, noted.notes[0].service) == ("Reaction: itching", "1")
    assert noted.services[0].state is ServiceState.RUNNING


def test_a_move_is_three_clicks(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("2"))
    mouse.click(card(window, "2").more)
    mouse.click(more(window).choices["Move to another chair…"])
    opened = sheet(window)
    assert isinstance(opened, MoveSheet)
    assert list(opened.chairs) == ["1", *map(str, range(3, 13))]
    mouse.click(opened.chairs["7"])
    assert mouse.touches == 3
    assert (ward.session(session.id).chair, window.board.chair) == ("7", "7")
