"""The drugs in the settings: what is kept of one there is so in the very next sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.orders import Category, Route
from desktop_app.core.ports import JournalError
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.drugs import DrugsSheet
from desktop_app.ui.sheets.own_drug import OwnDrugSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.usual_order import UsualOrderSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Typist, focused, sheet_of


@pytest.fixture
def drugs(window: MainWindow) -> DrugsSheet:
    """The drugs, opened from the settings page."""
    window.show_page("settings")
    window.settings.drugs.open_button.click()
    return sheet_of(window, DrugsSheet)


def starting(ward: Ward, window: MainWindow, letters: str) -> StartSheet:
    """Close what is open, and type letters into the start sheet of a patient."""
    window.sheets.close_sheet()
    if ward.desk.suite.occupant("1") is None:
        ward.seat("1")
    window.show_page("board")
    perform(window.station, Deed.START, "1", window.station.stamp())
    opened = sheet_of(window, StartSheet)
    opened.search.setText(letters)
    return opened


def offered(opened: StartSheet) -> list[str]:
    return [opened.list.item(at).text() for at in range(opened.list.count())]


def test_a_usual_order_fills_the_next_start_before_what_was_last_given(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    ward.start(ward.seat("2", "0007731"), VANCOMYCIN)
    typist.type("vanc")
    drugs.usual.click()
    asked = sheet_of(window, UsualOrderSheet)
    assert focused() is asked.dose.edit
    asked.dose.set_text("1250")
    asked.minutes.set_text("90")
    typist.press(Qt.Key.Key_Return)
    assert ward.settings.values["usual-orders"] == "J3370 | iv-infusion | 1250 | 90"
    again = sheet_of(window, DrugsSheet)
    assert again.told.text() == "Usually 1250 mg, infusion, 90 min."
    opened = starting(ward, window, "vanc")
    assert (opened.dose.text, opened.planned.text) == ("1250", "90")
    opened.confirm(now=False)
    order = ward.in_chair("1").services[0].order
    assert order.dose is not None
    assert (order.dose.hcpcs, str(order.dose.amount), order.planned_minutes) == ("J3370", "1250", 90)


def test_what_a_usual_order_leaves_open_is_filled_as_it_was_last_given(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("2", "0007731"), VANCOMYCIN)
    ward.settings.set("usual-orders", "J3370 | iv-infusion | | 75")
    opened = starting(ward, window, "vanc")
    assert (opened.dose.text, opened.planned.text) == ("", "75"), "the dose was another patient's"
    assert opened.last_used.text() == "Last used: 1000 mg"
    assert opened.source.text() == "As the suite usually gives it."
    ward.settings.set("usual-orders", "J3370 | iv-push | 500 |")
    opened = starting(ward, window, "vanc")
    assert (opened.way.taken.value, opened.dose.text, opened.planned.text) == ("push", "500", "")


def test_a_plan_goes_before_the_usual_order(ward: Ward, window: MainWindow) -> None:
    ward.settings.set("usual-orders", "J3370 | iv-push | 500 |")
    ward.plan(ward.seat("1"), VANCOMYCIN)
    opened = starting(ward, window, "vanc")
    assert (opened.dose.text, opened.planned.text, opened.way.taken.value) == ("1000", "60", "infusion")


def test_a_usual_order_can_be_forgotten(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    ward.settings.set("usual-orders", "J3370 | iv-infusion | 1250 | 90")
    typist.type("vanc")
    drugs.usual.click()
    sheet_of(window, UsualOrderSheet).forget.click()
    assert ward.settings.values["usual-orders"] == ""
    assert sheet_of(window, DrugsSheet).told.text().startswith("No usual order")


def test_a_dose_that_is_none_is_refused_at_its_field(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    typist.type("vanc")
    drugs.usual.click()
    asked = sheet_of(window, UsualOrderSheet)
    asked.dose.set_text("plenty")
    asked.confirm(now=False)
    assert (asked.problem, focused()) == ("The dose “plenty” is not a number over 0.", asked.dose.edit)
    asked.dose.set_text("")
    asked.minutes.set_text("0")
    asked.confirm(now=False)
    assert focused() is asked.minutes.edit
    assert ward.settings.get("usual-orders") == ""


def test_a_hidden_drug_is_offered_only_where_nothing_else_fits(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    typist.type("infliximab-dyyb")
    drugs.hide_it.click()
    assert ward.settings.values["hidden-drugs"] == "Q5103"
    assert drugs.hide_it.text() == "Show again"
    assert "hidden" in drugs.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert offered(starting(ward, window, "inf")) == ["Infliximab"]
    whole = starting(ward, window, "infliximab-dyyb")
    drug = whole.list.drug()
    assert drug is not None
    assert drug.hcpcs == "Q5103", "a typed name keeps its code"


def test_a_hidden_drug_can_be_shown_again(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    ward.settings.set("hidden-drugs", "Q5103")
    typist.type("infliximab-dyyb")
    drugs.hide_it.click()
    assert ward.settings.values["hidden-drugs"] == ""
    assert len(offered(starting(ward, window, "inf"))) == 2


def test_a_star_is_set_and_taken_by_the_keyboard_alone(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    typist.type("pemb")
    typist.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert ward.settings.values["favourite-drugs"] == "J9271"
    assert window.settings.drugs.told.text().startswith("10 drugs: 1 with a star")
    typist.press(Qt.Key.Key_Tab)
    assert focused() is drugs.star
    typist.press(Qt.Key.Key_Return)
    assert ward.settings.values["favourite-drugs"] == ""


def test_a_drug_of_its_own_is_started_with_its_kind_and_unit_and_no_code(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    typist.type("Study drug X-204")
    assert drugs.told.text() == "No drug begins like this."
    drugs.new.click()
    asked = sheet_of(window, OwnDrugSheet)
    assert asked.name.text == "Study drug X-204"
    asked.unit.set_text("mg")
    asked.kind.chip("chemo").click()
    assert "chemotherapy" in asked.means.text()
    asked.confirm(now=False)
    assert ward.settings.values["own-drugs"] == "Study drug X-204 | chemo | mg"
    assert sheet_of(window, DrugsSheet).list.count() == 1
    opened = starting(ward, window, "study")
    opened.dose.set_text("12")
    opened.confirm(now=False)
    order = ward.in_chair("1").services[0].order
    assert order.dose is not None
    assert (order.drug, order.category, order.route) == (
        "Study drug X-204",
        Category.CHEMO,
        Route.IV_INFUSION,
    )
    assert (order.dose.hcpcs, order.dose.unit, str(order.dose.amount)) == ("", "mg", "12")


@pytest.mark.parametrize(
    ("name", "unit", "why"),
    [
        ("", "mg", "A drug needs a name."),
        ("Vancomycin", "mg", "The drug table has Vancomycin already; choose it there."),
        ("a;b", "mg", "The name must have at most 60 characters, and neither ; nor |."),
        ("Mixture", "m|g", "The unit must have at most 12 characters, and neither ; nor |."),
    ],
)
def test_a_drug_of_its_own_that_cannot_be_is_refused_in_place(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, name: str, unit: str, why: str
) -> None:
    drugs.new.click()
    asked = sheet_of(window, OwnDrugSheet)
    asked.name.set_text(name)
    asked.unit.set_text(unit)
    asked.confirm(now=False)
    assert asked.problem == why
    assert focused() is (asked.unit.edit if "unit" in why else asked.name.edit)
    assert ward.settings.get("own-drugs") == ""


def test_a_renamed_drug_keeps_its_usual_order_and_a_deleted_one_leaves_none(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist
) -> None:
    ward.settings.set("own-drugs", "Mixture A | therapeutic | mL; Mixture B | other |")
    ward.settings.set("usual-orders", "Mixture A | iv-infusion | 5 | 30")
    typist.type("mixture a")
    drugs.change.click()
    asked = sheet_of(window, OwnDrugSheet)
    asked.name.set_text("Mixture C")
    asked.confirm(now=False)
    assert ward.settings.values["own-drugs"] == "Mixture C | therapeutic | mL; Mixture B | other |"
    assert ward.settings.values["usual-orders"] == "Mixture C | iv-infusion | 5 | 30"
    sheet_of(window, DrugsSheet).change.click()
    sheet_of(window, OwnDrugSheet).delete.click()
    assert ward.settings.values["own-drugs"] == "Mixture B | other |"
    assert ward.settings.values["usual-orders"] == ""


def test_what_cannot_be_kept_is_said_in_the_sheet(
    ward: Ward, window: MainWindow, drugs: DrugsSheet, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_key: str, _text: str) -> None:
        raise JournalError("The disk is full.")

    monkeypatch.setattr(ward.settings, "set", full)
    typist.type("vanc")
    drugs.hide_it.click()
    assert drugs.problem == "The disk is full."
    assert drugs.hide_it.text() == "Hide"
    drugs.usual.click()
    asked = sheet_of(window, UsualOrderSheet)
    asked.confirm(now=False)
    assert asked.problem == "The disk is full."
    assert window.sheets.sheet is asked
