"""Step 12, and the initial push: a drug pushed for the first time, and again.

    09:00  morphine       initial
    09:10  ondansetron    a drug not given before: a further push
    09:25  morphine       25 minutes after the last reported push of it: nothing
    09:40  morphine       40 minutes after it: a repeat, in a hospital only

The gap is counted from the instant of the last reported push, from the end of an infusion of
the same drug, or up to the start of one that follows.
"""

from __future__ import annotations

from operator import itemgetter

from desktop_app.coding.groups import Encounter, Group, Lead
from desktop_app.coding.ledger import Draft, Ledger, Rules, Run, minutes_text
from desktop_app.coding.options import Modifiers
from desktop_app.core.moments import MINUTE_US


def push_first(ledger: Ledger, group: Group, lead: Lead) -> None:
    """Report the initial push of a group."""
    run = lead.run
    role = "chemo-push-first" if run.is_chemo else "push-first"
    why = f"{_given(ledger, run)}; {lead.why}, so it is the initial service"
    _report(ledger, group, run, role, why, lead.rules, modifiers=lead.modifiers)


def other_pushes(ledger: Ledger, encounter: Encounter) -> None:
    """Report every push of an encounter but the initial ones, in time order."""
    pushes = []
    for group in encounter.groups:
        lead = group.lead.run if group.lead else None
        pushes += [
            (run.start_us, run.drug, run.place, run, group)
            for run in group.runs
            if run.is_push and run is not lead
        ]
    if not pushes:
        return
    for _start, drug, _place, run, group in sorted(pushes, key=itemgetter(0, 1, 2)):
        if drug in encounter.pushed or drug in encounter.infusions:
            _same_drug(ledger, group, run)
        else:
            role = "chemo-push-next" if run.is_chemo else "push-next"
            why = f"{_given(ledger, run)}; a drug not given before in this encounter"
            _report(ledger, group, run, role, why, ("push-new-drug",))


def _same_drug(ledger: Ledger, group: Group, run: Run) -> None:
    if run.is_chemo:
        why = f"{_given(ledger, run)}; a push of a chemo drug that is also given otherwise has no code"
        ledger.leave(run, why, "push-chemo-again")
        return
    if ledger.options.physician:
        why = (
            f"{_given(ledger, run)}; an office has no code for a push of a drug that is also given otherwise"
        )
        ledger.leave(run, why, "push-again-office")
        return
    needed = ledger.thresholds.repeat_push_gap_minutes
    at_least = ledger.options.repeat_push_gap == "at-least-30"
    least = needed if at_least else needed + 1
    gaps = _gaps(group.encounter, run)
    gap = min(later - earlier for earlier, later in gaps) // MINUTE_US
    told = f"{_given(ledger, run)}, {minutes_text(gap)} from the same drug"
    if all(ledger.compared.apart(earlier, later, least) for earlier, later in gaps):
        why = f"{told} before or after; pushed again"
        _report(ledger, group, run, "push-again", why, ("push-again",))
    else:
        why = f"{told}; a repeat needs {'at least' if at_least else 'more than'} {needed}"
        ledger.leave(run, why, "push-again")


def _gaps(encounter: Encounter, run: Run) -> list[tuple[int, int]]:
    """Return from when to when each gap to a reported push or an infusion of the same drug lasts.

    A gap of no length while an infusion of it runs.
    """
    at_us = run.start_us
    gaps = [(min(other, at_us), max(other, at_us)) for other in encounter.pushed.get(run.drug, ())]
    for infusion in encounter.infusions.get(run.drug, ()):
        end_us = infusion.start_us if infusion.stop_us is None else infusion.stop_us
        before = infusion.start_us > at_us
        gaps.append((at_us, infusion.start_us) if before else (min(end_us, at_us), at_us))
    return gaps


def _given(ledger: Ledger, run: Run) -> str:
    if run.minutes is None:
        given = f"{run.name}: given at {ledger.clock.time(run.start_us)}"
        return f"{given}, and as nobody knows its stop it counts as a push" if run.order.runs else given
    if run.order.runs:
        return f"{ledger.ran(run)}, a push by its time"
    return f"{run.name}: given {ledger.clock.times(run.spans)} ({minutes_text(run.minutes)})"


def _report(
    ledger: Ledger,
    group: Group,
    run: Run,
    role: str,
    why: str,
    rules: Rules,
    *,
    modifiers: Modifiers = (),
) -> None:
    group.encounter.pushed.setdefault(run.drug, []).append(run.start_us)
    is_lead = group.lead is not None and group.lead.run is run
    ledger.drafts.append(
        Draft(
            role=role,
            units=1,
            runs=(run,),
            why=why,
            rules=rules,
            place=(group.number, 0 if is_lead else 1, run.place),
            minutes=run.minutes,
            modifiers=modifiers,
        )
    )
