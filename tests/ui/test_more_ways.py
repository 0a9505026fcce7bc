"""The start sheet's first view stays simple; behind More is all that can be coded at a chair."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import Category, Order, PlannedRate, Route, Setting
from desktop_app.core.service import ServiceState
from desktop_app.ui import words
from desktop_app.ui.sheets.order_form import OrderForm, rates_text, read_order
from desktop_app.ui.sheets.own_name import own_name
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.ways import MEANINGS, MORE_WAYS, WAYS, Way, way_of
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, sheet
from tests.ui.stand_ins import DRUGS, INFLIXIMAB, ORAL, VEDOLIZUMAB

ROW = 40


def start_sheet(window: MainWindow, typist: Typist, chair: str = "2") -> StartSheet:
    window.refresh()
    typist.press(chair)
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    return opened


def test_the_first_view_has_five_ways_and_one_way_to_more(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist)
    assert opened.way.usual.isVisible()
    assert not opened.more.isVisible()
    mouse.click(opened.more_button)
    assert opened.way.chip(Way.FLUSH).isVisible()
    assert not opened.more_button.isVisible()


RARE = [
    (Way.SC_INFUSION, "Immune globulin", Category.THERAPEUTIC, ServiceState.RUNNING),
    (Way.PUMP_HOME, "Immune globulin", Category.THERAPEUTIC, ServiceState.RUNNING),
    (Way.KEEP_OPEN, "Normal saline, 500 mL", Category.HYDRATION, ServiceState.RUNNING),
    (Way.ORAL, "Acetaminophen", Category.THERAPEUTIC, ServiceState.GIVEN),
    (Way.FLUSH, "", Category.OTHER, ServiceState.GIVEN),
    (Way.PORT_FLUSH, "", Category.OTHER, ServiceState.GIVEN),
    (Way.OBSERVATION, "", Category.OTHER, ServiceState.RUNNING),
    (Way.DECLOT, "", Category.OTHER, ServiceState.GIVEN),
    (Way.PUMP_REFILL, "", Category.THERAPEUTIC, ServiceState.GIVEN),
]


@pytest.mark.parametrize(("way", "drug", "category", "state"), RARE, ids=[row[0] for row in RARE])
def test_every_rarer_way_is_recorded_as_what_it_is(
    ward: Ward,
    window: MainWindow,
    typist: Typist,
    mouse: Mouse,
    qtbot: QtBot,
    way: Way,
    drug: str,
    category: Category,
    state: ServiceState,
) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist)
    opened.search.setText(drug)
    mouse.click(opened.more_button)
    mouse.click(opened.way.chip(way))
    assert not opened.way.usual.taken
    mouse.click(opened.go)
    if opened.problem == words.sentence(own_name(drug)):
        qtbot.waitUntil(lambda: not opened.once.waits)
        mouse.click(opened.go)
    (service,) = ward.in_chair("2").services
    order = service.order
    assert (order.route, order.category, service.state) == (MEANINGS[way].route, category, state)
    assert (order.kvo, order.goes_home_running) == (way is Way.KEEP_OPEN, way is Way.PUMP_HOME)
    assert order.drug


def test_every_route_a_nurse_meets_has_its_way() -> None:
    ways = {way for way, _ in (*WAYS, *MORE_WAYS)}
    assert ways == set(Way) == set(MEANINGS)
    assert {MEANINGS[way].route for way in ways} == set(Route) - {
        Route.IA_INFUSION, Route.IA_PUSH, Route.DRUG_ONLY,
    }  # fmt: skip


@pytest.mark.parametrize("way", [way for way, _ in (*WAYS, *MORE_WAYS)])
def test_an_order_of_each_way_is_seen_as_that_way(way: Way) -> None:
    order = read_order(OrderForm(name="Saline", drug=None, way=way))
    assert isinstance(order, Order)
    assert way_of(order.category, order) is way


@pytest.mark.parametrize("setting", Setting)
def test_an_office_may_say_what_was_the_main_reason_of_the_visit(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse, setting: Setting
) -> None:
    offered = setting is Setting.PHYSICIAN
    ward.settings.values["setting"] = setting
    typist.press("2")
    typist.press(Qt.Key.Key_Return)
    typist.enter("0004821")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    mouse.click(opened.more_button)
    assert opened.more.primary.isVisible() is offered
    opened.more.primary.setChecked(offered)
    opened.search.setText("vanc")
    mouse.click(opened.go)
    assert ward.in_chair("2").services[0].order.primary is offered


def test_a_rare_way_that_is_planned_is_said_by_the_way_to_more_which_stays_shut(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.plan(ward.seat("2"), ORAL)
    opened = start_sheet(window, typist)
    typist.type("ace")
    assert not opened.more.isVisible()
    assert opened.more_button.text() == "By mouth · more…"
    mouse.click(opened.more_button)
    assert opened.way.chip(Way.ORAL).isVisible()
    assert opened.way.chip(Way.ORAL).isChecked()
    mouse.click(opened.go)
    assert ward.in_chair("2").services[0].order == ORAL


def test_rates_rounds_and_watch_are_typed_behind_more(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist)
    opened.search.setText("ved")
    mouse.click(opened.more_button)
    more = opened.more
    more.rates.set_text("0: 20, 15: 40.5")
    more.volume.set_text("250")
    more.vitals.set_text("15")
    more.observe.set_text("60")
    mouse.click(opened.go)
    order = ward.in_chair("2").services[0].order
    assert order.rate_steps == (PlannedRate(0, Decimal(20)), PlannedRate(15, Decimal("40.5")))
    assert (order.volume_ml, order.vitals_every_minutes, order.observe_minutes) == (Decimal(250), 15, 60)


STEPS = "rate steps are minute and mL/h, from minute 0 on, such as 0: 20, 15: 40"
FORM = OrderForm(name="Iron", drug=None, way=Way.INFUSION)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (replace(FORM, rates="20"), STEPS),
        (replace(FORM, rates="5: 20"), STEPS),
        (replace(FORM, rates="0: 20, 0: 40"), STEPS),
        (replace(FORM, rates="0: 20, 15: 0"), STEPS),
        (replace(FORM, rates=", ".join(f"{n}: 20" for n in range(21))), STEPS),
        (replace(FORM, volume="much"), "the volume “much” is not a number over 0"),
        (replace(FORM, vitals="0"), "minutes between vital signs must be a whole number from 1 to 1440"),
        (replace(FORM, observe="1.5"), "minutes to watch afterwards must be a whole number from 1 to 1440"),
    ],
)
def test_what_cannot_be_read_behind_more_is_said_by_its_name(form: OrderForm, said: str) -> None:
    assert read_order(form) == said


def test_what_means_nothing_for_a_push_is_not_kept_from_a_plan() -> None:
    pushed = read_order(
        replace(FORM, way=Way.PUSH, base=INFLIXIMAB, rates=rates_text(INFLIXIMAB), vitals="30")
    )
    assert isinstance(pushed, Order)
    assert (pushed.rate_steps, pushed.vitals_every_minutes, pushed.planned_minutes) == ((), None, None)


def test_an_order_by_another_route_of_the_same_way_keeps_its_route() -> None:
    arterial = Order(drug="x", category=Category.CHEMO, route=Route.IA_INFUSION, pump=False)
    read = read_order(replace(FORM, base=arterial))
    assert isinstance(read, Order)
    assert read.route is Route.IA_INFUSION


def test_a_star_is_set_and_taken_away_by_the_mouse_and_by_a_key(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist)
    view = opened.list.viewport()
    mouse.click_at(view, QPoint(view.width() - 20, 3 * ROW + ROW // 2))
    assert ward.settings.values["favourite-drugs"] == "J9312"
    assert opened.list.currentRow() == -1
    typist.type("ved")
    typist.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert ward.settings.values["favourite-drugs"] == "J9312 J3380"
    assert opened.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Vedolizumab (Entyvio) J3380 · 1 mg favourite"
    )
    typist.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert ward.settings.values["favourite-drugs"] == "J9312"
    assert ward.in_chair("2").services == ()


def test_the_plan_comes_first_then_the_starred_then_what_was_given_last(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.settings.values["favourite-drugs"] = "J1756"
    ward.start(ward.seat("1"))
    ward.plan(ward.seat("2", mrn="0007712"), VEDOLIZUMAB)
    opened = start_sheet(window, typist)
    shown = [opened.list.item(at).text() for at in range(opened.list.count())]
    assert shown == ["Vedolizumab", "Iron sucrose", "Vancomycin"]


def test_a_star_that_cannot_be_kept_says_so(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.settings.values["favourite-drugs"] = " ".join(f"J{n:04}" for n in range(40))
    ward.seat("2")
    opened = start_sheet(window, typist)
    typist.type("ved")
    typist.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert opened.problem == "At most 40 drugs can have a star; take one away first."


def test_every_drug_of_the_table_has_a_code_to_be_starred_by() -> None:
    assert all(drug.hcpcs for drug in DRUGS.all())
