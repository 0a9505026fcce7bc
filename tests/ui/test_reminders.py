"""What is due stands on the card and in the panel, counts as a need, and is seen by one touch or key."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.core.care import pause_service
from desktop_app.core.orders import PlannedRate
from desktop_app.core.reminders import reminders_due
from desktop_app.core.session import Session
from desktop_app.ui import reminding
from desktop_app.ui.board.card import Card
from desktop_app.ui.panel.reminders import ReminderList
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused

TITRATED = replace(
    VANCOMYCIN,
    rate_steps=(PlannedRate(0, Decimal(50)), PlannedRate(20, Decimal("100.0"))),
    vitals_every_minutes=30,
)


def later(ward: Ward, window: MainWindow, minutes: int) -> None:
    ward.clock.advance(minutes)
    window.refresh()


def card(window: MainWindow, chair: int) -> Card:
    return window.board.grid.cards[chair - 1]


def labels(shown: ReminderList) -> list[str]:
    return [one.text() for one in shown.findChildren(QLabel) if one.isVisible()]


def test_a_card_says_in_one_line_what_is_due_and_its_name_says_it_in_full(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 19)
    assert not card(window, 4).due.isVisible()
    later(ward, window, 1)
    shown = card(window, 4)
    assert shown.due.isVisible()
    assert shown.due.text() == "Rate 100 mL/h · 09:20"
    assert shown.due.accessibleName() == "Seen: Rate 100 mL/h of Vancomycin, due 09:20, chair 4"
    assert shown.accessibleName().endswith("running 20 minutes, rate 100 mL/h due")
    assert shown.due.height() >= 40
    assert not shown.due.geometry().intersects(shown.buttons[0].geometry())


def test_what_is_due_needs_attention_until_it_is_seen(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 20)
    attention = window.board.bar.attention
    assert attention.accessibleName() == ("1 needs attention: chair 4, rate 100 mL/h due. Go to the next")
    Mouse(qtbot).click(attention)
    assert window.board.chair == "4"
    Mouse(qtbot).click(card(window, 4).due)
    assert attention.accessibleName() == "Nothing needs attention"


def test_one_touch_of_the_line_is_recorded_with_the_instant_it_was_due(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 23)
    hands = Mouse(qtbot)
    hands.click(card(window, 4).due)
    assert hands.touches == 1
    assert ward.journal.kinds[-1] == "reminder-acknowledged"
    seen = ward.session(session.id).acknowledged[0]
    assert (seen.reminder, seen.due_us) == ("rate-step", ward.clock.now().wall_us - 3 * 60_000_000)
    assert window.toast.text == "Chair 4 · Rate 100 mL/h of Vancomycin seen at 09:23:00 · saved"
    assert not card(window, 4).due.isVisible()


def test_the_key_k_sees_what_the_chosen_card_says_and_an_undo_brings_it_back(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 20)
    window.board.focus("4")
    hands = Typist(qtbot, window)
    hands.press("k")
    assert not card(window, 4).due.isVisible()
    hands.press("u")
    assert card(window, 4).due.text() == "Rate 100 mL/h · 09:20"
    assert "acknowledgement taken back" in window.toast.text


def test_where_nothing_is_due_the_key_says_so(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    ward.start(ward.seat("4"), TITRATED)
    window.refresh()
    window.board.focus("4")
    Typist(qtbot, window).press("k")
    assert window.toast.text == "Not done. Nothing is due at chair 4."
    assert "reminder-acknowledged" not in ward.journal.kinds


def test_a_touch_sees_what_the_card_said_not_what_came_due_since(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    order = replace(TITRATED, vitals_every_minutes=15)
    session = ward.start(ward.seat("4"), order)
    later(ward, window, 16)
    assert card(window, 4).due.text() == "Vitals · 09:15"
    ward.clock.advance(5)
    Mouse(qtbot).click(card(window, 4).due)
    assert [one.reminder for one in ward.session(session.id).acknowledged] == ["vitals"]
    assert card(window, 4).due.text() == "Rate 100 mL/h · 09:20"


def test_each_is_seen_by_itself_and_a_double_click_sees_one(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 31)
    shown = card(window, 4).due
    assert shown.text() == "Rate 100 mL/h · 09:20 +1"
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert [one.reminder for one in ward.session(session.id).acknowledged] == ["rate-step"]
    assert shown.text() == "Vitals · 09:30"


def test_of_several_drugs_the_line_says_whose_it_is(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.start(ward.seat("4"), TITRATED), SALINE)
    later(ward, window, 20)
    assert card(window, 4).due.text() == "Rate 100 mL/h · Vancomycin"


def test_at_the_planned_end_the_line_is_the_answer_to_what_the_card_asks(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("4"))
    later(ward, window, 60)
    assert card(window, 4).view.notes == ("Plan ended 10:00: still running?",)
    assert card(window, 4).due.text() == "Still running"
    Mouse(qtbot).click(card(window, 4).due)
    assert ward.session(session.id).services[0].is_open
    assert card(window, 4).view.pill == "At plan end"
    assert not card(window, 4).due.isVisible()


def test_a_watch_after_a_push_is_over_while_the_patient_still_sits_there(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("4"), replace(DIPHENHYDRAMINE, observe_minutes=30))
    later(ward, window, 30)
    assert card(window, 4).due.text() == "Watch is over · 09:30"


def test_the_panel_lists_what_is_due_and_what_is_next_with_times(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 31)
    window.board.focus("4")
    panel = window.board.panel.reminders
    shown = labels(panel)
    assert shown[0] == "REMINDERS"
    assert sorted(zip(shown[1:5:2], shown[2:5:2], strict=True)) == [
        ("Rate 100 mL/h", "Vancomycin · due 09:20"),
        ("Vitals", "Vancomycin · due 09:30"),
    ]
    assert sorted(zip(*(shown[at::3] for at in (5, 6, 7)), strict=True)) == [
        ("Planned end", "Vancomycin", "10:00"),
        ("Vitals", "Vancomycin", "10:00"),
    ]
    second = list(panel.buttons.values())[1]
    assert second.accessibleName() == "Seen: Vitals of Vancomycin, due 09:30"
    Mouse(qtbot).click(second)
    assert [one.what for one in panel.buttons] == ["rate-step"]


def test_a_reminder_in_the_panel_is_seen_from_the_keyboard(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 20)
    window.board.focus("4")
    next(iter(window.board.panel.reminders.buttons.values())).setFocus(Qt.FocusReason.TabFocusReason)
    Typist(qtbot, window).press(Qt.Key.Key_Return)
    assert len(ward.session(session.id).acknowledged) == 1
    assert isinstance(focused(), Card)


def test_the_panel_says_that_what_is_paused_waits(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("4"), TITRATED)
    later(ward, window, 20)
    ward.do(session, partial(pause_service, service="1"))
    later(ward, window, 20)
    window.board.focus("4")
    assert labels(window.board.panel.reminders)[-1] == "Vancomycin is paused: its reminders wait."


def test_with_nothing_to_remind_of_the_panel_has_no_such_part(ward: Ward, window: MainWindow) -> None:
    ward.seat("4")
    window.refresh()
    window.board.focus("4")
    assert not window.board.panel.reminders.isVisible()


@pytest.mark.parametrize("key", ["remind-rate", "vitals-minutes"])
def test_a_setting_of_reminders_is_in_effect_at_once(ward: Ward, window: MainWindow, key: str) -> None:
    ward.start(ward.seat("4"), replace(TITRATED, vitals_every_minutes=None))
    later(ward, window, 25)
    window.show_page("settings")
    entry = window.settings.entries[key]
    if entry.choice is not None:
        entry.choice.chip("no").click()
    else:
        entry.field.set_text("10")
        entry.field.edit.editingFinished.emit()
    window.show_page("board")
    told = card(window, 4).due.text() if card(window, 4).due.isVisible() else ""
    assert told == {"remind-rate": "", "vitals-minutes": "Rate 100 mL/h · 09:20 +1"}[key]


def test_what_is_due_is_asked_only_when_it_can_be_another_answer(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward.start(ward.seat("4"), TITRATED)
    window.refresh()
    asked: list[Session] = []

    def counted(session: Session, *rest: object) -> object:
        asked.append(session)
        return reminders_due(session, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reminding, "reminders_due", counted)
    for _ in range(19):
        later(ward, window, 1)
    assert asked == []
    later(ward, window, 1)
    assert len(asked) == 1
