"""What a setting may hold: each check returns the value as it is kept, or says what it must be.

No expression is compiled before a value is checked with it: a start reads settings and changes none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_app.core.moments import is_zone

MOST_CHAIRS = 60
MOST_FAVOURITES = 40
MOST_HIDDEN = 500
_LONGEST_TEXT = 200
_LONGEST_LABEL = 12

Check = Callable[[str], str]
"""Returns the value as it is to be kept, or raises ValueError with the end of a sentence."""


def chair_names(count: int, labels: str) -> tuple[str, ...]:
    """Return the names of the chairs: the label where one is given, else the chair's number."""
    given = [label.strip() for label in labels.split(",")][:count]
    return tuple(label or str(n) for n, label in enumerate([*given, *[""] * (count - len(given))], 1))


def line(value: str) -> str:
    """Take one printable line of a bearable length."""
    text = value.strip()
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise ValueError(f"must be one line of at most {_LONGEST_TEXT} characters")
    return text


def zone(value: str) -> str:
    """Take the name of a time zone, or nothing."""
    name = value.strip()
    if name and not is_zone(name):
        raise ValueError("must be a zone name such as America/New_York")
    return name


def one_of(*words: str) -> Check:
    """Return what takes one of some words."""

    def check(value: str) -> str:
        word = value.strip().lower()
        if word not in words:
            raise ValueError(f"must be one of: {', '.join(words)}")
        return word

    return check


def between(least: int, most: int) -> Check:
    """Return what takes a whole number within bounds."""

    def check(value: str) -> str:
        digits = value.strip()
        number = digits.lstrip("0") or digits[:1]
        if not (digits.isascii() and digits.isdigit() and least <= int(number[:9]) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return number

    return check


def place_on_screen(value: str) -> str:
    """Take two whole numbers with a comma between, or nothing."""
    place = value.replace(" ", "")
    if place and not re.fullmatch(r"-?\d{1,5},-?\d{1,5}", place, re.ASCII):
        raise ValueError("must be two whole numbers with a comma between, or empty")
    return place


def place_of_service(value: str) -> str:
    """Take the two digits of a claim, or nothing."""
    code = value.strip()
    if code and not (len(code) == 2 and code.isascii() and code.isdigit()):  # noqa: PLR2004 - as on a claim
        raise ValueError("must be two digits, or empty")
    return code


def format_names(value: str) -> str:
    """Take names with spaces between, each once."""
    words = list(dict.fromkeys(value.lower().split()))
    if not all(re.fullmatch("[a-z0-9]{1,20}", word) for word in words):
        raise ValueError("must be names such as csv, with spaces between")
    return line(" ".join(words))


def drug_codes(most: int) -> Check:
    """Return what takes so many drug codes at the most."""

    def check(value: str) -> str:
        codes = list(dict.fromkeys(value.upper().split()))
        if len(codes) > most or not all(re.fullmatch("[A-Z][0-9]{4}", code) for code in codes):
            raise ValueError(f"must be at most {most} drug codes such as J1745, with spaces between")
        return " ".join(codes)

    return check


def own_drugs(value: str) -> str:
    """Take the suite's own drugs as they are kept."""
    from desktop_app.core.suite_drugs import read_own, write_own  # noqa: PLC0415 - no start changes any

    return write_own(read_own(value))


def usual_orders(value: str) -> str:
    """Take the usual orders as they are kept."""
    from desktop_app.core.suite_drugs import read_usuals, write_usuals  # noqa: PLC0415 - as above

    return write_usuals(read_usuals(value))


def chair_labels(value: str) -> str:
    """Take labels for the chairs, none of which is another chair's name."""
    labels = [label.strip() for label in value.split(",")] if value.strip() else []
    if len(labels) > MOST_CHAIRS or any(len(label) > _LONGEST_LABEL for label in labels):
        raise ValueError(f"must be at most {MOST_CHAIRS} labels of at most {_LONGEST_LABEL} characters")
    return _line_of_labels(labels)


def _line_of_labels(labels: list[str]) -> str:
    names = chair_names(MOST_CHAIRS, ",".join(labels))
    if len(set(names)) < len(names):
        raise ValueError("must differ from each other, and from the number of any other chair")
    if not all(label.isprintable() for label in labels):
        raise ValueError("must be plain text")
    return ", ".join(labels)


def _digits_of(value: str) -> str:
    return re.sub(r"[ ()./-]", "", value)


def npi(value: str) -> str:
    """Take the ten digits of an NPI, or nothing."""
    from desktop_app.core.registration import npi_fault  # noqa: PLC0415 - as above

    digits = _digits_of(value)
    if digits and npi_fault(digits):
        raise ValueError("must be ten digits, the last of which fits the others")
    return digits


def of_digits(*counts: int) -> Check:
    """Return what takes so many digits, or nothing."""

    def check(value: str) -> str:
        digits = _digits_of(value)
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) in counts):
            raise ValueError(f"must be {' or '.join(map(str, counts))} digits")
        return digits

    return check


def shaped(pattern: str, like: str) -> Check:
    """Return what takes a word of a shape, or nothing."""

    def check(value: str) -> str:
        word = value.strip().upper()
        if word and not re.fullmatch(pattern, word, re.ASCII):
            raise ValueError(f"must be such as {like}")
        return word

    return check
