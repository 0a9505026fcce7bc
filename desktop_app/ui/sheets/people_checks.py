"""What is wrong with one field of a patient's data, in the words the record itself refuses it with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from desktop_app.core.people import NOTHING_KNOWN, Address, Insured, Pointer, Provider, Relation, Sex
from desktop_app.core.registration import MOST_POINTERS, npi_fault, registration_fault, tidied
from desktop_app.ui.day_text import read_day
from desktop_app.ui.sheets.checked_fields import Check

LONGEST_SHOWN = 40
_BETWEEN = re.compile(r"[\s,;]+")
_TODAY = Callable[[], date]


def line_check(name: str, today: _TODAY) -> Check:
    """Return the check of a field of a registration that is a line of text."""
    return lambda text: _fault(today, **{name: text})


def address_check(name: str, today: _TODAY) -> Check:
    """Return the check of a part of an address."""
    return lambda text: _fault(today, address=Address(**{name: text}))


def name_check(today: _TODAY) -> Check:
    """Return the check of a provider's or an insured person's name."""
    return lambda text: _fault(today, ordering=Provider(family=text))


def check_npi(text: str) -> str:
    """Check an NPI's digits."""
    return npi_fault(text)


def born_check(today: _TODAY) -> Check:
    """Return the check of a birth date."""

    def check(text: str) -> str:
        day = read_day(text)
        if day is None:
            return f"“{text[:LONGEST_SHOWN]}” is no date: write it as 12/31/1960"
        return _fault(today, birth_date=day)

    return check


def diagnoses_check(today: _TODAY) -> Check:
    """Return the check of a list of diagnoses."""
    return lambda text: _fault(today, diagnoses=codes_in(text))


def codes_in(text: str) -> tuple[str, ...]:
    """Return the diagnosis codes of a text, which stand between spaces, commas or semicolons."""
    return tuple(code for code in _BETWEEN.split(text.strip()) if code)


def pointer_check(codes: Callable[[], int]) -> Check:
    """Return the check of the numbers of diagnoses a service is for; ``codes`` says how many there are."""

    def check(text: str) -> str:
        numbers = codes_in(text)
        if len(numbers) > MOST_POINTERS:
            return f"a service points to one to {MOST_POINTERS} diagnoses"
        for number in numbers:
            if not (number.isascii() and number.isdigit()):
                return f"“{number[:LONGEST_SHOWN]}” is no number of a diagnosis"
            if not 1 <= int(number) <= codes():
                return f"there is no diagnosis number {number}"
        return ""

    return check


def pointer_in(service: str, text: str) -> Pointer | None:
    """Return which diagnoses a service is for; None where nothing is said."""
    numbers = tuple(int(number) for number in codes_in(text))
    return Pointer(service, numbers) if numbers else None


def insured_of(relation: str, family: str, given: str, born: str, sex: str) -> Insured | None:
    """Return the insured person; None where that is the patient."""
    if relation == Relation.SELF:
        return None
    return Insured(
        relation=Relation(relation),
        family=family,
        given=given,
        birth_date=read_day(born) if born else None,
        sex=Sex(sex) if sex else None,
    )


def _fault(today: _TODAY, **known: object) -> str:
    return registration_fault(tidied(replace(NOTHING_KNOWN, **known)), today())  # type: ignore[arg-type]  # by the caller
