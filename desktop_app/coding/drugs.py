"""Step 14: drug lines: the dose in billing units, and what of the vials was discarded.

    given 679 mg, unit 10 mg                        ->  68 units, rounded up
    vials 500 + 100 + 100 = 700 mg, single-dose     ->  70 units held, 2 left over: JW
    vials 10 mg, given 7 mg, unit 10 mg             ->  1 unit; less than a unit left: JZ

Units given and units discarded together never exceed what the vials held.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desktop_app.coding.drug_products import product
from desktop_app.coding.ledger import Ledger, Rules, Run, units_text
from desktop_app.coding.measures import EXACT, converted, measured
from desktop_app.coding.ndc import display
from desktop_app.coding.ndc_quantity import quantities
from desktop_app.coding.options import Modifiers
from desktop_app.coding.reasons import Kind, Level, Line
from desktop_app.coding.rulebook import Rulebook, sources_of
from desktop_app.core.orders import Dose, Route
from desktop_app.core.recordable import as_line, uncodable


class _Counted(NamedTuple):
    """A dose in billing units, and what its containers held."""

    given: int
    told: str
    held: int | None = None
    """Whole billing units the containers held; None where that is not known."""
    left: Decimal = Decimal(0)
    """How much was left over, in the dose's unit."""
    too_much: bool = False


def drug_lines(ledger: Ledger, runs: list[Run]) -> list[Line]:
    """Return the drug lines of the services that count, in the order given."""
    return [line for run in runs for line in _lines(ledger, run)]


def _lines(ledger: Ledger, run: Run) -> list[Line]:
    dose = run.order.dose
    if dose is None or (dose.amount is None and dose.units is None):
        _without_dose(ledger, run)
        return []
    if fault := uncodable(dose):
        _out_of_bounds(ledger, run, fault)
        return []
    recorded = dose.hcpcs
    if dose.ndc:
        dose = product(ledger, run, dose)
    if not dose.hcpcs:
        _no_line(ledger, run, "drug-code-missing", f"{run.name} has a dose but no drug code")
        return []
    counted = _counted(ledger, run, dose)
    if counted is None:
        return []
    if counted.too_much:
        text = f"{run.name}: more was given than its vials hold"
        ledger.find(Level.BLOCKER, "more-than-the-vials", text, run)
    lines = _given_and_discarded(ledger, run, dose, counted)
    if dose.ndc:
        lines = _with_quantities(ledger, run, dose, counted, lines)
    return lines if recorded else [_coded_by_ndc(ledger, line) for line in lines]


def _out_of_bounds(ledger: Ledger, run: Run, fault: str) -> None:
    """Nothing is billed, or signed, of what no dose can be: an old journal may hold it."""
    text = f"the dose of {run.name} cannot be coded: {fault}"
    ledger.find(Level.BLOCKER, "dose-out-of-bounds", text, run)
    ledger.leave(run, f"{text}, so there is no drug line", "drug-units")


def _coded_by_ndc(ledger: Ledger, line: Line) -> Line:
    """Return a line that says that its code follows from its NDC."""
    rules = (*line.rules, "drug-code-from-ndc")
    why = f"{line.why.removesuffix('.')}; the code follows from NDC {display(line.ndc)}."
    return line._replace(why=why, rules=rules, sources=sources_of(ledger.rulebook, rules))


def _with_quantities(
    ledger: Ledger, run: Run, dose: Dose, counted: _Counted, lines: list[Line]
) -> list[Line]:
    """Return what was given, and what was discarded, each with its share of the NDC."""
    shares = quantities(dose, counted.left)
    if shares.given is None:
        _without_quantity(ledger, run, dose)
        return lines
    given = lines[0]._replace(ndc_quantity=shares.given, ndc_unit=shares.unit)
    if shares.discarded is None:
        return [given, *lines[1:]]
    return [
        given,
        *(line._replace(ndc_quantity=shares.discarded, ndc_unit=shares.unit) for line in lines[1:]),
    ]


def _without_quantity(ledger: Ledger, run: Run, dose: Dose) -> None:
    """Say why a quantity or a unit that somebody recorded is on no line."""
    if dose.ndc_quantity is not None:
        text = f"{run.name}: an NDC quantity is recorded without its unit, so it is not on the line"
        ledger.find(Level.WARNING, "ndc-quantity-without-unit", text, run)
    elif dose.ndc_unit is not None:
        text = f"{run.name}: how much of its NDC was given does not follow in {dose.ndc_unit}; record it"
        ledger.find(Level.WARNING, "ndc-quantity-unknown", text, run)


