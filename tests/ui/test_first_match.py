"""Letters that fit several drugs: the first Enter goes on to the dose, and is the start all the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Route
from desktop_app.core.service import Service
from desktop_app.ui.drug_book import DrugBook
from desktop_app.ui.sheets import first_match
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, read_question, sheet_of
from tests.ui.stand_ins import DRUGS, INFLIXIMAB, Row

ENTER = Qt.Key.Key_Return
SHIFT = Qt.KeyboardModifier.ShiftModifier
ASKED = (
    "Several drugs fit “inf”, chosen is Infliximab (Remicade). "
    "Type the dose; Enter again starts it, also without one."
)
NINE = at("2026-03-02T09:00")


def start_sheet(ward: Ward, window: MainWindow, typist: Typist) -> StartSheet:
    """Open the start sheet with its moment stamped by the key."""
    ward.seat("2")
    window.refresh()
    typist.press("2")
    typist.press("a")
    return sheet_of(window, StartSheet)


@pytest.fixture
def quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the question be read in a blink, where a test is not about how long that takes."""
    monkeypatch.setattr(first_match, "READ_MS", 1)


def started(ward: Ward) -> tuple[Service, ...]:
    return ward.in_chair("2").services


def start_of(service: Service) -> int:
    assert service.start is not None
    return service.start.at_us


