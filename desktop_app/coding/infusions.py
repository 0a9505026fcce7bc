"""Steps 10 and 11, and the initial infusion: sequential, concurrent, the same drug again.

Infusions are taken in rank order. The initial one counts all its time. Each further one first
gives up the minutes already counted; if enough are left it is sequential and they count for
it, otherwise it ran beside another and is concurrent, which is paid once an encounter.

                  12:40     13:00     13:20     13:40         14:30
    paclitaxel                             |==================|   initial, 64
    dexamethasone   |=========|                                   20 own: sequential
    diphenhydramine        |==#######|                            15 own: concurrent
    famotidine                    |========##|                    16 own: sequential

A drug hung again is never a second first hour: each further hang is added hours.
"""

from __future__ import annotations

from desktop_app.coding.groups import Group, Lead, in_rank_order
from desktop_app.coding.hours import CUT_SHORT_MODIFIER, Hours
from desktop_app.coding.ledger import Draft, Ledger, Measured, Rules, Run, minutes_text, units_text
from desktop_app.coding.options import Modifiers
from desktop_app.coding.reasons import Level
from desktop_app.core.timeline import Spans, joined, shared, whole_minutes, without


def infusion_first(ledger: Ledger, group: Group, lead: Lead) -> None:
    """Hang the initial infusion of a group: all its time counts for it."""
    run = lead.run
    first = (
        "it is the initial service, cut short" if run.cut_short else "its first hour is the initial service"
    )
    text = f"{ledger.ran(run)}; {lead.why}, so {first}"
    role = "chemo-infusion-first" if run.is_chemo else "infusion-first"
    ledger.claim(run, run.spans)
    _hang(ledger, group, run, run.spans, _Told(role, text, lead.rules, lead.modifiers))


def other_infusions(ledger: Ledger, group: Group) -> None:
    """Place every infusion of a group but the initial one, best rank first."""
    lead = group.lead.run if group.lead else None
    others = [run for run in group.runs if run.is_infusion and run is not lead]
    for run in in_rank_order(others, ledger):
        own = without(run.spans, group.claimed)
        if run.drug in group.encounter.hung and ledger.options.same_drug_again != "sequential":
            _same_drug_again(ledger, group, run, own)
        else:
            _overlap(ledger, group, run, own)


class _Told:
    """How an infusion reported by the hour is told: role, sentence, rules, modifiers."""

    __slots__ = ("modifiers", "role", "rules", "text")

    def __init__(self, role: str, text: str, rules: Rules, modifiers: Modifiers = ()) -> None:
        self.role, self.text, self.rules, self.modifiers = role, text, rules, modifiers


def _hang(ledger: Ledger, group: Group, run: Run, counted: Spans, told: _Told) -> None:
    """Report an infusion by the hour and keep the drug in mind."""
    is_lead = group.lead is not None and group.lead.run is run
    least = ledger.thresholds.push_longest_minutes + 1 if is_lead else ledger.options.sequential_min
    hours = Hours(
        first_role=told.role,
        more_role="chemo-infusion-more" if run.is_chemo else "infusion-more",
        runs=[run],
        spans=counted,
        why=told.text,
        rules=told.rules,
        place=(group.number, 0 if is_lead else 1, run.place),
        least=least,
        modifiers=(CUT_SHORT_MODIFIER, *told.modifiers) if run.cut_short else told.modifiers,
    )
    group.claimed = joined(group.claimed, counted)
    group.encounter.hours.append(hours)
    group.encounter.hung.setdefault(run.drug, hours)


def _overlap(ledger: Ledger, group: Group, run: Run, own: Spans) -> None:
    """Step 10: sequential or concurrent, by the payer's reading of shared minutes."""
    together = shared(run.spans, group.claimed)
    joint = whole_minutes(together)
    counted, rule = _sequential_time(ledger, run, own, together, joint)
    least = 1 if run.cut_short else ledger.options.sequential_min  # given up early, it is one all the same
    if ledger.compared.reaches(counted, whole_minutes(counted), least):
        _sequential(ledger, group, run, counted, rule)
    elif not ledger.compared.reaches(together, joint, ledger.options.concurrent_min):
        _leave_too_short(ledger, run, own)
    else:
        ledger.measured.append(Measured(run, whole_minutes(own), 0, ledger.options.sequential_min - 1))
        (_chemo_beside if run.is_chemo else _beside)(ledger, group, run, joint)


def _sequential_time(ledger: Ledger, run: Run, own: Spans, together: Spans, joint: int) -> tuple[Spans, str]:
    """Return the time that would count for a sequential infusion, and the rule that says so."""
    method = ledger.options.overlap
    if method == "majority":
        most = ledger.compared.mostly(together, joint, run.spans, run.minutes or 0)
        return (() if most else run.spans), "overlap-majority"
    if method == "any":
        beside = ledger.compared.reaches(together, joint, ledger.options.concurrent_min)
        return (() if beside else own), "overlap-any"
    return own, "overlap-deduct"


