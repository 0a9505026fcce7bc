"""A batch that was sent goes out once more, only because somebody asks, and says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.session import Session, Stage
from desktop_app.ui import words
from desktop_app.ui.billing_ports import SentBatch
from desktop_app.ui.export.dispatch import Dispatch
from desktop_app.ui.export.ports import Due, Wanted
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label

UNDER = (
    "The files say that these lines were sent before, so that nobody bills them twice. "
    "What was corrected since goes out as it is now."
)

MOST_NAMED = 3
"""Of those that do not go out so many are named."""


class SendAgainSheet(Sheet):
    """Says what would go out; Enter alone sends nothing."""

    needs = Right.SEND

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
    due = sends.due(wanted)
    told = f"{_told(due, titles, folder)}{_stays(station, wanted, due)}"
    sheet = SendAgainSheet(station.theme, batch, told)
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


def _stays(station: Station, wanted: Wanted, due: Due) -> str:
    """Say who of the batch does not go out, and why, where it is not all of it."""
    if due.sessions >= len(wanted.sessions):
        return ""
    found = map(station.desk.shelf.session, wanted.sessions)
    waiting = [one for one in found if one is not None and (one.hold_reason or one.stage is not Stage.SIGNED)]
    names = [f"{words.who(one) or one.chair} {_why_not(one)}" for one in waiting[:MOST_NAMED]]
    more = len(wanted.sessions) - due.sessions - len(names)
    others = [words.count_words(more, "other has no line any more", "others have no line any more")]
    return f" Not with them: {', '.join(names + (others if more else []))}."


def _why_not(session: Session) -> str:
    return "is held" if session.hold_reason else "is open again and goes out once it is signed"


def _problem(dispatch: Dispatch, wanted: Wanted, folder: str) -> str:
    if dispatch.is_under_way:
        return "another batch is being written; wait until it is over"
    if not wanted.sessions:
        return "its sessions are not here any more"
    if not wanted.formats:
        return "choose a format on the page first"
    return "" if folder else "choose a folder on the page first"
