"""What files from a registration system tell of patients, ready to be put to what is known already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any

from desktop_app.core.people import NOTHING_KNOWN, Pointer, Registration
from desktop_app.core.registration import registration_fault, tidied
from desktop_app.core.values import dataclass


class CannotBeTaken(ValueError):
    """What is told does not go together with what is known; ``str`` is the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one message, or one row, tells of a patient; what it does not mention stays as it was."""

    place: str
    """Where it stands: ``message 3`` or ``row 3``."""
    mrn: str
    known: Mapping[str, Any]
    """The fields of a Registration that it tells, by their names."""
    day: date | None = None
    """On which day the visit began, where it says so."""

    @property
    def account(self) -> str:
        """Return the visit's number; empty where it tells none."""
        return str(self.known.get("account", ""))

    @property
    def registration(self) -> Registration:
        """Return what it tells by itself."""
        return replace(NOTHING_KNOWN, **self.known)

    def added_to(self, before: Registration) -> Registration:
        """Return what is known with this. Raises CannotBeTaken where a service would lose its diagnosis."""
        after = replace(before, **self.known)
        if after.diagnoses == before.diagnoses:
            return after
        return replace(after, pointers=tuple(_moved(p, before, after) for p in before.pointers))


def _moved(pointer: Pointer, before: Registration, after: Registration) -> Pointer:
    """Return a pointer to the same diagnoses in their new places."""
    codes = [before.diagnoses[place - 1] for place in pointer.diagnoses]
    if gone := [code for code in codes if code not in after.diagnoses]:
        raise CannotBeTaken(f"a service is for {gone[0]}, which is not among the new diagnoses")
    return Pointer(pointer.service, tuple(after.diagnoses.index(code) + 1 for code in codes))


@dataclass(slots=True)
class Registrations:
    """A file as it was read: what it tells, in its order, and what is wrong with it."""

    told: list[Told] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """One sentence each, with message or row and field; of these messages nothing is taken."""
    passed_over: Counter[str] = field(default_factory=Counter)
    """Messages of other kinds, such as ``ADT^A03``."""

    def take(self, facts: Facts, day: date | None) -> None:
        """Add what a message tells, or what is wrong with it."""
        if facts.faults:
            self.faults += facts.faults
        else:
            self.told.append(Told(facts.place, facts.mrn, facts.known, day))


class Facts:
    """What one message tells, checked field by field as it is read."""

    def __init__(self, place: str, today: date) -> None:
        self.place = place
        self.mrn = ""
        self.known: dict[str, Any] = {}
        self.faults: list[str] = []
        self._today = today

    def say(self, where: str, name: str, value: object) -> None:
        """Note a field of the registration, or what is wrong with it."""
        tidy = tidied(replace(NOTHING_KNOWN, **{name: value}))  # type: ignore[arg-type]  # by the caller
        if fault := registration_fault(tidy, self._today):
            self.wrong(where, fault)
        else:
            self.known[name] = getattr(tidy, name)

    def wrong(self, where: str, fault: str) -> None:
        """Note what is wrong with a field."""
        told = f"{self.place}, {where}: {fault}."
        if told not in self.faults:
            self.faults.append(told)


class Wrong(ValueError):
    """A field cannot be read; ``str`` is a sentence's part."""
