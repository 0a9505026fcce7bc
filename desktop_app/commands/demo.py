"""``chairtime demo``: the demo day without a window: lines with reasons, the batch, pictures."""

from __future__ import annotations

import os
from argparse import Namespace
from functools import partial
from pathlib import Path

from rich.text import Text

from desktop_app.app import Parts
from desktop_app.coding.reasons import Coding
from desktop_app.coding.sessions import visit_of
from desktop_app.commands.billing import export, size_of
from desktop_app.commands.coded_page import print_page
from desktop_app.commands.demo_day import MID_MORNING, demo_day
from desktop_app.commands.drawn_visit import Drawing, drawn
from desktop_app.commands.page import Page
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.core.decisions import Refusal
from desktop_app.core.session import Session, sessions_by_age

PICTURE_SIZE = (1440, 900)


def run(arguments: Namespace) -> int:
    """Play the day, print its sessions, and leave batch and pictures in a folder. Raises NothingDone."""
    try:
        arguments.to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NothingDone(f"The folder {arguments.to} cannot be made: {plain(error)}.") from error
    with demo_day() as day:
        day.play_until(MID_MORNING)
        _take_pictures(day.parts, arguments.to)
        day.play_until()
        _print_sessions(day.parts)
        _write_batch(day.parts, arguments.to)
    return 0


def _take_pictures(parts: Parts, folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is loaded here and not above: everything else of the demo works without it.
    from desktop_app.commands.window import make_window  # noqa: PLC0415
    from desktop_app.ui.application import Application  # noqa: PLC0415
    from desktop_app.ui.board.picture import picture_of_board  # noqa: PLC0415

    application = Application(["chairtime"])
    for scheme in ("light", "dark"):
        parts.folder.settings.set("scheme", scheme)
        window = make_window(parts, demo=True)
        picture_of_board(window, folder / f"board-{scheme}.png", *PICTURE_SIZE)
        window.deleteLater()
    application.processEvents()


def _print_sessions(parts: Parts) -> None:
    page = Page()
    for session in sessions_by_age(parts.desk.suite.sessions.values()):
        page.print(Text(f"\n{_heading(session)}", style="bold"))
        coding = parts.coder.as_recorded(session)
        print_page(coding, page, partial(_drawing, session, coding))


def _drawing(session: Session, coding: Coding, width: int) -> Drawing:
    return drawn(visit_of(session), coding, width=width)


def _heading(session: Session) -> str:
    return f"Chair {session.chair} · {session.initials} · {session.mrn} · {session.stage.value}"


def _write_batch(parts: Parts, folder: Path) -> None:
    batch = export(parts, parts.desk.shelf.unsettled(), folder, ("csv",), again=False)
    if isinstance(batch, Refusal):
        raise NothingDone(batch.text)
    print(f"\n{batch.folder.name}: {size_of(batch)}, in {folder}.")
    if batch.note:
        print(batch.note)
