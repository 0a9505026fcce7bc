"""A ward in which every kind of card stands at once, at 11:00."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.core.care import pause_service, stop_service
from desktop_app.core.orders import Category, Dose, Order, Route
from desktop_app.core.stay import end_session
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward

INFLIXIMAB = Order(
    drug="infliximab",
    category=Category.CHEMO,
    route=Route.IV_INFUSION,
    site="left forearm",
    planned_minutes=180,
    dose=Dose(hcpcs="J1745", unit_amount=Decimal(10), unit="mg", amount=Decimal(400)),
)
GLOBULIN = Order(
    drug="immune globulin (Gammagard liquid)",
    category=Category.THERAPEUTIC,
    route=Route.IV_INFUSION,
    site="right antecubital fossa",
    planned_minutes=300,
    dose=Dose(hcpcs="J1569", unit_amount=Decimal(500), unit="mg", amount=Decimal(40000)),
)
PILLS = {
    "1": "Running",
    "2": "2 running",
    "3": "Paused 21:00",
    "4": "60 min past plan",
    "5": "Seated",
    "6": "Ready to review",
    "7": "Stop missing",
    "8": "Free",
    "9": "Between",
}
"""What the card of each chair says it is."""


def fill(ward: Ward) -> None:
    """Put patients into nine chairs, each in another state."""
    ward.start(ward.seat("1"), INFLIXIMAB)
    paused = ward.start(ward.seat("3", "0009940", "LS"), GLOBULIN)
    ward.start(ward.seat("4", "0003058", "PV"))
    ended = ward.start(ward.seat("6", "0006630", "AB"))
    ward.do(ward.start(ward.seat("7", "0007777", "Maximiliana Josephine")), end_session)
    between = ward.start(ward.seat("9", "0008141", "EW"))
    ward.clock.advance(70)
    for session in (ended, between):
        ward.do(ward.session(session.id), lambda s, w: stop_service(s, w, service="1"))
    ward.do(ward.session(ended.id), end_session)
    ward.start(ward.start(ward.seat("2", "0001107", "DO"), INFLIXIMAB), SALINE)
    ward.clock.advance(29)
    ward.do(
        ward.session(paused.id),
        lambda s, w: pause_service(s, w, service="1", reason="reaction: rate held, MD called"),
    )
    ward.clock.advance(21)
    ward.plan(ward.plan(ward.seat("5", "0002204", "KN"), VANCOMYCIN), SALINE)
