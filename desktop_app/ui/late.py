"""What no picture waits for: the flows and their sheets, loaded right after the first picture.

A touch that comes sooner loads them itself; its instant was stamped before.
"""

# ruff: noqa: PLC0415 - that these are imported when they are wanted is what the file is for

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.core.decisions import When
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark, Touched
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.station import Station

if TYPE_CHECKING:
    from desktop_app.ui.board.page import BoardPage
    from desktop_app.ui.panel.panel_model import FindingRow
    from desktop_app.ui.panel.rows import FindingBlock
    from desktop_app.ui.window import MainWindow


def load() -> None:
    """Load what the first touch will want, and let nothing of all this be looked at for garbage again.

    A look through everything that stays would hold up the frame it falls into by half its time.
    """
    import desktop_app.ui.commands
    import desktop_app.ui.panel.service_menu
    import desktop_app.ui.panel.settling
    import desktop_app.ui.sheets.keys_sheet
    import desktop_app.ui.sheets.mark  # noqa: F401 - it is enough that they are loaded

    gc.collect()
    gc.freeze()
    gc.enable()


def perform(station: Station, deed: Deed, chair: str, when: When) -> None:
    """Do what was asked for at a chair, at the instant it was asked."""
    from desktop_app.ui import commands

    commands.perform(station, deed, chair, when)


def search(station: Station, board: BoardPage, text: str, when: When, *, scanned: bool) -> bool:
    """Go to what a search or a scan means; False where nothing here is called that."""
    from desktop_app.ui.commands import answer
    from desktop_app.ui.search import find
    from desktop_app.ui.suite_drugs import SuiteDrugs

    drugs = SuiteDrugs(station.drugs, station.settings)
    found = find(station.desk.expected, drugs, text, scanned=scanned)
    if found is not None:
        station.show_page("board", "")
        answer(station, board, found, when)
    return found is not None


def ask_about_service(station: Station, session: Session, service_id: str) -> None:
    """Ask what to do with a service of a session, if it is there."""
    from desktop_app.ui.panel.service_menu import ask_about_service as ask

    service = session.service(service_id)
    if service is not None:
        ask(station, session, service)


def ask_to_take_back(station: Station, touched: Touched, chosen: str, take: Callable[[], None]) -> None:
    """Ask before an undo that reaches far: to another chair, or back over a minute."""
    from desktop_app.ui.sheets.take_back import ask_to_take_back as ask

    ask(station, touched, chosen, take)


def ask_meaning(station: Station, mark: Mark, session: Session | None) -> None:
    """Ask what a mark was."""
    from desktop_app.ui.sheets.mark import ask_meaning as ask

    ask(station, mark, session)


def show_keys(station: Station) -> None:
    """Show the sheet of the keys."""
    from desktop_app.ui.sheets.keys_sheet import KeysSheet

    station.sheets.open(KeysSheet(station.theme, station.sheets.window().width()))


def print_session(station: Station, session: Session) -> None:
    """Show a session's superbill, to be printed or saved."""
    from desktop_app.ui.printing import print_session as show

    show(station, session)


def print_day(station: Station, day: date) -> None:
    """Show a day's summary, to be printed or saved."""
    from desktop_app.ui.printing import print_day as show

    show(station, day)


def print_shown(window: MainWindow) -> None:
    """Show what can be printed of the page that is shown."""
    from desktop_app.ui.printing import print_shown as show

    show(window)


def take_setting(window: MainWindow, key: str) -> None:
    """Let a setting that was changed take effect at once."""
    from desktop_app.ui.settings.in_effect import take_setting as take

    take(window, key)


def show_history_of(window: MainWindow) -> None:
    """Show the history of the session that is shown or chosen; where none is, look for one."""
    from desktop_app.ui.history.opening import show_history_of as show

    show(window)


def ask_downtime(station: Station) -> None:
    """Ask whether a downtime of the record system begins or is over, as of this moment."""
    when = station.stamp()
    from desktop_app.ui.sheets.downtime import ask_downtime as ask

    ask(station, when)


def ask_clocks(station: Station) -> None:
    """Show what is on record of this computer's clock, and take the true time where somebody tells it."""
    from desktop_app.ui.sheets.clocks import ask_clocks as ask

    ask(station)


def ask_who(station: Station, changed: Callable[[], None]) -> None:
    """Ask who works here from now on; where people are named, and for what proves it."""
    if station.desk.expected.people.are_named:
        from desktop_app.ui.signin.switch import ask_who_is_on

        ask_who_is_on(station, changed)
        return
    from desktop_app.ui.sheets.who import ask_who as ask

    def came() -> None:
        come_on(station, station.settings.get("actor"))
        changed()

    ask(station, came)


def ask_first_person(station: Station, named: Callable[[], None]) -> None:
    """Ask who is the administrator, where that can be; not in a demo."""
    if not station.secrets.are_here or station.desk.expected.people.are_named:
        return
    from desktop_app.ui.signin.first_person import ask_first_person as ask

    ask(station, named)


def come_on(station: Station, name: str) -> None:
    """Let somebody work here from now on, at their word; where people are named they sign in instead."""
    if not station.desk.expected.people.are_named:
        station.desk.actor = name


def choose(station: Station, title: str, items: Sequence[tuple[str, Callable[[], None]]]) -> None:
    """Ask which of some things is meant, and do it."""
    from desktop_app.ui.sheets.choose import ChooseSheet

    station.sheets.open(ChooseSheet(station.theme, title, "", list(items)))


def ask_dose(station: Station, session: Session, service: Service, vial: str = "") -> None:
    """Ask for the dose of a service, with one more vial where one was scanned."""
    from desktop_app.ui.sheets.dose import ask_dose as ask

    ask(station, session, service, vial)


def show_history(station: Station, session: Session, service: Service, what: str, index: int) -> None:
    """Show every value of one moment."""
    from desktop_app.ui.sheets.moment_history import show_history as show

    show(station, session, service, what, index)


def show_times(station: Station, session: Session, service: Service) -> None:
    """Show every value of every moment of a service."""
    from desktop_app.ui.sheets.moment_history import show_times as show

    show(station, session, service)


def show_seating(station: Station, session: Session) -> None:
    """Show when the patient sat down: every value there was, and the way to correct it."""
    from desktop_app.ui.sheets.seating import show_seating as show

    show(station, session)


def finding_block(station: Station, session: Session, row: FindingRow) -> FindingBlock:
    """Return a finding with what settles it; most first pictures have none."""
    from desktop_app.ui.panel.settling import finding_block as block

    return block(station, session, row)
