"""What files from a registration system tell of patients, ready to be put to what is known already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any

from desktop_app.core.people import NOTHING_KNOWN, Pointer, Registration
from desktop_app.core.recordable import as_line, line_fault
from desktop_app.core.registration import registration_fault, tidied
from desktop_app.core.values import dataclass

LONGEST_FAULT = 200
"""A fault says what it found in the file, which may be any text of any length."""


MOST_PATIENTS = 100_000
"""A file of more was not made for a suite; to read so many takes about a minute."""
MOST_FAULTS = 1_000
"""Nobody puts more right one by one: the file is of another kind, or cut otherwise."""


class TooManyTold(ValueError):
    """A file tells of too many, or is wrong too often, to be taken; ``str`` is the end of a sentence."""


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

    def require_no_more(self) -> None:
        """Raise TooManyTold where a file tells of more than is taken, or is wrong more often than helps."""
        if len(self.told) > MOST_PATIENTS:
            raise TooManyTold(f"it tells of more than {MOST_PATIENTS:,} patients")
        if len(self.faults) > MOST_FAULTS:
            wrong = f"more than {MOST_FAULTS:,} things in it are wrong"
            raise TooManyTold(f"{wrong}; the first: {self.faults[0]}")

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

    def is_of(self, mrn: str, where: str) -> None:
        """Note whose MRN it is, or that it is none."""
        self.mrn = mrn
        if fault := line_fault("the MRN", mrn) if mrn else "there is no MRN":
            self.wrong(where, fault)

    def wrong(self, where: str, fault: str) -> None:
        """Note what is wrong with a field."""
        told = f"{self.place}, {where}: {as_line(fault, LONGEST_FAULT)}."
        if told not in self.faults:
            self.faults.append(told)


class Wrong(ValueError):
    """A field cannot be read; ``str`` is a sentence's part."""
