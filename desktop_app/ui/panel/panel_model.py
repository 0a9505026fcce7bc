"""What the panel says of a session: its services, its lines now or at the planned end, what to settle."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.coding.reasons import Coding, Kind, Line
from desktop_app.core.events import SignedLine
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Route
from desktop_app.core.protocols import OFF_THE_PLAN
from desktop_app.core.service import Correction, Service, ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.codings import AWAITED, Codings
from desktop_app.ui.moment_words import HOW_WORDS, moment_name
from desktop_app.ui.panel.care_notes import notes_of_service, notes_of_visit
from desktop_app.ui.shown_time import ran_us

_ITSELF = frozenset({HowKnown.PRESSED, HowKnown.SCRIPTED})
"""How a time is known that was recorded as it came; every other is told beside it."""


@dataclass(frozen=True, slots=True)
class CorrectedMoment:
    """A moment that has another first value, in words; its history is one press away."""

    text: str
    what: str
    index: int
    brief: str = ""
    """Stands for ``text`` where that has no room: without seconds, where the minutes tell it."""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service: drug, how, when, and what was changed about it."""

    service: str
    drug: str
    how: str
    times: str
    notes: tuple[str, ...] = ()
    corrected: tuple[CorrectedMoment, ...] = ()
    dose: str = ""
    """What ``how`` begins with, never cut."""

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        told = (*self.notes, *(one.text for one in self.corrected))
        return ", ".join(part for part in (self.drug, self.how, self.times, *told) if part)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One coded line with its reason, or a service on no line."""

    code: str
    why: str
    units: str
    minutes: str = ""
    sources: str = ""
    modifiers: str = ""
    rules: str = ""
    services: tuple[str, ...] = ()
    is_dose: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same row a minute later."""
        return (self.code, self.modifiers, *self.services)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something to settle or to know."""

    level: str
    text: str
    service: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesView:
    """What a coding says, as rows."""

    lines: tuple[LineRow, ...] = ()
    not_billed: tuple[LineRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    are_known: bool = True
    """Not while the coder is being loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelView:
    """Everything the panel draws but the timeline."""

    title: str
    under: str
    services: tuple[ServiceRow, ...]
    lines: LinesView
    plan_end: str
    """The time of the planned end; empty without one, or once it is over."""
    plan_ended: str
    """The time at which the plan of all that runs was over; empty until then."""
    is_open: bool
    can_end: bool
    notes: tuple[str, ...] = ()
    """What was noted of the visit: a line each."""


def panel_view(
    session: Session, codings: Codings, now_us: int, *, at_plan_end: bool, revealed: bool
) -> PanelView:
    """Return what the panel shows of a session at an instant."""
    now, end = codings.to_the_minute(session, now_us)
    coding = end[1] if end and at_plan_end else now
    ended_us = _plan_ended_us(session, now_us)
    return PanelView(
        title=f"Chair {session.chair} · {words.dotted(session.initials) or words.hidden_mrn(session.mrn)}",
        under=_under(session, revealed=revealed),
        services=tuple(service_row(session, service, now_us) for service in in_order(session)),
        lines=lines_view(session, coding),
        plan_end=words.clock(end[0], session.zone) if end and not ended_us else "",
        plan_ended=words.clock(ended_us, session.zone) if ended_us else "",
        is_open=session.stage is Stage.OPEN,
        can_end=session.stage is Stage.OPEN,
        notes=notes_of_visit(session),
    )


def _plan_ended_us(session: Session, now_us: int) -> int | None:
    """Return when the last plan of what runs was over; None while one is still to come, or without one."""
    ends = [service.planned_end_us(now_us) for service in session.open_services]
    known = [end_us for end_us in ends if end_us is not None]
    return max(known) if known and session.stage is Stage.OPEN and max(known) <= now_us else None


def in_order(session: Session) -> list[Service]:
    """Return a session's services as they began, those still planned at the end; none taken off the plan."""
    shown = (service for service in session.services if service.void_reason != OFF_THE_PLAN)
    return sorted(shown, key=lambda service: (service.start is None, _start_us(service)))


def line_row(line: Line | SignedLine) -> LineRow:
    """Return a line as a row, whether it is coded now or was signed."""
    return LineRow(
        code=line.code,
        why=line.why,
        units=str(line.units),
        minutes="" if line.minutes is None else str(line.minutes),
        sources=", ".join(line.sources),
        modifiers=" ".join(line.modifiers),
        rules=", ".join(line.rules),
        services=line.services,
        is_dose=line.kind == Kind.DRUG,
    )


