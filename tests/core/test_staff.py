"""Who works here: named once for ever, in roles that can change, and never without an administrator."""

from __future__ import annotations

from functools import partial

import pytest

from desktop_app.core.access import Person, Role, Secret
from desktop_app.core.decisions import Decision, Refusal
from desktop_app.core.staff import People
from desktop_app.core.staffing import add_person, change_person, change_secret, of_people, remove_person
from tests.core.chairside import Chairside, kinds
from tests.core.staffed import name_all, name_person


@pytest.fixture
def side() -> Chairside:
    side = Chairside()
    name_all(side.desk)
    return side


def people(side: Chairside) -> People:
    return side.desk.suite.people


def add(side: Chairside, name: str = "ZZ", full_name: str = "Zoe Z.", *roles: Role) -> str:
    """Try to name somebody who cannot be; return why not."""
    roles = roles or (Role.NURSE,)
    deed = partial(add_person, when=side.desk.now(), name=name, full_name=full_name, roles=roles)
    return side.said_no(lambda: side.desk.take(of_people(deed)))


def remove(side: Chairside, name: str) -> str | list[str]:
    outcome = side.desk.take(of_people(partial(remove_person, when=side.desk.now(), name=name)))
    return outcome.text if isinstance(outcome, Refusal) else kinds(outcome)


def change(side: Chairside, name: str, full_name: str, *roles: Role) -> str | list[str]:
    deed = partial(change_person, when=side.desk.now(), name=name, full_name=full_name, roles=roles)
    outcome = side.desk.take(of_people(deed))
    return outcome.text if isinstance(outcome, Refusal) else kinds(outcome)


def test_the_first_one_named_is_an_administrator() -> None:
    side = Chairside()
    assert "has to be an administrator" in add(side)
    name_person(side.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    assert people(side).named("ak") == Person("AK", "AK in full", (Role.NURSE, Role.ADMINISTRATOR))


def test_people_stand_in_the_order_they_were_named(side: Chairside) -> None:
    assert people(side).names == ("AD", "NU", "CN", "BI")


def test_a_name_is_given_once_for_ever_however_it_is_written(side: Chairside) -> None:
    assert add(side, "nu") == "“nu” is somebody's name already: a name is given once for ever"
    assert remove(side, "NU") == ["person-removed"]
    assert add(side, "Nu") == "“Nu” was somebody's name already: a name is given once for ever"
    side.restart()
    side.desk.actor = "AD"
    assert "once for ever" in add(side, "NU")


def test_one_administrator_stays(side: Chairside) -> None:
    assert "last administrator" in str(remove(side, "AD"))
    assert "last administrator" in str(change(side, "AD", "A. D.", Role.NURSE))
    name_person(side.desk, "A2", Role.ADMINISTRATOR)
    assert remove(side, "AD") == ["person-removed"]
    side.desk.actor = "A2"
    assert "last administrator" in str(remove(side, "A2"))


def test_roles_change_what_somebody_may_do_at_once(side: Chairside) -> None:
    side.desk.actor = "BI"
    assert "a biller" in side.said_no(side.seat)
    side.desk.actor = "AD"
    assert change(side, "bi", "Bill I.", Role.BILLER, Role.NURSE) == ["person-changed"]
    side.desk.actor = "BI"
    assert kinds(side.seat()) == ["patient-seated"]


def test_who_is_removed_does_nothing_more_and_what_they_did_stays_theirs(side: Chairside) -> None:
    side.desk.actor = "NU"
    side.seat()
    side.desk.actor = "AD"
    remove(side, "NU")
    side.desk.actor = "NU"
    assert "“NU” is none of the people here" in side.said_no(lambda: side.desk.undo("s"))
    assert side.session().seated.by == "NU"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "has letters"),
        ("123", "has letters"),
        ("A,B", "no comma"),
        ("A" * 13, "at most 12"),
        ("A\nB\x07", "cannot be shown"),
        ("\u0430K", "Latin letters"),
        ("\uff21K", "Latin letters"),
        ("A\u00aa", "Latin letters"),
        ("../x", "Latin letters"),
        ("emergency 1", "record uses it"),
        ("Emergency", "record uses it"),
    ],
)
def test_what_is_no_name_is_refused(side: Chairside, name: str, why: str) -> None:
    assert why in add(side, name)


@pytest.mark.parametrize("name", ["J\u00d6", "Z\u00f3\u0142", "O'B", "A. K-2"])
def test_accents_points_and_hyphens_are_names(side: Chairside, name: str) -> None:
    wanted = partial(add_person, when=side.desk.now(), name=name, full_name="Zoe Z.", roles=(Role.NURSE,))
    side.desk.take(of_people(wanted))
    assert side.desk.suite.people.named(name) is not None


def test_a_person_has_a_full_name_and_a_role(side: Chairside) -> None:
    assert "named in full" in add(side, "ZZ", "  ")
    assert "at most 60" in add(side, "ZZ", "x" * 61)
    assert "needs a role" in str(change(side, "BI", "B. I."))
    assert "already" in str(change(side, "BI", "BI in full", Role.BILLER))
    assert "none of the people" in str(change(side, "ZZ", "Z. Z.", Role.BILLER))
    assert "none of the people" in str(remove(side, "ZZ"))


def secret(side: Chairside, name: str, what: Secret = Secret.PIN) -> str | list[str]:
    def decide(found: People) -> Decision:
        return change_secret(found, side.desk.now(), name=name, what=what)

    outcome = side.desk.take(of_people(decide))
    return outcome.text if isinstance(outcome, Refusal) else kinds(outcome)


def test_everybody_may_change_secrets_of_their_own_and_an_administrator_those_of_all(side: Chairside) -> None:
    side.desk.actor = "NU"
    assert secret(side, "nu") == ["secret-changed"]
    assert "names, changes and removes nobody" in secret(side, "BI")
    assert "names, changes and removes nobody" in secret(side, "", Secret.RECOVERY_KEY)
    side.desk.actor = "AD"
    assert secret(side, "BI") == ["secret-changed"]
    assert secret(side, "", Secret.RECOVERY_KEY) == ["secret-changed"]
    assert "none of the people" in secret(side, "", Secret.PIN)
