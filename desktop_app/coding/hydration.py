"""Steps 7 and 13: hydration's own minutes, and its units beside other services.

Hydration is billed for the time it ran alone. What ran beside a drug is the drug's carrier,
and the minutes a charted push took come off too (unless the payer ignores them).

          16:00     17:00     18:00     19:00
    fluid |=============================|
    drug            |=========|
    own   |=========|         |=========|     60 + 60 = 120 minutes

Beside a drug all of it is added hours, the first from 31 minutes on: 120 minutes give 2 units.
Where each piece must reach the minimum by itself, a push takes its minutes from its piece but
does not break it: the fluid ran on. An infusion given up early is an infusion, however short.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.coding.groups import Group, Lead
from desktop_app.coding.hours import Hours, names_of
from desktop_app.coding.ledger import Draft, Ledger, Measured, Rank, Rules, Run, minutes_text, units_text
from desktop_app.core.timeline import NO_TIME, Spans, in_order, shared, whole_minutes, without


def hydration_own_time(ledger: Ledger, group: Group, blood: list[Run]) -> None:
    """Step 7: set the time hydration ran alone in a group, and whether it reaches the minimum."""
    if not group.fluids:
        return
    carried = _time(run for run in (*group.runs, *_here(group, blood)) if _carries(run))
    alone = without(_time(group.fluids), carried)
    group.hydration = _billable_pieces(ledger, alone, _push_time(ledger, group))
    group.hydration_minutes = whole_minutes(group.hydration)
    group.hydration_billable = ledger.compared.reaches(
        group.hydration, group.hydration_minutes, ledger.options.hydration_min
    )


def _here(group: Group, blood: list[Run]) -> list[Run]:
    here = (group.encounter.name, group.site)
    return [run for run in blood if (run.order.encounter, run.order.site) == here]


def _carries(run: Run) -> bool:
    """Fluid beside a drug infusion, or beside blood, is part of it."""
    return run.rank is None or run.is_infusion


def _time(runs: Iterable[Run]) -> Spans:
    return in_order(span for run in runs for span in run.spans)


def _push_time(ledger: Ledger, group: Group) -> Spans:
    if ledger.options.hydration_push_minutes == "ignore":
        return NO_TIME
    return _time(run for run in group.runs if run.is_push)


def _billable_pieces(ledger: Ledger, alone: Spans, pushes: Spans) -> Spans:
    if ledger.options.hydration_pieces == "total":
        return without(alone, pushes)
    ledger.compared.pieces(alone)
    pieces = [without((piece,), pushes) for piece in alone]
    least = ledger.options.hydration_min
    return tuple(
        span
        for piece in pieces
        if ledger.compared.reaches(piece, whole_minutes(piece), least)
        for span in piece
    )


def hydration_first(ledger: Ledger, group: Group, lead: Lead) -> None:
    """Hang hydration as the initial service of its group."""
    runs = _counted(ledger, group)
    text = _alone_text(ledger, group, runs)
    group.encounter.hours.append(
        Hours(
            first_role="hydration-first",
            more_role="hydration-more",
            runs=runs,
            spans=group.hydration,
            why=f"{text}; {lead.why}, so its first hour is the initial service",
            rules=(*_own_rules(ledger), *lead.rules),
            place=(group.number, 0, runs[0].place),
            least=ledger.options.hydration_min,
            modifiers=lead.modifiers,
        )
    )


def hydration_beside(ledger: Ledger, group: Group) -> None:
    """Step 13: report a group's hydration behind its initial service, or leave it out."""
    if not group.fluids or (group.lead is not None and group.lead.run.rank is Rank.HYDRATION):
        return
    if group.hydration_billable:
        _report_secondary(ledger, group, _counted(ledger, group))
    else:
        _leave_too_short(ledger, group)


def _report_secondary(ledger: Ledger, group: Group, runs: list[Run]) -> None:
    minutes = group.hydration_minutes
    units = ledger.thresholds.added_hours(minutes) + 1
    low, high = ledger.thresholds.same_units(minutes, ledger.options.hydration_min)
    ledger.compared.weigh(group.hydration, minutes, low, high)
    ledger.measured.append(Measured(runs[0], minutes, low, high))
    ledger.drafts.append(
        Draft(
            role="hydration-more",
            units=units,
            runs=tuple(runs),
            why=f"{_alone_text(ledger, group, runs)}; beside another service "
            f"all its hours are added hours: {units_text(units)}",
            rules=(*_own_rules(ledger), "hydration-secondary"),
            place=(group.number, 1, runs[0].place),
            minutes=minutes,
            modifiers=ledger.options.secondary_hydration_modifier,
            spans=group.hydration,
        )
    )


def _own_rules(ledger: Ledger) -> Rules:
    each = ledger.options.hydration_pieces == "each"
    return ("hydration-own-minutes", "hydration-pieces-each") if each else ("hydration-own-minutes",)


def _counted(ledger: Ledger, group: Group) -> list[Run]:
    """Return the fluids whose time counts, claim that time, and leave out the others."""
    counted = [run for run in group.fluids if shared(run.spans, group.hydration)]
    for run in group.fluids:
        if run not in counted:
            why = f"{ledger.ran(run)}, none of it countable time of its own"
            ledger.leave(run, why, "hydration-own-minutes", minutes=0)
    ledger.claim(counted[0], group.hydration)
    return counted


def _alone_text(ledger: Ledger, group: Group, runs: list[Run]) -> str:
    minutes = minutes_text(group.hydration_minutes)
    return f"{names_of(runs)} ran alone {ledger.clock.times(group.hydration)} ({minutes})"


def _leave_too_short(ledger: Ledger, group: Group) -> None:
    least = ledger.options.hydration_min
    ledger.measured.append(Measured(group.fluids[0], group.hydration_minutes, 0, least - 1))
    rules = (*_own_rules(ledger), "hydration-minimum")
    for run in group.fluids:
        own = whole_minutes(shared(run.spans, group.hydration))
        needed = f"hydration needs {least} minutes of its own, and here it has {group.hydration_minutes}"
        why = f"{ledger.ran(run)}; {needed}"
        ledger.leave(run, why, *rules, minutes=own)
