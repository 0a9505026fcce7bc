"""What came of a file of patients that was put to the sessions waiting for it, or would come of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import field

from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """What a session did not know of its patient before."""

    mrn: str
    chair: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What was refused: why, of whom, and where it stands in the file.

    Where the file itself cannot be read, ``why`` says all of it.
    """

    why: str
    place: str = ""
    mrn: str = ""
    chair: str = ""


@dataclass(slots=True)
class Came:
    """What came of a file."""

    taken: list[Taken] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)
    """The sessions that knew all of it."""
    not_here: dict[str, None] = field(default_factory=dict)
    """The MRNs without a session, in their order."""
    refused: list[NotTaken] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    """Messages of other kinds, such as ``ADT^A03``."""

    @property
    def patients_refused(self) -> int:
        """How many rows or messages were refused; one may have several faults."""
        return len({one.place or one.why.partition(",")[0] for one in self.refused})
