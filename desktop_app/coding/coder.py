"""A visit becomes lines: the sixteen steps, in the order in which they apply.

Pure: the same visit, rulebook and profile always give the same answer. Each step is a small
rule in a module of its own; this page only shows their order.
"""

from __future__ import annotations

from desktop_app.coding.compared import BothBases, Compared, starts_share_a_minute
from desktop_app.coding.counting import which_count
from desktop_app.coding.dates import dated_lines
from desktop_app.coding.drugs import drug_lines
from desktop_app.coding.edits import (
    addons_without_primary,
    bases_differ,
    chemo_at_once,
    date_of_no_service,
    drugs_in_two_categories,
    evaluation_on_the_visit,
    first_hours_under_skin,
    minutes_claimed_twice,
    near_thresholds,
    sites_side_by_side,
    units_above_limits,
)
from desktop_app.coding.groups import Encounter, encounters_of, leading_first
from desktop_app.coding.hours import report_hours
from desktop_app.coding.hydration import hydration_beside, hydration_own_time
from desktop_app.coding.infusions import other_infusions
from desktop_app.coding.initial import choose_initial
from desktop_app.coding.injections import outside_the_order, port_flushes, pump_modifiers
from desktop_app.coding.ledger import Draft, Ledger, Run
from desktop_app.coding.pushes import other_pushes
from desktop_app.coding.reasons import Coding, Finding, Level, NotBilled
from desktop_app.coding.rulebook import Era, Profile, Rulebook, options_on
from desktop_app.coding.running import computed_stop_us, infusion_or_push, running_times
from desktop_app.coding.table_edits import edits_from_tables
from desktop_app.coding.visit import Visit
from desktop_app.coding.wall_clock import WallClock
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category
from desktop_app.core.timeline import Span, in_order, whole_minutes


def code(visit: Visit, rulebook: Rulebook, profile: Profile) -> Coding:
    """Return the coded lines of a visit, what was not billed, and findings, each with its reason.

    Every service of the visit is on a line or among what was not billed. A visit dated before
    the rulebook begins has no lines and a blocker.
    """
    era = rulebook.on(visit.date)
    if era is None:
        return _before_the_rules(visit, rulebook, profile)
    options = options_on(rulebook, profile, visit.setting, visit.date, visit.options)
    instants = instants_of(visit, era)
    both = BothBases()
    ledger = Ledger(visit, rulebook, era, profile, options, _clock(visit, instants), both)
    flushes = _write(ledger)
    seconds = any(at_us % MINUTE_US for at_us in instants)
    if seconds and (options.charted or flushes or _in_doubt(both, visit)):
        bases_differ(ledger, _drafts_on_other_basis(ledger))  # 15
    return _coding(ledger)


def listened_to(visit: Visit, rulebook: Rulebook, profile: Profile, compared: Compared) -> Coding:
    """Return what ``code`` does while another listens to each comparison.

    Whether charted minutes would give other units is not asked. Raises ValueError for a visit
    dated before the rulebook begins.
    """
    era = rulebook.on(visit.date)
    if era is None:
        message = f"no rules are known for {visit.date}"
        raise ValueError(message)
    options = options_on(rulebook, profile, visit.setting, visit.date, visit.options)
    clock = _clock(visit, instants_of(visit, era))
    ledger = Ledger(visit, rulebook, era, profile, options, clock, compared)
    _write(ledger)
    return _coding(ledger)


def _clock(visit: Visit, instants: list[int]) -> WallClock:
    return WallClock(visit.zone, visit.date, min(instants, default=0), max(instants, default=0))


def _write(ledger: Ledger) -> list[Run]:
    """Take all the steps; return the port flushes."""
    ledger.counted = which_count(ledger)  # 1
    encounters, flushes = _administration(ledger)  # 2 to 13
    ledger.drug_lines = drug_lines(ledger, ledger.counted)  # 14
    port_flushes(ledger, flushes)  # 3, once it is known what else is billed that day
    ledger.lines = dated_lines(ledger)  # 16
    _edits(ledger, encounters)  # 15: findings only, and some of them need the dates
    return flushes


def _in_doubt(both: BothBases, visit: Visit) -> bool:
    """Say whether charted times could give other units than the exact ones used."""
    return both.differs or starts_share_a_minute([service.start_us for service in visit.services])


