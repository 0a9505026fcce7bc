"""What all checks of written files share: the first faults are told, and a file with one is not sent."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from desktop_app.core.recordable import as_line
from desktop_app.exchange.sending import CannotBeSent

MOST_FAULTS = 20
LONGEST_FAULT = 200
"""A fault says what it found in the file, which may be any text of any length."""


def first(faults: Iterable[str]) -> list[str]:
    """Return the first faults, as many as help; the file is not read any further."""
    return list(islice(faults, MOST_FAULTS))


def require_none(file: str, faults: list[str]) -> None:
    """Raise CannotBeSent, with the first of a file's faults, where there is one."""
    if faults:
        raise CannotBeSent(f"{file} did not stand its own check: {as_line(faults[0], LONGEST_FAULT)}")
