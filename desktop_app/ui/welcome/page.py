"""Welcome: what the program must know before the first patient sits down."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.ports import JournalError
from desktop_app.ui.people import ON, come_on
from desktop_app.ui.station import Station
from desktop_app.ui.welcome.demo import open_demo
from desktop_app.ui.welcome.first_start import CONFIRMED
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label, plate
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.widgets.tick import Tick
from desktop_app.ui.widgets.zones import zone_meant

_LICENCE = (
    "Our practice holds a licence for CPT, a trademark of the American Medical Association. "
    "The program shows code numbers only."
)

ONLY_GO_ON = "An administrator sets this suite up, here, at the next start. Open the board to go on."
WIDTH = 520
DEMO_COMES_MS = 5_000
"""After this a demo's window is there, or something went wrong and it may be asked for again."""


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
        self.who = Field(theme, "Who works here", hint="Your initials")
        self.chairs = Field(theme, "Chairs", get("chairs"))
        options = (("physician", "Office"), ("facility", "Hospital outpatient"))
        self.setting = Choice(theme, "Who bills", options, get("setting"))
        self.zone = Field(theme, "Time zone (this computer's, unless you change it)", get("zone"))
        self.licence = Tick(theme, "We hold a CPT licence")
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.licence.setAccessibleName("We hold a CPT licence")
        self.fields = {"suite-name": self.suite, ON: self.who, "chairs": self.chairs, "zone": self.zone}
        self.faults = {key: label("", size=12, tone="alert", wrap=True) for key in (*self.fields, CONFIRMED)}
        for told in (self.problem, *self.faults.values()):
            told.hide()
        for key, field in self.fields.items():
            field.edit.textChanged.connect(partial(self._say, self.faults[key], ""))
        self.licence.toggled.connect(partial(self._say, self.faults[CONFIRMED], ""))
        self.go = Button(theme, "Open the board", kind=Kind.PRIMARY, hint="Enter")
        self.go.clicked.connect(self.finish)
        self.demo = Button(theme, "Look round with a demo day")
        self.demo.clicked.connect(self._look_round)
        self._lay_out()

    def refresh(self, now_us: int) -> None:  # noqa: ARG002 - as every page has it; here time changes nothing
        """Give the fields to who may set up the suite, and say to the others that they can go on without."""
        may = self._may_set_up
        if may == self.suite.isEnabled():
            return
        for part in (*self.fields.values(), self.setting, self.licence):
            part.setEnabled(may)
        self._say(self.problem, "" if may else ONLY_GO_ON)
        if not may:
            self.go.setFocus()

    def news_place(self) -> QWidget:
        """The whole page."""
        return self

    def first_focus(self) -> QWidget:
        """The suite's name, or where it is for somebody else to give, what goes on."""
        return self.suite.edit if self.suite.isEnabled() else self.go

    @property
    def _may_set_up(self) -> bool:
        return self._station.desk.acting.why_not(Right.SUITE) is None

    def finish(self) -> None:
        """Store everything and go on, or say under each field what cannot be taken."""
        if not self._may_set_up:
            self.finished.emit()
            return
        faults = self._store()
        if not self.licence.isChecked():
            faults[CONFIRMED] = "Confirm the CPT licence first; the program codes with CPT numbers."
        for key, told in self.faults.items():
            self._say(told, faults.get(key, ""))
        if faults:
            first = next(key for key in self.faults if key in faults)
            (self.fields[first].edit if first in self.fields else self.licence).setFocus()
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
                self._keep(key, field.text)
            except (ValueError, JournalError) as error:
                faults[key] = str(error)
        return faults

    def _keep(self, key: str, text: str) -> None:
        if key == ON:
            come_on(self._station.settings, text)
        else:
            self._station.settings.set(key, zone_meant(text) if key == "zone" else text)

    def _say(self, told: QLabel, text: str, *_changed: object) -> None:
        told.setText(text)
        told.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        """Give the card the height of all it says; a layout alone takes wrapped words for one line."""
        self._inside.activate()
        self._card.setMinimumHeight(self._inside.totalHeightForWidth(self._card.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the card to the fonts it has now."""
        super().showEvent(event)
        self._fit()

    def enter(self, focused: QWidget | None) -> None:
        """Do what Enter means here: it goes on, but on the demo's button it presses that."""
        if focused is self.demo:
            self._look_round()
        else:
            self.finish()

    def _look_round(self) -> None:
        """Open the demo, once: its window needs a moment to come."""
        if not self.demo.isEnabled():
            return
        self.demo.setEnabled(False)
        QTimer.singleShot(DEMO_COMES_MS, self.demo, lambda: self.demo.setEnabled(True))
        if not open_demo():
            self._say(self.problem, "The demo could not be started. Nothing here was changed.")

    def _lay_out(self) -> None:
        theme = self._station.theme
        self._card = card = plate("card")
        card.setFixedWidth(theme.px(WIDTH))
        self._inside = inside = QVBoxLayout(card)
        inside.setContentsMargins(*(theme.px(24),) * 4)
        inside.setSpacing(theme.px(10))
        about = "Chairtime times infusions at the chair and codes them while the patient is still there."
        inside.addWidget(label("Welcome", size=22, heavy=True))
        inside.addWidget(label(about, tone="soft", wrap=True))
        inside.addLayout(_beside(self.suite, self.who, self.chairs, stretch=(4, 3, 2)))
        for part in (
            self.faults["suite-name"],
            self.faults[ON],
            self.faults["chairs"],
            self.setting,
            self.zone,
            self.faults["zone"],
            label(_LICENCE, size=12, tone="soft", wrap=True),
            self.licence,
            self.faults[CONFIRMED],
            self.problem,
        ):
            inside.addWidget(part)
        inside.addLayout(_beside(self.demo, self.go, stretch=(1, 1)))
        floor = QWidget()
        column = QVBoxLayout(floor)
        column.addStretch(2)
        column.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll("First start", floor))


def _beside(*parts: QWidget, stretch: tuple[int, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    for part, share in zip(parts, stretch, strict=True):
        row.addWidget(part, share)
    return row
