"""Describing a begun service anew: another drug, way, site or plan, with a reason; its times stay."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit

from desktop_app.core.access import Right
from desktop_app.core.care import change_order
from desktop_app.core.decisions import Refusal
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.offers import Known
from desktop_app.ui.sheets.order_sheet import OrderSheet
from desktop_app.ui.sheets.start import known_to
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Field

UNDER = "What was started as another drug, by another way or at another site. Its times stay as they are."
WHY = "say why it is described anew"


class DescribeSheet(OrderSheet):
    """Asks what it truly was, and why that is put right."""

    needs = Right.CARE

    def __init__(self, theme: Theme, title: str, known: Known) -> None:
        super().__init__(theme, title, UNDER, known, on="Put it right")
        self.reason = Field(theme, "Reason")
        self.body.addWidget(self.reason)

    def _lay_out_site(self) -> None:
        """The site is known once it has begun."""

    def faulty(self) -> QLineEdit | None:
        """The field that cannot be taken, or the reason that is missing."""
        return super().faulty() or (None if self.reason.text else self.reason.edit)


def ask_description(station: Station, session: Session, service: Service) -> None:
    """Ask what a service truly was."""
    title = f"{words.drug_name(service.order)} · drug, way, site"
    sheet = DescribeSheet(station.theme, title, known_to(station, session, with_plan=False))
    sheet.list.fit(station.sheets.room)
    sheet.fill_from(service.order)
    sheet.site.set_text(service.order.site)
    sheet.confirmed.connect(lambda _: _describe(station, session, service, sheet))
    station.sheets.open(sheet)


def _describe(station: Station, session: Session, service: Service, sheet: DescribeSheet) -> None:
    when, order = station.stamp(), sheet.order()
    if isinstance(order, str):
        sheet.show_problem(order)
    elif not sheet.reason.text:
        sheet.show_problem(WHY)
    else:
        action = partial(change_order, service=service.id, order=order, reason=sheet.reason.text)
        said = f"{words.drug_name(service.order)} described anew"
        if not isinstance(station.touch(session, said, action, when), Refusal):
            sheet.done.emit()
