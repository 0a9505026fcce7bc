"""Who works here: named, given other roles, removed; and that a secret of theirs was changed, never which."""

from __future__ import annotations

from desktop_app.core.access import Role, Secret
from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    """Somebody works here from now on."""

    KIND = "person-added"

    person: str
    """The short name that their touches are kept with; never given to anybody else."""
    full_name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Somebody is called otherwise, or has other roles."""

    KIND = "person-changed"

    person: str
    full_name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved(Event):
    """Somebody does not work here any more; what they did stays theirs."""

    KIND = "person-removed"

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretChanged(Event):
    """Somebody got a passphrase, PIN or badge, or lost it. A recovery key is nobody's."""

    KIND = "secret-changed"
    SCHEMA = 2
    """Before it nothing said which passphrase it was."""

    person: str
    what: Secret
    is_taken_away: bool = False
    slot: str = ""
    """What tells a passphrase or a recovery key from another in its place; no secret, and else empty."""
