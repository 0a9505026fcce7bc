"""What the window is made of, and where its parts stand: rail, bars, pages, news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop_app.ui.board.page import BoardPage
from desktop_app.ui.pages import Pages
from desktop_app.ui.widgets.not_saved import NotSavedBar
from desktop_app.ui.widgets.rail import Rail
from desktop_app.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from desktop_app.ui.export.page import ExportPage
    from desktop_app.ui.history.page import HistoryPage
    from desktop_app.ui.review.page import ReviewPage
    from desktop_app.ui.settings.page import SettingsPage
    from desktop_app.ui.station import Station
    from desktop_app.ui.theme import Theme
    from desktop_app.ui.welcome.page import WelcomePage


class Frame(QMainWindow):
    """A window with its parts in their places."""

    theme: Theme
    station: Station
    rail: Rail
    not_saved: NotSavedBar
    toast: Toast
    pages: Pages

    @property
    def board(self) -> BoardPage:
        """The board."""
        return self.pages.board

    @property
    def review(self) -> ReviewPage:
        """The review page."""
        return self.pages.review

    @property
    def export(self) -> ExportPage:
        """The export page."""
        return self.pages.export

    @property
    def history(self) -> HistoryPage:
        """The history page."""
        return self.pages.history

    @property
    def settings(self) -> SettingsPage:
        """The settings page."""
        return self.pages.settings

    @property
    def welcome(self) -> WelcomePage:
        """The page of the first start."""
        return self.pages.welcome

    def put_over_pages(self, bar: QWidget) -> None:
        """Let a bar stand above every page, under what is not saved yet."""
        self._right.insertWidget(1, bar)

    def lay_out(self) -> None:
        """Put the parts, which are there by now, into their places."""
        self._right = right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.not_saved)
        right.addWidget(self.pages, 1)
        floor = QWidget()
        row = QHBoxLayout(floor)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(floor)
        self.toast.raise_()
