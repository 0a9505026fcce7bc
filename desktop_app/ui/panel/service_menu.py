"""What can be done about one service, from its row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_app.core.decisions import Decision, When
from desktop_app.core.desk import Action
from desktop_app.core.protocols import take_off_plan
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.ui import words
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.kept_moments import is_kept
from desktop_app.ui.moment_words import moment_name
from desktop_app.ui.panel.panel_model import service_row
from desktop_app.ui.sheets.choose import Item
from desktop_app.ui.sheets.correct import (
    ask_correction,
    ask_removal_of_not_witnessed,
    ask_strike_out,
    take_stop_back,
)
from desktop_app.ui.sheets.describe import ask_description
from desktop_app.ui.sheets.dose import ask_dose
from desktop_app.ui.sheets.grouped import GroupedSheet, Offer
from desktop_app.ui.sheets.later_stop import ask_which_stop
from desktop_app.ui.sheets.moment_history import show_times
from desktop_app.ui.sheets.more import note_of, offers
from desktop_app.ui.sheets.plan import ask_change, ask_plan
from desktop_app.ui.sheets.start import ask_start, begin
from desktop_app.ui.sheets.started_at import ask_started_at
from desktop_app.ui.sheets.stopped_at import ask_stopped_at, needs_true_stop
from desktop_app.ui.station import Station


def ask_about_service(station: Station, session: Session, service: Service) -> None:
    """Ask what to do about a service; nothing can be done about a signed or a struck-out one."""
    later = [Offer(text, _as_offer(act)) for text, act in items(station, session, service)]
    if later:
        title = f"Chair {session.chair} · {words.drug_words(service.order)}"
        row = service_row(session, service, station.now_us())
        now = offers(station, session, service) if _runs_here(session, service) else []
        note = note_of(station, session, service)
        groups = [("Now", [*now, note]), ("Complete and put right", later)]
        if service.state is ServiceState.PLANNED:
            groups = [("Now", later), ("Also", [note])]
        station.sheets.open(GroupedSheet(station.theme, title, row.times, groups, station.stamp))


def items(station: Station, session: Session, service: Service) -> list[Item]:
    """Return what can be done, the likeliest first."""
    if session.stage in {Stage.SIGNED, Stage.CANCELLED} or service.void_reason:
        return []
    ask = partial(_asked, station, session, service)
    found: list[Item] = []
    if service.state is ServiceState.PLANNED:
        return _planned_items(station, session, service)
    if service.proposals and service.stop:
        found.append(("Stopped twice: which is true?", ask(ask_which_stop)))
    if needs_true_stop(service) and not _runs_here(session, service):
        found.append(("Stopped at…", lambda: ask_stopped_at(station, session, station.stamp(), service.id)))
    if service.start is not None:
        found.append(("Dose and containers…", ask(ask_dose)))
        found.append(("Drug, way, site…", ask(ask_description)))
        found += _corrections(station, session, service)
    if service.stop is not None and service.order.runs:
        found.append(("It still runs", ask(take_stop_back)))
    if service.start is not None:
        found.append(("History of its times", ask(show_times)))
    if service.state is ServiceState.NOT_WITNESSED:
        found.append(("Take back “not witnessed”…", ask(ask_removal_of_not_witnessed)))
    found.append(("Strike out…", ask(ask_strike_out)))
    return found


def _planned_items(station: Station, session: Session, service: Service) -> list[Item]:
    ask = partial(_asked, station, session, service)
    verb = "Start" if service.order.runs else "Given"
    return [
        (f"{verb} now", ask(_start)),
        (f"{verb}, with dose or vial…", lambda: _start_asking(station, session, service)),
        (f"{verb}{'ed' if service.order.runs else ''} at…", ask(ask_started_at)),
        ("Change…", ask(ask_change)),
        ("Take off the plan", _now(station, session, service, take_off_plan, "taken off the plan")),
        ("The whole plan…", partial(ask_plan, station, session)),
    ]


def _start_asking(station: Station, session: Session, service: Service) -> None:
    when = station.stamp()
    if not _is_start_kept(station, session, service, when):
        ask_start(station, session, stamped=when, planned=service)


def _asked(
    station: Station, session: Session, service: Service, flow: Callable[[Station, Session, Service], None]
) -> Callable[[], None]:
    return lambda: flow(station, session, service)


def _runs_here(session: Session, service: Service) -> bool:
    """Return whether a service is open in a session that is; what can be done with it now is offered then."""
    return service.is_open and session.stage is Stage.OPEN


def _as_offer(act: Callable[[], None]) -> Callable[[When], None]:
    return lambda _: act()


def _corrections(station: Station, session: Session, service: Service) -> list[Item]:
    whats = [("start", 0)] if service.start else []
    for index, pause in enumerate(service.pauses):
        whats += [("pause", index), *([("resume", index)] if pause.until else [])]
    whats += [("stop", 0)] if service.stop and service.order.runs else []
    ask = partial(ask_correction, station, session, service)
    return [(f"Correct the {moment_name(service, *named)}…", partial(ask, *named)) for named in whats]


def _now(
    station: Station, session: Session, service: Service, decide: Callable[..., Decision], verb: str
) -> Callable[[], None]:
    def act() -> None:
        when = station.stamp()
        action: Action = partial(decide, service=service.id)
        said = f"{words.drug_name(service.order)} {verb} at {words.clock_s(when.at_us, session.zone)}"
        station.touch(session, said, action, when)

    return act


def _start(station: Station, session: Session, service: Service) -> None:
    when = station.stamp()
    if _is_start_kept(station, session, service, when):
        return
    verb = "started" if service.order.runs else "given"
    said = f"{words.drug_name(service.order)} {verb} at {words.clock_s(when.at_us, session.zone)}"
    station.touch(session, said, begin(service.order, service.id), when)


def _is_start_kept(station: Station, session: Session, service: Service, when: When) -> bool:
    """Say whether somebody may not start it; the moment is marked then."""
    return is_kept(station, session.chair, when, f"{Deed.START} {service.id}")
