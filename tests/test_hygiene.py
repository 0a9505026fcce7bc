"""Shows that a test fails when it logs a warning, when Qt speaks up, and that no widget outlives it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

UNCLEAN = """
import logging, warnings
from PySide6.QtCore import qWarning

def test_logs(): logging.getLogger("store").warning("the disk is slow")
def test_qt_speaks(qapp): qWarning("a layout is broken")
def test_python_warns(): warnings.warn("old", stacklevel=1)
"""

CLEAN = """
import logging
import shiboken6
from PySide6.QtWidgets import QWidget

left = []

def test_an_expected_line_is_asserted_and_cleared(caplog):
    logging.getLogger("store").warning("the disk is slow")
    assert "slow" in caplog.text
    caplog.clear()

def test_leaves_a_widget(qapp):
    left.append(QWidget())
    left[0].deleteLater()
    assert shiboken6.isValid(left[0])

def test_the_widget_is_gone():
    assert not shiboken6.isValid(left[0])
"""


def outcome(folder: Path, text: str) -> str:
    """Return the closing line of a run of these tests under this project's rules."""
    shutil.copy(HERE / "conftest.py", folder)
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    options = ["-c", str(HERE.parent / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(UNCLEAN, "2 failed, 1 passed, 1 error"), (CLEAN, "3 passed")],
    ids=["unclean", "clean"],
)
def test_only_what_a_test_expects_may_be_said(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in outcome(tmp_path, text)
