"""Patients from a file: what would be taken is shown first; then it is taken, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.ports import JournalError
from desktop_app.ui import words
from desktop_app.ui.billing_ports import CannotBeRead, PatientFile
from desktop_app.ui.panel.refill import refill
from desktop_app.ui.sheets.import_words import groups, summary
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import heading, label

WIDTH = 640
SLICE_MS = 12
"""So long it works at a time; then the window has its turn."""
FILES = "Patients (*.csv *.hl7 *.adt *.txt);;All files (*)"
_UNDER = "Nothing is taken yet. What a file leaves empty stays as it was."


class ImportSheet(Sheet):
    """Shows what a file tells, takes it when asked to, and says what came of it."""

    needs = Right.REGISTER

    def __init__(self, theme: Theme, name: str, file: PatientFile) -> None:
        super().__init__(theme, f"Patients from {name}", _UNDER, width=WIDTH)
        self._file = file
        self.came = file.result()
        self._running: Iterator[int] | None = None
        self._at = 0
        self.is_done = False
        self.told = label("", heavy=True, wrap=True)
        self.body.addWidget(self.told)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        self.body.addLayout(self._rows)
        self.back = Button(theme, "Leave it", hint="Esc")
        self.go = Button(theme, "Take them", kind=Kind.PRIMARY)
        self.back.clicked.connect(self._leave)
        self.go.clicked.connect(lambda: self.confirm(now=False))
        self.add_last_row(self.back, self.go)
        self._run(file.looking(self.came))

    def first_field(self) -> QWidget:
        """The way back: Enter alone takes nothing that nobody has read."""
        return self.back

    def confirm(self, *, now: bool) -> None:
        """Take what the file tells; once that is done, close."""
        if self.is_done or not self.came.taken:
            self.done.emit()
        elif self._running is None:
            super().confirm(now=now)
            self.came = self._file.result()
            self.is_done = True
            self._run(self._file.taking(self.came))

    def _leave(self) -> None:
        """Stop where it is being taken, and say how far it came; else close."""
        if self._running is not None and self.is_done:
            self._finish()
        else:
            self._running = None
            self.done.emit()

    def _run(self, running: Iterator[int]) -> None:
        self._running, self._at = running, 0
        self.go.setEnabled(False)
        self._step()

    def _step(self) -> None:
        """Work for one slice; go on in the next, unless it is over or the sheet was left."""
        running, passed = self._running, QElapsedTimer()
        passed.start()
        if running is None:
            return
        try:
            for self._at in running:
                if passed.elapsed() >= SLICE_MS:
                    self._show_progress()
                    QTimer.singleShot(0, self, self._step)
                    return
        except JournalError as fault:
            self._finish()
            self.show_problem(f"{fault} What was taken until then stays")
            return
        self._finish()

    def _show_progress(self) -> None:
        verb = "Taken" if self.is_done else "Looked at"
        self.told.setText(f"{verb} {self._at} of {self._file.patients}…")
        self.back.show_as("Stop here" if self.is_done else "Leave it")

    def _finish(self) -> None:
        self._running = None
        self.told.setText(summary(self.came, is_done=self.is_done))
        self.say_under("What was taken is on disk." if self.is_done else _UNDER)
        refill(self._rows, self._made())
        count = words.count_words(len(self.came.taken), "patient", "patients")
        can_take = bool(self.came.taken) and not self.is_done
        self.go.show_as(f"Take {count}" if can_take else "Close", kind=Kind.PRIMARY)
        self.go.setEnabled(True)
        self.back.setVisible(can_take)
        (self.back if can_take else self.go).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it, or stops what is being taken."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _made(self) -> list[QWidget]:
        made: list[QWidget] = []
        for name, tone, rows in groups(self.came, is_done=self.is_done):
            made.append(heading(name))
            made += [label(row, size=12, tone=tone, wrap=True) for row in rows]
        return made


def choose_file(station: Station, over: QWidget, changed: Callable[[], None]) -> None:
    """Ask for a file of patients, and show what it tells."""
    if not station.may(Right.REGISTER):
        return
    path, _ = QFileDialog.getOpenFileName(over, "Patients from a registration system", "", FILES)
    if path:
        import_file(station, Path(path), changed)


def import_file(station: Station, path: Path, changed: Callable[[], None]) -> None:
    """Show what a file tells of patients; ``changed`` draws what was taken from it."""
    try:
        sheet = ImportSheet(station.theme, path.name, station.billing.read_patients(path))
    except (CannotBeRead, JournalError) as fault:
        station.touches.refused.emit(str(fault))
        return
    sheet.done.connect(changed)
    station.sheets.open(sheet)
