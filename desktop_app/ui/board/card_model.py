"""From a chair and the present instant to the value its card draws."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Order
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite
from desktop_app.ui import words
from desktop_app.ui.board.card_buttons import (
    SEAT,
    between_buttons,
    ended_buttons,
    next_planned,
    running_buttons,
)
from desktop_app.ui.board.card_codes import administration, code_words, codes_rest_words, infused_words
from desktop_app.ui.board.card_names import Names, chair_words, named, short_site
from desktop_app.ui.board.card_view import CardButton, CardState, CardView
from desktop_app.ui.board.likeliest import comes_next, rate_words, step_places
from desktop_app.ui.codings import Codings
from desktop_app.ui.shown_time import minutes_between, minutes_words


def card_view(
    suite: Suite, codings: Codings, chair: str, now_us: int, names: Names = Names.INITIALS
) -> CardView:
    """Return what the card of a chair shows at an instant."""
    place = suite.chairs.index(chair) + 1
    session = named(suite.shown_in(chair), names)
    if session is None:
        free = f"Chair {chair}, free"
        return CardView(chair=chair, place=place, state=CardState.FREE, sentence=free, buttons=(SEAT,))
    if session.stage is Stage.ENDED:
        return _ended(session, codings, place, now_us)
    if session.open_services:
        return _running(session, codings, place, now_us)
    return _between(session, codings, place, now_us)


def next_actions(session: Session | None, now_us: int) -> tuple[CardButton, ...]:
    """Return the buttons of a chair's card: of what it shows, or of what it will show."""
    if session is None:
        return (SEAT,)
    if session.stage is Stage.ENDED:
        return ended_buttons(session)
    if session.open_services:
        lead = lead_service(session, now_us)
        return running_buttons(session, session_state(session, now_us), lead, now_us)
    return between_buttons(session)


def lead_service(session: Session, now_us: int) -> Service:
    """Return the open service whose time a card shows: the most overdue, else a drug before a fluid."""
    return lead_of(session.open_services, now_us)


def lead_of(services: Sequence[Service], now_us: int) -> Service:
    """Return the same of some services."""
    return min(services, key=lambda service: _rank(service, now_us))


def lead_first(services: Sequence[Service], now_us: int) -> list[Service]:
    """Return services in the order in which they are asked about: what stands on the card comes first."""
    lead = lead_of(services, now_us) if services else None
    return sorted(services, key=lambda service: service is not lead)


def past_plan_us(service: Service, now_us: int) -> int:
    """Return for how long a running service is past its planned end; negative before it, or without one."""
    end_us = service.planned_end_us(now_us)
    if end_us is None or service.state is not ServiceState.RUNNING:
        return -1
    return now_us - end_us


def past_plan_minutes(service: Service, now_us: int) -> int:
    """Return the same in minutes, as the clock times of both are written."""
    end_us = service.planned_end_us(now_us)
    return 0 if end_us is None or past_plan_us(service, now_us) < 0 else minutes_between(end_us, now_us)


def session_state(session: Session, now_us: int) -> CardState:
    """Return what a session's chair is doing."""
    opened = session.open_services
    if session.stage is Stage.ENDED:
        return CardState.STOP_MISSING if session.missing_stops else CardState.READY
    if not opened:
        return CardState.SEATED
    if any(past_plan_us(service, now_us) >= 0 for service in opened):
        return CardState.PAST_PLAN
    paused = all(service.state is ServiceState.PAUSED for service in opened)
    return CardState.PAUSED if paused else CardState.RUNNING


def _rank(service: Service, now_us: int) -> tuple[int, bool, bool, int]:
    start_us = service.start.at_us if service.start else 0
    fluid = service.order.category is Category.HYDRATION
    overdue = past_plan_us(service, now_us)
    return (-max(overdue, 0), service.state is ServiceState.PAUSED, fluid, start_us)


