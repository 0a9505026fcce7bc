"""The start sheet: drug, how it is given, dose, planned minutes, site, and an earlier start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.core.orders import Order
from desktop_app.core.suite import Suite
from desktop_app.ui.drug_search import find_drugs, last_order, usual_drugs
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
from desktop_app.ui.sheets.when_known import WhenKnown
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice, Field, let_scans_in
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
        let_scans_in(self.search)
        self.list = DrugList(theme)
        self.free_text = label("", size=12, tone="soft", wrap=True)
        self.way = Choice(theme, "How it is given", [(key.value, text) for key, text in WAYS])
        self.dose = Field(theme, "Dose")
        self.planned = Field(theme, "Planned minutes")
        self.site = Field(theme, "Access site")
        self.site_reason = Field(theme, "Why a further access site? An auditor will ask.")
        self._sites: frozenset[str] = frozenset()
        self.earlier: WhenKnown | None = None
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

    def offer_earlier(self, asked: When, zone: str) -> None:
        """Offer a start before the touch, for one that was not pressed in time."""
        earlier = WhenKnown(self.theme, "Started", asked, zone)
        button = Button(self.theme, "Started earlier…", kind=Kind.LINK)
        self.body.addWidget(button)
        self.body.addWidget(earlier)
        earlier.hide()
        button.clicked.connect(earlier.show)
        button.clicked.connect(button.hide)
        button.clicked.connect(earlier.at.clock.setFocus)
        self.earlier = earlier

    def instant(self, asked: When) -> When | str:
        """Return the start that was chosen: the touch itself, or an earlier instant given afterwards."""
        if self.earlier is None or self.earlier.isHidden():
            return asked
        return asked if self.earlier.is_touch() else self.earlier.when()

    def note(self) -> str:
        """Return what was noted about an earlier start."""
        return "" if self.earlier is None or self.earlier.isHidden() else self.earlier.note.text

    def know_sites(self, sites: frozenset[str], last: str) -> None:
        """Know the access sites in use; a further one needs its reason."""
        self._sites = sites
        self.site.set_text("" if last == FIRST_SITE else last)

    def opened_site(self) -> tuple[str, str] | None:
        """Return the further site the sheet opens with its reason; None for one in use.

        While the site in use has no name yet, the first name is that site's.
        """
        site = self.site.text or FIRST_SITE
        known = self._sites <= {FIRST_SITE} or site in self._sites
        return None if known else (site, self.site_reason.text)

    def names_site(self) -> bool:
        """Return whether the sheet gives the site in use, nameless so far, its name."""
        return self._sites == {FIRST_SITE} and self.site.text not in {"", FIRST_SITE}

    def first_field(self) -> QWidget:
        """The search, ready for three letters."""
        return self.search

    def _lay_out(self) -> None:
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        over_list = QVBoxLayout(self.list)
        over_list.addWidget(self.free_text)
        over_list.addStretch()
        self.body.addWidget(self.way)
        self.add_row(self.dose, self.planned, self.site)
        self.body.addWidget(self.site_reason)
        self.site_reason.hide()
        self.site.edit.textChanged.connect(lambda _: self._ask_for_reason())
        self.back, self.go = self.add_ways_on("Cancel", "Start")

    def _find(self, text: str) -> None:
        typed = text.strip()
        found = find_drugs(self._drugs, text) if typed else usual_drugs(self._drugs, self._suite)
        self.list.show_drugs(found, choose_first=bool(typed))
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
        self.dose.rename(f"Dose ({drug.unit})" if drug.unit else "Dose")
        self.planned.set_text(str(last.planned_minutes or "") if last else "")
        self._say_way()

    def _ask_for_reason(self) -> None:
        self.site_reason.setVisible(self.opened_site() is not None)

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
