"""``chairtime``: the window on this user's data, or on a demo suite in mid-morning."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from argparse import Namespace
from contextlib import ExitStack, suppress
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.app import Parts, open_parts
from desktop_app.coding.refusals import RulebookError
from desktop_app.commands.at_the_door import AtTheDoor, NotSignedIn
from desktop_app.commands.billing import WindowBilling
from desktop_app.commands.display import has_display
from desktop_app.commands.late_coder import LateCoder
from desktop_app.commands.products import DrugsOfToday, KnownProducts
from desktop_app.commands.protocol_shelf import ProtocolShelf
from desktop_app.commands.rescue import WayOn, key_if_same, put_back, require_no_loss, rescue
from desktop_app.commands.streams import NothingDone
from desktop_app.core.guard import requiring
from desktop_app.core.moments import local_date
from desktop_app.core.ports import JournalError
from desktop_app.store.faults import FolderInUse, JournalUnusable
from desktop_app.ui import late
from desktop_app.ui.application import Application
from desktop_app.ui.on_screen import SEEN_MS, AfterFirstPaint, open_on_screen
from desktop_app.ui.unforeseen import tell_faults
from desktop_app.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop_app.commands.crash_report import CrashReports
    from desktop_app.store.locked import Unlock

KNOCKS = 20
BETWEEN_KNOCKS_S = 0.1


def run(arguments: Namespace) -> int:
    """Open the window and stay until it is closed. Raises NothingDone where no window can open."""
    # A platform that was chosen by name needs no display, or says itself what it lacks.
    if not (os.environ.get("QT_QPA_PLATFORM") or has_display()):
        raise NothingDone("There is no display here; `chairtime demo` plays a day without a window.")
    # Every touch is on disk when it is shown, so a terminal's Ctrl+C may end the program at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = Application(sys.argv[:1])
    if arguments.demo:
        return _run_demo(application)
    path = arguments.data_dir or paths.user_data_dir()
    way_on: int | WayOn = WayOn.AGAIN
    while isinstance(way_on, WayOn):
        way_on = _opened(application, path, begins=way_on is WayOn.BEGIN)
    return way_on


def _opened(application: Application, path: Path, *, begins: bool) -> int | WayOn:
    """Open the window and stay; return its status, or the way on where the journal cannot be opened."""
    try:
        if not begins:
            require_no_loss(path)
        return _run_suite(application, path)
    except NotSignedIn:
        return 0
    except FirstWindowComes:
        print("Chairtime is open already; its window was asked to come to the front.")
        return 0
    except FolderInUse as fault:
        application.tell(str(fault))
        raise
    except JournalUnusable as fault:
        way_on = rescue(application, path, fault, partial(AtTheDoor, path))
        if way_on is WayOn.QUIT:
            raise
        return way_on
    except (JournalError, RulebookError) as fault:
        application.tell(str(fault))
        raise


class FirstWindowComes(JournalError):
    """A window has the folder open already, and was asked to come to the front."""


def _entered(until: ExitStack, path: Path, unlock: Unlock) -> Parts:
    """Open the folder; a command that is in it for a moment, such as one that tells its look, is waited for.

    Raises FirstWindowComes where a window has the folder; one that is still being opened is waited for too.
    """
    for _ in range(KNOCKS):
        with suppress(FolderInUse):
            return until.enter_context(open_parts(path, rules_later=True, unlock=unlock))
        _ask_first_window(path)
        time.sleep(BETWEEN_KNOCKS_S)
    return until.enter_context(open_parts(path, rules_later=True, unlock=unlock))


def _ask_first_window(path: Path) -> None:
    from desktop_app.ui.front import ask_first_window  # noqa: PLC0415 - most starts are the first one

    if ask_first_window(path):
        raise FirstWindowComes(f"A window has the data folder {path} open.")


def make_window(parts: Parts, *, demo: bool, lines_later: bool = False) -> MainWindow:
    """Return the window over the parts of a data folder."""
    today = partial(_today, parts)
    window = MainWindow(
        desk=parts.desk,
        coder=LateCoder(parts),
        clock=parts.clock,
        billing=WindowBilling(parts),
        settings=parts.folder.settings,
        drugs=DrugsOfToday(lambda: parts.rules.rulebook.drugs, today),
        products=KnownProducts(parts.folder.path, lambda: parts.rules.rulebook.tables, today),
        protocols=ProtocolShelf(parts.folder.path, requiring(parts.desk)),
        demo=demo,
        lines_later=lines_later,
    )
    window.caretaker.look_with = parts.folder.look_after_keys
    window.caretaker.keep_with = parts.folder.upkeep.do_due
    if not demo:
        parts.desk.refuge.ask = lambda: parts.emergency
        window.station.secrets.ask = lambda: parts.folder.sign_in
        window.station.secrets.opened_with = parts.folder.opened.by
    return window


class Reports:
    """Keeps the report of each fault in the data folder; what makes them is loaded with the first one."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @cached_property
    def _made(self) -> CrashReports:
        from desktop_app.commands.crash_report import CrashReports  # noqa: PLC0415 - as the docstring says

        return CrashReports(self._parts.folder.path, self._standing)

    def _standing(self) -> str:
        events, link = self._parts.folder.journal.last()
        return f"{events} events, head {link[:16]}"

    def keep(self, fault: BaseException) -> str:
        """Return the report of a fault."""
        return self._made.keep(fault)


