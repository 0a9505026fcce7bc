"""Protocols and plans: what is ordered for a session before anything begins, and how that is changed.

A protocol is a reusable plan. It is copied into a session when it is chosen; what becomes of the
protocol afterwards changes no session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.bounds import sealed
from desktop_app.core.care import change_order, plan_service
from desktop_app.core.corrections import void_service
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.orders import MOST_SERVICES, Order, is_line
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass

LONGEST_NAME = 80
LONGEST_ABOUT = 300
MOST_PLANNED = 30
"""The most services of one protocol."""
OFF_THE_PLAN = "taken off the plan"
FIRST_SITE = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A reusable plan: the services in the order they are given."""

    name: str
    services: tuple[Order, ...]
    about: str = ""
    """A sentence to who chooses it."""


def protocol_fault(protocol: Protocol) -> str:
    """Return in a few words why a protocol cannot be kept; empty where it can."""
    if not protocol.name.strip():
        return "a protocol needs a name"
    if len(protocol.name) > LONGEST_NAME or not is_line(protocol.name):
        return f"a protocol's name is one line of at most {LONGEST_NAME} characters"
    if len(protocol.about) > LONGEST_ABOUT or not is_line(protocol.about):
        return f"what is said about a protocol is one line of at most {LONGEST_ABOUT} characters"
    if not protocol.services:
        return "a protocol needs at least one service"
    too_many = len(protocol.services) > MOST_PLANNED
    return f"a protocol holds at most {MOST_PLANNED} services" if too_many else ""


def planned_services(session: Session) -> tuple[Service, ...]:
    """Return the services that wait for their start, in the order of the plan."""
    return tuple(service for service in session.services if service.state is ServiceState.PLANNED)


def plan_events(
    when: When, orders: Sequence[Order], *, names: Sequence[str], protocol: str
) -> tuple[e.ServicePlanned, ...]:
    """Return what puts several orders on a plan, each under a service's name."""
    return tuple(
        e.ServicePlanned(at_us=when.at_us, how=when.how, service=name, order=order, protocol=protocol)
        for name, order in zip(names, orders, strict=True)
    )


def plan_all(session: Session, when: When, *, orders: Sequence[Order], protocol: str = "") -> Decision:
    """Decide to put every order of a protocol on the session's plan, or none."""
    if not orders:
        return Refusal("there is nothing to plan")
    first = plan_service(session, when, service=session.next_service_id, order=orders[0])
    if isinstance(first, Refusal):
        return first
    if len(session.services) + len(orders) > MOST_SERVICES:
        return Refusal(f"a session holds at most {MOST_SERVICES} services")
    return plan_events(when, orders, names=_free_names(session, len(orders)), protocol=protocol)


def reorder_plan(session: Session, when: When, *, services: Sequence[str]) -> Decision:
    """Decide in which order the planned services wait; each of them is named once."""
    if refusal := sealed(session):
        return refusal
    waiting = [service.id for service in planned_services(session)]
    if sorted(waiting) != sorted(services):
        return Refusal("the plan has changed meanwhile; look at it again")
    return (e.PlanReordered(at_us=when.at_us, how=when.how, services=tuple(services)),)


def take_off_plan(session: Session, when: When, *, service: str) -> Decision:
    """Decide to take a planned service off the plan; it stays on record as struck out."""
    if refusal := _not_planned(session, service):
        return refusal
    return void_service(session, when, service=service, reason=OFF_THE_PLAN)


def change_planned(session: Session, when: When, *, service: str, order: Order) -> Decision:
    """Decide to order a planned service otherwise; one that has begun is corrected, not planned anew."""
    if refusal := _not_planned(session, service):
        return refusal
    return change_order(session, when, service=service, order=order)


def protocol_of(session: Session, name: str) -> Protocol:
    """Return what was ordered for a session as a protocol, without what belongs to this patient alone."""
    ordered = (service.order for service in session.services if not service.void_reason)
    return Protocol(name=name, services=tuple(reusable(order) for order in ordered))


def reusable(order: Order) -> Order:
    """Return an order without its vial, its access site and what was only true of one visit."""
    dose = order.dose
    if dose is not None:
        dose = replace(
            dose, ndc="", ndc_quantity=None, ndc_unit=None, containers=(), lot="", expiry="", units=None
        )
    return replace(
        order,
        dose=dose,
        site=FIRST_SITE,
        encounter="1",
        primary=False,
        stopped_early=False,
        same_dose_as_previous=False,
    )


def _free_names(session: Session, count: int) -> tuple[str, ...]:
    taken = {service.id for service in session.services}
    free = (str(n) for n in range(1, len(taken) + count + 1) if str(n) not in taken)
    return tuple(name for name, _ in zip(free, range(count), strict=False))


def _not_planned(session: Session, service: str) -> Refusal | None:
    found = session.service(service)
    if found is not None and found.state is ServiceState.PLANNED:
        return None
    name = found.order.drug if found else f"service “{service}”"
    return Refusal(f"{name} is not on the plan any more")
