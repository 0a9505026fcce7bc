"""What is typed and what is written: times, doses, drugs, scans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.core.orders import Category, Dose, Order, Route
from desktop_app.core.stay import end_session
from desktop_app.ui import words
from desktop_app.ui.board.figure import Figure
from desktop_app.ui.clock_text import read_clock
from desktop_app.ui.drug_search import find_drugs
from desktop_app.ui.keys import chair_of
from desktop_app.ui.search import Found, Meant, find
from desktop_app.ui.sheets.order_form import OrderForm, read_order
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.ways import Way
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, at
from tests.ui.conftest import Ward
from tests.ui.hands import sheet_of
from tests.ui.stand_ins import DRUGS

NOW = at("2026-03-02T10:42:07")


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("10:31", "2026-03-02T10:31"),
        ("1031", "2026-03-02T10:31"),
        ("9.05", "2026-03-02T09:05"),
        ("10:31:20", "2026-03-02T10:31:20"),
        ("23:50", "2026-03-01T23:50"),
    ],
)
def test_a_clock_time_is_the_last_one_before_now(typed: str, local: str) -> None:
    assert read_clock(typed, NOW, NEW_YORK) == at(local)


@pytest.mark.parametrize(
    ("now", "typed", "minutes_ago"),
    [
        (at("2026-11-01T01:30") + HOUR_US, "01:50", 40),  # the second 01:30: the clock showed 01:50 before it
        (at("2026-11-01T01:30") + HOUR_US, "01:20", 10),
        (at("2026-11-01T02:30"), "01:50", 40),  # the later one of two
        (at("2026-03-08T03:40"), "02:30", 24 * 60 + 10),  # no clock showed it on this day
        (at("2026-11-01T23:50"), "00:10", 23 * 60 + 40 + 60),  # a day of 25 hours
    ],
)
def test_where_clocks_are_put_on_or_back_a_time_is_the_last_one_that_was_shown(
    now: int, typed: str, minutes_ago: int
) -> None:
    assert read_clock(typed, now, NEW_YORK) == now - minutes_ago * MINUTE_US


@pytest.mark.parametrize("typed", ["", "now", "25:00", "10:61", "1", "10:3"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_clock(typed, NOW, NEW_YORK) is None


def test_durations_are_cut_and_never_rounded_up() -> None:
    assert words.hms(3_599_999_999) == "0:59:59"
    assert words.hms(6_432_000_000) == "1:47:12"
    assert words.m_ss(250_000_000) == "4:10"


@pytest.mark.parametrize(
    ("typed", "shown"), [("RM", "R. M."), ("r.m.", "R. M."), ("Ann Lee", "Ann Lee"), ("", "")]
)
def test_initials_are_written_with_full_stops(typed: str, shown: str) -> None:
    assert words.dotted(typed) == shown


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("inf", "Infliximab"),
        ("van", "Vancomycin"),
        ("kyt", ""),
        ("ritux", "Rituximab"),
        ("venof", "Iron sucrose"),
        ("J9271", "Pembrolizumab"),
        ("saline", "Normal saline, 500 mL"),
    ],
)
def test_three_letters_of_name_brand_or_code_find_a_drug(typed: str, first: str) -> None:
    found = find_drugs(DRUGS.all(), typed)
    assert (found[0].name if found else "") == first


def test_a_drug_is_ordered_by_its_own_unit() -> None:
    (drug,) = find_drugs(DRUGS.all(), "vancomycin")
    order = read_order(
        OrderForm(name="vanc", drug=drug, way=Way.INFUSION, dose="1000", planned="60", site="L arm")
    )
    assert order == Order(
        drug="Vancomycin",
        category=Category.THERAPEUTIC,
        route=Route.IV_INFUSION,
        site="L arm",
        planned_minutes=60,
        dose=Dose(hcpcs="J3370", unit_amount=Decimal(500), unit="mg", amount=Decimal(1000)),
    )


def test_a_fluid_for_hydration_is_one_and_as_a_carrier_is_not() -> None:
    (saline,) = find_drugs(DRUGS.all(), "saline")
    hydration = read_order(OrderForm(name="", drug=saline, way=Way.HYDRATION))
    carrier = read_order(OrderForm(name="", drug=saline, way=Way.INFUSION))
    assert isinstance(hydration, Order)
    assert isinstance(carrier, Order)
    assert (hydration.category, carrier.category) == (Category.HYDRATION, Category.THERAPEUTIC)


@pytest.mark.parametrize(
    ("dose", "planned", "said"),
    [
        ("lots", "", "the dose “lots” is not a number over 0"),
        ("-5", "", "the dose “-5” is not a number over 0"),
        ("NaN", "", "the dose “NaN” is not a number over 0"),
        ("5", "soon", "planned minutes must be a whole number from 1 to 1440"),
        ("5", "0", "planned minutes must be a whole number from 1 to 1440"),
    ],
)
def test_a_number_that_is_none_is_one_sentence(dose: str, planned: str, said: str) -> None:
    form = OrderForm(name="Vancomycin", drug=None, way=Way.INFUSION, dose=dose, planned=planned)
    assert read_order(form) == said


@pytest.mark.parametrize(
    ("digits", "chair"), [("1", "1"), ("12", "12"), ("0", "10"), ("19", "9"), ("00", "10")]
)
def test_digits_choose_a_chair(digits: str, chair: str) -> None:
    assert chair_of(digits, tuple(str(n) for n in range(1, 13))) == chair


def test_chairs_with_names_are_chosen_by_their_place() -> None:
    assert chair_of("2", ("Window", "Door", "Isolation")) == "Door"


def test_a_search_finds_patient_chair_drug_or_someone_new(ward: Ward) -> None:
    ward.seat("3", mrn="0009940")
    suite = ward.desk.suite
    assert find(suite, DRUGS, "0009940", scanned=True) == Found(Meant.CHAIR, "3")
    assert find(suite, DRUGS, "9940", scanned=False) == Found(Meant.CHAIR, "3", "9940")
    assert find(suite, DRUGS, "9940", scanned=True) == Found(Meant.NEW_PATIENT, "9940", is_scan=True)
    assert find(suite, DRUGS, "chair 7", scanned=False) == Found(Meant.CHAIR, "7")
    assert find(suite, DRUGS, "inflix", scanned=False) == Found(Meant.DRUG, "inflix")
    assert find(suite, DRUGS, "0001111", scanned=True) == Found(Meant.NEW_PATIENT, "0001111", is_scan=True)
    assert find(suite, DRUGS, "zz", scanned=False) is None


@pytest.mark.usefixtures("qapp")
def test_one_of_anything_is_told_as_one() -> None:
    figure = Figure("coded lines")
    figure.show_number("1")
    assert figure.accessibleName() == "1 coded line"
    assert [shown.text() for shown in figure.findChildren(QLabel)] == ["1", "coded line"]
    figure.show_number("2")
    assert figure.accessibleName() == "2 coded lines"


def test_the_end_of_an_mrn_of_someone_who_has_left_opens_the_review_and_seats_nobody(
    ward: Ward, window: MainWindow
) -> None:
    ended = ward.do(ward.stop(ward.start(ward.seat("1", mrn="0031107"))), end_session)
    window.show_page("review", ended.id)
    window.review.sign()
    assert ward.session(ended.id).signature is not None
    window.search("1107")
    assert window.page == "review"
    assert window.sheets.sheet is None
    window.search("0031107")
    assert sheet_of(window, SeatSheet).mrn.text == "0031107"
