"""Step 8: the initial service of a group, and the modifier of a second one.

A hospital takes the best rank, whatever the clock says. An office takes the service marked as
the main reason for the visit, unless that would leave another code without its primary: chemo
in the group leads over what is not chemo.
"""

from __future__ import annotations

from desktop_app.coding.groups import Encounter, Group, Lead, candidates
from desktop_app.coding.hydration import hydration_first
from desktop_app.coding.infusions import infusion_first
from desktop_app.coding.ledger import Ledger, Rank, Rules, Run
from desktop_app.coding.options import Modifiers
from desktop_app.coding.pushes import push_first
from desktop_app.coding.reasons import Level

_WHY = {
    "initial-by-reason": "it is the main reason for the visit",
    "initial-by-rank": "no service here ranks above it",
}


def choose_initial(ledger: Ledger, group: Group) -> None:
    """Set and report a group's initial service; leave it without one where nothing can lead."""
    found = candidates(group, ledger)
    if not found:
        return
    run, reason = _chosen(ledger, group, found)
    modifiers, second = _second(ledger, group.encounter)
    group.lead = Lead(run, _WHY[reason], (reason, *second), modifiers)
    group.encounter.initials += 1
    if run.rank is Rank.HYDRATION:
        hydration_first(ledger, group, group.lead)
    elif run.is_infusion:
        infusion_first(ledger, group, group.lead)
    else:
        push_first(ledger, group, group.lead)


def _chosen(ledger: Ledger, group: Group, found: list[Run]) -> tuple[Run, str]:
    best = found[0]
    marked = [run for run in group.runs if run.order.primary] if ledger.options.physician else []
    if not marked:
        return best, "initial-by-rank"
    followed = [run for run in found if run in marked and _may_lead_over(run, best)]
    if followed:
        return followed[0], "initial-by-reason"
    text = f"{marked[0].name} is marked as the main reason, but it cannot lead here; {best.name} does"
    ledger.find(Level.WARNING, "mark-not-followed", text, marked[0])
    return best, "initial-by-rank"


def _may_lead_over(marked: Run, best: Run) -> bool:
    return not best.is_chemo or marked.rank == best.rank


def _second(ledger: Ledger, encounter: Encounter) -> tuple[Modifiers, Rules]:
    if encounter.initials:
        return ledger.options.separate_site_modifier, ("separate-site",)
    if encounter.later:
        return ledger.options.separate_encounter_modifier, ("separate-encounter",)
    return (), ()