def _sequential(ledger: Ledger, group: Group, run: Run, counted: Spans, rule: str) -> None:
    ledger.claim(run, without(counted, group.claimed))
    whole = counted == run.spans
    part = "" if whole else _part(ledger, counted)
    further = f"a further drug of {ledger.options.sequential_min} minutes or more is sequential"
    if run.cut_short:
        further = "a further infusion, cut short, is sequential all the same"
    text = f"{ledger.ran(run)}{part}; {further}"
    role = "chemo-infusion-next" if run.is_chemo else "infusion-next"
    rules = ("sequential-infusion",) if whole and rule == "overlap-deduct" else ("sequential-infusion", rule)
    _hang(ledger, group, run, counted, _Told(role, text, rules))


def _part(ledger: Ledger, counted: Spans) -> str:
    minutes = minutes_text(whole_minutes(counted))
    return f", and {ledger.clock.times(counted)} ({minutes}) is not yet counted for another"


def _beside(ledger: Ledger, group: Group, run: Run, joint: int) -> None:
    encounter = group.encounter
    text = _beside_text(ledger, run, joint)
    if encounter.beside_reported:
        why = f"{text}; only one is reported an encounter"
        ledger.leave(run, why, *_beside_rules(ledger), "concurrent-once")
        return
    encounter.beside_reported = True
    _report_beside(ledger, group, run, "infusion-beside", f"{text}; it counts once an encounter")


def _chemo_beside(ledger: Ledger, group: Group, run: Run, joint: int) -> None:
    text = _beside_text(ledger, run, joint)
    warning = f"{text}; no code exists for chemo beside another infusion"
    ledger.find(Level.WARNING, "chemo-at-once", warning, run)
    role = ledger.options.concurrent_chemo
    told = f"{text}; reported as this payer wants chemo at once"
    _report_beside(ledger, group, run, role, told)


def _beside_text(ledger: Ledger, run: Run, joint: int) -> str:
    part = "all" if joint == run.minutes else minutes_text(joint)
    return f"{ledger.ran(run)}, {part} of it beside an infusion already counted"


_BEHIND_INFUSIONS = 2
"""What ran beside others stands behind every infusion that may be its primary."""


def _beside_rules(ledger: Ledger) -> Rules:
    return "concurrent-infusion", f"overlap-{ledger.options.overlap}"


def _report_beside(ledger: Ledger, group: Group, run: Run, role: str, why: str) -> None:
    ledger.drafts.append(
        Draft(
            role=role,
            units=1,
            runs=(run,),
            why=why,
            rules=("concurrent-chemo", *_beside_rules(ledger)[1:]) if run.is_chemo else _beside_rules(ledger),
            place=(group.number, _BEHIND_INFUSIONS, run.place),
            minutes=run.minutes,
            modifiers=(CUT_SHORT_MODIFIER,) if run.cut_short else (),
        )
    )


def _leave_too_short(ledger: Ledger, run: Run, own: Spans) -> None:
    least = ledger.options.sequential_min
    minutes = whole_minutes(own)
    ledger.measured.append(Measured(run, minutes, 0, least - 1))
    why = f"{ledger.ran(run)}; a further drug needs {least} minutes of its own, and it has {minutes}"
    ledger.leave(run, why, "sequential-infusion", minutes=minutes)


def _same_drug_again(ledger: Ledger, group: Group, run: Run, own: Spans) -> None:
    """Step 11: a further hang of a drug already reported is added hours, or added minutes."""
    minutes, total = whole_minutes(own), ledger.options.same_drug_again == "total"
    least = 1 if total else ledger.thresholds.push_longest_minutes + 1
    if not ledger.compared.reaches(own, minutes, least):
        needed = f"a further hang of a drug needs {minutes_text(least)} of its own, and it has {minutes}"
        ledger.leave(run, f"{ledger.ran(run)}; {needed}", "same-drug-again", minutes=minutes)
        return
    ledger.claim(run, own)
    group.claimed = joined(group.claimed, own)
    if total:
        group.encounter.hung[run.drug].add(run, own)
    else:
        _report_hang(ledger, group, run, own, minutes)


def _report_hang(ledger: Ledger, group: Group, run: Run, own: Spans, minutes: int) -> None:
    units = ledger.thresholds.added_hours(minutes) + 1
    low, high = ledger.thresholds.same_units(minutes, ledger.thresholds.push_longest_minutes + 1)
    ledger.compared.weigh(own, minutes, low, high)
    ledger.measured.append(Measured(run, minutes, low, high))
    ledger.drafts.append(
        Draft(
            role=group.encounter.hung[run.drug].more_role,
            units=units,
            runs=(run,),
            why=f"{ledger.ran(run)}; the same drug hung again is added hours: {units_text(units)}",
            rules=("same-drug-again",),
            place=(*group.encounter.hung[run.drug].place, run.place),
            minutes=minutes,
            spans=own,
        )
    )
