"""Holds the program to the house's rules, and shows that each rule can be broken."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house_rules import (
    CHECKS,
    PACKAGE,
    Source,
    empty_names,
    files_sql_clocks,
    forbidden_rooms,
    foreign_packages,
    function_lengths,
    imports_of_the_root,
    impurities,
    long_functions,
    misplaced_packages,
    network_users,
    places_found_by_itself,
)

ROOT = Path(__file__).resolve().parent.parent

FILE_LIMIT = 400
FUNCTION_LIMIT_OF_NINE_IN_TEN = 25
FEW = 0.1

PROGRAM = [
    Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / PACKAGE).rglob("*.py"))
]


def lines(source: Source) -> int:
    return source.text.count("\n")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_program_keeps_each_rule_of_the_house(check: Callable[[Source], list[str]]) -> None:
    assert [fault for source in PROGRAM for fault in check(source)] == []


def test_the_whole_program_is_checked() -> None:
    assert {"desktop_app/__init__.py", "desktop_app/core/desk.py"} <= {source.path for source in PROGRAM}


def test_no_file_is_over_four_hundred_lines() -> None:
    assert [source.path for source in PROGRAM if lines(source) > FILE_LIMIT] == []


def test_few_files_are_over_three_hundred_lines() -> None:
    over = [source.path for source in PROGRAM if lines(source) > 300]
    assert len(over) <= max(1, round(FEW * len(PROGRAM))), over


def test_nine_functions_in_ten_are_short() -> None:
    lengths = [length for source in PROGRAM for length, _ in function_lengths(source)]
    assert statistics.quantiles(lengths, n=10)[-1] <= FUNCTION_LIMIT_OF_NINE_IN_TEN


def planted(path: str, text: str) -> Source:
    return Source(f"{PACKAGE}/{path}", text + "\n")


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (forbidden_rooms, "core/session.py", "from desktop_app.store import journal"),
        (forbidden_rooms, "core/session.py", "import desktop_app.coding.coder"),
        (forbidden_rooms, "core/session.py", "from desktop_app import paths"),
        (forbidden_rooms, "core/session.py", "from ..coding import coder"),
        (forbidden_rooms, "core/session.py", "from .. import coding"),
        (forbidden_rooms, "coding/coder.py", "from desktop_app.ui.theme import ink"),
        (forbidden_rooms, "coding/coder.py", "def f():\n    from desktop_app.exchange import batch"),
        (forbidden_rooms, "script/touches.py", "from desktop_app.store.journal import SqlJournal"),
        (forbidden_rooms, "cms/reading.py", "from desktop_app.store.durable_file import write_durably"),
        (forbidden_rooms, "coding/tables.py", "from desktop_app.cms.reading import read_file"),
        (forbidden_rooms, "store/journal.py", "from desktop_app.coding.coder import code"),
        (forbidden_rooms, "exchange/batch.py", "from desktop_app.store.journal import SqlJournal"),
        (forbidden_rooms, "hub/sync.py", "from desktop_app.coding.coder import code"),
        (forbidden_rooms, "ui/board/view.py", "from desktop_app.store.journal import SqlJournal"),
        (forbidden_rooms, "ui/board/view.py", "from ...exchange import batch"),
        (forbidden_rooms, "paths.py", "from desktop_app.core.ports import Clock"),
        (forbidden_rooms, "__main__.py", "from desktop_app.store.journal import SqlJournal"),
        (forbidden_rooms, "attic/box.py", "x = 1"),
        (imports_of_the_root, "ui/board/view.py", "from desktop_app.app import main"),
        (imports_of_the_root, "__main__.py", "from desktop_app import app"),
        (imports_of_the_root, "app.py", "from desktop_app.commands import play"),
        (foreign_packages, "core/session.py", "import pydantic"),
        (foreign_packages, "coding/coder.py", "from rich import print"),
        (foreign_packages, "script/touches.py", "import platformdirs"),
        (files_sql_clocks, "core/session.py", "import time"),
        (files_sql_clocks, "coding/rulebook.py", "from pathlib import Path"),
        (network_users, "store/backup.py", "import socket"),
        (network_users, "commands/doctor.py", "from urllib.request import urlopen"),
        (network_users, "ui/front.py", "from PySide6.QtNetwork import QLocalServer, QTcpSocket"),
        (misplaced_packages, "core/session.py", "from PySide6.QtCore import QObject"),
        (misplaced_packages, "store/journal.py", "import PySide6"),
        (misplaced_packages, "cli.py", "from PySide6.QtWidgets import QApplication"),
        (misplaced_packages, "exchange/batch.py", "from PySide6.QtGui import QPdfWriter"),
        (misplaced_packages, "ui/board/view.py", "import sqlite3"),
        (misplaced_packages, "cli.py", "from sqlite_utils import Database"),
        (impurities, "core/session.py", "half = 0.5"),
        (impurities, "coding/drugs.py", "units = float(dose)"),
        (impurities, "core/session.py", "from datetime import datetime\nnow = datetime.now()"),
        (impurities, "core/session.py", "import datetime\nnow = datetime.datetime.now(datetime.UTC)"),
        (impurities, "coding/case.py", "today = date.today()"),
        (impurities, "coding/rulebook.py", "text = open('rules.toml').read()"),
        (impurities, "coding/rulebook.py", "import io\ntext = io.open('rules.toml').read()"),
        (impurities, "core/session.py", "import time\nnow = time.time()"),
        (places_found_by_itself, "rulebook_files.py", "folder = Path(__file__).parent.parent"),
        (long_functions, "ui/board/view.py", "def f():\n" + "    x = 1\n" * 60),
        (empty_names, "core/time_utils.py", ""),
        (empty_names, "ui/helpers/draw.py", ""),
    ],
)
def test_a_planted_fault_is_found(check: Callable[[Source], list[str]], path: str, text: str) -> None:
    faults = check(planted(path, text))
    assert faults
    assert faults[0].startswith(f"{PACKAGE}/{path}:")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("core/session.py", "from desktop_app.core.events import Event\nfrom .moments import Moment"),
        ("coding/coder.py", "from decimal import Decimal\nfrom desktop_app.core import timeline"),
        ("script/touches.py", "import json\nfrom desktop_app.coding import case"),
        (
            "store/journal.py",
            "import sqlite3, time\nfrom desktop_app import paths\nfrom desktop_app.core import ports",
        ),
        ("ui/front.py", "from PySide6.QtNetwork import QLocalServer, QLocalSocket"),
        ("hub/sync.py", "import socket\nfrom urllib.parse import quote"),
        ("hub/sync.py", "from desktop_app.store.journal import SqlJournal"),
        ("exchange/superbill_pdf.py", "from PySide6.QtGui import QPdfWriter\nwidth = 0.5"),
        ("ui/board/view.py", "from PySide6.QtWidgets import QWidget\nfrom ...core import suite\nopen('x')"),
        ("cli.py", "from desktop_app import __version__\nfrom desktop_app.app import main"),
        ("commands/play.py", "from desktop_app.app import main\nfrom desktop_app.store import journal"),
        ("app.py", "from desktop_app.store import journal\nfrom PySide6.QtCore import QObject"),
        ("__main__.py", "from desktop_app.cli import main"),
        ("paths.py", "import platformdirs\nhere = __file__"),
        ("ui/theme.py", "def f():\n" + "    x = 1\n" * 59),
    ],
)
def test_what_is_allowed_is_not_called_a_fault(path: str, text: str) -> None:
    assert [fault for check in CHECKS for fault in check(planted(path, text))] == []