def _without_dose(ledger: Ledger, run: Run) -> None:
    """A drug-only service without a dose would vanish; any other has its giving to stand for it."""
    if run.order.route is Route.DRUG_ONLY:
        ledger.leave(run, f"{run.name}: no dose is recorded", "drug-units")
    elif run.order.dose is not None and run.order.dose.hcpcs:
        code = as_line(run.order.dose.hcpcs)
        text = f"{run.name} has the drug code {code} and no dose, so there is no line for {code}"
        ledger.find(Level.WARNING, "drug-dose-missing", text, run)


def _no_line(ledger: Ledger, run: Run, name: str, text: str) -> None:
    ledger.find(Level.WARNING, name, text, run)
    ledger.leave(run, f"{text}, so there is no drug line", "drug-units")


def _counted(ledger: Ledger, run: Run, dose: Dose) -> _Counted | None:
    per_unit = _per_unit(ledger, run, dose)
    if dose.amount is None or per_unit is None:
        if dose.units is not None:
            return _counted_units(dose, dose.units, per_unit)
        text = f"{run.name}: how much one unit of {dose.hcpcs} is, in {dose.unit or 'any unit'}, is not known"
        _no_line(ledger, run, "drug-unit-unknown", text)
        return None
    whole, rest = EXACT.divmod(dose.amount, per_unit)
    given = int(whole) + (1 if rest else 0)
    if dose.units is not None and dose.units != given:
        _say_units_differ(ledger, run, dose.units, measured(dose.amount, dose.unit), given)
    told = (
        f"{measured(dose.amount, dose.unit)} of {run.name} at {measured(per_unit, dose.unit)} a unit, "
        f"rounded up: {units_text(given)}"
    )
    total = _total(dose)
    held = int(EXACT.divide_int(total, per_unit)) if dose.containers else None
    left = EXACT.subtract(total, dose.amount)
    return _Counted(given, told, held, left, bool(dose.containers) and dose.amount > total)


def _say_units_differ(ledger: Ledger, run: Run, units: int, amount: str, given: int) -> None:
    """The dose is what was given; a unit count beside it is somebody's arithmetic."""
    recorded = f"{amount} make {units_text(given)}, and {units_text(units)}"
    text = f"{run.name}: {recorded} are recorded; the dose is billed, so see which is right"
    ledger.find(Level.WARNING, "dose-and-units-differ", text, run)


def _counted_units(dose: Dose, given: int, per_unit: Decimal | None) -> _Counted:
    told = f"{units_text(given)} as recorded"
    if not per_unit or not dose.containers:
        return _Counted(given, told)
    held, rest = EXACT.divmod(_total(dose), per_unit)
    left = EXACT.fma(held - given, per_unit, rest)
    return _Counted(given, told, int(held), left, given > int(held) + (1 if rest else 0))


def _total(dose: Dose) -> Decimal:
    total = Decimal(0)
    for container in dose.containers:
        total = EXACT.fma(container.size, container.count, total)
    return total


def _per_unit(ledger: Ledger, run: Run, dose: Dose) -> Decimal | None:
    """Return how much one billing unit is, in the dose's own unit; None where that is not known."""
    unit = known_unit(ledger.rulebook, dose, ledger.visit.date)
    known = unit[0] if unit else None
    if dose.unit_amount is None:
        return known
    if known is not None and known != dose.unit_amount:
        text = (
            f"{run.name}: the visit says a unit of {dose.hcpcs} is {measured(dose.unit_amount, dose.unit)}, "
            f"the drug table says {measured(known, dose.unit)}"
        )
        ledger.find(Level.WARNING, "drug-unit-differs", text, run)
    return dose.unit_amount


def known_unit(rulebook: Rulebook, dose: Dose, day: date) -> tuple[Decimal, str] | None:
    """Return how much one billing unit is in the dose's unit, by our own table or else an imported one."""
    entry = rulebook.drugs.find(dose.hcpcs, day)
    unit = (entry.unit_amount, entry.unit) if entry else rulebook.tables.drug_unit(dose.hcpcs, day)
    if unit is None:
        return None
    wanted = dose.unit or unit[1]
    amount = converted(*unit, wanted)
    return None if amount is None else (amount, wanted)


