"""A drug that no table knows, such as one of a trial: its name, its kind, its unit, and what that means."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.orders import Category
from desktop_app.core.ports import JournalError
from desktop_app.core.suite_drugs import LONGEST_NAME, LONGEST_UNIT, OwnDrug, may_stand
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.suite_drugs import SuiteDrugs
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label

UNDER = (
    "For a trial drug or a mixture of your own. It has no code here, so no line is made for the drug itself, "
    "only for giving it. A drug with a code comes with the drug table."
)
KINDS = (
    (Category.THERAPEUTIC, "Drug"),
    (Category.CHEMO, "Chemo or complex"),
    (Category.HYDRATION, "Fluid"),
    (Category.OTHER, "Not billed"),
)
MEANS = {
    Category.THERAPEUTIC: "Giving it is coded as for most drugs.",
    Category.CHEMO: "Giving it is coded as chemotherapy or a complex biologic. Payers ask why; a trial's "
    "papers say which kind it is.",
    Category.HYDRATION: "Giving it is coded as hydration: from 31 minutes on, while nothing else runs.",
    Category.OTHER: "It is recorded with its times, and giving it is not coded.",
}


class Back(Protocol):
    """Shows the drugs again, one of them chosen."""

    def __call__(self, name: str = "") -> None:
        """Show them."""
        ...


class OwnDrugSheet(Sheet):
    """Asks for a drug of the suite's own."""

    needs = Right.PROTOCOLS

    def __init__(self, theme: Theme, own: OwnDrug | None, name: str) -> None:
        title = f"Change {own.name}" if own else "A drug that is not in the table"
        super().__init__(theme, title, UNDER, width=WIDE)
        self.name = Field(theme, "Name", own.name if own else name)
        self.unit = Field(theme, "Unit of a dose", own.unit if own else "", hint="mg")
        kinds = [(key.value, text) for key, text in KINDS]
        self.kind = Choice(theme, "What it is", kinds, (own.category if own else Category.THERAPEUTIC).value)
        self.means = label("", size=12, tone="soft", wrap=True)
        self.delete = Button(theme, "Delete it")
        self.add_row(self.name, self.unit).setStretch(0, 3)
        self.body.addWidget(self.kind)
        self.body.addWidget(self.means)
        self.back, self.go = self.add_ways_on("Cancel", "Keep it")
        self.foot.addWidget(self.delete)
        self.delete.setVisible(own is not None)
        self.kind.chosen.connect(lambda _: self._say())
        self._say()

    def first_field(self) -> QWidget:
        """The name."""
        return self.name.edit

    def faulty(self) -> QLineEdit | None:
        """The unit where only that cannot be kept, else the name."""
        is_unit = bool(self.name.text) and not _is_unit(self.unit.text)
        return self.unit.edit if is_unit else self.name.edit

    def drug(self) -> OwnDrug | str:
        """Return what is to be kept, or what is wrong with it."""
        name, unit = self.name.text, self.unit.text
        if not name:
            return "a drug needs a name"
        if not may_stand(name):
            return f"the name must have at most {LONGEST_NAME} characters, and neither ; nor |"
        if not _is_unit(unit):
            return f"the unit must have at most {LONGEST_UNIT} characters, and neither ; nor |"
        return OwnDrug(name, Category(self.kind.taken), unit)

    def _say(self) -> None:
        self.means.setText(MEANS[Category(self.kind.taken)])


def ask_own_drug(
    station: Station, drugs: SuiteDrugs, own: OwnDrug | None, back: Back, name: str = ""
) -> None:
    """Ask for a drug of the suite's own, and keep it in the place of one that is given."""
    sheet = OwnDrugSheet(station.theme, own, name)
    before = own.name if own else ""
    sheet.confirmed.connect(lambda _: _keep(sheet, drugs, before))
    sheet.delete.clicked.connect(lambda: _delete(sheet, drugs, before))
    station.sheets.open(sheet)
    sheet.done.connect(lambda: back(kept_name(sheet, drugs)))


def kept_name(sheet: OwnDrugSheet, drugs: SuiteDrugs) -> str:
    """Return the name of the drug the sheet was about, if it is kept now."""
    return sheet.name.text if drugs.own_named(sheet.name.text) is not None else ""


def _keep(sheet: OwnDrugSheet, drugs: SuiteDrugs, before: str) -> None:
    own = sheet.drug()
    if isinstance(own, str):
        sheet.show_problem(own)
        return
    try:
        drugs.save_own(own, before)
    except (ValueError, JournalError) as error:
        sheet.show_problem(str(error))
        return
    sheet.done.emit()


def _delete(sheet: OwnDrugSheet, drugs: SuiteDrugs, name: str) -> None:
    try:
        drugs.delete_own(name)
    except (ValueError, JournalError) as error:
        sheet.show_problem(str(error))
        return
    sheet.done.emit()


def _is_unit(text: str) -> bool:
    return len(text) <= LONGEST_UNIT and may_stand(text)
