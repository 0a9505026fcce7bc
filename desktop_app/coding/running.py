"""Steps 2 and 4: how long each service ran, and whether that makes it an infusion or a push.

Running time is start to stop less the pauses. A stop that nobody recorded may follow from the
recorded volume and rate; otherwise the profile says whether the visit waits for it. Where
somebody says that nobody saw it stop, there is nothing to wait for: it counts as a push.

    volume 1000 mL at 500 mL/h from 09:00, paused 10:00 to 10:15   ->   stop 11:15

An IV drug that ran 15 minutes or less is a push; 16 is an infusion:

    09:00:00 to 09:15:59   15 minutes   push
    09:00:00 to 09:16:00   16 minutes   infusion
"""

from __future__ import annotations

from desktop_app.coding.counting import has_no_code
from desktop_app.coding.ledger import Ledger, Measured, Rank, Run, minutes_text
from desktop_app.coding.reasons import Level
from desktop_app.coding.visit import VisitService
from desktop_app.core.moments import HOUR_US, HowKnown
from desktop_app.core.orders import Category, Route
from desktop_app.core.timeline import cut_to_minute, in_order, length_us, running, whole_minutes

LONGEST_RUN_DAYS = 31
LONG_RUN_HOURS = 12
"""Hardly an infusion in a chair runs longer: more often a stop was forgotten, or the clock was set on."""
LONGEST_RUN_US = LONGEST_RUN_DAYS * 24 * HOUR_US
"""No infusion of one visit lasts longer: one that does has a wrong date, and waits to be put right."""

_INFUSION_ROUTES = frozenset({Route.IV_INFUSION, Route.SC_INFUSION, Route.IA_INFUSION})


def running_times(ledger: Ledger, counted: list[Run]) -> list[Run]:
    """Step 2: set each run's time; return those whose giving may be coded."""
    return [run for run in counted if _time_known(ledger, run)]


def _time_known(ledger: Ledger, run: Run) -> bool:
    service = run.service
    if service.clock_behind:
        _say_clock_behind(ledger, run)
    if service.stop_us is not None:
        if service.stop_us - service.start_us > LONGEST_RUN_US:
            return _too_long(ledger, run)
        if service.stop_how is HowKnown.COMPUTED:
            _say_computed(ledger, run)
        _set_time(ledger, run, service.stop_us)
        _look_at_length(ledger, run)
        return True
    if not _needs_stop(run):
        _set_time(ledger, run, None)
        return True
    return _without_stop(ledger, run)


def _too_long(ledger: Ledger, run: Run) -> bool:
    text = f"{run.name} would have run for more than {LONGEST_RUN_DAYS} days; see that its dates are right"
    ledger.find(Level.BLOCKER, "run-too-long", text, run)
    ledger.leave(run, text, "longest-run")
    return False


def _say_clock_behind(ledger: Ledger, run: Run) -> None:
    """A start that may have been later makes the time too long; a stop only too short."""
    text = (
        f"a time of {run.name} was pressed while the clock was behind, and is the earliest it can have been"
    )
    is_long = run.service.stop_us is not None and run.service.stop_how is not HowKnown.EARLIEST
    ledger.find(Level.BLOCKER if is_long else Level.WARNING, "clock-behind", f"{text}; put it right", run)


def _look_at_length(ledger: Ledger, run: Run) -> None:
    if _needs_stop(run) and length_us(run.spans) > LONG_RUN_HOURS * HOUR_US:
        text = f"{run.name} ran for more than {LONG_RUN_HOURS} hours; see that its times are right"
        ledger.find(Level.WARNING, "long-run", text, run)


def _needs_stop(run: Run) -> bool:
    """A pump start and a transfusion are coded without their length."""
    if run.order.goes_home_running or run.category is Category.TRANSFUSION or has_no_code(run):
        return False
    return run.order.route in _INFUSION_ROUTES


def _set_time(ledger: Ledger, run: Run, stop_us: int | None) -> None:
    charted = ledger.options.charted
    run.start_us = cut_to_minute(run.start_us) if charted else run.start_us
    if stop_us is None:
        return
    pauses = [(start, stop_us if stop is None else stop) for start, stop in run.service.pauses]
    if charted:
        stop_us = cut_to_minute(stop_us)
        pauses = [(cut_to_minute(start), cut_to_minute(stop)) for start, stop in pauses]
    run.stop_us = stop_us
    run.spans = running(run.start_us, stop_us, pauses)
    run.minutes = whole_minutes(run.spans)
    if pauses:
        run.rules += ("running-time",)


def _without_stop(ledger: Ledger, run: Run) -> bool:
    stop_us = computed_stop_us(run.service, ledger.thresholds.longest_computed_hours)
    if stop_us is not None:
        _set_time(ledger, run, stop_us)
        _say_computed(ledger, run)
        if run.service.not_witnessed:
            ledger.find(Level.WARNING, "not-witnessed", f"nobody saw {run.name} stop", run)
        return True
    _set_time(ledger, run, None)
    if run.category is Category.HYDRATION:
        return _hydration_without_stop(ledger, run)
    if run.service.not_witnessed:
        return _not_witnessed(ledger, run)
    if ledger.options.missing_stop == "hold":
        text = f"{run.name} has no stop, so nobody can say how long it ran"
        ledger.find(Level.BLOCKER, "missing-stop", text, run)
        ledger.leave(run, f"{text}; it waits for its stop", "missing-stop-hold")
        return False
    text = f"{run.name} has no stop and is coded as a push, as this payer wants"
    ledger.find(Level.WARNING, "missing-stop", text, run)
    run.rules += ("missing-stop-push",)
    return True


