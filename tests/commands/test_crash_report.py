"""The report of a fault: enough to mend it, not one value, and no path above the program's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app import __version__, cli
from desktop_app.commands.crash_report import MOST_KEPT, CrashReports, report_of, short_path

AT = datetime(2026, 3, 2, 13, 5, 11, tzinfo=UTC)
MARK = "Zebrowskaya"


def fault(depth: int = 0, text: str = MARK) -> Exception:
    """Return an exception that says a patient's name and came of another that does."""
    nobody: dict[str, str] = {}

    def fall(left: int) -> None:
        if left:
            fall(left - 1)
        try:
            nobody[text]
        except KeyError as first:
            raise ValueError(f"{text} is no number") from first

    try:
        fall(depth)
    except ValueError as raised:
        return raised
    raise AssertionError


def test_a_report_says_what_kind_of_fault_it_is_and_where_and_not_what_it_says() -> None:
    text = report_of(fault(), "12 events, head 0123", AT)
    assert text.splitlines()[0].startswith("Something in the program went wrong: ValueError at ")
    assert f"program   chairtime {__version__}" in text
    assert "journal   12 events, head 0123" in text
    assert "at        2026-03-02T13:05:11+00:00" in text
    assert "which came of KeyError:" in text
    assert "test_crash_report.py:" in text
    assert " in fall" in text
    assert MARK not in text
    assert str(Path(__file__).parent) not in text
    assert str(Path.home()) not in text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/maria/chairtime/desktop_app/ui/late.py", "desktop_app/ui/late.py"),
        ("/opt/desktop_app/_internal/desktop_app/cli.py", "desktop_app/cli.py"),
        (r"C:\Users\Maria Muster\x\desktop_app\cli.py", "desktop_app/cli.py"),
        ("/home/maria/.venv/lib/openpyxl/cell.py", ".../cell.py"),
        ("<string>", ".../<string>"),
        ("", "?"),
    ],
)
def test_a_path_is_told_from_the_programs_own_folder_on(path: str, shown: str) -> None:
    assert short_path(path) == shown


def test_a_fault_that_went_down_very_far_is_told_by_its_two_ends() -> None:
    assert len(report_of(fault(900), "", AT).splitlines()) < 150


def test_faults_that_came_of_one_another_in_a_ring_are_told_once() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert report_of(first, "", AT).count("which came of") == 1


def test_a_report_lies_in_the_data_folder_for_its_owner_alone_and_once(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path, lambda: "3 events", lambda: AT)
    text = reports.keep(fault())
    reports.keep(fault())
    (file,) = (tmp_path / "crash-reports").iterdir()
    assert file.read_text(encoding="utf-8") == text
    assert file.name.startswith("2026-03-02T130511Z-")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for day in range(MOST_KEPT + 3):
        CrashReports(tmp_path, now=lambda day=day: AT + timedelta(days=day)).keep(fault())  # type: ignore[misc]
    kept = sorted(path.name for path in (tmp_path / "crash-reports").iterdir())
    assert len(kept) == MOST_KEPT
    assert kept[0].startswith("2026-03-05")


def test_a_journal_or_a_folder_that_is_broken_too_does_not_keep_the_report_from_being_made(
    tmp_path: Path,
) -> None:
    def broken() -> str:
        raise RuntimeError(MARK)

    (tmp_path / "crash-reports").write_text("a file in the way", encoding="utf-8")
    text = CrashReports(tmp_path, broken).keep(fault())
    assert "journal   cannot be asked (RuntimeError)" in text
    assert MARK not in text


def test_a_command_that_falls_over_tells_its_report_and_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(_arguments: object) -> int:
        raise fault()

    monkeypatch.setattr("desktop_app.commands.verify.run", fall)
    assert cli.main(["verify", "--data-dir", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("Something in the program went wrong: ValueError")
    assert MARK not in said.out + said.err
    (file,) = (tmp_path / "crash-reports").iterdir()
    assert file.read_text(encoding="utf-8") in said.err
