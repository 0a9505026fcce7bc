"""A batch that was sent goes out once more, only because somebody asks, and says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.ui import words
from desktop_app.ui.export.dispatch import Dispatch
from desktop_app.ui.export.ports import Due, Wanted
from desktop_app.ui.ports import SentBatch
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label

UNDER = (
    "The files say that these lines were sent before, so that nobody bills them twice. "
    "What was corrected since goes out as it is now."
)


class SendAgainSheet(Sheet):
    """Says what would go out; Enter alone sends nothing."""

    def __init__(self, theme: Theme, batch: SentBatch, told: str) -> None:
        super().__init__(theme, f"Send {batch.name} again?", UNDER)
        self.told = label(told, wrap=True)
        self.body.addWidget(self.told)
        self.back, self.go = self.add_ways_on("Cancel", "Send again", hint="")

    def first_field(self) -> QWidget:
        """The way back."""
        return self.back


def ask_send_again(
    station: Station, dispatch: Dispatch, batch: SentBatch, wanted: Wanted, folder: str
) -> None:
    """Ask, and send the batch once more in the formats and to the folder that are chosen now."""
    sends = station.billing.sends
    titles = [offer.title for offer in sends.offers() if offer.name in wanted.formats]
    sheet = SendAgainSheet(station.theme, batch, _told(sends.due(wanted), titles, folder))
    problem = _problem(dispatch, wanted, folder)
    sheet.show_problem(problem)
    sheet.go.setEnabled(not problem)

    def send() -> None:
        if not problem:
            sheet.done.emit()
            dispatch.begin(wanted, Path(folder))

    sheet.confirmed.connect(lambda _: send())
    station.sheets.open(sheet)


def _told(due: Due, titles: list[str], folder: str) -> str:
    sessions = words.count_words(due.sessions, "session", "sessions")
    lines = words.count_words(due.lines, "line", "lines")
    as_what = f" as {', '.join(titles)}" if titles else ""
    return f"{sessions} with {lines}{as_what}{f' to {folder}' if folder else ''}."


def _problem(dispatch: Dispatch, wanted: Wanted, folder: str) -> str:
    if dispatch.is_under_way:
        return "another batch is being written; wait until it is over"
    if not wanted.sessions:
        return "its sessions are not here any more"
    if not wanted.formats:
        return "choose a format on the page first"
    return "" if folder else "choose a folder on the page first"
