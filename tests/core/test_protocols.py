"""Protocols and plans: seated with a plan in one touch, changed until it begins, kept without the patient."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.core.care import plan_service, start_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.orders import MOST_SERVICES, Category, Container, Dose, Order, Route
from desktop_app.core.protocols import (
    LONGEST_NAME,
    MOST_PLANNED,
    OFF_THE_PLAN,
    Protocol,
    change_planned,
    plan_all,
    planned_services,
    protocol_fault,
    protocol_of,
    reorder_plan,
    take_off_plan,
)
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from tests.core.chairside import Chairside, infusion, push

FLUSH = Order(drug="flush", category=Category.OTHER, route=Route.FLUSH)
INFLIXIMAB = infusion(planned_minutes=120)
PLAN = (push("diphenhydramine"), INFLIXIMAB, FLUSH)


@pytest.fixture
def side() -> Chairside:
    return Chairside()


def session(side: Chairside) -> Session:
    found = side.desk.session("s")
    assert found is not None
    return found


def names(side: Chairside) -> list[str]:
    return [service.order.drug for service in planned_services(session(side))]


def test_a_patient_is_seated_with_a_plan_and_its_protocol(side: Chairside) -> None:
    side.seat(plan=PLAN, protocol="Infliximab")
    assert [(s.id, s.order, s.protocol) for s in session(side).services] == [
        ("1", PLAN[0], "Infliximab"),
        ("2", PLAN[1], "Infliximab"),
        ("3", PLAN[2], "Infliximab"),
    ]
    side.restart()
    assert names(side) == ["diphenhydramine", "infliximab", "flush"]


def test_one_undo_takes_back_the_seating_and_its_plan(side: Chairside) -> None:
    side.seat(plan=PLAN)
    side.desk.undo("s")
    assert session(side).stage is Stage.CANCELLED


def test_a_patient_who_cannot_be_seated_gets_no_plan(side: Chairside) -> None:
    side.seat(session="other")
    assert side.seat("08:01", plan=PLAN) == Refusal("chair 4 is taken")


def test_a_protocol_joins_the_plan_behind_what_is_there_in_one_touch(side: Chairside) -> None:
    side.seat(plan=(FLUSH,))
    done = side.do("08:05", plan_all, orders=PLAN, protocol="Infliximab")
    assert done == ["service-planned"] * 3
    assert names(side) == ["flush", "diphenhydramine", "infliximab", "flush"]
    assert [s.id for s in session(side).services] == ["1", "2", "3", "4"]
    side.desk.undo("s")
    assert names(side) == ["flush"]


def test_an_empty_protocol_plans_nothing_and_says_so(side: Chairside) -> None:
    side.seat()
    assert side.touch("08:05", plan_all, orders=()) == Refusal("there is nothing to plan")


def test_a_plan_over_the_most_services_is_refused_whole(side: Chairside) -> None:
    side.seat(plan=(FLUSH,) * (MOST_SERVICES - 2))
    told = side.touch("08:05", plan_all, orders=PLAN)
    assert told == Refusal(f"a session holds at most {MOST_SERVICES} services")
    assert len(session(side).services) == MOST_SERVICES - 2


def test_a_plan_is_put_in_another_order_around_what_has_begun(side: Chairside) -> None:
    side.seat(plan=(*PLAN, push("ondansetron")))
    side.do("08:10", start_service, service="2", order=INFLIXIMAB)
    side.do("08:11", reorder_plan, services=("4", "3", "1"))
    assert [service.id for service in session(side).services] == ["4", "2", "3", "1"]
    assert names(side) == ["ondansetron", "flush", "diphenhydramine"]
    side.restart()
    assert names(side) == ["ondansetron", "flush", "diphenhydramine"]
    side.desk.undo("s")
    assert names(side) == ["diphenhydramine", "flush", "ondansetron"]


@pytest.mark.parametrize("services", [("1", "2"), ("1", "2", "2"), ("1", "2", "3", "4"), ()])
def test_an_order_that_does_not_name_each_planned_service_once_is_refused(
    side: Chairside, services: tuple[str, ...]
) -> None:
    side.seat(plan=PLAN)
    told = side.touch("08:05", reorder_plan, services=services)
    assert told == Refusal("the plan has changed meanwhile; look at it again")


def test_what_is_taken_off_the_plan_stays_on_record(side: Chairside) -> None:
    side.seat(plan=PLAN)
    side.do("08:05", take_off_plan, service="1")
    assert names(side) == ["infliximab", "flush"]
    assert session(side).services[0].void_reason == OFF_THE_PLAN


def test_what_has_begun_is_neither_taken_off_nor_planned_otherwise(side: Chairside) -> None:
    side.seat(plan=PLAN)
    side.do("08:10", start_service, service="2", order=INFLIXIMAB)
    told = Refusal("infliximab is not on the plan any more")
    assert side.touch("08:11", take_off_plan, service="2") == told
    assert side.touch("08:11", change_planned, service="2", order=FLUSH) == told
    assert side.touch("08:11", take_off_plan, service="9") == Refusal(
        "service “9” is not on the plan any more"
    )


def test_a_planned_service_may_become_another_way_of_giving(side: Chairside) -> None:
    side.seat(plan=PLAN)
    side.do("08:05", change_planned, service="1", order=infusion("diphenhydramine", planned_minutes=20))
    assert planned_services(session(side))[0].order.planned_minutes == 20


def test_a_started_service_keeps_the_protocol_it_was_planned_from(side: Chairside) -> None:
    side.seat(plan=PLAN, protocol="Infliximab")
    side.do("08:10", start_service, service="2", order=infusion(site="left arm"))
    started = session(side).service("2")
    assert started is not None
    assert (started.protocol, started.order.site, started.state) == (
        "Infliximab", "left arm", ServiceState.RUNNING,
    )  # fmt: skip


def test_a_session_s_plan_becomes_a_protocol_without_what_is_the_patient_s(side: Chairside) -> None:
    vial = Dose(
        hcpcs="J1745", unit="mg", unit_amount=Decimal(10), amount=Decimal(400), ndc="12345678901",
        containers=(Container(Decimal(100), 4, single_dose=True),), lot="A1", expiry="2027-12-31",
    )  # fmt: skip
    given = infusion(site="port", primary=True, encounter="2", dose=vial, planned_minutes=120)
    side.seat(plan=PLAN[:1])
    side.do("08:05", plan_service, service="2", order=FLUSH)
    side.do("08:06", take_off_plan, service="2")
    side.do("08:10", start_service, service="3", order=given)
    kept = protocol_of(session(side), "Ours")
    dose = Dose(hcpcs="J1745", unit="mg", unit_amount=Decimal(10), amount=Decimal(400))
    assert kept == Protocol(name="Ours", services=(PLAN[0], infusion(dose=dose, planned_minutes=120)))


USUAL = Protocol(name="Iron", services=(FLUSH,))


@pytest.mark.parametrize(
    ("protocol", "fault"),
    [
        (USUAL, ""),
        (replace(USUAL, name=" "), "a protocol needs a name"),
        (replace(USUAL, name="I" * LONGEST_NAME), ""),
        (replace(USUAL, name="I" * 81), "a protocol's name is one line of at most 80 characters"),
        (replace(USUAL, name="I\nV"), "a protocol's name is one line of at most 80 characters"),
        (replace(USUAL, about="a" * 300), ""),
        (
            replace(USUAL, about="a" * 301),
            "what is said about a protocol is one line of at most 300 characters",
        ),
        (replace(USUAL, about="a\tb"), "what is said about a protocol is one line of at most 300 characters"),
        (replace(USUAL, services=()), "a protocol needs at least one service"),
        (replace(USUAL, services=(FLUSH,) * MOST_PLANNED), ""),
        (replace(USUAL, services=(FLUSH,) * 31), "a protocol holds at most 30 services"),
    ],
)
def test_what_keeps_a_protocol_from_being_kept_is_said(protocol: Protocol, fault: str) -> None:
    assert protocol_fault(protocol) == fault