def _given_and_discarded(ledger: Ledger, run: Run, dose: Dose, counted: _Counted) -> list[Line]:
    if counted.held is not None:
        _look_at_waste(ledger, run, dose, counted)
    single = _single_dose(ledger, run, dose)
    if counted.held is None or not single or not ledger.options.jw_jz:
        _look_for_vials(ledger, run, dose, counted.given)
        return [_line(ledger, run, dose, counted.given, counted.told, (), _BY_UNITS)]
    discarded = counted.held - counted.given
    if discarded > 0 and ledger.thresholds.discarded_modifier:
        return [
            _line(ledger, run, dose, counted.given, counted.told, (), _BY_UNITS),
            _discarded_line(ledger, run, dose, counted, discarded),
        ]
    modifiers, rules = _nothing_discarded(ledger, counted)
    return [_line(ledger, run, dose, counted.given, counted.told, modifiers, rules)]


_BY_UNITS = ("drug-units",)


def _discarded_line(ledger: Ledger, run: Run, dose: Dose, counted: _Counted, discarded: int) -> Line:
    told = (
        f"Of {run.name} {measured(counted.left, dose.unit)} were left in single-dose vials, "
        f"beyond what is billed as given {units_text(discarded)}: discarded"
    )
    modifiers = (ledger.thresholds.discarded_modifier,)
    return _line(ledger, run, dose, discarded, told, modifiers, ("drug-discarded",))


def _single_dose(ledger: Ledger, run: Run, dose: Dose) -> bool:
    """Say whether a dose came from single-dose vials alone."""
    kinds = {container.single_dose for container in dose.containers}
    if len(kinds) > 1:
        text = f"{run.name} came from single-dose and multi-dose vials; put its discarded part in by hand"
        ledger.find(Level.WARNING, "mixed-vials", text, run)
    return False not in kinds


def _look_for_vials(ledger: Ledger, run: Run, dose: Dose, units: int) -> None:
    """Where a payer wants one of the two, a drug that comes in single-dose vials alone has JW or JZ."""
    entry = ledger.rulebook.drugs.find(dose.hcpcs, ledger.visit.date)
    nothing = ledger.thresholds.nothing_discarded_modifier
    if dose.containers or entry is None or not entry.single_dose or not ledger.options.jw_jz or not nothing:
        return
    neither = f"neither {ledger.thresholds.discarded_modifier} nor {nothing}"
    text = f"{run.name}: its vials are not recorded, so {dose.hcpcs} x{units} has {neither}"
    ledger.find(Level.WARNING, "vials-not-recorded", text, run)


def _look_at_waste(ledger: Ledger, run: Run, dose: Dose, counted: _Counted) -> None:
    """A whole container left over is a slip: in its size, in its unit, or in what was opened."""
    for container in dose.containers:
        if container.size <= counted.left:
            left = f"{run.name}: {measured(counted.left, dose.unit)} left over is a whole container or more"
            text = f"{left}; see what was opened, and in which unit"
            ledger.find(Level.WARNING, "whole-container-left", text, run)
            return


def _nothing_discarded(ledger: Ledger, counted: _Counted) -> tuple[Modifiers, Rules]:
    """Return the modifier that says nothing was discarded, where it belongs, and the rules."""
    word = ledger.thresholds.nothing_discarded_modifier
    if not word:
        return (), _BY_UNITS
    if counted.left > 0:
        modifiers = (word,) if ledger.options.sub_unit_waste == word else ()
        return modifiers, ("drug-units", "drug-part-unit-left")
    return (word,), ("drug-units", "drug-nothing-discarded")


def _line(
    ledger: Ledger, run: Run, dose: Dose, units: int, told: str, modifiers: Modifiers, rules: Rules
) -> Line:
    start_us = run.service.start_us
    return Line(  # in the order of its fields: by name it takes twice as long, and there are many
        dose.hcpcs,
        units,
        modifiers,
        Kind.DRUG,
        ledger.clock.day(start_us),
        (run.id,),
        None,
        f"{told}.",
        rules,
        sources_of(ledger.rulebook, rules),
        "",
        run.name,
        (run.name,),
        start_us,
        run.stop_us,
        dose.ndc,
    )
