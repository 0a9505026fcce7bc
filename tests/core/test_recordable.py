"""Nothing is stored that a case could not hold: every decision asks the same bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.case import read_case
from desktop_app.coding.case_out import case_of
from desktop_app.coding.case_text import json_text, read_json
from desktop_app.coding.sessions import visit_of
from desktop_app.core.care import (
    add_note,
    change_bag,
    change_order,
    change_rate,
    give_service,
    open_site,
    pause_service,
    plan_service,
    record_dose,
    start_service,
)
from desktop_app.core.corrections import correct_moment, not_witnessed, remove_stop, void_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Saved
from desktop_app.core.later_stops import leave_first_stop
from desktop_app.core.marks import drop_mark, make_mark
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Container, Dose, Order, PlannedRate, Route, Setting
from desktop_app.core.protocols import Protocol, plan_all, protocol_fault
from desktop_app.core.recordable import as_line, order_fault
from desktop_app.core.stay import hold_session, seat_patient
from tests.coding.given import RULES
from tests.core.chairside import infusion, running, seated, us
from tests.fakes import NEW_YORK

EXTREME = [
    Decimal(text)
    for text in ("1e308", "1e29", "9" * 30, "1000000000.000000001", "1e-10", "1e-999999", "0", "-1", "-1e99")
]
TOO_FAR = "at most 1,000,000,000, with at most 9 decimal places"


@pytest.mark.parametrize("amount", EXTREME, ids=str)
def test_no_decision_takes_an_amount_out_of_bounds(amount: Decimal) -> None:
    for bad in _orders(amount):
        side = seated()
        refused = (
            side.refused("09:00", plan_service, service="x", order=bad),
            side.refused("09:00", start_service, service="x", order=bad),
            side.refused("09:00", give_service, service="x", order=replace(bad, route=Route.IV_PUSH)),
            side.refused("09:00", plan_all, orders=[infusion(), bad]),
            protocol_fault(Protocol(name="P", services=(bad,))),
            running().refused("10:00", change_order, service="a", order=bad),
        )
        assert all(TOO_FAR in text for text in refused), refused
        assert len(set(refused)) == 1
    for dose in _doses(amount):
        assert TOO_FAR in running().refused("10:00", record_dose, service="a", dose=dose)


def _doses(amount: Decimal) -> list[Dose]:
    return [
        Dose(amount=amount),
        Dose(unit_amount=amount),
        Dose(ndc_quantity=amount),
        Dose(containers=(Container(amount, 1, single_dose=True),)),
    ]


def _orders(amount: Decimal) -> list[Order]:
    return [
        *(infusion(dose=dose) for dose in _doses(amount)),
        infusion(volume_ml=amount),
        infusion(rate_ml_h=amount),
        infusion(rate_steps=(PlannedRate(0, amount),)),
    ]


@pytest.mark.parametrize(
    "rate", ["1e308", "1e-999999", "1000000001", "0.0000000001", "1_000", "٣", "1,000", "+5"]
)
def test_a_rate_is_a_plain_number_within_the_bounds(rate: str) -> None:
    said = running().refused("10:00", change_rate, service="a", rate_ml_h=rate)
    plain = all(letter in "0123456789." for letter in rate)
    assert (TOO_FAR in said) if plain else said == f"the rate “{rate}” is not a number of mL/h"


def test_the_largest_and_the_finest_amount_are_taken() -> None:
    side = seated()
    dose = Dose(hcpcs="J1745", amount=Decimal(1_000_000_000), unit="mg", unit_amount=Decimal("0.000000001"))
    side.do("09:00", start_service, service="a", order=infusion(dose=dose))
    side.do("09:10", change_rate, service="a", rate_ml_h="1000000000")
    side.do("09:11", change_rate, service="a", rate_ml_h="0")
    assert [step.rate_ml_h for step in side.service("a").rates] == ["1000000000", "0"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (infusion(planned_minutes=10_081), "the planned minutes must be from 1 to 10080, which is a week"),
        (infusion(planned_minutes=0), "the planned minutes must be from 1 to 10080, which is a week"),
        (
            infusion(vitals_every_minutes=0),
            "the minutes between vital signs must be from 1 to 10080, which is a week",
        ),
        (
            infusion(observe_minutes=-1),
            "the minutes to watch afterwards must be from 1 to 10080, which is a week",
        ),
        (
            infusion(rate_steps=(PlannedRate(-1, Decimal(1)),)),
            "the minute of a rate step must be from 0 to 10080, which is a week",
        ),
        (infusion(dose=Dose(units=0)), "the billing units must be from 1 to 1,000,000,000"),
        (
            infusion(dose=Dose(containers=(Container(Decimal(1), 0, single_dose=True),))),
            "the number of vials or bags must be from 1 to 1,000,000,000",
        ),
        (
            infusion(dose=Dose(containers=(Container(Decimal(1), 1, single_dose=True),) * 501)),
            "a dose comes from at most 500 sizes of containers",
        ),
        (
            infusion(dose=Dose(hcpcs="1745")),
            "the drug code must be a capital letter and four digits, such as J1745",
        ),
        (infusion("  "), "the drug has no name"),
        (infusion(site=" "), "the access site has no name"),
        (infusion(encounter=""), "the encounter has no name"),
    ],
)
def test_what_else_no_case_holds_is_refused(bad: Order, said: str) -> None:
    assert seated().refused("09:00", start_service, service="a", order=bad) == said


UNPLAIN = [
    "nul \0",
    "zero\u200bwidth",
    "turned \u202eround",
    "two\nlines",
    "a\tb",
    "half \ud800",
    "line\u2028sep",
]
LINES: list[tuple[str, Callable[..., Any], Callable[[str], dict[str, Any]]]] = [
    ("the name of the drug", plan_service, lambda text: {"service": "x", "order": infusion(text)}),
    ("the access site", plan_service, lambda text: {"service": "x", "order": infusion(site=text)}),
    ("the encounter", plan_service, lambda text: {"service": "x", "order": infusion(encounter=text)}),
    ("the unit", record_dose, lambda text: {"service": "a", "dose": Dose(unit=text)}),
    ("the NDC", record_dose, lambda text: {"service": "a", "dose": Dose(ndc=text)}),
    ("the lot", record_dose, lambda text: {"service": "a", "dose": Dose(lot=text)}),
    ("the expiry", record_dose, lambda text: {"service": "a", "dose": Dose(expiry=text)}),
    ("the lot", change_bag, lambda text: {"service": "a", "lot": text}),
    ("the access site", open_site, lambda text: {"site": text, "reason": "r"}),
    ("the reason", open_site, lambda text: {"site": "2", "reason": text}),
    ("the reason", pause_service, lambda text: {"service": "a", "reason": text}),
    ("the reason", change_order, lambda text: {"service": "a", "order": infusion(), "reason": text}),
    ("the reason", void_service, lambda text: {"service": "a", "reason": text}),
    ("the reason", not_witnessed, lambda text: {"service": "a", "reason": text}),
    ("the reason", remove_stop, lambda text: {"service": "a", "reason": text}),
    ("the reason", hold_session, lambda text: {"reason": text}),
    (
        "the reason",
        correct_moment,
        lambda text: {
            "service": "a",
            "what": "start",
            "to_us": us("09:01"),
            "how": HowKnown.PRESSED,
            "reason": text,
        },
    ),
    ("the name of the protocol", plan_all, lambda text: {"orders": [infusion()], "protocol": text}),
]


@pytest.mark.parametrize(("name", "decide", "keys"), LINES, ids=[f"{n}-{d.__name__}" for n, d, _ in LINES])
def test_no_decision_takes_a_text_that_is_no_line(
    name: str, decide: Callable[..., Any], keys: Callable[[str], dict[str, Any]]
) -> None:
    for text in UNPLAIN:
        said = running().refused("10:00", decide, **keys(text))
        assert said == f"some characters of {name} cannot be shown", text
    assert (
        running().refused("10:00", decide, **keys("x" * 1001)) == f"{name} can have at most 1000 characters"
    )


def test_the_reasons_of_marks_later_stops_and_reopening_are_lines_too() -> None:
    side = running()
    said = Refusal("some characters of the reason cannot be shown")
    assert isinstance(side.desk.mark(side.when("10:00"), mark="m"), Saved)
    assert drop_mark(side.desk.suite, side.when("10:01"), mark="m", reason="\0") == said
    assert not isinstance(make_mark(side.desk.suite, side.when("10:01"), mark="n"), Refusal)
    side.stop("10:10", "a")
    side.stop("10:20", "a")
    assert leave_first_stop(side.session(), side.when("10:30"), service="a", reason="\0") == said
    side.end("10:40")
    assert side.desk.reopen(side.session().id, "\0", side.when("10:41")) == said


@pytest.mark.parametrize(
    ("mrn", "initials", "said"),
    [
        ("\x01", "RM", "some characters of the MRN cannot be shown"),
        ("1" * 201, "", "the MRN can have at most 200 characters"),
        ("4711", "\u202e", "some characters of the initials cannot be shown"),
    ],
)
def test_a_patient_is_named_in_plain_characters(mrn: str, initials: str, said: str) -> None:
    side = seated()
    refused = seat_patient(
        side.desk.suite, side.when("09:00"), chair="2", mrn=mrn, initials=initials, zone=NEW_YORK,
        setting=Setting.FACILITY,
    )  # fmt: skip
    assert refused == Refusal(said)


def test_a_plan_at_seating_is_bound_as_any_other() -> None:
    side = seated()
    refused = seat_patient(
        side.desk.suite, side.when("09:00"), chair="2", mrn="1", zone=NEW_YORK, setting=Setting.FACILITY,
        plan=(infusion(volume_ml=Decimal("1e308")),),
    )  # fmt: skip
    assert isinstance(refused, Refusal)
    assert refused.text.startswith("the volume must be over 0, at most 1,000,000,000")


def test_a_note_may_run_over_lines_and_is_plain_all_the_same() -> None:
    side = running()
    side.do("10:00", add_note, text="flushed\twell\nno swelling")
    assert side.session().notes[0].text == "flushed\twell\nno swelling"
    said = side.refused("10:01", add_note, text="bell \x07")
    assert said == "some characters of the note cannot be shown"
    assert side.refused("10:01", add_note, text="x" * 10_001) == "the note can have at most 10000 characters"


def test_a_text_that_is_no_line_is_shown_as_one() -> None:
    assert as_line("infliximab") == "infliximab"
    assert as_line("a\0b\u202ec") == "a�b�c"
    assert as_line("x" * 1001) == "x" * 999 + "…"
    assert as_line("x" * 20, 20) == "x" * 20
    assert as_line("", 5) == ""


amounts = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from(EXTREME)
texts = st.text(max_size=6) | st.sampled_from([*UNPLAIN, " ", "x" * 1001])


@given(drug=texts, site=texts, lot=texts, amount=amounts, size=amounts, volume=amounts, minutes=st.integers())
def test_whatever_is_taken_can_stand_in_a_case(
    drug: str, site: str, lot: str, amount: Decimal, size: Decimal, volume: Decimal, minutes: int
) -> None:
    dose = Dose(
        hcpcs="J1745", unit="mg", amount=amount, lot=lot, containers=(Container(size, 2, single_dose=True),)
    )
    order = infusion(drug, site=site, dose=dose, volume_ml=volume, planned_minutes=minutes)
    side = seated()
    decision = side.touch("09:00", start_service, service="a", order=order)
    if isinstance(decision, Refusal):
        assert order_fault(order) == decision.text
        return
    visit = visit_of(side.session())
    assert read_case(read_json(json_text(case_of(visit))), RULES.rulebook) == visit
