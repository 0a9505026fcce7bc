"""Care of the line in one touch: a flush, and fluid that keeps the vein open from the instant of the stop."""

from __future__ import annotations

from functools import partial

from desktop_app.core.care import stop_service
from desktop_app.core.decisions import When
from desktop_app.core.desk import Action
from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.protocols import FIRST_SITE
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first, lead_service
from desktop_app.ui.sheets.start import begin, begun_words
from desktop_app.ui.sheets.which_stops import ask_which_stops
from desktop_app.ui.station import Station
from desktop_app.ui.together import together

FLUID = "normal saline (KVO)"
ALREADY = "the vein is kept open already"
_THROUGH_A_VEIN = frozenset({Route.IV_INFUSION, Route.IV_PUSH, Route.FLUSH, Route.PORT_FLUSH})


def flush(station: Station, session: Session, when: When, *, route: Route = Route.FLUSH) -> None:
    """Record a flush given at this instant, at the site that is in use."""
    drug = "port flush" if route is Route.PORT_FLUSH else "saline flush"
    site = line_in_use(session, when.at_us)
    order = Order(drug=drug, category=Category.OTHER, route=route, site=site)
    said = f"{begun_words(order)} at {words.clock_s(when.at_us, session.zone)}"
    station.touch(session, said, begin(order), when)


def flush_port(station: Station, session: Session, when: When) -> None:
    """Record a flush of a port given at this instant."""
    flush(station, session, when, route=Route.PORT_FLUSH)


def keep_open(station: Station, session: Session, when: When, service: str = "") -> None:
    """Stop what runs and keep the vein open from the same instant; of several that run, ask which."""
    drugs = stoppable(session)
    stopped = session.service(service) if service else drugs[0] if len(drugs) == 1 else None
    site = stopped.order.site if stopped else line_in_use(session, when.at_us)
    if drugs and stopped is None:
        _ask_which(station, session, when, drugs)
    elif any(s.order.kvo and s.order.site == site for s in session.open_services):
        station.touches.refused.emit(ALREADY)
    else:
        _keep_open(station, session, when, site, stopped)


def stoppable(session: Session) -> list[Service]:
    """Return what runs into a vein and can give way to fluid that keeps it open."""
    return [s for s in session.open_services if s.order.route is Route.IV_INFUSION and not s.order.kvo]


def line_in_use(session: Session, now_us: int) -> str:
    """Return the access site in use: of what runs, else of what was given last, else the newest one."""
    if session.open_services:
        return lead_service(session, now_us).order.site
    sites = [s.order.site for s in session.begun_services if s.order.route in _THROUGH_A_VEIN]
    sites += [site.name for site in session.sites] if not sites else []
    return sites[-1] if sites else FIRST_SITE


def _keep_open(station: Station, session: Session, when: When, site: str, stopped: Service | None) -> None:
    order = Order(drug=FLUID, category=Category.HYDRATION, route=Route.IV_INFUSION, site=site, kvo=True)
    at = words.clock_s(when.at_us, session.zone)
    actions: list[Action] = [partial(stop_service, service=stopped.id)] if stopped else []
    told = f"{words.drug_name(stopped.order)} stopped, vein kept open" if stopped else "vein kept open"
    station.touch(session, f"{told} from {at}", together(*actions, begin(order)), when)


def _ask_which(station: Station, session: Session, when: When, drugs: list[Service]) -> None:
    at = words.clock_s(when.at_us, session.zone)
    ask_which_stops(
        station,
        session,
        lead_first(drugs, when.at_us),
        lambda service: keep_open(station, session, when, service),
        title="keep the vein open",
        stamped=at,
        note="which stops? The fluid begins at the same instant",
        group="Then keep the vein open",
    )
