"""Services for the tests of bundles: infliximab from 08:00 to 09:00, and what differs from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.core.moments import HowKnown, Moment
from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.service import Service
from desktop_app.exchange.rows import Action
from tests.exchange.claim_files import rows_of_number
from tests.exchange.fhir_files import Told, bundle_of, every
from tests.exchange.month import correction_rows
from tests.fakes import at

OFFICE = 1


def moment(text: str, us: int = 0) -> Moment:
    """Return the instant of a touch, so many microseconds past a clock time."""
    return Moment(at(text) + us, HowKnown.PRESSED, at(text), "AK")


def order(route: Route = Route.IV_INFUSION, **more: object) -> Order:
    """Return an order of infliximab."""
    usual = {"drug": "infliximab", "category": Category.CHEMO, "route": route}
    return Order(**{**usual, **more})  # type: ignore[arg-type]  # the table above is complete


def service(name: str = "a", what: Order | None = None, **more: object) -> Service:
    """Return a service that ran from 08:00 to 09:00, or was given at 08:00."""
    what = what or order()
    stop = moment("2026-03-02T09:00") if what.runs else None
    usual = {"id": name, "order": what, "start": moment("2026-03-02T08:00"), "stop": stop}
    return Service(**{**usual, **more})  # type: ignore[arg-type]  # as above


def given_in(folder: Path, *services: Service, action: Action = Action.NEW) -> list[Told]:
    """Return what was given in a session of these services, in a bundle that must stand the checks."""
    rows = correction_rows()[0] if action is Action.REPLACE else rows_of_number(OFFICE)
    session = replace(rows[0].session, services=services)
    bundle = bundle_of(folder, tuple(replace(row, session=session) for row in rows))
    return every(bundle, "MedicationAdministration") + every(bundle, "Procedure")
