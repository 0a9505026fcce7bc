"""Welcome: what the program must know before the first patient sits down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.station import Station
from desktop_app.ui.welcome.first_start import CONFIRMED
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label, plate

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
        self.licence = QCheckBox("We hold a CPT licence")
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.problem.hide()
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
        """Store everything and go on, or say in place what cannot be taken."""
        if not self.licence.isChecked():
            self._say("Confirm the CPT licence first; the program codes with CPT numbers.")
            return
        wanted = (
            ("suite-name", self.suite.text),
            ("chairs", self.chairs.text),
            ("setting", self.setting.taken),
            ("zone", self.zone.text),
            (CONFIRMED, "yes"),
        )
        try:
            for key, text in wanted:
                self._station.settings.set(key, text)
        except (ValueError, JournalError) as error:
            self._say(str(error))
            return
        self.finished.emit()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

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
            self.chairs,
            self.setting,
            self.zone,
            label(_LICENCE, size=12, tone="soft", wrap=True),
        ):
            inside.addWidget(part)
        for control in (self.licence, self.problem, self.go):
            inside.addWidget(control)
        column = QVBoxLayout(self)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        column.addLayout(middle)
        column.addStretch(3)
