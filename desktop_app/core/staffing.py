"""Deciding who works here and as what.

Who is named is never named again: a touch of years ago would seem to be another's. One administrator
stays always, for nobody else can name one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.core import events as e
from desktop_app.core.access import EMERGENCY, LONGEST_NAME, NOBODY, Role, Secret
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.plans import Decided, Plan
from desktop_app.core.ports import Write
from desktop_app.core.recordable import line_fault, unheld
from desktop_app.core.staff import People
from desktop_app.core.suite import Suite

LONGEST_FULL_NAME = 60
_BETWEEN = " .-'_"
_FIRST_ACCENTED, _LAST_ACCENTED = "\u00c0", "\u017f"


def of_people(decide: Callable[[People], Decision]) -> Plan:
    """Return a decision about the people as a touch."""

    def plan(suite: Suite) -> Decided | Refusal:
        decision = decide(suite.people)
        if isinstance(decision, Refusal):
            return decision
        return Decided((Write(e.PEOPLE_STREAM, suite.people.version, decision),))

    return plan


def add_person(people: People, when: When, *, name: str, full_name: str, roles: Iterable[Role]) -> Decision:
    """Decide that somebody works here from now on; whoever comes first is an administrator."""
    name, full_name, roles = " ".join(name.split()), " ".join(full_name.split()), in_order(roles)
    if refusal := unfit_name(name) or _unfit(full_name, roles):
        return refusal
    if people.is_taken(name):
        now_or_once = "is" if people.named(name) else "was"
        return Refusal(f"“{name}” {now_or_once} somebody's name already: a name is given once for ever")
    if not people.are_named and Role.ADMINISTRATOR not in roles:
        return Refusal("the first person named has to be an administrator: nobody else could name the others")
    return (e.PersonAdded(at_us=when.at_us, how=when.how, person=name, full_name=full_name, roles=roles),)


def change_person(
    people: People, when: When, *, name: str, full_name: str, roles: Iterable[Role]
) -> Decision:
    """Decide that somebody is called otherwise or does something else here."""
    person, full_name, roles = people.named(name), " ".join(full_name.split()), in_order(roles)
    if person is None:
        return _unknown(name)
    if refusal := _unfit(full_name, roles):
        return refusal
    if (person.full_name, person.roles) == (full_name, roles):
        return Refusal(f"that is what {person.name} is already")
    if Role.ADMINISTRATOR not in roles and people.is_last_administrator(person.name):
        return Refusal(f"{person.name} is the last administrator: make somebody else one first")
    return (
        e.PersonChanged(at_us=when.at_us, how=when.how, person=person.name, full_name=full_name, roles=roles),
    )


def remove_person(people: People, when: When, *, name: str) -> Decision:
    """Decide that somebody does not work here any more."""
    person = people.named(name)
    if person is None:
        return _unknown(name)
    if people.is_last_administrator(person.name):
        return Refusal(f"{person.name} is the last administrator: make somebody else one first")
    return (e.PersonRemoved(at_us=when.at_us, how=when.how, person=person.name),)


def change_secret(
    people: People, when: When, *, name: str, what: Secret, is_taken_away: bool = False, slot: str = ""
) -> Decision:
    """Decide to tell that a secret of somebody was changed; a recovery key is nobody's."""
    person = people.named(name)
    if person is None and not (what is Secret.RECOVERY_KEY and not name):
        return _unknown(name)
    who = person.name if person else ""
    at_us, how = when.at_us, when.how
    told = e.SecretChanged(
        at_us=at_us, how=how, person=who, what=what, is_taken_away=is_taken_away, slot=slot
    )
    return (told,)


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return roles once each, in their usual order."""
    wanted = set(roles)
    return tuple(role for role in Role if role in wanted)


def _unknown(name: str) -> Refusal:
    return Refusal(f"“{name.strip()}” is none of the people here")


def unfit_name(name: str) -> Refusal | None:
    """Return why nobody could be called so here; None for a good short name."""
    if refusal := unheld(line_fault("the short name", name, longest=LONGEST_NAME)):
        return refusal
    if not any(letter.isalpha() for letter in name) or "," in name:
        return Refusal(
            f"a short name has letters and no comma, at most {LONGEST_NAME} characters, such as AK"
        )
    if not all(map(_is_plain, name)):
        return Refusal(
            "a short name has Latin letters, digits, spaces, points, hyphens and apostrophes only: other "
            "signs can look like somebody else's name"
        )
    if name.casefold().startswith((EMERGENCY, NOBODY)):
        return Refusal(f"“{name}” cannot be anybody's name here: the record uses it otherwise")
    return None


def _is_plain(sign: str) -> bool:
    """Return whether a sign of a short name looks like no other: a Cyrillic letter prints as a Latin one."""
    if sign.isascii():
        return sign.isalnum() or sign in _BETWEEN
    return sign.isalpha() and _FIRST_ACCENTED <= sign <= _LAST_ACCENTED


def _unfit(full_name: str, roles: tuple[Role, ...]) -> Refusal | None:
    if not full_name:
        return Refusal("whoever works here is named in full too")
    if not roles:
        return Refusal("whoever works here needs a role")
    return unheld(line_fault("the name", full_name, longest=LONGEST_FULL_NAME))
