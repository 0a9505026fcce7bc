"""The field a vial is scanned into; what its barcode leaves open is asked right under it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.coding.ndc import display
from desktop_app.ui.keys import ends_scan
from desktop_app.ui.theme import Theme
from desktop_app.ui.vial_scan import SEPARATOR, Scanned, read_vial
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field, let_scans_in
from desktop_app.ui.widgets.labels import label


class VialField(QWidget):
    """Takes a barcode or a typed NDC, with Enter.

    Signals:
        scanned(Scanned): what the vial says, with its NDC where that is certain.
    """

    scanned = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._vial = Scanned()
        self.field = Field(theme, "Scan the vial, or go on to the fields", hint="GS1 barcode or NDC")
        self.edit: QLineEdit = self.field.edit
        let_scans_in(self.edit)
        self.edit.installEventFilter(self)
        self.told = label("", size=12, tone="soft", wrap=True)
        self.told.hide()
        self.choices: dict[str, Button] = {}
        self._question = QVBoxLayout()
        self._question.setSpacing(theme.px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.field)
        column.addWidget(self.told)
        column.addLayout(self._question)

    def take(self, text: str) -> None:
        """Read what was scanned or typed, and say or ask what it leaves open."""
        vial = self._vial = read_vial(text)
        self._ask(vial.candidates)
        if vial.fault:
            self._say(vial.fault)
            return
        self._say("Which of these is printed on the label?" if vial.candidates else "Scanned.")
        self.scanned.emit(vial)

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _ask(self, candidates: tuple[str, ...]) -> None:
        for button in self.choices.values():
            button.hide()
            button.deleteLater()
        self.choices = {ndc: Button(self._theme, display(ndc)) for ndc in candidates}
        for ndc, button in self.choices.items():
            button.setAccessibleName(f"The label says NDC {display(ndc)}")
            button.clicked.connect(lambda _=False, ndc=ndc: self._choose(ndc))
            self._question.addWidget(button)

    def _choose(self, ndc: str) -> None:
        self._ask(())
        self._say("Scanned.")
        self.scanned.emit(replace(self._vial, ndc=ndc, candidates=()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter reads the field and takes nothing else; separators are kept, though no field shows them."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.text() == SEPARATOR:
            self._text += self.edit.text() + SEPARATOR
            self.edit.clear()
            return True
        text = self._text + self.edit.text().strip()
        if not ends_scan(event) or not text:
            return super().eventFilter(watched, event)
        self._text = ""
        self.edit.clear()
        self.take(text)
        return True
