"""Protocols as text: the examples are sound, writing and reading agree, each fault has its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.protocol_text import (
    MOST_STEPS,
    protocol_text,
    read_protocol,
    read_protocols,
    same_name,
)
from desktop_app.coding.refusals import RulebookError
from desktop_app.core.orders import PUMP_ROUTES, TIMED_ROUTES, Category, Dose, Order, PlannedRate, Route
from desktop_app.core.protocols import MOST_PLANNED, Protocol
from desktop_app.protocol_files import load_examples
from desktop_app.rulebook_files import load_standard

IRON = """[[protocol]]
name = "Iron sucrose"
about = "Ours."

[[protocol.service]]
drug = "Iron sucrose"
category = "therapeutic"
route = "iv-infusion"
hcpcs = "J1756"
amount = 200.5
unit = "mg"
volume_ml = 100
rates = [[0, 100], [15, 200.25]]
planned_minutes = 30
vitals_every_minutes = 15
observe_minutes = 30

[[protocol.service]]
drug = "flush"
category = "other"
route = "flush"
"""
READ = Protocol(
    name="Iron sucrose",
    about="Ours.",
    services=(
        Order(
            drug="Iron sucrose",
            category=Category.THERAPEUTIC,
            route=Route.IV_INFUSION,
            dose=Dose(hcpcs="J1756", amount=Decimal("200.5"), unit="mg"),
            volume_ml=Decimal(100),
            rate_steps=(PlannedRate(0, Decimal(100)), PlannedRate(15, Decimal("200.25"))),
            planned_minutes=30,
            vitals_every_minutes=15,
            observe_minutes=30,
        ),
        Order(drug="flush", category=Category.OTHER, route=Route.FLUSH),
    ),
)


def test_a_protocol_is_read_key_for_key_and_written_the_same() -> None:
    assert read_protocols("file", IRON) == (READ,)
    assert protocol_text(READ) == IRON


def test_every_example_reads_as_it_is_written_and_asks_to_be_checked() -> None:
    examples = load_examples()
    assert [read_protocol("file", protocol_text(example)) for example in examples] == list(examples)
    assert all(example.about.startswith("Example: ") for example in examples)
    assert all("Check" in example.about for example in examples)
    assert {example.name for example in examples} >= {
        "Infliximab, titrated", "Rituximab, first dose", "IVIG, stepped", "Iron sucrose", "Ceftriaxone",
        "Vancomycin", "Hydration, 1 L", "Premedication",
    }  # fmt: skip


def test_every_example_agrees_with_the_drug_table() -> None:
    drugs = load_standard().rulebook.drugs
    for example in load_examples():
        for order in example.services:
            if order.dose is not None and order.dose.hcpcs:
                entry = drugs.find(order.dose.hcpcs, date(2026, 11, 1))
                assert entry is not None, order.dose.hcpcs
                assert (entry.unit, entry.category) == (order.dose.unit, order.category), order.drug
                assert order.drug.casefold() in entry.drug.casefold()


def test_the_rate_steps_of_every_example_give_its_volume_by_its_planned_end() -> None:
    stepped = [o for example in load_examples() for o in example.services if o.rate_steps]
    assert len(stepped) == 3
    for order in stepped:
        assert order.planned_minutes is not None
        assert order.volume_ml is not None
        ends = [*(step.after_minutes for step in order.rate_steps[1:]), order.planned_minutes]
        given_ml = sum(
            step.rate_ml_h * (end - step.after_minutes) / 60
            for step, end in zip(order.rate_steps, ends, strict=True)
        )
        assert order.volume_ml <= given_ml <= order.volume_ml * Decimal("1.01"), order.drug


texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
amounts = st.decimals(min_value=Decimal("0.001"), max_value=1000, places=3)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    route = draw(st.sampled_from(Route))
    runs = route in TIMED_ROUTES
    minutes = st.none() | st.integers(1, 600)
    later = draw(st.lists(st.integers(1, 600), unique=True, max_size=5).map(sorted))
    steps = tuple(PlannedRate(minute, draw(amounts)) for minute in [0, *later])
    amount = draw(st.none() | amounts)
    hcpcs = draw(st.sampled_from(["", "J1745"]))
    dose = Dose(hcpcs=hcpcs, amount=amount, unit="" if amount is None else "mg")
    return Order(
        drug=draw(texts),
        category=draw(st.sampled_from(Category)),
        route=route,
        planned_minutes=draw(minutes) if runs else None,
        vitals_every_minutes=draw(minutes) if runs else None,
        observe_minutes=draw(minutes),
        volume_ml=draw(st.none() | amounts),
        rate_steps=steps if runs and draw(st.booleans()) else (),
        pump=route in PUMP_ROUTES and draw(st.booleans()),
        kvo=draw(st.booleans()),
        hormonal=draw(st.booleans()),
        dose=None if dose == Dose() else dose,
    )


@given(texts, st.just("") | texts, st.lists(orders(), min_size=1, max_size=4))
def test_whatever_is_written_is_read_the_same(name: str, about: str, services: list[Order]) -> None:
    protocol = Protocol(name=name, about=about, services=tuple(services))
    assert read_protocol("file", protocol_text(protocol)) == protocol


SERVICE = '[[protocol]]\nname = "A"\n[[protocol.service]]\n'
USUAL = f'{SERVICE}drug = "a"\ncategory = "other"\nroute = "iv-infusion"\n'
AMOUNT = "a number over 0, up to 1000000000, with at most 9 decimal places"
STEPS = "at most 20 pairs of minute and mL/h, from minute 0 on, such as [[0, 20], [15, 40]]"
GIVEN = "gone: iv-push is given in one moment"
TOO_MANY = [[minute, 20] for minute in range(MOST_STEPS + 1)]
PUSH = USUAL.replace("iv-infusion", "iv-push")


@pytest.mark.parametrize(
    ("text", "line", "key", "expected"),
    [
        ("", 1, "the file", "filled: there is nothing in it"),
        ("protocols = 1", 1, "protocols", "gone: it is not a key of this table"),
        ("protocol = 1", 1, "protocol", "a list of tables, each under a [[header]]"),
        ('[[protocol]]\nname = "A"\n', 1, "[[protocol]] service",
         "there, 1 to 30 times, each under [[protocol.service]]"),
        (USUAL * 2, 8, "[[protocol]] name", "another: “A” stands above it already"),
        (f"{USUAL}dose = 1", 7, "[[protocol.service]] dose", "gone: it is not a key of this table"),
        (f'{SERVICE}route = "iv"', 4, "[[protocol.service]] route", "one of " + ", ".join(Route)),
        (f'{SERVICE}route = "oral"', 3, "[[protocol.service]] drug",
         "a text in quotes, of 1 to 200 characters on one line"),
        (f'{SERVICE}drug = "a"\nroute = "im"', 3, "[[protocol.service]] category",
         "one of " + ", ".join(Category)),
        (f'{USUAL}hcpcs = "1745"', 7, "[[protocol.service]] hcpcs", "a drug code such as J1745, in quotes"),
        (f"{USUAL}amount = 0", 7, "[[protocol.service]] amount", AMOUNT),
        (f"{USUAL}amount = 1e-10", 7, "[[protocol.service]] amount", AMOUNT),
        (f"{USUAL}amount = 1e29", 7, "[[protocol.service]] amount", AMOUNT),
        (f"{USUAL}amount = nan", 7, "[[protocol.service]] amount", AMOUNT),
        (f"{USUAL}amount = 1e99999999999999999999", 7, "[[protocol.service]] amount",
         AMOUNT),
        (f"{USUAL}amount = true", 7, "[[protocol.service]] amount", AMOUNT),
        (f"{USUAL}amount = 1", 3, "[[protocol.service]] unit",
         "a text in quotes, of 1 to 20 characters on one line"),
        (f'{USUAL}volume_ml = "1"', 7, "[[protocol.service]] volume_ml", AMOUNT),
        (f"{USUAL}planned_minutes = 0", 7, "[[protocol.service]] planned_minutes",
         "a whole number from 1 to 10080"),
        (f"{USUAL}kvo = 1", 7, "[[protocol.service]] kvo", "true or false"),
        (f"{USUAL}rates = []", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = 20", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[5, 20]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, 20], [0, 40]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, 20], [30, 40], [15, 60]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, 0]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, inf]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, nan]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, 20], [10081, 40]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[-1, 20]]", 7, "[[protocol.service]] rates", STEPS),
        (USUAL.replace('"A"', '"A"\ncolour = 1'), 3, "[[protocol]] colour",
         "gone: it is not a key of this table"),
        (f"{USUAL}rates = [[0, true]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[false, 20]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, 10001]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = [[0, 20, 1]]", 7, "[[protocol.service]] rates", STEPS),
        (f"{USUAL}rates = {TOO_MANY}", 7, "[[protocol.service]] rates", STEPS),
        (f"{PUSH}planned_minutes = 5", 7, "[[protocol.service]] planned_minutes", GIVEN),
        (f"{PUSH}vitals_every_minutes = 5", 7, "[[protocol.service]] vitals_every_minutes", GIVEN),
        (f"{PUSH}rates = [[0, 5]]", 7, "[[protocol.service]] rates", GIVEN),
        (f"{PUSH}pump = true", 7, "[[protocol.service]] pump", "gone: no pump goes home with iv-push"),
        (USUAL.replace('"A"', '"A"\nabout = ""'), 3, "[[protocol]] about",
         "a text in quotes, of 1 to 300 characters on one line"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_line_key_and_what_was_expected(
    text: str, line: int, key: str, expected: str
) -> None:
    with pytest.raises(RulebookError) as told:
        read_protocols("mine.toml", text)
    assert str(told.value) == f"mine.toml, line {line}: {key} should be {expected}."


def test_what_needs_no_name_and_no_kind_may_leave_them_out() -> None:
    (protocol,) = read_protocols("file", f'{SERVICE}route = "flush"')
    assert protocol.services == (Order(drug="flush", category=Category.OTHER, route=Route.FLUSH),)


@pytest.mark.parametrize("text", [USUAL + USUAL.replace('"A"', '"B"')])
def test_a_file_of_the_suite_s_own_holds_one_protocol(text: str) -> None:
    with pytest.raises(
        RulebookError, match=r"protocol should be there once: a file holds one \[\[protocol\]\]"
    ):
        read_protocol("mine.toml", text)


def test_a_name_is_the_same_however_it_is_written() -> None:
    assert same_name(" Iron", "iRON ")
    assert not same_name("Iron", "Irony")


def test_the_most_of_each_number_is_still_taken() -> None:
    steps = [[0, 10000], *[[minute, 20] for minute in range(1, MOST_STEPS - 1)], [10080, 20]]
    (protocol,) = read_protocols("file", f"{USUAL}rates = {steps}\namount = 1000000000\nunit = 'mg'")
    order = protocol.services[0]
    assert [[step.after_minutes, step.rate_ml_h] for step in order.rate_steps] == steps
    assert order.dose == Dose(amount=Decimal(1_000_000_000), unit="mg")
    service = USUAL.removeprefix('[[protocol]]\nname = "A"\n')
    (full,) = read_protocols("file", '[[protocol]]\nname = "A"\n' + service * MOST_PLANNED)
    assert len(full.services) == MOST_PLANNED


def test_a_dose_may_be_known_by_its_unit_alone() -> None:
    (protocol,) = read_protocols("file", f'{USUAL}unit = "mg"')
    assert protocol.services[0].dose == Dose(unit="mg")


def test_a_number_is_written_in_digits() -> None:
    order = Order(
        drug="a",
        category=Category.OTHER,
        route=Route.IV_INFUSION,
        dose=Dose(amount=Decimal("1E+3"), unit="mg"),
    )
    assert "\namount = 1000\n" in protocol_text(Protocol(name="A", about="", services=(order,)))
