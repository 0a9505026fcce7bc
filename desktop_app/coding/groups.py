"""Steps 5 and 6: encounters, access sites, and who may lead.

One encounter has one initial service for each access site. The site with the best-ranked
service leads and its initial code stands bare; the initial code of another site, and that of
a later encounter, carry the modifier that says why there is a second one.
"""

from __future__ import annotations

from dataclasses import field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from desktop_app.coding.hours import Hours
from desktop_app.coding.ledger import Ledger, Rank, Rules, Run
from desktop_app.coding.options import Modifiers, Options
from desktop_app.core.timeline import NO_TIME, Spans
from desktop_app.core.values import dataclass


class Lead(NamedTuple):
    """The initial service of a group, why it leads, and the modifier of a second initial."""

    run: Run
    why: str
    rules: Rules
    modifiers: Modifiers


@dataclass(slots=True, eq=False)
class Encounter:
    """One encounter: its groups, and what has been reported in it so far."""

    name: str
    groups: list[Group] = field(default_factory=list)
    later: bool = False
    """Whether an earlier encounter of the visit has an initial service."""
    initials: int = 0
    """How many initial services it has so far."""
    hours: list[Hours] = field(default_factory=list)
    """Every infusion reported by the hour, and the hydration that leads a group."""
    hung: dict[str, Hours] = field(default_factory=dict)
    """Drugs reported as an initial or sequential infusion."""
    infusions: dict[str, list[Run]] = field(default_factory=dict)
    """Its infusions by drug, reported or not."""
    pushed: dict[str, list[int]] = field(default_factory=dict)
    """When each drug was pushed, for the pushes reported."""
    beside_reported: bool = False
    """Whether the one concurrent infusion of the encounter has been reported."""


@dataclass(slots=True, eq=False)
class Group:
    """The IV services of one encounter through one access site."""

    encounter: Encounter
    site: str
    runs: list[Run] = field(default_factory=list)
    fluids: list[Run] = field(default_factory=list)
    """Those that are hydration."""
    number: int = 0
    """Its place among the groups of the visit, the leading ones first."""
    hydration: Spans = NO_TIME
    """Hydration's own time, once worked out."""
    hydration_minutes: int = 0
    hydration_billable: bool = False
    lead: Lead | None = None
    claimed: Spans = NO_TIME
    """Time already counted for the initial or a sequential infusion."""


def encounters_of(runs: list[Run]) -> list[Encounter]:
    """Step 5: return the encounters of a visit, the first begun first, each with its sites."""
    encounters: dict[str, Encounter] = {}
    groups: dict[tuple[str, str], Group] = {}
    for run in sorted(runs, key=lambda run: (run.start_us, run.order.encounter, run.order.site, run.place)):
        key = run.order.encounter, run.order.site
        group = groups.get(key)
        if group is None:
            encounter = encounters.get(key[0]) or Encounter(key[0])
            encounters[key[0]] = encounter
            group = groups[key] = Group(encounter, key[1])
            encounter.groups.append(group)
        group.runs.append(run)
        if run.is_infusion:
            group.encounter.infusions.setdefault(run.drug, []).append(run)
        elif not run.is_push:
            group.fluids.append(run)
    return list(encounters.values())


def candidates(group: Group, ledger: Ledger) -> list[Run]:
    """Return the runs of a group that may be its initial service, best first.

    A drug reported through another site of the encounter is no new start here, and hydration
    must reach its minimum.
    """
    found = [run for run in group.runs if _may_lead(group, run, ledger.options)]
    return in_rank_order(found, ledger)


def in_rank_order(runs: list[Run], ledger: Ledger) -> list[Run]:
    """Step 6: return runs with the best in rank first.

    Ties go to the longest infusion or the first started, as the payer wants, then to the first
    started, the drug's name, the longest and the order given, so that a shuffled visit answers the same.
    """
    if len(runs) <= 1:
        return runs
    by_length = ledger.options.equal_rank == "longest"
    ranked = sorted(runs, key=_longest if by_length else _first_started)
    equal_in = attrgetter("rank") if by_length else attrgetter("rank", "start_us", "drug")
    for _equal, alike in groupby([run for run in ranked if run.is_infusion], equal_in):
        equals = list(alike)
        if len(equals) > 1:
            ledger.compared.longest_first(equals)
    return ranked


RankKey = tuple[int, int, int, str, int, int]


def _longest(run: Run) -> RankKey:
    return _rank(run), _shortness(run), run.start_us, run.drug, 0, run.place


def _first_started(run: Run) -> RankKey:
    return _rank(run), 0, run.start_us, run.drug, _shortness(run), run.place


def _rank(run: Run) -> int:
    return Rank.HYDRATION if run.rank is None else run.rank


def _shortness(run: Run) -> int:
    return -(run.minutes or 0) if run.is_infusion else 0


def _may_lead(group: Group, run: Run, options: Options) -> bool:
    if run.rank is Rank.HYDRATION:
        return group.hydration_billable
    if run.is_infusion:
        return run.drug not in group.encounter.hung or options.same_drug_again == "sequential"
    return run.drug not in group.encounter.hung and run.drug not in group.encounter.pushed


def leading_first(encounter: Encounter, ledger: Ledger) -> list[Group]:
    """Return an encounter's groups by their best candidate.

    A group without one has only fluid that ran too short, which ranks last.
    """
    if len(encounter.groups) == 1:
        return encounter.groups
    group_of: dict[Run, Group] = {}
    for group in encounter.groups:
        found = candidates(group, ledger)
        group_of[found[0] if found else group.runs[0]] = group
    return [group_of[run] for run in in_rank_order(list(group_of), ledger)]
