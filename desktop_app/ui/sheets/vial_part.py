"""What was scanned from a vial, told in the sheet; which NDC it is, asked where nothing says it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.coding.ndc import NdcFault, display, printed_forms
from desktop_app.core.ports import JournalError
from desktop_app.core.suite import Suite
from desktop_app.ui.ports import Products
from desktop_app.ui.theme import Theme
from desktop_app.ui.vials import Vial, read_vial
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label, retone
from desktop_app.ui.widgets.tick import Tick

NOT_NOW = "Cannot say now"
WHICH_FIRST = "say first which NDC is printed on the label"


class VialPart(QWidget):
    """A line about the vial, and under it the question which of several NDCs is on its label.

    A part that ``counts`` takes a further scan of the same product for one more vial.

    Signals:
        settled(str): it is known which vial it is, or that nobody can say now; what could not be remembered.
    """

    settled = Signal(str)

    def __init__(self, theme: Theme, products: Products, today: str, *, counts: bool) -> None:
        super().__init__()
        self._counts = counts
        self._theme = theme
        self._products = products
        self._today = today
        self.vial: Vial | None = None
        self._all: list[Vial] = []
        """Every vial of the product that was scanned, the last one last."""
        self.choices: dict[str, Button] = {}
        """A button for each NDC it may be, by its eleven digits; the last says that nobody can tell."""
        self.told = label("", size=12, tone="soft", wrap=True)
        self.fewer = Button(theme, "One fewer", kind=Kind.LINK)
        self.fewer.setAccessibleName("One vial fewer: one was scanned twice")
        self.fewer.clicked.connect(self.take_one_away)
        self.fewer.hide()
        self._question = QWidget()
        self.remember = Tick(theme, "Remember it for this barcode")
        self.remember.setAccessibleName(self.remember.text())
        self.remember.setMinimumHeight(theme.px(40))
        self.remember.setChecked(True)
        self._rows = QGridLayout()
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        theme = self._theme
        self._rows.setSpacing(theme.px(8))
        asking = QVBoxLayout(self._question)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(theme.px(6))
        asking.addWidget(label("Which of these is printed on the label?", heavy=True, wrap=True))
        asking.addLayout(self._rows)
        asking.addWidget(self.remember)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        line = QHBoxLayout()
        line.addWidget(self.told, 1)
        line.addWidget(self.fewer)
        column.addLayout(line)
        column.addWidget(self._question)

    @property
    def is_asking(self) -> bool:
        """Whether it is still to be said which NDC is meant."""
        return bool(self.choices)

    def read(self, text: str, suite: Suite) -> str:
        """Show the vial a scan says; return what is wrong with it, and show nothing new then."""
        try:
            vial = read_vial(text, self._products, suite)
        except NdcFault as fault:
            return str(fault)
        if self.vial is not None and vial.is_like(self.vial) and self._counts:
            # Which NDC it is was said, or left open, for the first already.
            vial = vial if self.is_asking else vial.chosen(self.vial.ndc)
        else:
            self._all = []
        if vial.serial and vial.serial in {one.serial for one in self._all}:
            return "this very vial was scanned already"
        self._all.append(vial)
        self.show_vial(vial)
        return ""

    @property
    def count(self) -> int:
        """How many vials of the product were scanned."""
        return len(self._all)

    @property
    def lots(self) -> str:
        """The lots of all that were scanned."""
        return ", ".join(dict.fromkeys(one.lot for one in self._all if one.lot))

    def take_one_away(self) -> None:
        """Count one fewer: one was scanned twice."""
        if self.vial is not None and self.count > 1:
            self._all.pop()
            self.show_vial(self.vial)

    def show_vial(self, vial: Vial) -> None:
        """Show a vial, and ask what its barcode leaves open."""
        self.vial = vial
        self._ask(vial)
        expired = vial.expiry is not None and vial.expiry.isoformat() < self._today
        self.told.setText(vial_words(replace(vial, lot=self.lots or vial.lot), self.count, expired=expired))
        self.fewer.setVisible(self.count > 1)
        retone(self.told, "alert" if expired else "soft")
        self.show()

    def way_out(self) -> Button | None:
        """Return the choice that says nothing, where something is asked: Enter must guess nothing."""
        return self.choices.get("")

    def _ask(self, vial: Vial) -> None:
        for button in self.choices.values():
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        forms = printed_forms(vial.ten) if vial.candidates else {}
        asked = {ndc: forms[ndc] for ndc in vial.candidates} | ({"": NOT_NOW} if vial.candidates else {})
        self.choices = {ndc: Button(self._theme, text) for ndc, text in asked.items()}
        for at, (ndc, button) in enumerate(self.choices.items()):
            button.clicked.connect(lambda _=False, ndc=ndc: self._choose(ndc))
            self._rows.addWidget(button, *divmod(at, 2))
        self._question.setVisible(bool(asked))

    def _choose(self, ndc: str) -> None:
        if self.vial is None:
            return
        fault, ten = "", self.vial.ten
        if ndc and self.remember.isChecked():
            try:
                self._products.remember(ten, ndc)
            except JournalError as error:
                fault = str(error)
        self.show_vial(self.vial.chosen(ndc))
        self.settled.emit(fault)


def vial_words(vial: Vial, count: int, *, expired: bool) -> str:
    """Write what is known of vials of one product on one line."""
    until = f"expired on {vial.expiry}" if expired else f"good until {vial.expiry}"
    parts = (
        f"NDC {display(vial.ndc)}" if vial.ndc else "",
        f"lot {vial.lot}" if vial.lot else "",
        until if vial.expiry else "",
    )
    known = " · ".join(part for part in parts if part)
    name = f"{count} vials" if count > 1 else "Vial"
    return f"{name}: {known}" if known else f"{name}: the barcode says no lot and no expiry."
