"""The plan of a session: add, change, put in order, take off; each is recorded as it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import plan_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.orders import Order
from desktop_app.core.protocols import (
    change_planned,
    plan_all,
    planned_services,
    protocol_of,
    reorder_plan,
    take_off_plan,
)
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.ask_order import Taken, ask_order
from desktop_app.ui.sheets.ordered_rows import moved_to
from desktop_app.ui.sheets.plan_rows import PlanRows
from desktop_app.ui.sheets.protocol_picker import ProtocolPicker, by_last_use
from desktop_app.ui.sheets.protocol_sheet import ask_protocol
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button


class PlanSheet(Sheet):
    """Shows what waits for its start in a session."""

    needs = Right.CARE

    def __init__(self, theme: Theme, session: Session) -> None:
        under = "What waits for its start, in its order. Each change is kept at once."
        super().__init__(theme, f"Chair {session.chair} · plan", under, width=WIDE)
        self.rows = PlanRows(theme)
        self.from_protocol = Button(theme, "Add a protocol…")
        self.keep = Button(theme, "Save as a protocol…")
        self.body.addWidget(self.rows)
        self.add_row(self.from_protocol, self.keep)
        self.close_button = self.add_close()
        self.show_session(session)

    def show_session(self, session: Session, chosen: int = 0) -> None:
        """Show the plan as it is now."""
        self.rows.show_orders([service.order for service in planned_services(session)], chosen)
        self.keep.setEnabled(any(not service.void_reason for service in session.services))

    def first_field(self) -> QWidget:
        """The list; where it is empty, the way to add to it."""
        return self.rows.list if self.rows.list.count() else self.rows.add


class AddProtocolSheet(Sheet):
    """Asks which protocol is added to a plan."""

    needs = Right.CARE

    def __init__(self, theme: Theme, chair: str, picker: ProtocolPicker) -> None:
        super().__init__(theme, f"Chair {chair} · add a protocol", "All of it goes to the end of the plan.")
        self.picker = picker
        self.body.addWidget(picker)
        self.back, self.go = self.add_ways_on("Cancel", "Add to the plan")

    def first_field(self) -> QWidget:
        """The letters."""
        return self.picker.search


def ask_plan(station: Station, session: Session, _when: When | None = None) -> None:
    """Show a session's plan and let it be changed."""
    _Planning(station, session).show()


def ask_change(station: Station, session: Session, service: Service) -> None:
    """Ask how a planned service is ordered otherwise, from its row in the panel."""
    _Planning(station, session).change(service, lambda: None)


class _Planning:
    """One plan that is being changed: its session, read anew after each change."""

    def __init__(self, station: Station, session: Session) -> None:
        self._station = station
        self._session = session

    def show(self, chosen: int = 0) -> None:
        """Open the plan's sheet."""
        sheet = PlanSheet(self._station.theme, self._session)
        sheet.show_session(self._session, chosen)
        sheet.rows.fit(self._station.sheets.room)
        sheet.rows.add_wanted.connect(self._add)
        sheet.rows.change_wanted.connect(lambda at: self.change(self._at(at), lambda: self.show(at)))
        sheet.rows.moved.connect(partial(self._move, sheet))
        sheet.rows.remove_wanted.connect(partial(self._remove, sheet))
        sheet.from_protocol.clicked.connect(self._add_protocol)
        sheet.keep.clicked.connect(self._keep)
        self._station.sheets.open(sheet)

    def change(self, service: Service, back: Callable[[], None]) -> None:
        """Ask how a planned service is ordered otherwise."""
        drug = words.drug_name(service.order)

        def taken(order: Order) -> bool:
            action = partial(change_planned, service=service.id, order=order)
            return self._record(f"{drug} planned otherwise", action)

        self._ask(service.order, taken, back, f"change {drug}")

    def _at(self, at: int) -> Service:
        return planned_services(self._session)[at]

    def _ask(self, order: Order | None, taken: Taken, back: Callable[[], None], what: str) -> None:
        title = f"Chair {self._session.chair} · {what}"
        ask_order(self._station, order, taken, back, title=title, session=self._session)

    def _add(self) -> None:
        def taken(order: Order) -> bool:
            said = f"{words.drug_name(order)} put on the plan"
            return self._record(said, lambda s, w: plan_service(s, w, service=s.next_service_id, order=order))

        self._ask(None, taken, lambda: self.show(len(planned_services(self._session)) - 1), "plan a service")

    def _move(self, sheet: PlanSheet, at: int, to: int) -> None:
        services = moved_to([service.id for service in planned_services(self._session)], at, to)
        if self._record("plan put in another order", partial(reorder_plan, services=services)):
            sheet.show_session(self._session, to)

    def _remove(self, sheet: PlanSheet, at: int) -> None:
        service = self._at(at)
        said = f"{words.drug_name(service.order)} taken off the plan"
        if self._record(said, partial(take_off_plan, service=service.id)):
            sheet.show_session(self._session, at)

    def _add_protocol(self) -> None:
        station = self._station
        protocols = by_last_use(station.protocols.all(), station.desk.suite)
        picker = ProtocolPicker(station.theme, protocols, name="Protocol", none="Choose a protocol.")
        sheet = AddProtocolSheet(station.theme, self._session.chair, picker)
        sheet.confirmed.connect(lambda _: self._take_protocol(sheet))
        station.sheets.open(sheet)
        sheet.done.connect(self.show)

    def _take_protocol(self, sheet: AddProtocolSheet) -> None:
        protocol = sheet.picker.protocol()
        if protocol is None:
            sheet.show_problem("choose a protocol first")
            return
        action = partial(plan_all, orders=protocol.services, protocol=protocol.name)
        if self._record(f"{protocol.name} put on the plan", action):
            sheet.done.emit()

    def _keep(self) -> None:
        ask_protocol(self._station, protocol_of(self._session, ""), self.show)

    def _record(self, said: str, action: Action) -> bool:
        """Record a change; False where it was refused, which the open sheet says."""
        outcome = self._station.touch(self._session, said, action, self._station.stamp())
        self._session = self._station.expected(self._session.id) or self._session
        return not isinstance(outcome, Refusal)
