"""The window's pages: the board from the start, each other one made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.ui.board.page import BoardPage

if TYPE_CHECKING:
    from desktop_app.ui.export.page import ExportPage
    from desktop_app.ui.history.page import HistoryPage
    from desktop_app.ui.review.page import ReviewPage
    from desktop_app.ui.settings.page import SettingsPage
    from desktop_app.ui.welcome.page import WelcomePage
    from desktop_app.ui.window import MainWindow

    Page = BoardPage | ReviewPage | ExportPage | HistoryPage | SettingsPage | WelcomePage

_MEASURED = ("review", "export", "history", "settings")
"""The pages that measured themselves by the text as it was when they were made."""


class Pages(QStackedWidget):
    """Holds the pages and connects each with its window; shows one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._station = window.station
        self.board = BoardPage(self._station)
        self.addWidget(self.board)

    @cached_property
    def review(self) -> ReviewPage:
        """The review page."""
        from desktop_app.ui.review.page import ReviewPage  # noqa: PLC0415 - the board comes up first

        page = ReviewPage(self._station)
        page.service_asked.connect(self._window.ask_about_service)
        page.board_wanted.connect(lambda: self._window.show_page("board"))
        self._window.toast.room_wanted.connect(page.view.make_room_for_news)
        self.addWidget(page)
        return page

    @cached_property
    def export(self) -> ExportPage:
        """The export page."""
        from desktop_app.ui.export.page import ExportPage  # noqa: PLC0415 - as the review

        page = ExportPage(self._station, self._window.dispatch)
        self.addWidget(page)
        return page

    @cached_property
    def history(self) -> HistoryPage:
        """The history page."""
        from desktop_app.ui.history.page import HistoryPage  # noqa: PLC0415 - as the review

        page = HistoryPage(self._station)
        self.addWidget(page)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        """The settings page."""
        from desktop_app.ui.settings.page import SettingsPage  # noqa: PLC0415 - as the review

        page = SettingsPage(self._station, self._window.upkeep)
        page.changed.connect(self._window.take_setting)
        page.quit.clicked.connect(self._window.beside.leaving.ask_to_quit)
        page.backups.leave = self._window.beside.leaving.quit_then
        self.addWidget(page)
        return page

    @cached_property
    def welcome(self) -> WelcomePage:
        """The page of the first start."""
        from desktop_app.ui.welcome.page import WelcomePage  # noqa: PLC0415 - most starts are not the first

        page = WelcomePage(self._station)
        page.finished.connect(self._window.begin)
        self.addWidget(page)
        return page

    def of(self, name: str) -> Page:
        """Return a page by its name."""
        found: Page = getattr(self, name)
        return found

    def forget_measures(self) -> None:
        """Let the pages be made anew that measured themselves by the text as it was."""
        for name in _MEASURED:
            page: QWidget | None = self.__dict__.pop(name, None)
            if page is not None:
                self.removeWidget(page)
                page.deleteLater()
