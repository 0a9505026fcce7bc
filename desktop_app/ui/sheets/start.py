"""Starting a service: three letters, a scan, the plan's next. The instant was stamped before the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from desktop_app.core.care import add_note, change_order, give_service, open_site, start_service
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action, Outcome
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Order, Route, Setting
from desktop_app.core.ports import JournalError
from desktop_app.core.protocols import FIRST_SITE, planned_services
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark
from desktop_app.ui import words
from desktop_app.ui.offers import Known
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.station import Station
from desktop_app.ui.suite_drugs import SuiteDrugs
from desktop_app.ui.together import together
from desktop_app.ui.touches import Touch

_THROUGH_A_VEIN = frozenset({Route.IV_INFUSION, Route.IV_PUSH})
UNSTAMPED = "Not stamped: the start is the moment you press Enter or Start. Esc starts nothing."
SITE_NAMED = "the access site got its name"


def ask_start(
    station: Station,
    session: Session,
    *,
    stamped: When | None,
    planned: Service | None = None,
    letters: str = "",
    vial: str = "",
    scanned: When | None = None,
    again: bool = False,
) -> None:
    """Ask what starts: a planned service, a drug by its letters, or what a vial's barcode says.

    ``stamped`` is the touch that asked for it; without one, Enter is the instant. A scan is none:
    nothing runs yet when a vial is scanned. ``again``: that the drug runs already is known.
    """
    sheet = _sheet(station, session, "")

    def take(asked: When | None) -> None:
        sheet.asked = asked
        if asked is None:
            sheet.say_unstamped(unstamped(station, scanned))
        else:
            sheet.say_stamped(words.clock_s(asked.at_us, station.zone))

    take(stamped)
    if again:
        sheet.known = replace(sheet.known, running=())
    if planned is not None:
        sheet.fill_planned(planned)
    if letters:
        sheet.search.setText(letters)
    sheet.offer_earlier(stamped or station.stamp(), session.zone)

    def touched(*, now: bool) -> When:
        return station.stamp() if now or sheet.asked is None else sheet.asked

    def begun(*, now: bool) -> None:
        _start(sheet, partial(_record, station, session, sheet, touched(now=now)))

    sheet.took_match.connect(lambda now: take(touched(now=now)))
    sheet.left_match.connect(lambda: take(stamped))
    sheet.confirmed.connect(lambda now: begun(now=now))
    station.sheets.open(sheet)
    if vial:
        sheet.take_scan(vial)


def _record(
    station: Station, session: Session, sheet: StartSheet, asked: When, said: str, action: Action
) -> Outcome | None:
    when = sheet.instant(asked)
    if isinstance(when, str):
        sheet.show_problem(when)
        return Refusal(when)
    return station.touch(session, f"{said} at {words.clock_s(when.at_us, session.zone)}", action, when)


def ask_start_at_mark(station: Station, session: Session, mark: Mark) -> None:
    """Ask what started at a mark."""
    at = words.clock_s(mark.at.at_us, session.zone)
    sheet = _sheet(station, session, f"The start is the mark at {at}. Esc leaves the mark open.")

    def record(said: str, action: Action) -> Outcome | None:
        when = station.stamp()
        told = f"Chair {session.chair} · {said} at {at}"
        desk = station.desk
        return station.touches.send(Touch(told, lambda: desk.assign(mark.id, session.id, said, action, when)))

    sheet.confirmed.connect(lambda _: _start(sheet, record))
    station.sheets.open(sheet)


def begin(order: Order, service: str = "") -> Action:
    """Return the action that starts a service, or records one of a single moment."""

    def act(session: Session, when: When) -> Decision:
        decide = start_service if order.runs else give_service
        return decide(session, when, service=service or session.next_service_id, order=order)

    return act


def begun_words(order: Order) -> str:
    """Say that a service began."""
    return f"{words.drug_name(order)} {'started' if order.runs else 'given'}"


def known_to(station: Station, session: Session | None, *, with_plan: bool = True) -> Known:
    """Return what a sheet may offer and fill in from, with the plan of a session where that is wanted."""
    return Known(
        house=SuiteDrugs(station.drugs, station.settings),
        suite=station.desk.expected,
        lately=_lately(station),
        products=station.products,
        planned=planned_services(session) if session and with_plan else (),
        running=tuple(session.open_services) if session and with_plan else (),
        is_office=(session.setting if session else station.settings.get("setting")) == Setting.PHYSICIAN,
    )


def _lately(station: Station) -> tuple[Order, ...]:
    """Return what was begun in the last days; a journal that cannot be read now keeps nobody from a start."""
    try:
        return station.desk.lately.orders()
    except JournalError:
        return ()


def _sheet(station: Station, session: Session, under: str) -> StartSheet:
    title = f"Chair {session.chair} · start a service"
    today = local_date(station.now_us(), session.zone).isoformat()
    sheet = StartSheet(station.theme, title, under, known_to(station, session), today)
    sheet.list.fit(station.sheets.room)
    sites = [s.order.site for s in session.begun_services if s.order.route in _THROUGH_A_VEIN]
    opened = [site.name for site in session.sites]
    unused = [site for site in opened if site not in sites]
    sheet.know_sites(frozenset([*sites, *opened]), [FIRST_SITE, *sites, *unused][-1])
    return sheet


def _start(sheet: StartSheet, record: Callable[[str, Action], Outcome | None]) -> None:
    order = sheet.order()
    if isinstance(order, str):
        sheet.show_problem(order)
    else:
        opened = sheet.opened_site()
        first: list[Action] = [partial(open_site, site=opened[0], reason=opened[1])] if opened else []
        first += [_name_site(order.site)] if sheet.names_site() else []
        noted = f"{words.drug_name(order)}: {sheet.note()}"
        last: list[Action] = [partial(add_note, text=noted)] if sheet.note() else []
        begun = begin(order, sheet.service())
        if not isinstance(record(begun_words(order), together(*first, begun, *last)), Refusal):
            sheet.done.emit()


def _name_site(site: str) -> Action:
    """Return the action that gives a name to the site used so far: one site must not count as two."""

    def act(session: Session, when: When) -> Decision:
        unnamed = [
            s
            for s in session.services
            if s.order.site == FIRST_SITE and s.order.route in _THROUGH_A_VEIN and not s.void_reason
        ]
        changes = (
            partial(change_order, service=s.id, order=replace(s.order, site=site), reason=SITE_NAMED)
            for s in unnamed
        )
        return together(*changes)(session, when)

    return act


def unstamped(station: Station, scanned: When | None) -> str:
    """Say that the start is still to come, and that a scan was none."""
    scan = f"Scanned {words.clock_s(scanned.at_us, station.zone)}, which is no start. " if scanned else ""
    return f"{scan}{UNSTAMPED}"
