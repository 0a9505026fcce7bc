"""A patient whose name is nowhere else: nothing of it is outside the journal but what was exported.

The patient goes through the window and the commands, failures at every layer included; then every file of
the data folder and of the folder for temporary files, everything printed, every title and tooltip of a
window, the icon's and the report of a crash are searched.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import cli
from desktop_app.commands.aside import ASIDE, clear_aside
from desktop_app.commands.crash_report import CrashReports
from desktop_app.commands.late_coder import LateCoder
from desktop_app.core.people import Registration, Sex
from desktop_app.core.ports import NotSaved
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session
from desktop_app.ui.beside.tray import Tray
from desktop_app.ui.unforeseen import tell_faults
from tests.commands.program import surroundings
from tests.ui.billing_day import registered
from tests.ui.office import Office, opened_office

MARKS = ("Zebrowskaya", "Quillfeather", "QX7741903", "WMEMBER5508")
"""A last name, a first name, an MRN and a member id, none of them seen anywhere else."""
FAMILY, GIVEN, MRN, MEMBER = MARKS
FAULTS = 3
"""A coding, a picture and the answer to a press; the first two stay in their places and are logged."""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gives the program a folder for temporary files of its own."""
    place = tmp_path / "temporary"
    place.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


def found_in(folder: Path) -> dict[str, list[str]]:
    """Return which files of a folder hold a mark, in any way it may be written down."""
    told: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes() + path.name.encode()
            marks = [m for m in MARKS if any(m.encode(code) in raw for code in ("utf-8", "utf-16-le"))]
            if marks:
                told[str(path.relative_to(folder))] = marks
    return told


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


def known() -> Registration:
    return replace(registered(), family=FAMILY, given=GIVEN, member_id=MEMBER, sex=Sex.FEMALE)


def visit(office: Office) -> Session:
    """Return the marked patient's signed and registered visit."""
    session = office.visit(mrn=MRN)
    office.do(session, lambda s, w: register_patient(s, w, registration=known()))
    signing = office.window.station.coder.signing(office.session(session.id), office.parts.desk.head)
    return office.do(session, signing)


def window_words() -> str:
    """Return the titles and tooltips of every window, and what the windows of the system list."""
    widgets = QApplication.topLevelWidgets()
    told = [text for widget in widgets for text in (widget.windowTitle(), widget.toolTip())]
    told += [window.title() for window in QGuiApplication.allWindows()]
    return "\n".join([*told, QGuiApplication.applicationDisplayName()])


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    """A window over the real parts, on a folder of its own."""
    with opened_office(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def reports(office: Office) -> Iterator[CrashReports]:
    """Keeps reports of faults as the program does."""
    made = CrashReports(office.parts.folder.path)
    end = tell_faults(office.window.unforeseen.tell, made.keep)
    yield made
    end()


def test_a_marked_patient_stands_nowhere_but_in_what_was_exported(
    office: Office,
    reports: CrashReports,
    temporary: Path,
    tmp_path: Path,
    qtbot: QtBot,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, data, out = office.window, office.parts.folder.path, tmp_path / "out"
    out.mkdir()
    running = office.start(office.seat("2", mrn=MRN))
    session = visit(office)
    titles = [window_words()]
    for page in ("board", "review", "export", "settings", "board"):
        window.show_page(page)
        titles.append(window_words())
    office.show(session)
    window.print_shown()
    titles.append(window_words())
    window.sheets.close_sheet()
    window.show_page("export")
    window.export.card.preview.click()
    titles.append(window_words())
    window.sheets.close_sheet()
    titles.append(window_words())

    fail_everywhere(office, running, monkeypatch)
    assert "went wrong" in window.toast.text
    window.unforeseen.copy()
    copied = QGuiApplication.clipboard().text()
    tray = Tray(window.theme, window)
    tray.show_running(2)
    titles.append(tray.icon.toolTip())

    card = window.export.card
    for name, tile in card.formats.tiles.items():
        tile.setChecked(name in {"csv", "superbill"})
    card.folder.set_text(str(out))
    card.send()
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way, timeout=20_000)

    assert {mark for marks in found_in(out).values() for mark in marks} == set(MARKS)
    assert found_in(data) == {}
    assert found_in(temporary) == {}
    assert marks_in("\n".join(titles)) == []
    assert "crash report" in copied or "Something in the program went wrong" in copied
    assert marks_in(copied) == []
    printed = capfd.readouterr()
    assert marks_in(printed.out + printed.err) == []
    assert len(list(reports.folder.iterdir())) == FAULTS
    assert printed.err.count("Something in the program went wrong") == FAULTS
    assert len(caplog.records) == FAULTS - 1
    caplog.clear()


def fail_everywhere(office: Office, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the coder, the drawing, the journal and the answer to a press fail, each over the patient."""
    window = office.window

    def fall(*_: object, **__: object) -> None:
        raise ValueError(f"{FAMILY}, {GIVEN} ({MRN}, {MEMBER}) is no number: {known()}")

    def full(*_: object, **__: object) -> None:
        raise NotSaved("The database took nothing: the disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(LateCoder, "as_recorded", fall)
        broken.setattr(type(window.board), "refresh", fall)
        window.station.coder.as_recorded(session)
        window.show_page("board")
    with monkeypatch.context() as broken:
        broken.setattr(type(office.parts.folder.journal), "append", full)
        name = f"{GIVEN} {FAMILY} registered"
        act = partial(register_patient, registration=known())
        window.station.touch(session, name, act, window.station.stamp())
    assert window.news.all_settled()
    with monkeypatch.context() as broken:
        broken.setattr("desktop_app.ui.late.perform", fall)
        window.board.asked.emit("stop", "2")


LOST = """
import sys
from desktop_app import cli
from desktop_app.commands import register
def fall(*_, **__):
    raise ValueError("MARKS")
register.told_in = fall
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_command_that_fails_over_a_patient_prints_no_mark(tmp_path: Path) -> None:
    program = LOST.replace("MARKS", " ".join(MARKS))
    line = [sys.executable, "-c", program, "register", "--data-dir", str(tmp_path), "x.csv"]
    done = subprocess.run(line, capture_output=True, text=True, env=surroundings(), check=False)
    assert done.returncode == 1
    assert "Something in the program went wrong: ValueError" in done.stderr
    assert marks_in(done.stdout + done.stderr) == []
    assert found_in(tmp_path) == {}


def test_a_file_of_patients_with_faults_leaves_no_mark_in_the_folder(
    tmp_path: Path, temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = tmp_path / "data", tmp_path / "in.csv"
    rows = f"mrn,family_name,given_name,member_id,birth_date\n{MRN},{FAMILY},{GIVEN},{MEMBER},soon\n"
    file.write_text(rows, encoding="utf-8")
    assert cli.main(["register", "--data-dir", str(data), str(file)]) == 1
    assert marks_in(capsys.readouterr().err) == []
    assert found_in(data) == {}
    assert found_in(temporary) == {}


def test_what_a_killed_preview_left_is_taken_away(tmp_path: Path) -> None:
    left = tmp_path / ASIDE
    left.mkdir()
    (left / "lines.x12").write_text(json.dumps(MARKS), encoding="utf-8")
    assert found_in(tmp_path)
    clear_aside(tmp_path)
    assert not left.exists()


@pytest.mark.skipif(os.name == "nt", reason="a setting of the whole system there")
def test_no_image_of_the_memory_is_written_when_the_program_falls_over() -> None:
    program = (
        "import resource; from desktop_app import cli; cli.main(['settings', '--data-dir', '/none/of/it']);"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=surroundings(), check=True
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"
    assert resource.RLIM_INFINITY != 0
