"""What the steps write into while a visit is coded: drafts of lines, and what was left out.

A *run* is a service as it ran on the chosen minute basis. A *draft* is a line before it has a
date. Steps only add; nothing written is changed by a later step, so the last rule never wins.
"""

from __future__ import annotations

from dataclasses import field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from desktop_app.coding.compared import Compared
from desktop_app.coding.options import Modifiers, Options
from desktop_app.coding.reasons import Finding, Level, Line, NotBilled
from desktop_app.coding.rulebook import Era, Profile, Rulebook, Thresholds, sources_of
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.coding.wall_clock import WallClock
from desktop_app.core.orders import Category, Order
from desktop_app.core.timeline import NO_TIME, Spans
from desktop_app.core.values import dataclass

Rules = tuple[str, ...]


class Rank(IntEnum):
    """The order in which IV services may lead a group: the lowest leads."""

    CHEMO_INFUSION = 0
    CHEMO_PUSH = 1
    INFUSION = 2
    PUSH = 3
    HYDRATION = 4


_KINDS = {
    Rank.CHEMO_INFUSION: (True, False, True),
    Rank.CHEMO_PUSH: (False, True, True),
    Rank.INFUSION: (True, False, False),
    Rank.PUSH: (False, True, False),
    Rank.HYDRATION: (False, False, False),
}
"""Whether what has a rank is an infusion, a push, chemo; hydration is none of them."""


@dataclass(slots=True, eq=False)
class Run:
    """A service as it ran: its time on the chosen basis, and its place among the others."""

    service: VisitService
    id: str
    order: Order
    name: str
    """What a sentence calls it: the drug, or the route where no drug was named."""
    place: int
    """Its place in the order given."""
    category: Category
    drug: str
    """The drug's name in the form names are compared in."""
    start_us: int
    stop_us: int | None = None
    spans: Spans = NO_TIME
    minutes: int | None = None
    """Whole minutes it ran; None where that is not known."""
    rank: Rank | None = None
    """What it counts as in the IV order, once that is known; None outside it."""
    is_infusion: bool = False
    is_push: bool = False
    is_chemo: bool = False
    computed: bool = False
    """Its stop follows from the recorded volume and rate."""
    cut_short: bool = False
    """Given up within the longest push, and still reported as an infusion."""
    rules: Rules = ()
    """The rules that made its time and its rank; every line of it names them."""

    def take_rank(self, rank: Rank) -> None:
        """Set what it counts as in the IV order."""
        self.rank = rank
        self.is_infusion, self.is_push, self.is_chemo = _KINDS[rank]


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A line to be: everything but its date."""

    role: str
    units: int
    runs: tuple[Run, ...]
    why: str
    """A sentence without its full stop."""
    rules: Rules
    place: tuple[int, ...]
    """Where it stands: group, initial before the rest, order given; an add-on behind its primary's."""
    minutes: int | None = None
    modifiers: Modifiers = ()
    spans: Spans = NO_TIME
    """The time its units are hours of; none where time plays no part."""
    first_hour: int = 0
    """Which hour of the spans its first unit stands for."""


class Measured(NamedTuple):
    """A minute count that decided something, and the fewest and the most that would decide the same."""

    run: Run
    minutes: int
    low: int
    high: int


@dataclass(slots=True, eq=False)
class Ledger:
    """The books of one visit while it is coded."""

    visit: Visit
    rulebook: Rulebook
    era: Era
    profile: Profile
    options: Options
    clock: WallClock
    compared: Compared = field(default_factory=Compared)
    counted: list[Run] = field(default_factory=list)
    """The services that count at all."""
    drafts: list[Draft] = field(default_factory=list)
    not_billed: list[NotBilled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    claims: list[tuple[tuple[str, str], Run, Spans]] = field(default_factory=list)
    """Which time at which encounter and site was counted, and for which run."""
    lines: list[Line] = field(default_factory=list)
    """The administration lines, once they are dated."""
    drug_lines: list[Line] = field(default_factory=list)

    thresholds: Thresholds = field(init=False)
    """The numbers the rules stand on, on the date of service."""

    def __post_init__(self) -> None:
        self.thresholds = self.era.thresholds

    def leave(self, run: Run, why: str, *rules: str, minutes: int | None = None) -> None:
        """Write down that a service, or its time, is on no line."""
        rules = run.rules + rules
        sources = sources_of(self.rulebook, rules)
        minutes = run.minutes if minutes is None else minutes
        self.not_billed.append(NotBilled(run.id, minutes, f"{_sentence(why)}.", rules, sources))

    def find(self, level: Level, name: str, text: str, run: Run | None = None) -> None:
        """Write down a finding, on one service or on the whole visit."""
        self.findings.append(Finding(level, name, f"{_sentence(text)}.", run.id if run else ""))

    def claim(self, run: Run, spans: Spans) -> None:
        """Write down that time at a run's encounter and site is counted for it."""
        self.claims.append(((run.order.encounter, run.order.site), run, spans))

    def ran(self, run: Run) -> str:
        """Return how a run is told: vancomycin ran 09:00 to 11:20 (140 minutes)."""
        if not run.spans:
            return f"{run.name} did not run: it was started and stopped at {self.clock.time(run.start_us)}"
        worked_out = ", its stop worked out from volume and rate" if run.computed else ""
        return f"{run.name} ran {self.clock.times(run.spans)} ({minutes_text(run.minutes or 0)}{worked_out})"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def minutes_text(minutes: int) -> str:
    """Return a count of minutes in words: 1 minute, 140 minutes."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def units_text(units: int) -> str:
    """Return a count of units in words: 1 unit, 3 units."""
    return "1 unit" if units == 1 else f"{units} units"


@lru_cache(maxsize=4096)
def drug_key(name: str) -> str:
    """Return a drug's name in the form names are compared in: case and spaces play no part."""
    return " ".join(name.casefold().split())