def lines_view(session: Session, coding: Coding) -> LinesView:
    """Return a coding as rows."""
    return LinesView(
        lines=tuple(map(line_row, coding.lines)),
        not_billed=tuple(
            LineRow(
                code=_drug(session, item.service),
                why=item.why,
                units="–",
                minutes="" if item.minutes is None else str(item.minutes),
                sources=", ".join(item.sources),
                rules=", ".join(item.rules),
                services=(item.service,),
            )
            for item in coding.not_billed
        ),
        findings=tuple(FindingRow(str(f.level), f.text, f.service, f.name) for f in coding.findings),
        are_known=coding is not AWAITED,
    )


def service_row(session: Session, service: Service, now_us: int) -> ServiceRow:
    """Return one service as a row."""
    order = service.order
    told = " · ".join(part for part in (_how_words(service), by_whom(service)) if part)
    how = " ".join(part for part in (words.dose_words(order), told) if part)
    return ServiceRow(
        service.id,
        words.drug_name(order),
        how,
        _times(session, service, now_us),
        tuple(_notes(session, service)),
        _corrected(session, service),
        words.dose_words(order),
    )


def by_whom(service: Service) -> str:
    """Say who touched the start of a service, and who its stop where that was somebody else."""
    if service.start is None:
        return ""
    stop = service.stop if service.order.runs else None
    by = f"by {service.start.by}"
    return f"{by}, stop by {stop.by}" if stop is not None and stop.by != service.start.by else by


def _start_us(service: Service) -> int:
    return service.start.at_us if service.start else 0


def _under(session: Session, *, revealed: bool) -> str:
    mrn = session.mrn if revealed else words.hidden_mrn(session.mrn)
    parts = [f"MRN {mrn}"] if session.mrn else []
    seated = f"seated {words.clock(session.seated.at_us, session.zone)} by {session.seated.by}"
    parts.append(f"{seated}, corrected" if session.seating_corrections else seated)
    if session.ended:
        parts.append(f"ended {words.clock(session.ended.at_us, session.zone)}")
    if note := words.zone_note(session.seated.at_us, session.zone):
        parts.append(note)
    return " · ".join(parts)


def _drug(session: Session, service_id: str) -> str:
    service = session.service(service_id)
    return words.drug_name(service.order) if service else service_id


def _how_words(service: Service) -> str:
    order = service.order
    route = "" if order.route is Route.IV_INFUSION else words.route_words(order)
    site = words.site_words(order.site) if order.runs and service.start else ""
    return " · ".join(part for part in (route, site) if part)


def _times(session: Session, service: Service, now_us: int) -> str:
    zone = session.zone
    if service.start is None:
        minutes = f"{service.order.planned_minutes} min " if service.order.planned_minutes else ""
        return f"{minutes}planned"
    start = words.clock(service.start.at_us, zone)
    if service.state is ServiceState.VOIDED:
        return "struck out"
    if service.state is ServiceState.NOT_WITNESSED:
        return f"{start} – not witnessed"
    if service.stop is not None and service.order.runs:
        return f"{start}–{words.clock(service.stop.at_us, zone)} · {words.hms(ran_us(service, now_us))}"
    return f"{start} →" if service.is_open else start


def _corrected(session: Session, service: Service) -> tuple[CorrectedMoment, ...]:
    """Return each moment that was corrected, once: from its first value to the one that stands."""
    zone = session.zone
    told: dict[tuple[str, int], Correction] = {}
    for c in service.corrections:
        first = told[c.what, c.index].before if (c.what, c.index) in told else c.before
        told[c.what, c.index] = replace(c, before=first)
    return tuple(_corrected_moment(service, c, zone) for c in told.values())


def _corrected_moment(service: Service, c: Correction, zone: str) -> CorrectedMoment:
    name, because = moment_name(service, c.what, c.index), f"{c.after.by} · “{c.reason}”"
    full, brief = (
        [write(moment.at_us, zone) for moment in (c.before, c.after)]
        for write in (words.clock_s, words.clock)
    )
    texts = [
        f"{name} corrected {before} → {after} · {because}"
        for before, after in (full, brief if brief[0] != brief[1] else full)
    ]
    return CorrectedMoment(texts[0], c.what, c.index, texts[1])


def _notes(session: Session, service: Service) -> list[str]:
    zone = session.zone
    notes = []
    is_told = any(correction.what == "stop" for correction in service.corrections)
    if service.stop is not None and service.stop.how not in _ITSELF and not is_told:
        known = HOW_WORDS[service.stop.how]
        notes.append(f"stop {known}, recorded {words.clock(service.stop.recorded_us, zone)}")
    notes += [f"later stop proposed: {words.clock_s(moment.at_us, zone)}" for moment in service.proposals]
    if service.open_pause:
        reason = service.open_pause.reason or "no reason given"
        notes.append(f"paused since {words.clock(service.open_pause.since.at_us, zone)} · {reason}")
    notes += notes_of_service(session, service)
    if service.void_reason:
        notes.append(f"“{service.void_reason}”")
    return notes
