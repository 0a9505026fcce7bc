"""Cut off at any line of code: afterwards there is no batch or all of it, and each line went out once."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from desktop_app import exchange
from desktop_app.exchange.whole_folder import differing
from tests.exchange.signed import SuiteOfChairs, hidden_in, line, visible

HOME = Path(exchange.__file__).parent
WHERE_IT_MATTERS = {str(HOME / name) for name in ("batch.py", "whole_folder.py", "naming.py")}
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


def sent_lines(folder: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in visible(folder):
        with (folder / name / "lines.csv").open(newline="", encoding="utf-8") as content:
            found.update(row["line"] for row in csv.DictReader(content))
    return found


def check_the_state_after(suite: SuiteOfChairs, folder: Path) -> None:
    """Start anew, look, and export what is still due."""
    suite.exporter().settle()
    whole = {batch.name: batch for batch in suite.exporter().batches()}
    for name in visible(folder):
        assert differing(folder / name, whole[name].files) == ""
    assert set(sent_lines(folder)) == suite.exporter().sent()
    suite.exporter().export(suite.sessions, folder)
    assert sent_lines(folder) == Counter({"s1.1.01": 1, "s1.1.02": 1, "s2.1.01": 1})
    assert hidden_in(folder) == []


# A program that is cut off closes no file; the collector says so when it finds one.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_each_line_goes_out_once_wherever_the_program_is_cut_off(tmp_path: Path) -> None:
    for lines in range(1, 5000):
        folder = tmp_path / str(lines)
        folder.mkdir()
        suite = two_signed_sessions()
        through = export_until(suite, folder, lines)
        check_the_state_after(suite, folder)
        if through:
            break
    else:
        pytest.fail("the export never came to its end")
    assert lines > 80
