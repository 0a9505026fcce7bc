"""How the suite usually gives a drug: what the start sheet and a plan are filled with once it is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.orders import LONGEST_PLAN_MINUTES, TIMED_ROUTES, Category, Route
from desktop_app.core.ports import JournalError
from desktop_app.core.suite_drugs import Usual
from desktop_app.ui import words
from desktop_app.ui.ports import Drug
from desktop_app.ui.sheets.amounts import amount_problem, read_amount
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.suite_drugs import SuiteDrugs, key_of
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.words import short_name

UNDER = (
    "The start sheet and a plan are filled in with this when the drug is chosen. "
    "What a patient's plan says goes before it. Way and minutes that are empty here are filled as they "
    "were last given, a dose never."
)
ROUTES = (
    (Route.IV_INFUSION, "Infusion"),
    (Route.IV_PUSH, "Push"),
    (Route.SC, "SC"),
    (Route.IM, "IM"),
    (Route.SC_INFUSION, "SC infusion"),
    (Route.ORAL, "By mouth"),
)


class UsualOrderSheet(Sheet):
    """Asks how a drug is given here, how much and for how long."""

    needs = Right.PROTOCOLS

    def __init__(self, theme: Theme, drug: Drug, usual: Usual | None) -> None:
        super().__init__(theme, f"{called(drug)} · usual order", UNDER, width=WIDE)
        self._drug = drug
        taken = usual.route if usual else Route.IV_INFUSION
        self.route = Choice(
            theme, "How it is given", [(key.value, text) for key, text in ROUTES], taken.value
        )
        amount = words.number(usual.amount) if usual and usual.amount is not None else ""
        self.dose = Field(theme, f"Dose ({drug.unit})" if drug.unit else "Dose", amount)
        self.minutes = Field(theme, "Planned minutes", str(usual.minutes or "") if usual else "")
        self.forget = Button(theme, "Forget this usual order")
        self.body.addWidget(self.route)
        self.add_row(self.dose, self.minutes)
        self.back, self.go = self.add_ways_on("Cancel", "Keep it")
        self.foot.addWidget(self.forget)
        self.forget.setVisible(usual is not None)
        self.route.chosen.connect(lambda _: self._fit_route())
        self._fit_route()

    def first_field(self) -> QWidget:
        """The dose: the way it is given is mostly right already."""
        return self.dose.edit

    def faulty(self) -> QLineEdit | None:
        """The dose while it is none, else the minutes."""
        is_dose = bool(self.dose.text and amount_problem("dose", self.dose.text))
        return self.dose.edit if is_dose else self.minutes.edit

    def usual(self) -> Usual | str:
        """Return what is to be kept, or what is wrong with it."""
        amount, typed = read_amount(self.dose.text), self.minutes.text
        if self.dose.text and (problem := amount_problem("dose", self.dose.text)):
            return problem
        route = Route(self.route.taken)
        is_count = typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= LONGEST_PLAN_MINUTES
        if typed and route in TIMED_ROUTES and not is_count:
            return f"planned minutes must be a whole number from 1 to {LONGEST_PLAN_MINUTES}"
        minutes = int(typed) if typed and route in TIMED_ROUTES else None
        return Usual(key_of(self._drug), route, amount, minutes)

    def _fit_route(self) -> None:
        self.minutes.edit.setEnabled(Route(self.route.taken) in TIMED_ROUTES)


def ask_usual(station: Station, drugs: SuiteDrugs, drug: Drug, back: Callable[[], None]) -> None:
    """Ask how a drug is usually given, and keep it; ``back`` shows the drugs again."""
    sheet = UsualOrderSheet(station.theme, drug, drugs.usual(drug))
    sheet.confirmed.connect(lambda _: _keep(sheet, drugs, drug, sheet.usual()))
    sheet.forget.clicked.connect(lambda: _keep(sheet, drugs, drug, None))
    station.sheets.open(sheet)
    sheet.done.connect(back)


def called(drug: Drug) -> str:
    """Write a drug with its brand, or with its code where its name alone may be another's too."""
    name, rest = short_name(drug.name)
    beside = drug.brand or (drug.hcpcs if rest else "")
    return f"{name} ({beside})" if beside else name


def usual_words(usual: Usual, drug: Drug) -> str:
    """Write a usual order on one line."""
    dose = f"{words.number(usual.amount)} {drug.unit}".strip() if usual.amount is not None else ""
    minutes = f"{usual.minutes} min" if usual.minutes else ""
    is_fluid = drug.category is Category.HYDRATION and usual.route is Route.IV_INFUSION
    how = "hydration" if is_fluid else dict(ROUTES)[usual.route].lower()
    if usual.route in {Route.SC, Route.IM, Route.SC_INFUSION}:
        how = dict(ROUTES)[usual.route]
    return f"Usually {', '.join(part for part in (dose, how, minutes) if part)}."


def _keep(sheet: UsualOrderSheet, drugs: SuiteDrugs, drug: Drug, usual: Usual | str | None) -> None:
    if isinstance(usual, str):
        sheet.show_problem(usual)
        return
    try:
        drugs.set_usual(drug, usual)
    except (ValueError, JournalError) as error:
        sheet.show_problem(str(error))
        return
    sheet.done.emit()
