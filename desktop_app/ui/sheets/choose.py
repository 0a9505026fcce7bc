"""A short list of things to do: arrows or Tab go through it, Enter or a click does one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button

Item = tuple[str, Callable[[], None]]


class ChooseSheet(Sheet):
    """Asks what to do. ``back`` names the way out; ``wary``: it has the focus, so that Enter does nothing."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        under: str,
        items: Sequence[Item],
        *,
        back: str = "Nothing",
        wary: bool = False,
    ) -> None:
        super().__init__(theme, title, under)
        self.body.setSpacing(theme.px(6))
        self.choices: dict[str, Button] = {}
        for text, act in items:
            button = Button(theme, text)
            button.clicked.connect(lambda _=False, act=act: self._choose(act))
            self.choices[text] = button
            self.body.addWidget(button)
        self.back = Button(theme, back, hint="Esc")
        self.back.clicked.connect(self.done)
        self.foot.addWidget(self.back)
        self._wary = wary

    def first_field(self) -> QWidget:
        """The likeliest, or the way out."""
        return self.back if self._wary else next(iter(self.choices.values()), self.back)

    def _choose(self, act: Callable[[], None]) -> None:
        self.done.emit()
        act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down with the arrows."""
        if not self.go_by_arrow(event):
            super().keyPressEvent(event)
