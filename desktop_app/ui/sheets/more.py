"""More: everything that can be done at a chair, in groups, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from desktop_app.core.decisions import When
from desktop_app.core.orders import Route
from desktop_app.core.reminders import Reminder
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.titration import next_step
from desktop_app.ui import words
from desktop_app.ui.board.card_buttons import next_planned
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.kept_moments import is_kept
from desktop_app.ui.sheets.bag import ask_bag
from desktop_app.ui.sheets.grouped import GroupedSheet, Offer
from desktop_app.ui.sheets.line_care import keep_open, stoppable
from desktop_app.ui.sheets.note import ask_note
from desktop_app.ui.sheets.pause import ask_pause, resume
from desktop_app.ui.sheets.rate import ask_rate, step_words, take_next_step
from desktop_app.ui.sheets.stop import stop
from desktop_app.ui.sheets.stop_next import stop_and_start_next
from desktop_app.ui.sheets.stopped_at import ask_stopped_at
from desktop_app.ui.sheets.which import OneOf
from desktop_app.ui.station import Station

Act = Callable[[Deed, When], None]
"""Does a deed at the chair, at an instant."""

_AT_THE_CHAIR = (
    (Deed.REACTION, "Reaction…", "y"),
    (Deed.NOTE, "Note…", "j"),
    (Deed.FLUSH, "Flush given", "f"),
    (Deed.FLUSH_PORT, "Port flush given", "z"),
    (Deed.KEEP_OPEN, "Keep vein open", "h"),
    (Deed.SITE, "Further site…", "i"),
    (Deed.START, "Add a service…", "a"),
    (Deed.PLAN, "Plan…", "l"),
    (Deed.MARK, "Mark time", "m"),
    (Deed.MOVE, "Move to another chair…", "c"),
    (Deed.PRINT, "Print…", "q"),
    (Deed.END, "End session", "e"),
)
_AFTERWARDS = (
    (Deed.REVIEW, "Review and sign", "r"),
    (Deed.PRINT, "Print…", "q"),
    (Deed.NOTE, "Note…", "j"),
    (Deed.REACTION, "Reaction…", "y"),
    (Deed.SEAT, "Seat the next patient…", "a"),
)


def ask_more(station: Station, session: Session, when: When, act: Act, about: str = "") -> None:
    """Offer what can be done at a chair; of several services that run, those of the chosen one."""
    opened = lead_first(session.open_services, when.at_us) if session.stage is Stage.OPEN else []
    lead = session.service(about) or (opened[0] if opened else None)
    groups = [(words.drug_words(lead.order), offers(station, session, lead))] if lead and opened else []
    due = station.reminding.for_card(session, when.at_us)
    groups.append(("This visit", _seen(act, due) + _visit(session, act)))
    title = f"Chair {session.chair} · what now?"
    sheet = GroupedSheet(station.theme, title, words.who(session), groups, station.stamp)
    if lead is not None and len(opened) > 1:
        which = OneOf(station.theme, session, opened, lead.id)
        which.chosen.connect(lambda service: ask_more(station, session, when, act, service))
        sheet.put_first(which, which.chip(lead.id))
    station.sheets.open(sheet)


def offers(station: Station, session: Session, service: Service) -> list[Offer]:
    """Return what can be done with a service that runs or is paused, the likeliest first."""
    at = partial(_of, station, session, service)
    if service.state is ServiceState.PAUSED:
        found = [Offer("Resume", at(resume), "p")]
    else:
        found = [Offer("Pause…", at(ask_pause), "p")]
    found.insert(0, Offer("Stop", lambda when: _stop(station, session, service, when), "x"))
    planned, step = next_planned(session), next_step(service)
    if planned is not None:
        found.append(Offer(f"Stop, {_begin_words(planned)}", at(stop_and_start_next), "g"))
    if step is not None:
        rate = words.number(step.planned.rate_ml_h)
        found.append(Offer(f"{rate} mL/h: {step_words(step)}", at(take_next_step), "d"))
    if service.order.route is not Route.OBSERVATION:
        found += [Offer("New rate…", at(ask_rate), "v"), Offer("New bag…", at(ask_bag), "b")]
    if service in stoppable(session):
        found.append(Offer("Stop, keep vein open", at(keep_open), "h"))
    found = [replace(offer, act=_or_marked(station, session.chair, offer, service)) for offer in found]
    return [*found, Offer("Stopped at…", at(ask_stopped_at), "t")]


def _or_marked(station: Station, chair: str, offer: Offer, service: Service) -> Callable[[When], None]:
    """Return a deed that leaves a mark of its moment where somebody may not do it."""
    deed = f"{offer.text} {service.id}"
    return lambda when: None if is_kept(station, chair, when, deed) else offer.act(when)


def note_of(station: Station, session: Session, service: Service) -> Offer:
    """Return the offer of a note about a service; it can be made until the session is signed."""
    return Offer("Note…", _of(station, session, service, ask_note), "j")


def _seen(act: Act, due: tuple[Reminder, ...]) -> list[Offer]:
    return [_deed(act, Deed.SEEN, "What is due was seen", "k")] if due else []


def _visit(session: Session, act: Act) -> list[Offer]:
    if session.stage is not Stage.OPEN:
        missing = [(Deed.STOPPED_AT, "Stopped at…", "t")] if session.missing_stops else []
        return [_deed(act, *one) for one in (*missing, *_AFTERWARDS)]
    found = [_deed(act, *one) for one in _AT_THE_CHAIR]
    if stoppable(session):
        # Among what concerns the service it stops it as well.
        found = [offer for offer in found if offer.key != "h"]
    planned = next_planned(session)
    if planned is not None and not session.open_services:
        said = _begin_words(planned)
        found.insert(0, _deed(act, Deed.START_NEXT, said[:1].upper() + said[1:], "s"))
    return found


def _deed(act: Act, deed: Deed, text: str, key: str) -> Offer:
    return Offer(text, lambda when: act(deed, when), key)


def _of(
    station: Station,
    session: Session,
    service: Service,
    flow: Callable[[Station, Session, When, str], None],
) -> Callable[[When], None]:
    return lambda when: flow(station, session, when, service.id)


def _stop(station: Station, session: Session, service: Service, when: When) -> None:
    stop(station, session, (service.id,), when)


def _begin_words(planned: Service) -> str:
    verb = "start" if planned.order.runs else "give"
    return f"{verb} {words.drug_name(planned.order)}"
