"""Step 15: edits, as findings: what a person should see before signing.

They change no line. A blocker says that the lines contradict themselves; a warning or a note
asks for a second look at the record, and never for a longer infusion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from desktop_app.coding.groups import Encounter, Group
from desktop_app.coding.ledger import Draft, Ledger, Measured, Run, minutes_text
from desktop_app.coding.reasons import Level, Line
from desktop_app.core.recordable import as_line
from desktop_app.core.timeline import Spans, in_order, shared, whole_minutes

_A_PAIR = 2


def addons_without_primary(ledger: Ledger) -> None:
    """An add-on code needs one of its primary codes on the same visit."""
    present = {draft.role for draft in ledger.drafts}
    for draft in ledger.drafts:
        behind = ledger.era.addons.get(draft.role)
        if behind and present.isdisjoint(behind):
            code = ledger.era.codes[draft.role].number
            text = f"{code} stands behind another code, and none of those is on the visit"
            ledger.find(Level.BLOCKER, "add-on-without-primary", text, draft.runs[0])


def minutes_claimed_twice(ledger: Ledger) -> None:
    """No minute at one access site may count for two infusions."""
    if len(ledger.claims) < _A_PAIR:
        return
    by_site: dict[tuple[str, str], list[tuple[Run, Spans]]] = {}
    for site, run, spans in ledger.claims:
        by_site.setdefault(site, []).append((run, spans))
    for claims in by_site.values():
        if len(claims) >= _A_PAIR and _overlap(claims):
            names = " and ".join(dict.fromkeys(run.name for run, _spans in claims))
            text = f"a minute is counted twice among {names}"
            ledger.find(Level.BLOCKER, "minute-counted-twice", text, claims[-1][0])


def _overlap(claims: list[tuple[Run, Spans]]) -> bool:
    """Say whether any time is claimed by two."""
    end_us: int | None = None
    for start, stop in sorted([span for _run, spans in claims for span in spans]):
        if end_us is not None and start < end_us:
            return True
        end_us = stop
    return False


def units_above_limits(ledger: Ledger, lines: Iterable[Line]) -> None:
    """Units of one code on one day above a known claim limit; an imported limit goes before ours."""
    units: dict[tuple[str, date], int] = {}
    for line in lines:
        if line.role in ledger.era.limits:
            units[line.role, line.date] = units.get((line.role, line.date), 0) + line.units
    for (role, day), count in units.items():
        most = ledger.era.limits[role]
        code = ledger.era.codes[role].number
        if count > most and not ledger.rulebook.tables.limit(ledger.visit.setting, code, day):
            text = f"{code} has {count} units on {day}; claims with more than {most} a day are questioned"
            ledger.find(Level.WARNING, "units-above-limit", text)


def evaluation_on_the_visit(ledger: Ledger) -> None:
    """An evaluation beside these codes needs modifier 25; the lowest one is never paid."""
    code = ledger.visit.evaluation
    if not code or not ledger.drafts:
        return
    if code in ledger.thresholds.never_with_administration:
        ledger.find(Level.WARNING, "evaluation-never-paid", f"{code} is never paid beside these codes")
    else:
        text = f"modifier 25 belongs on {code} if it was separate work beside these codes"
        ledger.find(Level.NOTE, "evaluation-modifier", text)


def near_thresholds(ledger: Ledger) -> None:
    """A minute count close to a threshold: look at the chart once more."""
    near = ledger.thresholds.near_threshold_minutes
    for measured in ledger.measured:
        above, below = measured.minutes - measured.low, measured.high + 1 - measured.minutes
        if measured.low and above <= near:
            _second_look(ledger, measured, f"{_from(above)} the {measured.low} at which its units change")
        elif below <= near:
            text = f"{minutes_text(below)} under the {measured.high + 1} at which its units change"
            _second_look(ledger, measured, text)


def _from(above: int) -> str:
    return f"{minutes_text(above)} over" if above else "exactly"


def _second_look(ledger: Ledger, measured: Measured, text: str) -> None:
    counted = f"{measured.run.name} counts {minutes_text(measured.minutes)}"
    why = f"{counted}, {text}; see that the charted times are right"
    ledger.find(Level.NOTE, "near-threshold", why, measured.run)


def sites_side_by_side(ledger: Ledger, encounters: list[Encounter]) -> None:
    """Two access sites in use at once need a recorded reason for the second."""
    reasons = dict(ledger.visit.site_reasons)
    for encounter in encounters:
        for place, group in enumerate(encounter.groups[1:], 1):
            if not reasons.get(group.site) and _overlaps_any(group, encounter.groups[:place]):
                site = as_line(group.site)
                text = f"site {site} was in use beside another site, and no reason for it is recorded"
                ledger.find(Level.WARNING, "second-site-reason", text, group.runs[0])


def _overlaps_any(group: Group, earlier: list[Group]) -> bool:
    times = _times(group)
    return any(shared(times, _times(other)) for other in earlier)


def _times(group: Group) -> Spans:
    return in_order(span for run in group.runs for span in run.spans)


def chemo_at_once(ledger: Ledger, encounters: list[Encounter]) -> None:
    """Two chemo drugs that ran at once through one site; where one is reported beside, that was said."""
    for encounter in encounters:
        for group in encounter.groups:
            chemo = [run for run in group.runs if run.is_chemo and run.is_infusion]
            if len(chemo) >= _A_PAIR:
                _chemo_beside_chemo(ledger, chemo)


def _chemo_beside_chemo(ledger: Ledger, chemo: list[Run]) -> None:
    said = {finding.service for finding in ledger.findings if finding.name == "chemo-at-once"}
    for place, run in enumerate(chemo):
        others = [other for other in chemo[:place] if other.drug != run.drug]
        beside = [other for other in others if whole_minutes(shared(run.spans, other.spans))]
        if beside and said.isdisjoint({run.id, *(other.id for other in beside)}):
            text = f"{run.name} ran beside {beside[0].name}; see that two chemo drugs were given at once"
            ledger.find(Level.WARNING, "chemo-at-once", text, run)


def drugs_in_two_categories(ledger: Ledger, encounters: list[Encounter]) -> None:
    """One drug recorded as chemo and as something else in one visit is a slip in the record."""
    kinds: dict[str, bool] = {}
    for run in [run for encounter in encounters for group in encounter.groups for run in group.runs]:
        if kinds.setdefault(run.drug, run.is_chemo) != run.is_chemo:
            text = f"{run.name} is recorded as chemo and as something else on one visit"
            ledger.find(Level.WARNING, "drug-in-two-categories", text, run)


def date_of_no_service(ledger: Ledger) -> None:
    """A visit's date picks its rules; one on which nothing began is a slip in the record."""
    if ledger.clock.only_day is not None:
        return
    days = {ledger.clock.day(service.start_us) for service in ledger.visit.services}
    if days and ledger.visit.date not in days:
        text = (
            f"the visit is coded by the rules of {ledger.visit.date}, its date, and nothing began on that day"
        )
        ledger.find(Level.WARNING, "date-of-no-service", text)


def first_hours_under_skin(ledger: Ledger) -> None:
    """One infusion under the skin an encounter has a first hour; a second is questioned."""
    seen: set[str] = set()
    for draft in ledger.drafts:
        if draft.role != "sc-infusion-first":
            continue
        run = draft.runs[0]
        if run.order.encounter in seen:
            text = f"{run.name} is a second infusion under the skin in one encounter"
            ledger.find(Level.WARNING, "second-sc-infusion", f"{text}; see that both may be reported", run)
        seen.add(run.order.encounter)


def bases_differ(ledger: Ledger, on_other_basis: list[Draft]) -> None:
    """Exact and charted minutes that give different units."""
    if _units(ledger.drafts) == _units(on_other_basis):
        return
    used, other = ("charted", "exact") if ledger.options.charted else ("exact", "charted")
    text = f"{used} times are used here; by {other} times the units would differ, so check the seconds"
    ledger.find(Level.WARNING, "exact-and-charted-differ", text)


def _units(drafts: list[Draft]) -> Counter[tuple[str, tuple[str, ...]]]:
    units = Counter[tuple[str, tuple[str, ...]]]()
    for draft in drafts:
        units[draft.role, draft.modifiers] += draft.units
    return units
