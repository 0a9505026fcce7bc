"""Welcome: what the program must know before the first patient sits down."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.station import Station
from desktop_app.ui.welcome.first_start import CONFIRMED
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.check_box import CheckBox
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label, plate
from desktop_app.ui.widgets.scroll import Scroll

_LICENCE = (
    "Our practice holds a licence for CPT, a trademark of the American Medical Association. "
    "The program shows code numbers only."
)


class WelcomePage(QWidget):
    """Suite, chairs, who bills, zone, licence.

    Signals:
        finished: everything is stored; show the board.
    """

    finished = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        theme, get = station.theme, station.settings.get
        self.suite = Field(theme, "Suite", get("suite-name") or "Infusion suite")
        self.chairs = Field(theme, "Chairs", get("chairs"))
        options = (("physician", "Office"), ("facility", "Hospital outpatient"))
        self.setting = Choice(theme, "Who bills", options, get("setting"))
        self.zone = Field(theme, "Time zone (this computer's, unless you change it)", get("zone"))
        self.licence = CheckBox("We hold a CPT licence")
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.fields = {"suite-name": self.suite, "chairs": self.chairs, "zone": self.zone}
        self.faults = {key: label("", size=12, tone="alert", wrap=True) for key in (*self.fields, CONFIRMED)}
        for told in (self.problem, *self.faults.values()):
            told.hide()
        for key, field in self.fields.items():
            field.edit.textChanged.connect(partial(self._say, self.faults[key], ""))
        self.licence.toggled.connect(partial(self._say, self.faults[CONFIRMED], ""))
        self.go = Button(theme, "Open the board", kind=Kind.PRIMARY, hint="Enter")
        self.go.clicked.connect(self.finish)
        self._lay_out()

    def refresh(self, now_us: int) -> None:
        """Nothing on this page changes with time."""

    def news_place(self) -> QWidget:
        """The whole page."""
        return self

    def first_focus(self) -> QWidget:
        """The suite's name."""
        return self.suite.edit

    def finish(self) -> None:
        """Store everything and go on, or say under each field what cannot be taken."""
        faults = self._store()
        if not self.licence.isChecked():
            faults[CONFIRMED] = "Confirm the CPT licence first; the program codes with CPT numbers."
        for key, told in self.faults.items():
            self._say(told, faults.get(key, ""))
        if faults:
            first = next(key for key in self.faults if key in faults)
            at = self.fields[first].edit if first in self.fields else self.licence
            at.setFocus()
            self._place.ensureWidgetVisible(self.faults[first])
            return
        try:
            self._station.settings.set("setting", self.setting.taken)
            self._station.settings.set(CONFIRMED, "yes")
        except (ValueError, JournalError) as error:
            self._say(self.problem, str(error))
            return
        self.finished.emit()

    def _store(self) -> dict[str, str]:
        """Store each field that can be taken; return what is wrong with the others."""
        faults: dict[str, str] = {}
        for key, field in self.fields.items():
            try:
                self._station.settings.set(key, field.text)
            except (ValueError, JournalError) as error:
                faults[key] = str(error)
        return faults

    def _say(self, told: QLabel, text: str, *_changed: object) -> None:
        told.setText(text)
        told.setVisible(bool(text))

    def _lay_out(self) -> None:
        theme = self._station.theme
        card = plate("card")
        card.setFixedWidth(theme.px(520))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*(theme.px(24),) * 4)
        inside.setSpacing(theme.px(12))
        inside.addWidget(label("Welcome", size=22, heavy=True))
        about = "Chairtime times infusions at the chair and codes them while the patient is still there."
        inside.addWidget(label(about, tone="soft", wrap=True))
        for part in (
            self.suite,
            self.faults["suite-name"],
            self.chairs,
            self.faults["chairs"],
            self.setting,
            self.zone,
            self.faults["zone"],
            label(_LICENCE, size=12, tone="soft", wrap=True),
        ):
            inside.addWidget(part)
        for control in (self.licence, self.faults[CONFIRMED], self.problem, self.go):
            inside.addWidget(control)
        # A card of large text may be taller than a low window.
        inner = QWidget()
        self._place = Scroll("Welcome", inner)
        column = QVBoxLayout(inner)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        column.addLayout(middle)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._place)
