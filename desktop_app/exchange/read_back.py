"""What the checks of written files share: they look bit by bit, and a file with a fault is not sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from desktop_app.core.recordable import as_line
from desktop_app.exchange.sending import CannotBeSent
from desktop_app.exchange.steps import Step

MOST_FAULTS = 20
RIGHT = ""
"""What a check yields of a row or a claim it has nothing to say of."""
LONGEST_FAULT = 200
"""A fault says what it found in the file, which may be any text of any length."""


def first(faults: Iterable[str]) -> list[str]:
    """Return the first faults, as many as help; the file is not read any further."""
    return list(islice(filter(None, faults), MOST_FAULTS))


def require_none(file: str, faults: list[str]) -> None:
    """Raise CannotBeSent, with the first of a file's faults, where there is one."""
    if faults:
        raise CannotBeSent(f"{file} did not stand its own check: {as_line(faults[0], LONGEST_FAULT)}")


def looking_through(file: str, looks: Iterable[str], of: int) -> Iterator[Step]:
    """Look at a file step by step; of so many rows it has. Raises CannotBeSent at its first fault."""
    for done, fault in enumerate(looks, start=1):
        require_none(file, [fault] if fault else [])
        yield Step(min(done, of), of, file)
