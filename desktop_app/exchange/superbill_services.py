"""The services of a superbill: drawn to scale, and in a table with every time and how it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from desktop_app.coding.ndc import NdcFault, display, resolve
from desktop_app.core.moments import MINUTE_US, Moment, local_time, time_words
from desktop_app.core.orders import Category, Dose, Order
from desktop_app.core.service import Correction, Pause, Service
from desktop_app.core.session import Session
from desktop_app.core.timeline import Spans, instant_after, length_us, running, whole_minutes
from desktop_app.core.told import (
    amount,
    containers_words,
    count_words,
    day_words,
    drug_words,
    known_words,
    left_over,
    site_words,
    way_words,
)
from desktop_app.core.values import dataclass
from desktop_app.exchange.paper import Bar, Column, Lane, Piece, Table, TableRow, Timeline

MinutesOf = Callable[[Order], tuple[int, ...]]
"""The minutes of running at which an infusion's units change."""

NOT_WITNESSED, GOES_HOME, RUNS, NO_STOP = "not witnessed", "goes home", "runs", "no stop"
_COLUMNS = (
    Column("Service", 126, bold=True),
    Column("Way", 84),
    Column("Start", 58),
    Column("Stop", 62),
    Column("Min", 26, right=True),
    Column("How the times are known"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given in a session, and what is known besides of when it stopped."""

    session: Session
    day: date
    computed: dict[str, int]
    """The stops that were worked out from volume and rate, by service."""
    codes: dict[str, str]
    """What each service is billed by."""
    minutes_of: MinutesOf
    now_us: int | None = None
    """Up to when it is drawn while the patient is here."""

    @property
    def services(self) -> list[Service]:
        """The services that were begun, in order of time."""
        return sorted(self.session.begun_services, key=lambda one: (_start(one).at_us, one.id))

    def stop_us(self, service: Service) -> int | None:
        """Return when a service stopped, as told or worked out."""
        return service.stop.at_us if service.stop else self.computed.get(service.id)

    def until_us(self, service: Service) -> int:
        """Return up to where it is drawn: its stop, else the last that is known of it or of the session."""
        stop_us = self.stop_us(service)
        if stop_us is not None:
            return stop_us
        session = self.session
        if service.not_witnessed or (session.ended is None and self.now_us is None):
            known_us = session.last_moment_us
        else:
            known_us = session.ended.at_us if session.ended else self.now_us or 0
        return max(known_us, _start(service).at_us + MINUTE_US)

    def is_unknown(self, service: Service) -> bool:
        """Return whether nobody can say when it stopped, or that it still runs."""
        if self.stop_us(service) is not None or service.order.goes_home_running:
            return False
        return self.session.ended is not None or bool(service.not_witnessed)

    def ran(self, service: Service) -> Spans:
        """Return when it ran, up to where it is drawn."""
        until_us = self.until_us(service)
        pauses = [(p.since.at_us, p.until.at_us if p.until else until_us) for p in service.pauses]
        return running(_start(service).at_us, until_us, pauses)

    def time(self, at_us: int) -> str:
        """Write an instant to the second, with its day where that is not the date of service."""
        at = local_time(at_us, self.session.zone).date()
        told = time_words(at_us, self.session.zone)
        return told if at == self.day else f"{told} {day_words(at)}"


def timeline_of(given: Given) -> Timeline | None:
    """Return a session drawn to scale, grouped by encounter and access site; None where nothing was given."""
    services = sorted(given.services, key=_group)
    if not services:
        return None
    encounters, groups = ({of(one) for one in services} for of in (_encounter, _group))
    lanes = tuple(
        _lane(given, one, _group_words(one, encounters=len(encounters)) if len(groups) > 1 else "")
        for one in services
    )
    instants = [us for lane in lanes for bar in lane.bars for us in (bar.from_us, bar.to_us)]
    return Timeline(first_us=min(instants), last_us=max(instants), zone=given.session.zone, lanes=lanes)


def _encounter(service: Service) -> str:
    return service.order.encounter


def _group(service: Service) -> tuple[str, str]:
    return service.order.encounter, service.order.site


def _group_words(service: Service, *, encounters: int) -> str:
    site = site_words(service.order.site)
    named = f"encounter {service.order.encounter}, {site}" if encounters > 1 else site
    return f"{named[:1].upper()}{named[1:]}"


def _lane(given: Given, service: Service, group: str) -> Lane:
    note = " · ".join(filter(None, (_minutes_words(given, service), given.codes.get(service.id, ""))))
    return Lane(
        name=drug_words(service.order),
        bars=tuple(_bars(given, service)),
        note=note,
        thresholds=tuple(_thresholds(given, service)),
        group=group,
    )


def _bars(given: Given, service: Service) -> Iterator[Bar]:
    start_us, until_us = _start(service).at_us, given.until_us(service)
    if not service.order.runs and given.stop_us(service) is None:
        yield Bar(start_us, start_us, Piece.MOMENT)
        return
    if given.is_unknown(service):
        yield Bar(start_us, until_us, Piece.UNKNOWN)
        return
    piece = Piece.FLUID if service.order.category is Category.HYDRATION else Piece.RUN
    for since_us, to_us in given.ran(service):
        yield Bar(since_us, to_us, piece)
    for pause in service.pauses:
        yield Bar(pause.since.at_us, pause.until.at_us if pause.until else until_us, Piece.PAUSE)


def _thresholds(given: Given, service: Service) -> Iterator[int]:
    if not service.order.runs or given.stop_us(service) is None:
        return
    spans = given.ran(service)
    for minutes in given.minutes_of(service.order):
        if minutes * MINUTE_US < length_us(spans):
            yield instant_after(spans, minutes * MINUTE_US)


def services_table(given: Given) -> Table:
    """Return every service with its times, how each is known, its dose and what was discarded."""
    return Table(_COLUMNS, tuple(_row(given, service) for service in given.services))


def _row(given: Given, service: Service) -> TableRow:
    cells = (
        drug_words(service.order),
        way_words(service.order),
        given.time(_start(service).at_us),
        _stop_words(given, service),
        _minutes(given, service),
        _known(given, service),
    )
    return TableRow(cells, "\n".join(_under(given, service)))


def _stop_words(given: Given, service: Service) -> str:
    stop_us = given.stop_us(service)
    if stop_us is not None:
        return given.time(stop_us)
    return _no_stop(given, service) if service.order.runs else ""


def _no_stop(given: Given, service: Service) -> str:
    if service.order.goes_home_running:
        return GOES_HOME
    if service.not_witnessed:
        return NOT_WITNESSED
    return NO_STOP if given.session.ended else RUNS


def _minutes(given: Given, service: Service) -> str:
    return "" if given.stop_us(service) is None else str(whole_minutes(given.ran(service)))


def _minutes_words(given: Given, service: Service) -> str:
    minutes = _minutes(given, service)
    if minutes:
        return f"{minutes} min"
    return _no_stop(given, service) if service.order.runs and given.stop_us(service) is None else ""


def _known(given: Given, service: Service) -> str:
    """Say how start and stop are known, once where both are known alike."""
    start = known_words(_start(service))
    if service.stop is None:
        computed = service.id in given.computed
        return f"start {start}; stop computed from volume and rate" if computed else start
    stop = known_words(service.stop)
    return start if start == stop else f"start {start}; stop {stop}"


def _under(given: Given, service: Service) -> Iterator[str]:
    if service.order.dose is not None:
        told = " · ".join(dose_facts(service.order.dose))
        if told:
            yield told
    for pause in service.pauses:
        yield _pause_words(given, pause)
    if service.not_witnessed:
        yield f"stop not witnessed: {service.not_witnessed}"
    for correction in service.corrections:
        yield _correction_words(given, correction)


def dose_facts(dose: Dose) -> Iterator[str]:
    """Yield what a dose came from, what was left of it, and what its labels say."""
    if dose.amount is None and dose.units is not None:
        yield f"{count_words(dose.units, 'unit', 'units')} as recorded"
    if dose.containers:
        kinds = {container.single_dose for container in dose.containers}
        kind = "" if len(kinds) > 1 else " single-dose" if True in kinds else " multi-dose"
        yield f"from {containers_words(dose.containers, dose.unit)}{kind}"
    left = left_over(dose)
    if left is not None:
        yield f"{amount(left, dose.unit)} discarded" if left else "nothing discarded"
    if dose.ndc:
        yield f"NDC {ndc_words(dose.ndc)}"
    if dose.lot:
        yield f"lot {dose.lot}"
    if dose.expiry:
        yield f"expires {dose.expiry}"


def ndc_words(ndc: str) -> str:
    """Write an NDC as people read it, or as it was typed where it is not certain."""
    try:
        return display(resolve(ndc))
    except NdcFault:
        return ndc


def _pause_words(given: Given, pause: Pause) -> str:
    until = given.time(pause.until.at_us) if pause.until else "the stop"
    reason = f": {pause.reason}" if pause.reason else ""
    return f"paused {given.time(pause.since.at_us)} to {until}, {known_words(pause.since)}{reason}"


def _correction_words(given: Given, correction: Correction) -> str:
    before, after = (f"{given.time(m.at_us)} {known_words(m)}" for m in (correction.before, correction.after))
    return f"{correction.what} corrected from {before} to {after}: {correction.reason}"


def _start(service: Service) -> Moment:
    if service.start is None:
        message = f"service {service.id} has not begun"
        raise ValueError(message)
    return service.start
