"""Step 3: what stands outside the IV order, each by itself.

Injections under the skin or into muscle, infusions under the skin, drugs into an artery, pump
starts and refills, a clotted line cleared, blood. A port flush waits for the end (see
``port_flushes``): it is reported only on a day with nothing else.

    im 09:00, im 09:01 (second syringe of the same dose)   ->   one injection
    infusion under the skin, 100 minutes                   ->   first hour and 1 added hour
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_app.coding.counting import has_no_code
from desktop_app.coding.dates import dated_lines
from desktop_app.coding.hours import Hours, report_hours
from desktop_app.coding.ledger import Draft, Ledger, Run
from desktop_app.coding.reasons import Level
from desktop_app.core.orders import Category, Route


def outside_the_order(ledger: Ledger, runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """Report what takes no part in the IV order; return the runs that do, and port flushes in time order."""
    by_vein = [run for run in runs if _is_by_vein(run)]
    if len(by_vein) == len(runs):
        return by_vein, []
    others = [run for run in runs if not _is_by_vein(run)]
    others.sort(key=lambda run: (run.start_us, run.order.same_dose_as_previous, run.place))
    seen = _Seen({ledger.clock.day(run.start_us) for run in others if _starts_pump(run)})
    return by_vein, [run for run in others if not _handled(ledger, run, seen)]


def _is_by_vein(run: Run) -> bool:
    order = run.order
    return order.route in _BY_VEIN and run.category in _IN_THE_ORDER and not order.goes_home_running


_BY_VEIN = frozenset({Route.IV_INFUSION, Route.IV_PUSH})
_IN_THE_ORDER = frozenset({Category.CHEMO, Category.THERAPEUTIC, Category.HYDRATION})


class _Seen:
    """What has been reported so far outside the IV order."""

    __slots__ = ("injected", "pump_days", "transfused")

    def __init__(self, pump_days: set[date]) -> None:
        self.injected: dict[str, set[str]] = {}
        """Which drugs were injected, by encounter."""
        self.pump_days = pump_days
        self.transfused: set[date] = set()


def _starts_pump(run: Run) -> bool:
    return run.order.goes_home_running and run.category is Category.CHEMO


def _handled(ledger: Ledger, run: Run, seen: _Seen) -> bool:
    if run.order.route is Route.DRUG_ONLY:
        return True
    if has_no_code(run):
        ledger.leave(run, f"{_at(ledger, run)}; giving it has no code of its own", "no-administration-code")
    elif run.category is Category.TRANSFUSION:
        _transfusion(ledger, run, seen)
    elif run.order.goes_home_running:
        _pump_start(ledger, run)
    elif run.order.route in _BY_ROUTE:
        _BY_ROUTE[run.order.route](ledger, run, seen)
    else:
        return False
    return True


def _report(
    ledger: Ledger,
    run: Run,
    role: str,
    why: str,
    rule: str,
    *,
    minutes: int | None = None,
) -> None:
    ledger.drafts.append(
        Draft(
            role=role,
            units=1,
            runs=(run,),
            why=why,
            rules=(rule,),
            place=(0, 1, run.place),
            minutes=minutes,
        )
    )


def _at(ledger: Ledger, run: Run) -> str:
    return f"{run.name}: given at {ledger.clock.time(run.start_us)}"


def _transfusion(ledger: Ledger, run: Run, seen: _Seen) -> None:
    day = ledger.clock.day(run.start_us)
    if day in seen.transfused:
        ledger.leave(run, f"{_at(ledger, run)}; a transfusion counts once a day", "transfusion-once-a-day")
        return
    seen.transfused.add(day)
    why = f"{run.name}: begun at {ledger.clock.time(run.start_us)}; a transfusion counts once a day"
    _report(ledger, run, "transfusion", why, "transfusion-once-a-day", minutes=run.minutes)


def _pump_start(ledger: Ledger, run: Run) -> None:
    if run.category is not Category.CHEMO:
        why = f"{_at(ledger, run)}; only a chemo pump has a code for its start"
        ledger.find(Level.WARNING, "pump-not-chemo", why, run)
        ledger.leave(run, why, "pump-start")
        return
    role = ledger.options.pump_start if run.order.route is Route.IV_INFUSION else "artery-pump-start"
    started = f"{run.name} was started on a pump at {ledger.clock.time(run.start_us)}"
    why = f"{started} and runs on for more than 8 hours"
    _report(ledger, run, role, why, "pump-start")


def pump_modifiers(ledger: Ledger) -> None:
    """Put the payer's modifier on a pump start that stands beside other chemo by vein."""
    modifiers = ledger.options.pump_with_chemo_modifier
    if not modifiers or not any(run.is_chemo for draft in ledger.drafts for run in draft.runs):
        return
    for draft in ledger.drafts:
        if draft.role in ("pump-start", "pump-start-home"):
            draft.modifiers = modifiers
            draft.rules += ("pump-beside-chemo",)


