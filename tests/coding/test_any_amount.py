"""A journal may hold any number: whatever stands there is coded, or said not to be, and never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.coding.case import read_case
from desktop_app.coding.case_out import answer_of, case_of
from desktop_app.coding.case_text import json_text, read_json
from desktop_app.coding.coder import code
from desktop_app.coding.projection import lines_if_stopped, next_change
from desktop_app.coding.reasons import Coding, Level
from desktop_app.coding.refusals import CaseError
from desktop_app.coding.visit import Visit
from desktop_app.core.orders import Container, Dose, NdcUnit, Order
from tests.coding.given import RULES, care, coded, found, infusion, units, visit

EXTREME = [
    Decimal(text)
    for text in ("1e308", "1e29", "9" * 30, "1e999999", "1e-999999", "1e-30", "0", "-1", "-1e99", "1", "400")
]
PROFILE = RULES.profile_for(visit(infusion("x", "09:00")).setting, "")
NOW_US = visit(infusion("x", "10:00")).services[0].start_us


def with_order(order: Order) -> Visit:
    """Return a visit whose one infusion was recorded by an order that nobody checked."""
    usual = visit(infusion("infliximab", "09:00", "11:00"))
    return replace(usual, services=(replace(usual.services[0], order=order),))


def usual_order(**changes: Any) -> Order:  # noqa: ANN401 - each field has its own kind
    return replace(visit(infusion("infliximab", "09:00")).services[0].order, **changes)


def all_codings(made: Visit) -> Iterator[Coding]:
    opened = replace(made, services=(replace(made.services[0], stop_us=None),))
    yield code(made, RULES.rulebook, PROFILE)
    yield code(opened, RULES.rulebook, PROFILE)
    yield lines_if_stopped(opened, NOW_US, RULES.rulebook, PROFILE)
    next_change(opened, NOW_US, RULES.rulebook, PROFILE)


amounts = st.sampled_from(EXTREME) | st.decimals(allow_nan=False, allow_infinity=False)
counts = st.sampled_from([0, -1, 1, 2, 10**9, 10**40]) | st.integers()
containers = st.builds(Container, amounts, counts, st.booleans())
doses = st.builds(
    Dose,
    hcpcs=st.sampled_from(["", "J1745", "J9999", "rubbish \0"]),
    unit=st.sampled_from(["mg", "g", "kg", "ng", "ml", "units", "", "\0"]),
    amount=st.none() | amounts,
    unit_amount=st.none() | amounts,
    units=st.none() | counts,
    ndc=st.sampled_from(["", "57894-0030-01", "\0", "9" * 5000]),
    ndc_quantity=st.none() | amounts,
    ndc_unit=st.none() | st.sampled_from(NdcUnit),
    containers=st.lists(containers, max_size=3).map(tuple),
)
orders = st.builds(
    usual_order,
    drug=st.sampled_from(["infliximab", "", "\0\u202e", "x" * 10_000]),
    site=st.sampled_from(["1", "left \0 hand", "x" * 10_000]),
    encounter=st.sampled_from(["1", "\0"]),
    volume_ml=st.none() | amounts,
    rate_ml_h=st.none() | amounts,
    dose=st.none() | doses,
)


def _said(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _said(item)


@example(usual_order(dose=Dose(hcpcs="rubbish \0", unit="mg")))
@given(orders)
def test_the_coder_takes_whatever_is_on_record(order: Order) -> None:
    for coding in all_codings(with_order(order)):
        assert {line.services for line in coding.lines} <= {("1",)}
        assert coding.lines or coding.not_billed or coding.findings
        text = json_text(answer_of(coding))
        assert len(text) < 100_000
        assert all(said.isprintable() for said in _said(read_json(text)))


@pytest.mark.parametrize("amount", EXTREME[:9], ids=str)
def test_a_dose_out_of_bounds_is_a_blocker_and_bills_no_drug(amount: Decimal) -> None:
    for changed in (Dose(amount=amount), Dose(amount=Decimal(400), unit_amount=amount)):
        dose = replace(changed, hcpcs="J1745", unit="mg")
        coding = code(with_order(usual_order(dose=dose)), RULES.rulebook, PROFILE)
        assert units(coding) == {"96365": 1, "96366": 1}
        (finding,) = coding.blockers
        assert finding.name == "dose-out-of-bounds"
        assert finding.level is Level.BLOCKER
        assert finding.text.startswith("The dose of infliximab cannot be coded: the ")
        assert finding.text.endswith(" must be over 0, at most 1,000,000,000, with at most 9 decimal places.")
        (left,) = coding.not_billed
        assert left.why == f"{finding.text.removesuffix('.')}, so there is no drug line."
        assert left.rules[-1:] == ("drug-units",)


def test_a_code_or_a_unit_that_is_none_is_a_blocker_too() -> None:
    for dose in (Dose(hcpcs="J174", amount=Decimal(1)), Dose(unit="m\0", amount=Decimal(1))):
        assert found(code(with_order(usual_order(dose=dose)), RULES.rulebook, PROFILE)) == [
            "dose-out-of-bounds"
        ]


def test_a_count_that_is_none_is_a_blocker_too() -> None:
    for dose in (
        Dose(units=0),
        Dose(amount=Decimal(1), containers=(Container(Decimal(1), 0, single_dose=True),)),
    ):
        made = with_order(usual_order(dose=replace(dose, hcpcs="J1745", unit="mg")))
        assert found(code(made, RULES.rulebook, PROFILE))[-1] == "dose-out-of-bounds"


def test_a_volume_that_is_none_works_out_no_stop() -> None:
    for volume, rate in (
        ("1e308", "1"),
        ("1", "1e-999999"),
        ("-5", "-5"),
        ("1e-999999", "1"),
        ("1e9", "1e10"),
    ):
        order = usual_order(volume_ml=Decimal(volume), rate_ml_h=Decimal(rate))
        opened = replace(with_order(order).services[0], stop_us=None)
        coding = code(replace(with_order(order), services=(opened,)), RULES.rulebook, PROFILE)
        assert [finding.level for finding in coding.blockers] == [Level.BLOCKER]
        assert "stop-computed" not in found(coding)


def test_extreme_numbers_within_the_bounds_are_counted_digit_by_digit() -> None:
    vials = [{"size": 1_000_000_000, "count": 1_000_000_000, "single_dose": True}] * 500
    drug = care("drug-only", "09:00", category="other", hcpcs="J0000", unit="mg", dose=1)
    drug |= {"unit_amount": Decimal("0.000000001"), "containers": vials}
    held = 500 * 10**18 * 10**9
    assert units(coded(drug)) == {"J0000": 10**9, "J0000-JW": held - 10**9}
    with localcontext(prec=3):
        assert units(coded(drug)) == {"J0000": 10**9, "J0000-JW": held - 10**9}


def test_the_largest_dose_in_the_largest_unit_is_coded_by_the_smallest() -> None:
    drug = care("drug-only", "09:00", category="other", hcpcs="J1745", unit="kg", dose=1_000_000_000)
    answer = coded(drug)
    assert units(answer) == {"J1745": 10**14}  # a unit is 10 mg


@pytest.mark.parametrize("amount", ["1e-999999", "1e999999"])
def test_a_number_of_a_million_digits_takes_no_time_and_no_room(amount: str) -> None:
    made = with_order(
        usual_order(dose=Dose(hcpcs="J1745", amount=Decimal(amount)), volume_ml=Decimal(amount))
    )
    began = process_time()
    for coding in all_codings(made):
        assert len(json_text(answer_of(coding))) < 10_000
    text = json_text(case_of(made))
    assert process_time() - began < 1
    assert f'"dose": {Decimal(amount)}' in text
    with pytest.raises(CaseError, match=r"must be over 0, up to 1000000000"):
        read_case(read_json(text), RULES.rulebook)


def test_a_name_that_cannot_be_shown_is_told_with_signs_and_stands_raw_in_the_case() -> None:
    made = with_order(usual_order(drug="x\0\u202ey"))
    coding = code(made, RULES.rulebook, PROFILE)
    assert coding.lines[0].drugs == ("x��y",)
    assert '"drug": "x\\u0000\\u202ey"' in json_text(case_of(made))