def _today(parts: Parts) -> date:
    return local_date(parts.desk.now().at_us, parts.folder.settings.get("zone"))


def _run_demo(application: Application) -> int:
    """Play the demo day up to mid-morning into a folder that is deleted at the end, and go on live."""
    # A clinic's window plays no script.
    from desktop_app.commands.demo_day import MID_MORNING, demo_day  # noqa: PLC0415

    with demo_day() as day:
        day.play_until(MID_MORNING)
        day.clock.go_on()
        window = make_window(day.parts, demo=True)
        tell_faults(window.unforeseen.tell, Reports(day.parts).keep)
        AfterFirstPaint(window, late.load)
        open_on_screen(window)
        return application.exec()


def _run_suite(application: Application, path: Path, told: str = "") -> int:
    # Most of what is made until then stays; ``late.load`` looks for garbage again, once all is loaded.
    gc.disable()
    asked = AtTheDoor(path)
    with ExitStack() as until:
        parts = _entered(until, path, asked.unlock)
        window = make_window(parts, demo=False, lines_later=True)
        tell_faults(window.unforeseen.tell, Reports(parts).keep)
        opening = Opening(application, window, parts)
        AfterFirstPaint(window, opening.show_lines, within_ms=SEEN_MS)
        AfterFirstPaint(window, partial(_make_ready, window, parts, path, told))
        if parts.desk.suite.people.are_named:
            _let_in(window, parts)
        open_on_screen(window)
        asked.leave()
        status, actor = application.exec(), parts.desk.actor
        if parts.desk.suite.people.are_named and not parts.desk.waiting:
            _sign_out(window)
        if parts.desk.waiting:
            # What waits in the emergency file opens with the key of today.
            parts.folder.may_renew = False
        else:
            parts.emergency.remove()
        _keep_look(path, parts)
        wanted = window.upkeep.backups.at_the_end()
        key = parts.folder.database_key
    if opening.fault is not None:
        raise opening.fault
    if wanted:
        window.deleteLater()
        told = put_back(path, wanted, key_if_same(key), actor=actor)
        return _run_suite(application, path, f"The journal is back. {told}")
    return status


def _keep_look(path: Path, parts: Parts) -> None:
    from desktop_app.store.look import keep_look  # noqa: PLC0415 - no picture waits for it

    keep_look(path, parts.folder.settings)


def _let_in(window: MainWindow, parts: Parts) -> None:
    """Sign in who opened the folder, before anything is seen; else show the lock and no name."""
    from desktop_app.core.access import Secret  # noqa: PLC0415 - most folders name nobody
    from desktop_app.ui.lock.attendance import come_in  # noqa: PLC0415 - as above

    folder, people = parts.folder, parts.desk.suite.people
    on = folder.opened_by or ("" if folder.opened.by else parts.folder.settings.get("actor"))
    by = Secret.PASSPHRASE if folder.opened_by else Secret.WORD
    if people.named(on) is not None and (folder.opened_by or folder.is_anybodys):
        come_in(window.station, on, by)
        window.rail.show_user(parts.desk.actor)
    else:
        window.locking.lock()


def _sign_out(window: MainWindow) -> None:
    """Tell that whoever is on has gone, with the program."""
    from desktop_app.core.access_log import QUIT  # noqa: PLC0415 - as above
    from desktop_app.ui.lock.attendance import go_out  # noqa: PLC0415 - as above

    go_out(window.station, QUIT)


class Opening:
    """Loads the coder once the board has been drawn without its lines."""

    def __init__(self, application: Application, window: MainWindow, parts: Parts) -> None:
        self._application = application
        self._window = window
        self._parts = parts
        self.fault: RulebookError | None = None
        """Why there can be no lines: the window closes, since nobody could bill what it times."""

    def show_lines(self) -> None:
        """Show the lines, or close where the rules cannot be read."""
        try:
            _ = self._parts.coder
        except RulebookError as fault:
            self.fault = fault
            self._application.exit()
        else:
            self._window.show_lines()


def _make_ready(window: MainWindow, parts: Parts, path: Path, told: str) -> None:
    """Load what the first touch will want, and do what no picture waits for."""
    late.load()
    from desktop_app.commands.window_ready import make_ready  # noqa: PLC0415 - no picture waits for it

    make_ready(window, parts, path, told)