def _running(session: Session, codings: Codings, place: int, now_us: int) -> CardView:
    lead = lead_service(session, now_us)
    state = session_state(session, now_us)
    coding = codings.now(session, now_us)
    pill, pill_short = _running_pill(session, lead, state, now_us)
    rest, short = _rest(session, lead)
    return CardView(
        chair=session.chair,
        place=place,
        state=state,
        sentence=f"{chair_words(session)}, {_spoken(lead, state, now_us)}",
        session=session.id,
        pill=pill,
        pill_short=pill_short,
        who=words.who(session),
        title=words.drug_words(lead.order),
        title_end=words.dose_words(lead.order),
        title_rest=rest,
        rest_short=short,
        time=words.hms(lead.elapsed_us(now_us)),
        permille=_permille(lead, now_us),
        steps=step_places(lead),
        notes=(_plan_note(session, lead, state, now_us),),
        codes=code_words(administration(coding)),
        codes_rest=codes_rest_words(coding, state),
        buttons=running_buttons(session, state, lead, now_us),
        by=f"Started {words.clock(lead.start.at_us, session.zone)} by {lead.start.by}" if lead.start else "",
    )


def _running_pill(session: Session, lead: Service, state: CardState, now_us: int) -> tuple[str, str]:
    """Return the pill's words and a short form of them."""
    if state is CardState.PAST_PLAN:
        minutes = past_plan_minutes(lead, now_us)
        return (f"{minutes} min past plan", f"{minutes} past") if minutes else ("At plan end", "Plan end")
    if state is CardState.PAUSED and lead.open_pause:
        length = words.m_ss(now_us - lead.open_pause.since.at_us)
        return f"Paused {length}", length
    opened = len(session.open_services)
    if lead.order.kvo:
        return "Vein kept open", "Kept open"
    return ("Running", "") if opened == 1 else (f"{opened} running", str(opened))


def _rest(session: Session, lead: Service) -> tuple[str, str]:
    """Return what stands behind the drug: what else runs, or the site; and a short form of it."""
    others = [words.drug_name(service.order) for service in session.open_services if service.id != lead.id]
    if others:
        return f"+ {', '.join(others)}", f"+{len(others)}"
    rate, site = rate_words(lead), words.site_words(lead.order.site)
    return f"· {rate or site}", f"· {rate or short_site(site)}"


