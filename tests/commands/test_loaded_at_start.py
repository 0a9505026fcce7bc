"""What the way to the first picture loads: nothing that no picture shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOADED = "import sys, desktop_app.commands.window; print(*sys.modules)"
_LATER = "import sys; from desktop_app.commands.window import late; late.load(); print(*sys.modules)"
FLOWS = "desktop_app.ui.commands"


def modules_after(program: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    return modules_after(_LOADED)


@pytest.mark.parametrize(
    "later",
    [
        "sqlite_utils",
        "openpyxl",
        "xlsxwriter",
        "rich",
        FLOWS,
        "desktop_app.exchange.batch",
        "desktop_app.script.play",
        "desktop_app.ui.review.page",
        "desktop_app.ui.settings.page",
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