def _injection(ledger: Ledger, run: Run, seen: _Seen) -> None:
    if run.category in (Category.HYDRATION, Category.OTHER):
        ledger.leave(run, f"{_at(ledger, run)}; fluid has no injection code", "no-administration-code")
        return
    earlier = seen.injected.setdefault(run.order.encounter, set())
    if run.order.same_dose_as_previous and earlier:
        if run.drug not in earlier:
            text = (
                f"{run.name} is marked as a second syringe of one dose, and the one before was another drug"
            )
            ledger.find(Level.WARNING, "second-syringe-differs", text, run)
        why = f"{_at(ledger, run)}; a second syringe of one dose adds nothing"
        ledger.leave(run, why, "injection-same-dose")
        return
    earlier.add(run.drug)
    _report_injection(ledger, run, f"{_at(ledger, run)} as an injection", "injection")


def _report_injection(ledger: Ledger, run: Run, why: str, rule: str) -> None:
    chemo = "chemo-injection" if run.category is Category.CHEMO else "injection"
    role = "hormonal-injection" if run.order.hormonal else chemo
    _report(ledger, run, role, why, rule, minutes=run.minutes)


def _under_skin(ledger: Ledger, run: Run, _seen: _Seen) -> None:
    if not _is_long(ledger, run):
        why = f"{_short(ledger, run)}, so it is an injection"
        _report_injection(ledger, run, why, "sc-infusion")
        return
    text = f"{ledger.ran(run)} under the skin"
    codes = "sc-infusion-first", "sc-infusion-more"
    _by_the_hour(ledger, run, codes, text, "sc-infusion")


def _into_artery(ledger: Ledger, run: Run, _seen: _Seen) -> None:
    if run.category is not Category.CHEMO:
        why = f"{_at(ledger, run)} into an artery"
        _report(ledger, run, "artery-push", why, "artery-drug", minutes=run.minutes)
    elif run.order.route is Route.IA_PUSH:
        why = f"{_at(ledger, run)} into an artery as a push"
        _report(ledger, run, "chemo-artery-push", why, "artery-chemo", minutes=run.minutes)
    elif not _is_long(ledger, run):
        why = f"{_short(ledger, run)}, so it is a push into an artery"
        _report(ledger, run, "chemo-artery-push", why, "artery-chemo", minutes=run.minutes)
    else:
        text = f"{ledger.ran(run)} into an artery"
        codes = "chemo-artery-first", "chemo-artery-more"
        _by_the_hour(ledger, run, codes, text, "artery-chemo")


def _short(ledger: Ledger, run: Run) -> str:
    """Return why an infusion is not counted by the hour."""
    if run.minutes is None:
        return f"{_at(ledger, run)}, and nobody knows its stop"
    return f"{ledger.ran(run)}; too short for an infusion"


def _is_long(ledger: Ledger, run: Run) -> bool:
    """Say whether it ran for longer than a push may."""
    if run.minutes is None:
        return False
    return ledger.compared.reaches(run.spans, run.minutes, ledger.thresholds.push_longest_minutes + 1)


def _by_the_hour(ledger: Ledger, run: Run, roles: tuple[str, str], text: str, rule: str) -> None:
    first, more = roles
    report_hours(
        ledger,
        Hours(
            first_role=first,
            more_role=more,
            runs=[run],
            spans=run.spans,
            why=f"{text}; counted by itself",
            rules=(rule,),
            place=(0, 1, run.place),
            least=ledger.thresholds.push_longest_minutes + 1,
        ),
    )


def _refill(ledger: Ledger, run: Run, seen: _Seen) -> None:
    if ledger.clock.day(run.start_us) in seen.pump_days:
        why = f"{_at(ledger, run)}; a refill on the day the pump was started is part of the start"
        ledger.leave(run, why, "pump-refill")
        return
    why = f"the pump was refilled at {ledger.clock.time(run.start_us)}"
    _report(ledger, run, "pump-refill", why, "pump-refill")


def _declot(ledger: Ledger, run: Run, _seen: _Seen) -> None:
    why = f"the clotted line was cleared at {ledger.clock.time(run.start_us)}"
    _report(ledger, run, "declot", why, "declot")


_BY_ROUTE: dict[Route, Callable[[Ledger, Run, _Seen], None]] = {
    Route.IM: _injection,
    Route.SC: _injection,
    Route.SC_INFUSION: _under_skin,
    Route.IA_PUSH: _into_artery,
    Route.IA_INFUSION: _into_artery,
    Route.PUMP_REFILL: _refill,
    Route.DECLOT: _declot,
}


def port_flushes(ledger: Ledger, flushes: list[Run]) -> None:
    """Report a port flush on a day that has no other line; leave out every other one.

    What a flush itself was made with is no other line.
    """
    if not flushes:
        return
    flushed_with = {run.id for run in flushes}
    busy = {line.date for line in dated_lines(ledger)}
    busy |= {line.date for line in ledger.drug_lines if flushed_with.isdisjoint(line.services)}
    for run in flushes:
        day = ledger.clock.day(run.start_us)
        flushed = f"the port was flushed at {ledger.clock.time(run.start_us)}"
        if day in busy:
            why = f"{flushed}; that counts only on a day with nothing else"
            ledger.leave(run, why, "port-flush-alone")
            continue
        busy.add(day)
        why = f"{flushed} and nothing else was given that day"
        _report(ledger, run, "port-flush", why, "port-flush-alone")
