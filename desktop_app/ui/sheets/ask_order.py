"""Asking for one order of a plan, and going back to where the plan is shown."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.orders import Order
from desktop_app.core.session import Session
from desktop_app.ui.sheets.order_sheet import OrderSheet
from desktop_app.ui.sheets.start import known_to
from desktop_app.ui.station import Station

Taken = Callable[[Order], bool]
"""Takes the order; False where it could not be, which has been said in the sheet."""


def ask_order(
    station: Station,
    order: Order | None,
    taken: Taken,
    back: Callable[[], None],
    *,
    title: str,
    session: Session | None = None,
) -> None:
    """Ask for an order, from an earlier one or anew; ``back`` shows the plan again, taken or not."""
    on = "Put it on the plan" if order is None else "Keep the change"
    known = known_to(station, session, with_plan=False)
    sheet = OrderSheet(station.theme, title, "Nothing starts: this is the plan.", known, on=on)
    sheet.list.fit(station.sheets.room)
    if order is not None:
        sheet.fill_from(order)
    sheet.confirmed.connect(lambda _: _take(sheet, taken))
    station.sheets.open(sheet)
    sheet.done.connect(back)


def _take(sheet: OrderSheet, taken: Taken) -> None:
    order = sheet.order()
    if isinstance(order, str):
        sheet.show_problem(order)
    elif taken(order):
        sheet.done.emit()
