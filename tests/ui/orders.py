"""Orders of drugs that are titrated, and what else the tests of running infusions put on a chair."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.core.orders import Category, Dose, Order, PlannedRate, Route

STEPS = tuple(PlannedRate(after, Decimal(rate)) for after, rate in ((0, 30), (30, 60), (60, 120), (90, 240)))
GLOBULIN = Order(
    drug="Immune globulin",
    category=Category.THERAPEUTIC,
    route=Route.IV_INFUSION,
    planned_minutes=180,
    site="left forearm",
    rate_steps=STEPS,
    dose=Dose(hcpcs="J1569", unit_amount=Decimal(500), unit="mg", amount=Decimal(40_000)),
)
HEPARIN = Order(drug="Heparin", category=Category.OTHER, route=Route.FLUSH)
WATCH = Order(drug="Watch", category=Category.OTHER, route=Route.OBSERVATION, planned_minutes=30)
