"""Cut off at any line of code: afterwards there is no batch or all of it, and each line went out once.

So too when billing was at the folder before the next start: took it, or saved a file in it anew.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from desktop_app import exchange
from desktop_app.exchange.whole_folder import differing
from tests.exchange.signed import SuiteOfChairs, hidden_in, line, visible

HOME = Path(exchange.__file__).parent
WHERE_IT_MATTERS = {str(HOME / name) for name in ("batch.py", "fate.py", "whole_folder.py", "naming.py")}
"""The files whose lines touch the disk or the journal; between them nothing outside changes."""


class CutOff(BaseException):
    """The program dies here; no handler runs for it."""


class Deadline:
    """Dies at the n-th line of the code that makes a batch."""

    def __init__(self, lines: int) -> None:
        self.left = lines

    def __call__(self, frame: FrameType, event: str, _: Any) -> Deadline | None:  # noqa: ANN401 - as settrace has it
        if frame.f_code.co_filename not in WHERE_IT_MATTERS:
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                raise CutOff
        return self


def two_signed_sessions() -> SuiteOfChairs:
    suite = SuiteOfChairs()
    suite.signed("s1", line("s1.1.01"), line("s1.1.02"))
    suite.signed("s2")
    return suite


def export_until(suite: SuiteOfChairs, folder: Path, lines: int) -> bool:
    """Export, cut off after so many lines of code; return whether it got through."""
    before = sys.gettrace()
    deadline = Deadline(lines)
    sys.settrace(deadline)
    try:
        suite.exporter().export(suite.sessions, folder)
    except CutOff:
        return False
    finally:
        sys.settrace(before)
    return True


def sent_lines(*folders: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for batch in (folder / name for folder in folders for name in visible(folder)):
        with (batch / "lines.csv").open(newline="", encoding="utf-8") as content:
            found.update(row["line"] for row in csv.DictReader(content))
    return found


def check_that_what_is_visible_is_whole(suite: SuiteOfChairs, folder: Path) -> None:
    known = {batch.name: batch for batch in suite.exporter().batches()}
    for name in visible(folder):
        assert differing(folder / name, known[name].files) == ""


def nobody_comes(_: Path, __: Path) -> None:
    """The batch lies where it was written."""


def the_importer_takes_it(folder: Path, taken: Path) -> None:
    for name in visible(folder):
        (folder / name).rename(taken / name)


def a_spreadsheet_saves_it(folder: Path, _: Path) -> None:
    for name in visible(folder):
        file = folder / name / "lines.csv"
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n"))


def check_the_state_after(suite: SuiteOfChairs, folder: Path, taken: Path) -> None:
    """Start anew, look, and export what is still due."""
    suite.exporter().settle()
    assert set(sent_lines(folder, taken)) == suite.exporter().sent()
    suite.exporter().export(suite.sessions, folder)
    assert sent_lines(folder, taken) == Counter({"s1.1.01": 1, "s1.1.02": 1, "s2.1.01": 1})
    assert hidden_in(folder) == []


MEANWHILE = (nobody_comes, the_importer_takes_it, a_spreadsheet_saves_it)


def cut_off_at(place: Path, lines: int, meanwhile: Callable[[Path, Path], None]) -> tuple[bool, bool]:
    """Cut an export off after so many lines of code; return whether it got by, and whether one is there."""
    folder, taken = place / "out", place / "taken"
    folder.mkdir(parents=True)
    taken.mkdir()
    suite = two_signed_sessions()
    through = export_until(suite, folder, lines)
    check_that_what_is_visible_is_whole(suite, folder)
    is_seen = bool(visible(folder))
    meanwhile(folder, taken)
    check_the_state_after(suite, folder, taken)
    return through, is_seen


# A program that is cut off closes no file; the collector says so when it finds one.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_each_line_goes_out_once_wherever_the_program_is_cut_off(tmp_path: Path) -> None:
    """Whoever comes meanwhile finds something to do only where a batch is seen."""
    seen = 0
    for lines in range(1, 5000):
        through, is_seen = cut_off_at(tmp_path / str(lines), lines, nobody_comes)
        for meanwhile in MEANWHILE[1:] if is_seen else ():
            cut_off_at(tmp_path / f"{lines}-{meanwhile.__name__}", lines, meanwhile)
        seen += is_seen
        if through:
            break
    else:
        pytest.fail("the export never came to its end")
    assert lines > 80
    assert seen > 10
