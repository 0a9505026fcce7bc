"""From a session to its lines: what the board asks live, and what a signature seals.

A visit made from a session carries the same facts as the case the program prints for it, so
that coding either gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.coding.clock_findings import clock_findings
from desktop_app.coding.coder import code
from desktop_app.coding.day_end import at_day_end
from desktop_app.coding.one_minute import told_of
from desktop_app.coding.projection import at_plan_end as seen_at_plan_end
from desktop_app.coding.projection import (
    lines_at_plan_end,
    lines_if_stopped,
    next_change,
    stopped_at,
)
from desktop_app.coding.reasons import Change, Coding, Finding, Level, Line
from desktop_app.coding.rulebook import Profile, Rulebook, options_on, profile_fault
from desktop_app.coding.running import computed_stop_us
from desktop_app.coding.second_stops import second_stops
from desktop_app.coding.unit_minutes import unit_minutes
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.bounds import sealed
from desktop_app.core.day import Told
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Desk
from desktop_app.core.events import SignedLine
from desktop_app.core.moments import HowKnown, local_date, local_time
from desktop_app.core.orders import Order, Setting
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import sign_session

ONE_DAY = timedelta(days=1)


def date_of_service(session: Session) -> date:
    """Return the day the first service began, in the session's zone; before that, the day of seating."""
    starts = [_start_us(service) for service in session.begun_services]
    return local_date(min(starts, default=session.seated.at_us), session.zone)


def served_on(desk: Desk, day: date) -> tuple[Session, ...]:
    """Return the sessions whose date of service is a day, reading from the journal what is not at hand."""
    # Whoever is seated before midnight may have the first service after it.
    for seated in (day - ONE_DAY, day):
        desk.load_day(seated.isoformat())
    return tuple(session for session in desk.suite.sessions.values() if date_of_service(session) == day)


def visit_of(session: Session) -> Visit:
    """Return a session as the coder sees it."""
    return Visit(
        id=session.id,
        setting=session.setting,
        date=date_of_service(session),
        zone=session.zone,
        place_of_service=session.place_of_service,
        options=session.options,
        site_reasons=tuple((site.name, site.reason) for site in session.sites),
        services=tuple(_visit_service(service) for service in session.begun_services),
    )