def _coding(ledger: Ledger) -> Coding:
    codes = ledger.era.codes
    return Coding(
        id=ledger.visit.id,
        rulebook=ledger.rulebook.version,
        profile=ledger.profile.name,
        lines=(*ledger.lines, *ledger.drug_lines),
        not_billed=tuple(ledger.not_billed),
        findings=tuple(ledger.findings),
        infused_minutes=_infused_minutes(ledger.counted),
        billable_hours=sum([draft.units for draft in ledger.drafts if codes[draft.role].hour]),
    )


def _administration(ledger: Ledger) -> tuple[list[Encounter], list[Run]]:
    """Take the steps that decide the administration lines; return the encounters, and the port flushes."""
    known = running_times(ledger, ledger.counted)  # 2
    in_question, flushes = outside_the_order(ledger, known)  # 3
    by_vein = infusion_or_push(ledger, in_question)  # 4
    blood = [run for run in known if run.category is Category.TRANSFUSION]
    encounters = encounters_of(by_vein)  # 5
    groups = initials = 0
    for encounter in encounters:
        encounter.later = initials > 0
        _by_vein(ledger, encounter, blood, groups)  # 6 to 13
        groups += len(encounter.groups)
        initials += encounter.initials
    pump_modifiers(ledger)  # 3, once it is known what stands beside a pump
    return encounters, flushes


def _by_vein(ledger: Ledger, encounter: Encounter, blood: list[Run], groups_before: int) -> None:
    for group in encounter.groups:
        hydration_own_time(ledger, group, blood)  # 7
    leading = leading_first(encounter, ledger)  # 6
    for number, group in enumerate(leading, groups_before):
        group.number = number
        choose_initial(ledger, group)  # 8
        other_infusions(ledger, group)  # 10, 11
    for hours in encounter.hours:
        report_hours(ledger, hours)  # 9
    other_pushes(ledger, encounter)  # 12
    for group in leading:
        hydration_beside(ledger, group)  # 13


def _edits(ledger: Ledger, encounters: list[Encounter]) -> None:
    addons_without_primary(ledger)
    minutes_claimed_twice(ledger)
    units_above_limits(ledger, ledger.lines)
    evaluation_on_the_visit(ledger)
    near_thresholds(ledger)
    sites_side_by_side(ledger, encounters)
    chemo_at_once(ledger, encounters)
    drugs_in_two_categories(ledger, encounters)
    date_of_no_service(ledger)
    first_hours_under_skin(ledger)
    if not ledger.rulebook.tables.empty:
        edits_from_tables(ledger, [*ledger.lines, *ledger.drug_lines])


def _drafts_on_other_basis(ledger: Ledger) -> list[Draft]:
    visit, basis = ledger.visit, "elapsed" if ledger.options.charted else "charted"
    own = (*visit.options, ("minute_basis", basis))
    options = options_on(ledger.rulebook, ledger.profile, visit.setting, visit.date, own)
    other = Ledger(visit, ledger.rulebook, ledger.era, ledger.profile, options, ledger.clock.silent())
    other.counted = which_count(other)
    _encounters, flushes = _administration(other)
    other.drug_lines = ledger.drug_lines
    port_flushes(other, flushes)
    return other.drafts


def instants_of(visit: Visit, era: Era) -> list[int]:
    """Return every instant of a visit, and the stops that follow from volume and rate."""
    found = []
    for service in visit.services:
        found.append(service.start_us)
        stop_us = service.stop_us
        if stop_us is None:
            stop_us = computed_stop_us(service, era.thresholds.longest_computed_hours)
        if stop_us is not None:
            found.append(stop_us)
        for pause in service.pauses:
            found += [at_us for at_us in pause if at_us is not None]
    return found


def _infused_minutes(counted: list[Run]) -> int:
    spans: list[Span] = []
    for run in counted:
        if run.order.runs:
            spans += run.spans
    return whole_minutes(in_order(spans))


def _before_the_rules(visit: Visit, rulebook: Rulebook, profile: Profile) -> Coding:
    text = f"No rules are known for {visit.date}; the rulebook begins on {rulebook.eras[0].since}."
    missing = tuple(
        NotBilled(service=service.id, minutes=None, why=text, rules=("date-of-service",), sources=())
        for service in visit.services
    )
    blocker = Finding(level=Level.BLOCKER, name="no-rules-for-date", text=text)
    return Coding(
        id=visit.id,
        rulebook=rulebook.version,
        profile=profile.name,
        lines=(),
        not_billed=missing,
        findings=(blocker,),
        infused_minutes=0,
        billable_hours=0,
    )
