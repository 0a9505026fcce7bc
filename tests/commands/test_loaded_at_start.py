"""What the way to the first picture loads: nothing that no picture shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop_app.commands.demo_day import MID_MORNING, demo_day_in
from tests.commands.program import surroundings

_LATER = "import sys; from desktop_app.commands.window import late; late.load(); print(*sys.modules)"
_STARTED = """
import os, sys
from desktop_app import cli
import desktop_app.ui.window as room
from PySide6.QtCore import QTimer

class Window(room.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)

def painted():
    print(*sys.modules)
    sys.stdout.flush()
    os._exit(0)

room.MainWindow = Window
cli.main(["--data-dir", sys.argv[1]])
"""
"""Opens a suite that was open before, and tells what is loaded when its first picture is painted."""
CODER = "desktop_app.coding.coder"
FLOWS = "desktop_app.ui.commands"


def modules_after(program: str, *arguments: str) -> set[str]:
    line = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=surroundings())
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is loaded when the board of a suite with a patient on every chair is first seen."""
    data = tmp_path_factory.mktemp("suite") / "data"
    with demo_day_in(data) as day:
        day.play_until(MID_MORNING)
        day.parts.folder.settings.set("zone", "America/New_York")
    return modules_after(_STARTED, str(data))


@pytest.mark.parametrize(
    "later",
    [
        "cryptography",
        "keyring",
        "subprocess",
        "sqlite_utils",
        "tzlocal",
        "openpyxl",
        "xlsxwriter",
        "rich",
        CODER,
        FLOWS,
        "desktop_app.coding.rulebook",
        "desktop_app.coding.tables",
        "PySide6.QtPrintSupport",
        "desktop_app.commands.backup_words",
        "desktop_app.commands.charge_list",
        "desktop_app.commands.crash_report",
        "desktop_app.commands.doctor",
        "desktop_app.commands.window_backups",
        "desktop_app.core.access_log",
        "desktop_app.core.staffing",
        "desktop_app.commands.window_sends",
        "desktop_app.exchange.batch",
        "desktop_app.exchange.downtime_list",
        "desktop_app.exchange.formats",
        "desktop_app.exchange.paper",
        "desktop_app.exchange.pdf_text",
        "desktop_app.protocol_files",
        "desktop_app.rulebook_files",
        "desktop_app.script.play",
        "desktop_app.store.locked",
        "desktop_app.store.sealed_keys",
        "desktop_app.store.sign_in",
        "desktop_app.store.slots",
        "desktop_app.core.clock_words",
        "desktop_app.core.jump_watch",
        "desktop_app.ui.board.downtime_bar",
        "desktop_app.ui.widgets.clock_bar",
        "desktop_app.ui.printing",
        "desktop_app.ui.beside.sound",
        "desktop_app.ui.beside.strip",
        "desktop_app.ui.beside.tray",
        "desktop_app.ui.export.dispatch",
        "desktop_app.ui.export.page",
        "desktop_app.core.record.chronicle",
        "desktop_app.store.finding",
        "desktop_app.ui.history.page",
        "desktop_app.ui.lock.attendance",
        "desktop_app.ui.lock.past_emergencies",
        "desktop_app.core.emergencies",
        "desktop_app.ui.lock.screen",
        "desktop_app.ui.signin.entry",
        "desktop_app.ui.signin.window",
        "desktop_app.ui.panel.panel",
        "desktop_app.ui.review.page",
        "desktop_app.store.backups",
        "desktop_app.store.emergency",
        "desktop_app.store.restore",
        "desktop_app.ui.recovery.window",
        "desktop_app.ui.settings.backups_card",
        "desktop_app.ui.settings.billing_card",
        "desktop_app.ui.settings.page",
        "desktop_app.ui.sheets.layouts",
        "desktop_app.ui.sheets.start",
        "desktop_app.ui.welcome.page",
    ],
)
def test_the_first_picture_waits_for_none_of_these(loaded: set[str], later: str) -> None:
    assert "desktop_app.ui.board.page" in loaded
    assert later not in loaded


def test_a_text_file_is_written_without_what_writes_workbooks() -> None:
    program = (
        "import sys; from desktop_app.exchange.formats import chosen; chosen(['csv']); print(*sys.modules)"
    )
    assert not {"xlsxwriter", "openpyxl"} & modules_after(program)
    assert "xlsxwriter" in modules_after(program.replace("'csv'", "'xlsx'"))


def test_the_flows_are_there_before_the_first_touch_wants_them() -> None:
    assert {FLOWS, "desktop_app.ui.sheets.mark"} <= modules_after(_LATER)
