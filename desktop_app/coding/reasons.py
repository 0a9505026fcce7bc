"""What the coder answers: lines, services not billed, and findings, each with its reason.

Nothing here is computed twice: a line keeps the minutes, the sentence, the rule names and
the sources it was made with, so that a signature seals them as they were. A visit has a dozen of
these and the board codes all day, so they are tuples with names, the cheapest to make.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from desktop_app.core.timeline import Spans


class Kind(StrEnum):
    """What a line asks to be paid for."""

    ADMINISTRATION = "administration"
    DRUG = "drug"


class Level(StrEnum):
    """How much a finding weighs."""

    BLOCKER = "blocker"
    """The visit cannot be signed."""
    WARNING = "warning"
    """A person should look before signing."""
    NOTE = "note"


class Line(NamedTuple):
    """One coded line: a code with units, modifiers, minutes and its reason."""

    code: str
    units: int
    modifiers: tuple[str, ...]
    kind: Kind
    date: date
    services: tuple[str, ...]
    """Ids of the services it was made from."""
    minutes: int | None
    """The minutes it stands on; None where time plays no part."""
    why: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    role: str
    """Its name in the code map; empty for a drug line."""
    label: str
    """Our own few words for the code."""
    drugs: tuple[str, ...] = ()
    start_us: int | None = None
    stop_us: int | None = None
    ndc: str = ""
    """11 digits; empty where none is recorded, or none that is certain."""
    ndc_quantity: Decimal | None = None
    ndc_unit: str = ""
    counted: tuple[tuple[str, Spans], ...] = ()
    """For each of its services the time that its units are hours of; none where time plays no part."""
    one_minute: str = ""
    """What one minute more or less would change, where that was asked: see ``one_minute``."""


class NotBilled(NamedTuple):
    """A service, or its time, that is on no line, and why."""

    service: str
    minutes: int | None
    why: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    one_minute: str = ""
    """What one minute more or less would change, where that was asked."""


class Finding(NamedTuple):
    """Something a person should know before signing. ``service`` is empty for the whole visit."""

    level: Level
    name: str
    text: str
    service: str = ""


class Coding(NamedTuple):
    """The answer for one visit: the same visit, rules and profile always give the same one."""

    id: str
    rulebook: str
    profile: str
    lines: tuple[Line, ...]
    not_billed: tuple[NotBilled, ...]
    findings: tuple[Finding, ...]
    infused_minutes: int
    """Minutes in which at least one counted infusion ran."""
    billable_hours: int
    """Units of time-coded lines."""

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """The findings that must be settled before the visit can be signed."""
        return tuple(finding for finding in self.findings if finding.level is Level.BLOCKER)


class Change(NamedTuple):
    """When the answer next changes."""

    at_us: int
    certain: bool
    """Whether it changes then; where not, it holds at least until then, and that is to be asked then."""
