"""How far the batch that is being sent has come, and the way to give it up."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop_app.ui.export.dispatch import Dispatch
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label

WHOLE = 1000


class ProgressPart(QWidget):
    """A bar, what is being done, and Cancel."""

    def __init__(self, theme: Theme, dispatch: Dispatch) -> None:
        super().__init__()
        self._dispatch = dispatch
        self.bar = QProgressBar()
        self.bar.setRange(0, WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much of the batch is written")
        self.bar.setFixedHeight(theme.px(10))
        self.told = label("", size=12, tone="soft", wrap=True)
        self.note = label("", size=12, tone="alert", wrap=True)
        self.cancel = Button(theme, "Cancel")
        self.cancel.setAccessibleName("Cancel the export, nothing is sent")
        self.cancel.clicked.connect(dispatch.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for part in (self.bar, self.told, self.note, self.cancel):
            column.addWidget(part)

    def renew(self) -> None:
        """Show how far it is now."""
        progress, note = self._dispatch.progress, self._dispatch.note
        self.bar.setValue(progress.thousandths)
        if self.told.text() != progress.words:
            self.told.setText(progress.words)
            self.bar.setAccessibleDescription(progress.words)
        if self.note.text() != note:
            self.note.setText(note)
        self.note.setVisible(bool(note))
