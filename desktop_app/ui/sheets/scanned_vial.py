"""A vial scanned on the board: what it begins at the chair, and what it means where its drug runs already."""

from __future__ import annotations

from functools import partial

from desktop_app.coding.ndc import NdcFault
from desktop_app.core.care import change_bag
from desktop_app.core.decisions import When
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_buttons import next_planned
from desktop_app.ui.late import ask_dose
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.sheets.start import ask_start
from desktop_app.ui.sheets.vial_part import vial_words
from desktop_app.ui.sheets.which import infusions
from desktop_app.ui.station import Station
from desktop_app.ui.vials import Vial, drug_of, is_from, read_vial

BAG, VIAL, SECOND = "New bag of it", "One more vial of it", "A second infusion of it…"
FRESH_US = 15 * MINUTE_US
"""So soon after a start, vials of the same dose are still counted; later a bag is changed."""


def ask_vial(station: Station, session: Session, text: str, when: When) -> None:
    """Ask what a scanned vial means at a chair: a start, or something about what runs already."""
    try:
        vial = read_vial(text, station.products, station.desk.expected)
    except NdcFault:
        # The start sheet says what is wrong with it.
        vial = Vial()
    running = runs_already(station, session, vial)
    planned = next_planned(session)
    if running is None or (planned is not None and _is_of(station, planned, vial)):
        ask_start(station, session, stamped=None, planned=planned, vial=text, scanned=when)
    else:
        _ask_again(station, session, running, text, vial, when)


def runs_already(station: Station, session: Session, vial: Vial) -> Service | None:
    """Return the infusion at a chair that is from such a vial; None without one."""
    return next((service for service in infusions(session) if _is_of(station, service, vial)), None)


def _is_of(station: Station, service: Service, vial: Vial) -> bool:
    drug = drug_of(vial, station.drugs.all(), station.products, station.desk.expected)
    return is_from(service.order, vial, drug)


def _ask_again(
    station: Station, session: Session, running: Service, text: str, vial: Vial, when: When
) -> None:
    """Ask whether it is a new bag, one more vial or a second infusion; the likeliest stands first."""
    bag = (BAG, partial(_new_bag, station, session, running, vial))
    more = (VIAL, partial(ask_dose, station, session, running, text))
    second = partial(ask_start, station, session, stamped=None, vial=text, scanned=when, again=True)
    first: list[Item] = [more, bag] if _counts_vials(running, when) else [bag, more]
    drug = words.drug_name(running.order)
    at = words.clock_s(when.at_us, session.zone)
    today = words.iso_day(when.at_us, session.zone)
    expired = vial.expiry is not None and vial.expiry.isoformat() < today
    under = f"Scanned {at}. {vial_words(vial, 1, expired=expired)}"
    title = f"Chair {session.chair} · {drug} already runs here"
    station.sheets.open(ChooseSheet(station.theme, title, under, [*first, (SECOND, second)]))


def _counts_vials(running: Service, when: When) -> bool:
    start_us = running.start.at_us if running.start else when.at_us
    return running.order.category is not Category.HYDRATION and when.at_us - start_us <= FRESH_US


def _new_bag(station: Station, session: Session, running: Service, vial: Vial) -> None:
    """Record a new bag at the touch that said so: a scan is made before it hangs."""
    when = station.stamp()
    at = words.clock_s(when.at_us, session.zone)
    said = f"new bag of {words.drug_name(running.order)} at {at}" + (f", lot {vial.lot}" if vial.lot else "")
    station.touch(session, said, partial(change_bag, service=running.id, lot=vial.lot), when)
