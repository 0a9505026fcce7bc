"""What each word about people asks of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from desktop_app.core.access import Secret
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Desk, Outcome
from desktop_app.core.session import Session
from desktop_app.core.staffing import add_person, change_person, of_people, remove_person
from desktop_app.script import people_touches as p
from desktop_app.script.touches import Touch


def _add(desk: Desk, touch: p.AddPerson, when: When) -> Outcome:
    add = partial(add_person, when=when, name=touch.person, full_name=touch.name, roles=touch.roles)
    return desk.take(of_people(add))


def _change(desk: Desk, touch: p.ChangePerson, when: When) -> Outcome:
    person = desk.expected.people.named(touch.person)
    if person is None:
        return Refusal(f"“{touch.person}” is none of the people here")
    name, roles = touch.name or person.full_name, touch.roles or person.roles
    change = partial(change_person, when=when, name=touch.person, full_name=name, roles=roles)
    return desk.take(of_people(change))


def _remove(desk: Desk, touch: p.RemovePerson, when: When) -> Outcome:
    return desk.take(of_people(partial(remove_person, when=when, name=touch.person)))


def _come_in(desk: Desk, touch: p.ComeIn, when: When) -> Outcome:
    return desk.access.sign_in(touch.person, Secret.WORD, when)


def _go_out(desk: Desk, _: p.GoOut, when: When) -> Outcome:
    return desk.access.sign_out("the script says so", when)


def _emergency(desk: Desk, touch: p.Emergency, when: When) -> Outcome:
    return desk.access.open_emergency(touch.person, touch.reason, when)


def view(desk: Desk, session: Session, when: When) -> Outcome | dict[str, Any]:
    """Tell that whoever makes the touch looks at a session; once only since they came."""
    outcome = desk.access.view(session.id, desk.actor, "script", when)
    return {"events": [], "session": session.id} if outcome is None else outcome


PEOPLE_ACTS = cast(
    "dict[type[Touch], Callable[[Desk, Any, When], Outcome]]",
    {
        p.AddPerson: _add,
        p.ChangePerson: _change,
        p.RemovePerson: _remove,
        p.ComeIn: _come_in,
        p.GoOut: _go_out,
        p.Emergency: _emergency,
    },
)