def _spoken(lead: Service, state: CardState, now_us: int) -> str:
    drug = words.drug_name(lead.order)
    minutes = words.count_words(lead.elapsed_us(now_us) // MINUTE_US, "minute", "minutes")
    if state is CardState.PAUSED:
        return f"{drug}, paused after {minutes}"
    is_past = past_plan_us(lead, now_us) >= 0
    return f"{drug}, running {minutes}" + (
        f", {past_plan_minutes(lead, now_us)} past plan" if is_past else ""
    )


def _permille(lead: Service, now_us: int) -> int | None:
    if lead.order.planned_minutes is None:
        return None
    planned_us = max(1, lead.order.planned_minutes * MINUTE_US)
    return min(1000, lead.elapsed_us(now_us) * 1000 // planned_us)


def _plan_note(session: Session, lead: Service, state: CardState, now_us: int) -> str:
    if state is CardState.PAUSED and lead.open_pause:
        reason = lead.open_pause.reason
        return (
            reason[:1].upper() + reason[1:]
            or f"Paused at {words.clock(lead.open_pause.since.at_us, session.zone)}"
        )
    end_us = lead.planned_end_us(now_us)
    if end_us is None:
        start_us = lead.start.at_us if lead.start else now_us
        rest = "not billed" if lead.order.kvo else "no planned end"
        return f"Since {words.clock(start_us, session.zone)}, {rest}"
    if end_us <= now_us:
        return f"Plan ended {words.clock(end_us, session.zone)}: still running?"
    left = minutes_words(minutes_between(now_us, end_us))
    if (following := comes_next(session, lead, now_us)) is not None:
        return f"{left} left, then {words.drug_name(following.order)}"
    return f"{left} to plan end {words.clock(end_us, session.zone)}"


def _between(session: Session, codings: Codings, place: int, now_us: int) -> CardView:
    planned = next_planned(session)
    done = [service for service in session.begun_services if not service.is_open]
    ahead = codings.ahead(session, now_us) if planned else None
    coding = ahead[1] if ahead else codings.now(session, now_us)
    codes = code_words(administration(coding))
    return CardView(
        chair=session.chair,
        place=place,
        state=CardState.SEATED,
        sentence=f"{chair_words(session)}, {_between_spoken(planned, done)}",
        session=session.id,
        pill=seated_word(session),
        who=words.who(session),
        title=f"Plan: {words.drug_words(planned.order)}" if planned else _done_title(done),
        title_end=words.dose_words(planned.order) if planned else "",
        title_rest="" if planned else f"· since {words.clock(_waiting_since(session, done), session.zone)}",
        notes=_plan_list(session) if planned else _done_list(session, done),
        codes=codes,
        codes_rest=("at plan end" if ahead else "so far") if codes else "",
        buttons=between_buttons(session),
    )


def seated_word(session: Session) -> str:
    """Return what a chair is where nothing runs: waiting for the first service, or between two."""
    return "Between" if any(not service.is_open for service in session.begun_services) else "Seated"


def _between_spoken(planned: Service | None, done: list[Service]) -> str:
    if planned:
        return f"seated, next is {words.drug_name(planned.order)}"
    return f"nothing running, {len(done)} given" if done else "seated, no plan yet"


def _done_title(done: list[Service]) -> str:
    if not done:
        return "No service yet"
    return "Nothing running"


def _waiting_since(session: Session, done: list[Service]) -> int:
    return max([session.seated.at_us, *(service.last_moment_us or 0 for service in done)])


def _plan_list(session: Session) -> tuple[str, ...]:
    planned = [service for service in session.services if service.state is ServiceState.PLANNED]
    return tuple(f"{at} {_plan_words(service.order)}" for at, service in enumerate(planned[:3], start=1))


def _plan_words(order: Order) -> str:
    minutes = f"{order.planned_minutes} min" if order.planned_minutes else words.route_words(order)
    return f"{words.drug_name(order)} {minutes}".strip()


def _done_list(session: Session, done: list[Service]) -> tuple[str, ...]:
    return tuple(_done_words(session, service) for service in done[-3:])


def _done_words(session: Session, service: Service) -> str:
    start_us = service.start.at_us if service.start else 0
    if service.stop is None or not service.order.runs:
        return f"{words.drug_words(service.order)} at {words.clock(start_us, session.zone)}"
    stop_us = service.stop.at_us
    times = f"{words.clock(start_us, session.zone)}–{words.clock(stop_us, session.zone)}"
    return f"{words.drug_words(service.order)} {times}"


def _ended(session: Session, codings: Codings, place: int, now_us: int) -> CardView:
    state = session_state(session, now_us)
    coding = codings.now(session, now_us)
    missing = [words.drug_name(service.order) for service in session.missing_stops]
    count = len(session.begun_services)
    ended_us = session.ended.at_us if session.ended else now_us
    said = f"no stop for {', '.join(missing)}" if missing else "ready to review"
    return CardView(
        chair=session.chair,
        place=place,
        state=state,
        sentence=f"{chair_words(session)}, ended, {said}",
        session=session.id,
        pill="Stop missing" if missing else "Ready to review",
        pill_short="No stop" if missing else "Review",
        who=words.who(session),
        title=f"{count} service{'' if count == 1 else 's'}",
        title_rest=f"· ended {words.clock(ended_us, session.zone)}",
        time=infused_words(coding, session.missing_stops, "+ stop missing" if missing else "infused"),
        time_is_quiet=True,
        notes=(f"No stop: {', '.join(missing)}",) if missing else (),
        codes=code_words(coding.lines),
        codes_rest="so far" if missing and coding.lines else "",
        buttons=ended_buttons(session),
    )
