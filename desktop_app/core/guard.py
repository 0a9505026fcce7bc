"""The guard that every touch passes: what it decides is held against what whoever makes it may do.

It stands in the desk, between a decision and the journal, so that no button, key or script can pass
it by. A touch is guarded by who made it, as they were then, also where it has to wait for the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from desktop_app.core import events as e
from desktop_app.core.access import (
    ALL_RIGHTS,
    EMERGENCY_RIGHTS,
    NEEDS,
    NO_RIGHTS,
    NOBODY,
    RECOVERED,
    RIGHTS,
    Right,
    Role,
)
from desktop_app.core.decisions import Refusal
from desktop_app.core.plans import Decided, Plan
from desktop_app.core.ports import NotAllowed
from desktop_app.core.session import Session, Stage
from desktop_app.core.staff import People
from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass

if TYPE_CHECKING:
    from desktop_app.core.desk import Desk

Require = Callable[[Right], None]
"""Raises NotAllowed where whoever works here lacks a right: for what is kept in files, not in the journal."""

LACKING = {
    Right.TELL: "tells nothing",
    Right.CARE: "starts, stops and charts nothing at the chair",
    Right.DOWNTIME: "tells of no downtime",
    Right.SHOW: "sees no whole MRN and no data for billing",
    Right.REGISTER: "registers no patient",
    Right.TERMS: "changes no payer and no terms",
    Right.SIGN: "signs nothing",
    Right.REOPEN: "opens no signed session again",
    Right.HOLD: "holds and releases nothing",
    Right.LOCK: "locks no day",
    Right.UNLOCK: "unlocks no day",
    Right.SEND: "sends nothing to billing",
    Right.PROTOCOLS: "changes no protocols, drugs and reminders",
    Right.BILLING: "changes nothing of who bills, profiles, layouts, tables and charges",
    Right.SUITE: "changes no settings of the suite",
    Right.PEOPLE: "names, changes and removes nobody",
    Right.RESTORE: "restores nothing from a backup",
}
"""What somebody does not do who lacks a right."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Whoever makes a touch, and what they may do."""

    name: str
    roles: tuple[Role, ...]
    rights: frozenset[Right]

    def why_not(self, right: Right) -> Refusal | None:
        """Return in one sentence why they may not do something; None where they may."""
        if right in self.rights:
            return None
        others = " or ".join(_article(role.words) for role in _who_may(right))
        if self.roles:
            return Refusal(f"{self._told} {LACKING[right]}: switch to {others}")
        return Refusal(f"{self._told}: sign in as {others} first")

    @property
    def _told(self) -> str:
        if self.rights is EMERGENCY_RIGHTS:
            return "an emergency access"
        if self.roles:
            return _article(" and ".join(role.words for role in self.roles))
        return (
            "nobody is signed in"
            if self.name in {"", NOBODY}
            else f"“{self.name}” is none of the people here"
        )


def acting_as(people: People, name: str, emergency: str = "") -> Acting:
    """Return what somebody may do; everything where nobody is named yet."""
    if not people.are_named:
        return Acting(name, (), ALL_RIGHTS)
    if person := people.named(name):
        return Acting(name, person.roles, person.rights)
    if emergency and name == emergency:
        return Acting(name, (Role.NURSE,), EMERGENCY_RIGHTS)
    return Acting(name, (), NO_RIGHTS)


def require_nothing(_right: Right) -> None:
    """Let everybody do everything."""


def requiring(desk: Desk) -> Require:
    """Return what asks for the rights of whoever works at a desk."""

    def require(right: Right) -> None:
        if (refusal := desk.acting.why_not(right)) is not None:
            raise NotAllowed(sentence(refusal))

    return require


def sentence(refusal: Refusal) -> str:
    """Return a refusal as a sentence that stands alone."""
    return f"{refusal.text[:1].upper()}{refusal.text[1:]}."


def guarded(plan: Plan, acting: Acting) -> Plan:
    """Return a touch that is refused where it decides what whoever makes it may not do."""
    if acting.rights is ALL_RIGHTS:
        return plan

    def checked(suite: Suite) -> Decided | Refusal:
        decided = plan(suite)
        if isinstance(decided, Refusal):
            return decided
        return refusal_of(acting, needed(suite, decided, acting.name)) or decided

    return checked


def refusal_of(acting: Acting, rights: Iterable[Right]) -> Refusal | None:
    """Return why the first of some rights is lacking; None where none is."""
    return next((why for right in rights if (why := acting.why_not(right)) is not None), None)


def needed(suite: Suite, decided: Decided, name: str) -> list[Right]:
    """Return the rights that a touch of somebody needs, one for each of its events or more."""
    rights: list[Right] = []
    for write in decided.writes:
        session = suite.sessions.get(write.stream.removeprefix(e.SESSION_STREAM_PREFIX))
        for event in write.events:
            rights += _needed(event, session, name)
    return rights


def _needed(event: e.Event, session: Session | None, name: str) -> list[Right]:
    if isinstance(event, e.TouchUndone) and session is not None:
        return [NEEDS[kind] for kind in session.touch_said]
    if isinstance(event, e.SessionReopened) and session is not None and session.stage is Stage.SIGNED:
        return [Right.REOPEN]
    if isinstance(event, e.SecretChanged) and event.person and name in {event.person, RECOVERED}:
        return [Right.TELL]
    return [NEEDS[event.KIND]]


def _who_may(right: Right) -> list[Role]:
    return [role for role in Role if right in RIGHTS[role]]


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
