"""Starting a service: three letters, Enter. The instant was stamped before the sheet opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.care import give_service, start_service
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action, Outcome
from desktop_app.core.orders import Order
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark, Suite
from desktop_app.ui import words
from desktop_app.ui.drug_search import find_drugs, last_order
from desktop_app.ui.ports import Drug
from desktop_app.ui.sheets.drug_list import DrugList
from desktop_app.ui.sheets.order_form import (
    FIRST_SITE,
    WAYS,
    OrderForm,
    Way,
    dose_text,
    read_order,
    way_of,
)
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TIMED = {Way.INFUSION, Way.HYDRATION}


class StartSheet(Sheet):
    """Asks what is given, how, how much and where."""

    def __init__(self, theme: Theme, title: str, under: str, drugs: Sequence[Drug], suite: Suite) -> None:
        super().__init__(theme, title, under)
        self._drugs = drugs
        self._suite = suite
        self._filled_for = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type three letters of a drug or fluid")
        self.search.setAccessibleName("Drug or fluid")
        self.search.installEventFilter(self)
        self.list = DrugList(theme)
        self.free_text = label("", size=12, tone="soft", wrap=True)
        self.way = Choice(theme, "How it is given", [(key.value, text) for key, text in WAYS])
        self.dose = Field(theme, "Dose")
        self.planned = Field(theme, "Planned minutes")
        self.site = Field(theme, "Access site")
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(self._fill)
        self.list.itemClicked.connect(lambda _: self.search.setFocus())
        self.way.chosen.connect(lambda _: self._say_way())
        self._find("")

    def order(self) -> Order | str:
        """Return the order as it stands in the sheet, or what is wrong with it."""
        form = OrderForm(
            name=self.search.text(),
            drug=self.list.drug(),
            way=Way(self.way.taken),
            dose=self.dose.text,
            planned=self.planned.text,
            site=self.site.text,
        )
        return read_order(form)

    def fill_from(self, order: Order) -> None:
        """Fill the sheet from an order."""
        self.search.setText(order.drug)
        self.way.take(way_of(order.category, order).value)
        self.dose.set_text(dose_text(order))
        self.planned.set_text(str(order.planned_minutes or ""))
        self.site.set_text("" if order.site == FIRST_SITE else order.site)
        self._say_way()

    def first_field(self) -> QWidget:
        """The search, ready for three letters."""
        return self.search

    def _lay_out(self) -> None:
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addWidget(self.free_text)
        self.body.addWidget(self.way)
        self.add_row(self.dose, self.planned, self.site)
        self.back, self.go = self.add_ways_on("Cancel", "Start")

    def _find(self, text: str) -> None:
        found = find_drugs(self._drugs, text)
        self.list.show_drugs(found)
        self.list.setVisible(bool(found))
        typed = text.strip()
        self.free_text.setText(f"Not in the drug table: “{typed}” is recorded as typed, without a drug line.")
        self.free_text.setVisible(bool(typed) and not found)
        self.show_problem("")

    def _fill(self, _row: int) -> None:
        drug = self.list.drug()
        if drug is None or drug.name == self._filled_for:
            return
        self._filled_for = drug.name
        last = last_order(self._suite, drug.name)
        self.way.take(way_of(drug.category, last).value)
        self.dose.set_text(dose_text(last))
        self.dose.edit.setPlaceholderText(drug.unit)
        self.planned.set_text(str(last.planned_minutes or "") if last else "")
        self._say_way()

    def _say_way(self) -> None:
        timed = Way(self.way.taken) in _TIMED
        self.planned.setEnabled(timed)
        self.go.show_as("Start" if timed else "Record as given")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while the letters are typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
        return super().eventFilter(watched, event)


def ask_start(
    station: Station,
    session: Session,
    *,
    stamped: When | None,
    fill: Order | None = None,
    letters: str = "",
) -> None:
    """Ask what starts. ``stamped`` is the touch that asked for it; without one, Enter is the instant."""
    sheet = _sheet(station, session, _under(station, stamped))
    if fill is not None:
        sheet.fill_from(fill)
    sheet.search.setText(letters or sheet.search.text())

    def record(said: str, action: Action, *, now: bool) -> Outcome | None:
        when = station.stamp() if now or stamped is None else stamped
        return station.touch(session, f"{said} at {words.clock_s(when.at_us, session.zone)}", action, when)

    sheet.confirmed.connect(lambda now: _start(sheet, partial(record, now=now)))
    station.sheets.open(sheet)


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
    return f"{order.drug} {'started' if order.runs else 'given'}"


def _sheet(station: Station, session: Session, under: str) -> StartSheet:
    title = f"Chair {session.chair} · start a service"
    sheet = StartSheet(station.theme, title, under, station.drugs.all(), station.desk.suite)
    sheet.site.set_text(_last_site(session))
    return sheet


def _start(sheet: StartSheet, record: Callable[[str, Action], Outcome | None]) -> None:
    order = sheet.order()
    if isinstance(order, str):
        sheet.show_problem(order)
    elif not isinstance(record(begun_words(order), begin(order)), Refusal):
        sheet.done.emit()


def _under(station: Station, stamped: When | None) -> str:
    if stamped is None:
        return "The start is the moment you press Enter. Esc starts nothing."
    at = words.clock_s(stamped.at_us, station.zone)
    return f"Stamped {at}. Enter takes it, Shift+Enter takes the moment you press. Esc keeps nothing."


def _last_site(session: Session) -> str:
    sites = [service.order.site for service in session.begun_services]
    return sites[-1] if sites and sites[-1] != FIRST_SITE else ""
