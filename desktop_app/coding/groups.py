"""Steps 5 and 6: encounters, access sites, and who may lead.

One encounter has one initial service for each access site. The site with the best-ranked
service leads and its initial code stands bare; the initial code of another site, and that of
a later encounter, carry the modifier that says why there is a second one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.coding.hours import Hours
from desktop_app.coding.ledger import Ledger, Rank, Rules, Run
from desktop_app.coding.options import Modifiers, Options
from desktop_app.core.timeline import NO_TIME, Spans

RankKey = tuple[int, int, int, str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Lead:
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
        encounter = encounters.setdefault(run.order.encounter, Encounter(run.order.encounter))
        key = (run.order.encounter, run.order.site)
        if key not in groups:
            groups[key] = Group(encounter, run.order.site)
            encounter.groups.append(groups[key])
        groups[key].runs.append(run)
    return list(encounters.values())


def rank_key(run: Run, options: Options) -> RankKey:
    """Step 6: return what orders runs by rank: the lowest leads.

    Ties go to the longest infusion or the first started, as the payer wants, then to the first
    started, the drug's name and the order given, so that a shuffled visit answers the same.
    """
    rank = Rank.HYDRATION if run.rank is None else run.rank
    longest_first = run.is_infusion and options.equal_rank == "longest"
    return rank, -(run.minutes or 0) if longest_first else 0, run.start_us, run.drug, run.place


def candidates(group: Group, ledger: Ledger) -> list[Run]:
    """Return the runs of a group that may be its initial service, best first.

    A drug reported through another site of the encounter is no new start here, and hydration
    must reach its minimum.
    """
    found = [run for run in group.runs if _may_lead(group, run, ledger.options)]
    return in_rank_order(found, ledger)


def in_rank_order(runs: list[Run], ledger: Ledger) -> list[Run]:
    """Return runs with the best in rank first."""
    if len(runs) <= 1:
        return runs
    options = ledger.options
    runs = sorted(runs, key=lambda run: rank_key(run, options))
    if options.equal_rank == "longest":
        _note_equals(runs, ledger)
    return runs


def _note_equals(runs: list[Run], ledger: Ledger) -> None:
    """Tell what compares of the infusions that stand in their order because of their minutes."""
    for rank in (Rank.CHEMO_INFUSION, Rank.INFUSION):
        equals = [run for run in runs if run.rank is rank]
        if len(equals) > 1:
            ledger.compared.longest_first(equals)


def _may_lead(group: Group, run: Run, options: Options) -> bool:
    if run.rank is Rank.HYDRATION:
        return group.hydration_billable
    if run.is_infusion:
        return run.drug not in group.encounter.hung or options.same_drug_again == "sequential"
    return run.drug not in group.encounter.hung and run.drug not in group.encounter.pushed


def leading_first(encounter: Encounter, ledger: Ledger) -> list[Group]:
    """Return an encounter's groups by their best candidate; those without one come last."""
    if len(encounter.groups) == 1:
        return encounter.groups
    able: list[Run] = []
    unable: list[Run] = []
    group_of: dict[Run, Group] = {}
    for group in encounter.groups:
        found = candidates(group, ledger)
        best = found[0] if found else group.runs[0]
        (able if found else unable).append(best)
        group_of[best] = group
    return [group_of[run] for run in (*in_rank_order(able, ledger), *in_rank_order(unable, ledger))]