def _not_witnessed(ledger: Ledger, run: Run) -> bool:
    """That nobody saw it stop is an answer: nothing is left to wait for."""
    text = f"nobody saw {run.name} stop, so its time is not known and it is coded as a push"
    ledger.find(Level.WARNING, "not-witnessed", text, run)
    run.rules += ("not-witnessed-push",)
    return True


def _hydration_without_stop(ledger: Ledger, run: Run) -> bool:
    unseen = run.service.not_witnessed
    holds = ledger.options.missing_stop == "hold" and not unseen
    without = f"nobody saw {run.name} stop" if unseen else f"{run.name} has no stop"
    text = f"{without}; hydration without its time is never billed"
    level, name = Level.BLOCKER if holds else Level.WARNING, "not-witnessed" if unseen else "missing-stop"
    ledger.find(level, name, text, run)
    ledger.leave(run, text, "hydration-needs-stop")
    return False


def _say_computed(ledger: Ledger, run: Run) -> None:
    run.rules += ("stop-computed",)
    run.computed = True
    text = f"the stop of {run.name} was worked out from volume and rate, not seen"
    ledger.find(Level.WARNING, "stop-computed", text, run)


def computed_stop_us(service: VisitService, longest_hours: int) -> int | None:
    """Return when the recorded volume had run at the recorded rate, pauses added.

    None without both, while it is paused, or when that would be further on than believed.
    """
    volume, rate = service.order.volume_ml, service.order.rate_ml_h
    if not volume or not rate or any(stop is None for _start, stop in service.pauses):
        return None
    volume_parts, rate_parts = volume.as_integer_ratio(), rate.as_integer_ratio()
    ran_us = volume_parts[0] * rate_parts[1] * HOUR_US // (volume_parts[1] * rate_parts[0])
    if not 0 < ran_us <= longest_hours * HOUR_US:
        return None
    stop_us = service.start_us + ran_us
    for start, stop in in_order((start, stop or start) for start, stop in service.pauses):
        if start < stop_us:
            stop_us += stop - start
    return stop_us


def infusion_or_push(ledger: Ledger, runs: list[Run]) -> list[Run]:
    """Step 4: give each IV run its rank; return those that take part in the IV order."""
    return [run for run in runs if _ranked(ledger, run)]


def _ranked(ledger: Ledger, run: Run) -> bool:
    chemo = run.category is Category.CHEMO
    if run.category is Category.HYDRATION:
        return _ranked_hydration(ledger, run)
    if _never_ran(ledger, run):
        began = f"{run.name} was given up as it began, at {ledger.clock.time(run.start_us)}"
        ledger.leave(run, f"{began}; it did not run for a minute", "stopped-early-53")
        return False
    if _runs_as_infusion(ledger, run):
        run.take_rank(Rank.CHEMO_INFUSION if chemo else Rank.INFUSION)
    else:
        run.take_rank(Rank.CHEMO_PUSH if chemo else Rank.PUSH)
    return True


def _never_ran(ledger: Ledger, run: Run) -> bool:
    if not _reported_cut_short(ledger, run):
        return False
    if run.minutes is None or run.order.route is not Route.IV_INFUSION:
        return False
    return not ledger.compared.reaches(run.spans, run.minutes, 1)


def _reported_cut_short(ledger: Ledger, run: Run) -> bool:
    return run.order.stopped_early and ledger.options.stopped_early == "modifier-53"


def _ranked_hydration(ledger: Ledger, run: Run) -> bool:
    if run.order.route is Route.IV_INFUSION:
        run.take_rank(Rank.HYDRATION)
        return True
    ledger.leave(
        run,
        f"{run.name}: given at {ledger.clock.time(run.start_us)}; fluid given as a push is not hydration",
        "hydration-not-pushed",
    )
    return False


def _runs_as_infusion(ledger: Ledger, run: Run) -> bool:
    longest_push = ledger.thresholds.push_longest_minutes
    if run.minutes is None:
        return False
    is_long = ledger.compared.reaches(run.spans, run.minutes, longest_push + 1)
    if run.order.route is Route.IV_PUSH:
        return is_long and _long_push_is_infusion(ledger, run)
    if is_long:
        return True
    if _reported_cut_short(ledger, run):
        run.cut_short = True
        run.rules += ("stopped-early-53",)
        text = f"{run.name} was given up after {minutes_text(run.minutes)}"
        warning = f"{text} and counts as an infusion cut short; review it"
        ledger.find(Level.WARNING, "stopped-early", warning, run)
        return True
    run.rules += ("push-or-infusion",)
    ledger.measured.append(Measured(run, run.minutes, 0, longest_push))
    return False


def _long_push_is_infusion(ledger: Ledger, run: Run) -> bool:
    if ledger.options.attended_push == "by-time":
        return True
    run.rules += ("attended-push",)
    text = f"{run.name} is charted as a push of {minutes_text(run.minutes or 0)}"
    ledger.find(Level.WARNING, "long-push", f"{text}; see that it was attended throughout", run)
    return False
