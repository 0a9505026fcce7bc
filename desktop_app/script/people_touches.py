"""The words of the touch script about people: who works here, who comes and goes, who looks."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.access import Role
from desktop_app.script.touches import Touch


@dataclass(frozen=True, kw_only=True)
class AddPerson(Touch):
    """Somebody works here from now on; the first one is an administrator."""

    person: str
    name: str
    """In full."""
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class ChangePerson(Touch):
    """Somebody is called otherwise or has other roles; what is left out stays as it is."""

    person: str
    name: str = ""
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RemovePerson(Touch):
    """Somebody does not work here any more."""

    person: str


@dataclass(frozen=True, kw_only=True)
class ComeIn(Touch):
    """Somebody makes the touches from here on, where a line does not say otherwise."""

    person: str


@dataclass(frozen=True, kw_only=True)
class GoOut(Touch):
    """Nobody is signed in from here on."""


@dataclass(frozen=True, kw_only=True)
class Emergency(Touch):
    """Somebody works as a nurse without being one here."""

    person: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class View(Touch):
    """Somebody looks at a session."""
