"""The people who work here, folded from the journal; what is decided about them stands in ``staffing``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from desktop_app.core import events as e
from desktop_app.core.access import Person, Role
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who was ever named here. Frozen: every change makes a new one."""

    persons: Mapping[str, Person] = field(default_factory=lambda: MappingProxyType({}))
    """Those who work here, by their short name, in the order they were named."""
    gone: frozenset[str] = frozenset()
    """The names of those who do not any more."""
    version: int = 0

    @property
    def are_named(self) -> bool:
        """Whether anybody is named: until then everybody may do everything."""
        return bool(self.persons)

    @property
    def names(self) -> tuple[str, ...]:
        """The short names of those who work here."""
        return tuple(self.persons)

    def named(self, name: str) -> Person | None:
        """Return somebody who works here, however the letters of the name are written."""
        wanted = name.strip().casefold()
        return next((one for one in self.persons.values() if one.name.casefold() == wanted), None)

    def is_taken(self, name: str) -> bool:
        """Return whether a name is or was somebody's."""
        was = {gone.casefold() for gone in self.gone}
        return self.named(name) is not None or name.strip().casefold() in was

    def is_last_administrator(self, name: str) -> bool:
        """Return whether somebody is the only one who may name others."""
        found = [one.name for one in self.persons.values() if Role.ADMINISTRATOR in one.roles]
        return found == [name]


NO_PEOPLE = People()


def fold_people(history: Iterable[e.Recorded]) -> People:
    """Replay what was recorded of people, oldest first."""
    people = NO_PEOPLE
    for recorded in history:
        people = evolve_people(people, recorded)
    return people


def evolve_people(people: People, recorded: e.Recorded) -> People:
    """Return the people after one more event. Raises ValueError for an event of another stream."""
    event = recorded.event
    people = replace(people, version=recorded.version)
    if isinstance(event, e.PersonAdded | e.PersonChanged):
        person = Person(event.person, event.full_name, event.roles)
        return replace(people, persons=MappingProxyType({**people.persons, event.person: person}))
    if isinstance(event, e.PersonRemoved):
        others = {name: one for name, one in people.persons.items() if name != event.person}
        return replace(people, persons=MappingProxyType(others), gone=people.gone | {event.person})
    if isinstance(event, e.SecretChanged):
        return people
    message = f"event {recorded.id} ({event.KIND}) does not belong to the people"
    raise ValueError(message)
