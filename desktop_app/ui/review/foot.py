"""The foot of the review: what a signature does, and the ways on."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop_app.ui.review.review_model import Standing
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

_SEALED = "These lines are sealed. Open the session again to change it; this version stays readable."
_PROMISE = "Signing seals these lines. A later change becomes a corrected version; the first stays readable."


class Foot(QHBoxLayout):
    """A sentence, and the buttons beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._promise = label(_PROMISE, size=12, tone="soft", wrap=True)
        self.sign = Button(theme, "Sign", kind=Kind.PRIMARY, icon="check", hint="S")
        self.print = Button(theme, "Print…", hint="Ctrl+P")
        self.back = Button(theme, "Back to board")
        self.setSpacing(8)
        self.addWidget(self._promise, 1)
        for button in (self.print, self.back, self.sign):
            self.addWidget(button)

    def show_standing(self, standing: Standing | None) -> None:
        """Say what a signature does, or did; without a session there is nothing to print."""
        self._promise.setText(_SEALED if standing is Standing.SIGNED else _PROMISE)
        self.print.setEnabled(standing is not None)
