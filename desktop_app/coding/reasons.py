"""What the coder answers: lines, services not billed, and findings, each with its reason.

Nothing here is computed twice: a line keeps the minutes, the sentence, the rule names and
the sources it was made with, so that a signature seals them as they were. A visit has a dozen of
these and the board codes all day, so they are tuples with names, the cheapest to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


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


class Margin(NamedTuple):
    """How far a count of minutes lies from where the answer changes, on either side."""

    of: str
    """Whose minutes they are."""
    minutes: int
    low: int
    """The fewest minutes that give the same answer; 0 where fewer change nothing."""
    high: int | None
    """The most that do; None where more change nothing."""
    less: str = ""
    """What one minute fewer than the fewest would make of it, as a clause."""
    more: str = ""
    """What one minute more than the most would make of it."""
    minute: str = "minute"
    """What is counted: a minute, or a minute of its own."""

    def sooner(self, after: int | None, more: str) -> Margin:
        """Return a margin that also tells what happens after so many minutes more, where that is sooner."""
        if after is None or (self.high is not None and self.high - self.minutes <= after):
            return self
        return self._replace(high=self.minutes + after, more=more)

    def sooner_below(self, after: int, less: str) -> Margin:
        """Return a margin that also tells what happens after so many minutes less, where that is sooner."""
        if self.low and self.minutes - self.low <= after:
            return self
        return self._replace(low=self.minutes - after, less=less)

    @property
    def sentence(self) -> str:
        """Say what one minute more or less would change."""
        more = self.high is not None and self.minutes >= self.high
        less = self.low > 0 and self.minutes <= self.low
        if more and less:
            return f"{self._more()}; {self._less()[0].lower()}{self._less()[1:]}."
        if more:
            return f"{self._more()}; one less changes nothing."
        if less:
            return f"{self._less()}; one more changes nothing."
        return f"One {self.minute} more or less changes nothing: {self._range()} it is the same."

    def _more(self) -> str:
        return f"One {self.minute} more ({self.minutes + 1}) and {self.more}"

    def _less(self) -> str:
        return f"One {self.minute} less ({self.minutes - 1}) and {self.less}"

    def _range(self) -> str:
        if self.high is None:
            return f"from {self.low} on" if self.low else "at any length"
        return f"from {self.low} to {self.high}" if self.low else f"up to {self.high}"


def one_minute(margins: tuple[Margin, ...]) -> str:
    """Say what one minute more or less would change in what stands on some counts of minutes."""
    if not margins:
        return "No count of minutes decides it."
    if len(margins) == 1:
        return margins[0].sentence
    return " ".join(f"{margin.of[:1].upper()}{margin.of[1:]}: {margin.sentence}" for margin in margins)


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
    margins: tuple[Margin, ...] = ()
    """How far the counts of minutes it stands on lie from another answer; none where time plays no part."""

    @property
    def one_minute(self) -> str:
        """What one minute more or less would change, in a sentence or two."""
        return one_minute(self.margins)


class NotBilled(NamedTuple):
    """A service, or its time, that is on no line, and why."""

    service: str
    minutes: int | None
    why: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    margins: tuple[Margin, ...] = ()
    """How far the count of minutes that left it out lies from another answer."""

    @property
    def one_minute(self) -> str:
        """What one minute more or less would change."""
        return one_minute(self.margins)


class Finding(NamedTuple):
    """Something a person should know before signing. ``service`` is empty for the whole visit."""

    level: Level
    name: str
    text: str
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
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