def test_the_first_enter_takes_the_match_and_goes_on_to_its_dose(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    assert started(ward) == ()
    assert (opened.problem, opened.faulty()) == (ASKED, None)
    assert focused() is opened.dose.edit
    assert opened.list.count() == 2, "whoever meant the other one still sees it"


def test_in_a_low_window_the_dose_is_in_view_over_the_question(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    def is_in_view() -> bool:
        return 0 < dose.mapTo(opened.inside, dose.rect().bottomLeft()).y() < opened.inside.height()

    window.theme.choose(text_percent=150)
    window.resize(1280, 720)
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    dose = opened.dose.edit
    qtbot.waitUntil(lambda: bool(opened.problem) and is_in_view())


def test_a_dose_answers_and_enter_starts_with_it(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    read_question(qtbot)
    typist.type("350")
    assert opened.problem == ""
    typist.press(ENTER)
    (service,) = started(ward)
    assert service.order.dose is not None
    assert (service.order.dose.hcpcs, service.order.dose.amount) == ("J1745", Decimal(350))


@pytest.mark.usefixtures("quick_eyes")
def test_a_second_enter_starts_without_a_dose_at_the_touch_that_asked(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    start_sheet(ward, window, typist)
    ward.clock.advance(1)
    typist.enter("inf")
    ward.clock.advance(3)
    read_question(qtbot)
    typist.press(ENTER)
    (service,) = started(ward)
    assert service.order.dose is not None
    assert (service.order.dose.amount, start_of(service)) == (None, NINE)


def test_a_key_hit_twice_starts_nothing(ward: Ward, window: MainWindow, typist: Typist) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    QTest.keyClick(focused(), ENTER)
    assert (started(ward), opened.problem) == ((), ASKED)


def test_what_is_typed_on_blindly_is_no_dose(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.enter("1")
    assert (started(ward), opened.dose.text) == ((), "")
    assert opened.problem == f"“1” came before this could be read and was not taken: s{ASKED[1:]}"
    assert focused() is opened.dose.edit
    read_question(qtbot)
    typist.enter("350")
    (service,) = started(ward)
    assert service.order.dose is not None
    assert service.order.dose.amount == Decimal(350)


def test_a_dose_begun_blindly_is_none_however_late_its_enter_comes(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.type("1")
    read_question(qtbot)
    typist.enter("0")
    assert (started(ward), opened.dose.text) == ((), "")
    assert opened.problem.startswith("“10” came before")


def test_a_wristband_scanned_behind_a_blind_dose_makes_no_dose_of_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("4", mrn="66001234")
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.type("1")
    typist.scan("66001234")
    typist.press(ENTER)
    assert (started(ward), opened.dose.text) == ((), "")
    assert opened.problem.startswith("“1” came before")


def test_a_scan_into_the_dose_leaves_the_dose_behind_it_to_be_taken(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.seat("4", mrn="66001234")
    start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.scan("66001234")
    read_question(qtbot)
    typist.enter("350")
    assert [service.order.dose and service.order.dose.amount for service in started(ward)] == [Decimal(350)]


def test_a_blind_dose_that_was_rubbed_out_and_typed_anew_is_taken(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.type("1")
    read_question(qtbot)
    opened.dose.edit.selectAll()
    typist.press(Qt.Key.Key_Backspace)
    typist.enter("350")
    assert [service.order.dose and service.order.dose.amount for service in started(ward)] == [Decimal(350)]


def unstamped_sheet(window: MainWindow, typist: Typist) -> StartSheet:
    """Open the start sheet by seating somebody: nothing is stamped, Enter is the start."""
    typist.press("2")
    typist.press(ENTER)
    typist.enter("0004821")
    return sheet_of(window, StartSheet)


@pytest.mark.usefixtures("quick_eyes")
def test_where_nothing_was_stamped_the_first_enter_is_the_start(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = unstamped_sheet(window, typist)
    ward.clock.advance(2)
    typist.enter("inf")
    assert opened.stamped == "Stamped 09:02:00"
    ward.clock.advance(5)
    read_question(qtbot)
    typist.enter("350")
    (service,) = started(ward)
    assert start_of(service) == NINE + 2 * MINUTE_US


@pytest.mark.usefixtures("quick_eyes")
def test_the_instant_asked_for_with_shift_is_that_of_the_first_press(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.type("inf")
    ward.clock.advance(4)
    typist.press(ENTER, SHIFT)
    assert opened.stamped == "Stamped 09:04:00"
    ward.clock.advance(1)
    read_question(qtbot)
    typist.enter("350")
    (service,) = started(ward)
    assert start_of(service) == NINE + 4 * MINUTE_US


def test_the_button_asks_as_enter_does(ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse) -> None:
    opened = start_sheet(ward, window, typist)
    typist.type("inf")
    mouse.click(opened.go)
    assert (started(ward), opened.problem) == ((), ASKED)


@pytest.mark.usefixtures("quick_eyes")
def test_another_way_takes_the_question_away_and_is_asked_about_anew(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    opened.way.chip("push").click()
    assert opened.problem == ""
    typist.press(ENTER)
    assert (started(ward), opened.problem) == ((), ASKED.replace("starts", "records"))
    read_question(qtbot)
    typist.press(ENTER)
    assert [service.order.route for service in started(ward)] == [Route.IV_PUSH]


@pytest.mark.usefixtures("quick_eyes")
def test_what_does_not_run_is_said_to_be_recorded(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.type("inf")
    opened.way.chip("push").click()
    opened.search.setFocus()
    typist.press(ENTER)
    assert opened.problem == ASKED.replace("starts", "records")
    read_question(qtbot)
    typist.press(ENTER)
    assert [service.order.route for service in started(ward)] == [Route.IV_PUSH]


@pytest.mark.parametrize(
    ("letters", "code"),
    [("van", "J3370"), ("infliximab", "J1745"), ("Inflectra", "Q5103"), ("q5103", "Q5103")],
)
def test_a_drug_that_is_meant_starts_on_one_enter(
    ward: Ward, window: MainWindow, typist: Typist, letters: str, code: str
) -> None:
    start_sheet(ward, window, typist)
    typist.enter(letters)
    (service,) = started(ward)
    assert service.order.dose is not None
    assert (service.order.dose.hcpcs, service.order.dose.amount) == (code, None)


def test_a_drug_picked_from_the_list_starts_on_one_enter(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    start_sheet(ward, window, typist)
    typist.type("inf")
    typist.press(Qt.Key.Key_Down)
    typist.press(ENTER)
    assert [service.order.drug for service in started(ward)] == ["Infliximab-dyyb"]


def test_a_drug_of_the_plan_starts_on_one_enter(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.plan(ward.seat("2"), INFLIXIMAB)
    window.refresh()
    typist.press("2")
    typist.press("a")
    typist.enter("inf")
    (service,) = ward.session(session.id).begun_services
    assert service.id == session.services[0].id


def test_a_drug_with_the_suite_s_usual_dose_starts_on_one_enter(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.settings.set("usual-orders", "J1745 | iv-infusion | 400 | 120")
    start_sheet(ward, window, typist)
    typist.enter("inf")
    assert [service.order.planned_minutes for service in started(ward)] == [120]


def test_one_drug_of_several_makers_starts_on_one_enter(
    ward: Ward, window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers = [
        Row(code, f"vancomycin{maker}", Decimal(10), "mg", Category.THERAPEUTIC)
        for code, maker in (("J3373", ""), ("J3374", " (Mylan)"))
    ]
    monkeypatch.setattr(DRUGS, "all", DrugBook(makers).all)
    start_sheet(ward, window, typist)
    typist.enter("vanc")
    (service,) = started(ward)
    assert service.order.dose is not None
    assert service.order.dose.hcpcs == "J3373"
