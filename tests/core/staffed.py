"""People for the tests: one of each role, and the way to name them at any desk."""

from __future__ import annotations

from desktop_app.core.access import NOBODY, Role
from desktop_app.core.decisions import Decision
from desktop_app.core.desk import Desk, Saved
from desktop_app.core.staff import People
from desktop_app.core.staffing import add_person, of_people

NAMES: dict[Role | None, str] = {
    Role.NURSE: "NU",
    Role.CHARGE_NURSE: "CN",
    Role.BILLER: "BI",
    Role.ADMINISTRATOR: "AD",
    None: NOBODY,
}
EVERYBODY = [*NAMES]
"""Every role, and nobody."""
STAFF = (Role.ADMINISTRATOR, Role.NURSE, Role.CHARGE_NURSE, Role.BILLER)
"""In the order they are named: the first one is an administrator."""


def name_person(desk: Desk, name: str, *roles: Role) -> None:
    """Name somebody at a desk, by whoever is on there."""

    def add(people: People) -> Decision:
        return add_person(people, desk.now(), name=name, full_name=f"{name} in full", roles=roles)

    outcome = desk.take(of_people(add))
    assert isinstance(outcome, Saved), outcome


def name_all(desk: Desk) -> None:
    """Name one person for each role; the administrator is on then."""
    for role in STAFF:
        name_person(desk, NAMES[role], role)
        desk.actor = NAMES[Role.ADMINISTRATOR]