class SessionCoder:
    """Codes sessions by one rulebook and the profile each of them names."""

    def __init__(
        self, rulebook: Rulebook, profiles: Mapping[str, Profile], home: Callable[[], str] = str
    ) -> None:
        self.rulebook = rulebook
        self._profiles = profiles
        self._home = home
        """Gives the zone of the suite, whose times need no name in a sentence; none where it is not known."""

    def profile(self, session: Session) -> Profile:
        """Return the payer profile a session names, else Medicare's for its setting.

        Where the named one is gone, every coding of the session says so and cannot be signed.
        """
        usual = self._profiles[f"medicare-{session.setting.value}"]
        return self._profiles.get(session.profile, usual)

    def visit(self, session: Session) -> Visit:
        """Return a session as the coder sees it, with those of its options that the rules know."""
        visit = visit_of(session)
        known = tuple(option for option in visit.options if not self._option_fault(*option))
        return replace(visit, options=known)

    def unknown_choice(self, profile: str, options: tuple[tuple[str, str], ...], setting: Setting) -> str:
        """Return in a few words what of a profile and options cannot be chosen in a setting, or nothing."""
        faults = [profile_fault(self._profiles, profile, setting)] if profile else []
        faults += [self._option_fault(name, value) for name, value in options]
        return next((fault for fault in faults if fault), "")

    def _option_fault(self, name: str, value: str) -> str:
        option = self.rulebook.options.get(name)
        if option is None:
            return f"there is no option “{name}”"
        return "" if value in option.values else f"option “{name}” must be one of {', '.join(option.values)}"

    def _told(self, session: Session, coding: Coding) -> Coding:
        """Return a coding that says what no visit shows: choices the rules do not know, a second stop."""
        stops = (*second_stops(session, self._home()), *self._stops_after_end(session))
        coding = coding._replace(findings=(*stops, *coding.findings, *clock_findings(session)))
        fault = self.unknown_choice(session.profile, session.options, session.setting)
        if not fault:
            return coding
        # Nobody signs the lines of a payer that was never chosen; a payer of the other setting was.
        chosen = session.profile in self._profiles and self.visit(session).options == session.options
        level = Level.WARNING if chosen else Level.BLOCKER
        text = f"This session cannot be coded as it was seated: {fault}; these are lines by {coding.profile}."
        finding = Finding(level=level, name="payer-unknown", text=text)
        return coding._replace(findings=(finding, *coding.findings))

    def _stops_after_end(self, session: Session) -> tuple[Finding, ...]:
        """Return a finding for each stop at which the patient had left already: it is taken, and told."""
        ended, era = session.ended, self.rulebook.on(date_of_service(session))
        if ended is None or era is None:
            return ()
        longest = era.thresholds.longest_computed_hours
        stops = ((service, _stop_us(service, longest)) for service in session.begun_services)
        return tuple(
            Finding(
                level=Level.WARNING,
                name="stop-after-session-end",
                text=_after_end_words(session.zone, service, stop_us, ended.at_us),
                service=service.id,
            )
            for service, stop_us in stops
            if stop_us is not None and stop_us > ended.at_us
        )

    def as_recorded(self, session: Session) -> Coding:
        """Return the lines of what is on record; an open stop is missing."""
        return self._told(session, code(self.visit(session), self.rulebook, self.profile(session)))

    def told(self, session: Session) -> Told:
        """Return what the end of a day is told of a session: of a signed one what was sealed."""
        return at_day_end(session, self.of_what_is_over(session), self.rulebook)

    def of_what_is_over(self, session: Session) -> Coding:
        """Return the lines of what is on record, without what runs in a chair still.

        Its volume and rate would tell when it stops, as if all of it had run already.
        """
        runs = {service.id for service in session.open_services} if session.stage is Stage.OPEN else set()
        visit = self.visit(session)
        over = tuple(service for service in visit.services if service.id not in runs)
        return self._told(session, code(replace(visit, services=over), self.rulebook, self.profile(session)))

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        """Return the lines if every open service stopped at an instant."""
        visit, profile = self.visit(session), self.profile(session)
        return self._told(session, lines_if_stopped(visit, at_us, self.rulebook, profile))

    def at_plan_end(self, session: Session, now_us: int) -> tuple[int, Coding] | None:
        """Return when the last plan of what runs is over, and the lines if all stopped at their plans.

        None when nothing that runs has a planned length. A plan that is over already counts up
        to now.
        """
        found = lines_at_plan_end(self.visit(session), now_us, self.rulebook, self.profile(session))
        return found and (found[0], self._told(session, found[1]))

    def next_change(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines, if every open service stopped then, are next others; None for never."""
        return next_change(self.visit(session), now_us, self.rulebook, self.profile(session))

    def next_change_at_plan_end(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines at the planned end, seen from then, are next others; None for never."""
        return next_change(
            self.visit(session), now_us, self.rulebook, self.profile(session), seen_at_plan_end
        )

    def one_minute(
        self, session: Session, services: tuple[str, ...], now_us: int, *, at_plan_end: bool
    ) -> str:
        """Return what one minute of some services would change, if all stopped now or at their plans.

        Once the session has ended it is what one minute of the record would change.
        """
        visit, profile = self.visit(session), self.profile(session)
        if session.stage is Stage.OPEN:
            visit = seen_at_plan_end(visit, now_us) if at_plan_end else stopped_at(visit, now_us)
        return told_of(services, code(visit, self.rulebook, profile), visit, self.rulebook, profile)

    def unit_minutes(self, session: Session, order: Order, most: int) -> tuple[int, ...]:
        """Return the minutes of running, up to ``most``, at which an infusion's units change."""
        visit = self.visit(session)
        era = self.rulebook.on(visit.date)
        if era is None:
            return ()
        own = visit.options
        options = options_on(self.rulebook, self.profile(session), visit.setting, visit.date, own)
        return unit_minutes(era.thresholds, options, order, most)

    def signing(self, session: Session, head: str) -> Callable[[Session, When], Decision]:
        """Return the action that seals a session's lines, made now, under the journal's head.

        It refuses a session that has changed since: nobody has seen the lines it would have now.
        """
        coding = self.as_recorded(session)

        def sign(current: Session, when: When) -> Decision:
            if current != session:
                return sealed(current) or Refusal("the session has changed: look at its lines again")
            return sign_session(
                current,
                when,
                rulebook=coding.rulebook,
                profile=coding.profile,
                head=head,
                lines=sealed_lines(current, coding),
                not_billed=tuple(item.why for item in coding.not_billed),
                findings=tuple(f"{finding.level}: {finding.text}" for finding in coding.findings),
                blockers=tuple(finding.text for finding in coding.blockers),
            )

        return sign


def _stop_us(service: Service, longest_hours: int) -> int | None:
    """Return when what runs stopped, as told, or else as its volume and rate would have it."""
    if not service.order.runs:
        return None
    return service.stop.at_us if service.stop else computed_stop_us(_visit_service(service), longest_hours)


def _after_end_words(zone: str, service: Service, stop_us: int, ended_us: int) -> str:
    stop, end = (local_time(us, zone).strftime("%H:%M:%S") for us in (stop_us, ended_us))
    drug = service.order.drug or service.order.route
    return f"The stop of {drug} at {stop} is after the session's end at {end}; see which of the two is true."


def sealed_lines(session: Session, coding: Coding) -> tuple[SignedLine, ...]:
    """Return a coding's lines as they are signed, each with an id that never changes."""
    version = len(session.signatures) + 1
    return tuple(
        _sealed(line, f"{session.id}.{version}.{number:02}")
        for number, line in enumerate(coding.lines, start=1)
    )


def _sealed(line: Line, line_id: str) -> SignedLine:
    return SignedLine(
        id=line_id,
        code=line.code,
        units=line.units,
        modifiers=line.modifiers,
        kind=line.kind.value,
        date=line.date,
        services=line.services,
        drugs=line.drugs,
        minutes=line.minutes,
        start_us=line.start_us,
        stop_us=line.stop_us,
        ndc=line.ndc,
        why=line.why,
        rules=line.rules,
        sources=line.sources,
        ndc_quantity=line.ndc_quantity,
        ndc_unit=line.ndc_unit,
    )


def _start_us(service: Service) -> int:
    if service.start is None:
        message = f"service {service.id} has not begun"
        raise ValueError(message)
    return service.start.at_us


def _visit_service(service: Service) -> VisitService:
    stop_us = service.stop.at_us if service.stop else None
    return VisitService(
        id=service.id,
        order=service.order,
        start_us=_start_us(service),
        stop_us=stop_us,
        pauses=tuple((p.since.at_us, p.until.at_us if p.until else stop_us) for p in service.pauses),
        stop_how=service.stop.how if service.stop else HowKnown.CHARTED,
        not_witnessed=bool(service.not_witnessed),
        clock_behind=any(moment.how is HowKnown.EARLIEST for moment in service.moments()),
    )
