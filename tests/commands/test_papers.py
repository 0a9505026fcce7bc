"""The window's papers from a real data folder: what they say, as signed and as it stands, and their files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.app import Parts, open_parts
from desktop_app.cli import main
from desktop_app.commands.papers import WindowPapers
from tests.commands.program import play
from tests.commands.touches import END, SEAT, SIGN, START, STOP, VISIT
from tests.exchange.pdf_files import bare, read

pytestmark = pytest.mark.usefixtures("qapp")


def saved(parts: Parts, folder: Path, session: str = "") -> tuple[str, str]:
    """Save the superbill of the one session there is; return its name and what is read in it."""
    (only,) = parts.desk.suite.sessions
    made = WindowPapers(parts).superbill(session or only)
    made.save(folder / made.file_name)
    return made.file_name, bare(read(folder / made.file_name))


@pytest.mark.parametrize(
    ("touches", "told"),
    [
        (VISIT, "Version 1"),
        ((SEAT, START, STOP, END), "Not signed: to be looked at, not to be billed."),
        ((SEAT, START), "still here"),
    ],
    ids=["signed", "ended", "here"],
)
def test_a_session_is_put_on_paper_however_far_it_has_come(
    tmp_path: Path, touches: tuple[dict[str, object], ...], told: str
) -> None:
    play(tmp_path / "data", *touches)
    with open_parts(tmp_path / "data") as parts:
        parts.desk.load_day("2026-03-02")
        name, text = saved(parts, tmp_path)
        assert bare(told) in text
        assert "Vancomycin" in text
        assert f"journalhead{parts.desk.head}" in text
        assert name.endswith("-1.pdf" if SIGN in touches else "-unsigned.pdf")
        assert ("9636511" in text) == (STOP in touches)


def test_a_corrected_session_says_what_it_replaces(tmp_path: Path) -> None:
    reopen = {"at": "2026-03-02T12:00", "do": "reopen", "chair": "4", "reason": "wrong drug"}
    play(tmp_path / "data", *VISIT)
    with open_parts(tmp_path / "data") as parts:
        parts.desk.load_day("2026-03-02")
        (session,) = parts.desk.suite.sessions
    play(
        tmp_path / "data",
        {**reopen, "session": session},
        {**SIGN, "at": "2026-03-02T12:05", "session": session},
    )
    with open_parts(tmp_path / "data") as parts:
        parts.desk.load_day("2026-03-02")
        name, text = saved(parts, tmp_path)
    assert name.endswith("-2.pdf")
    assert bare("Corrected: version 2 replaces version 1, signed Mon 2 Mar 2026") in text
    assert bare("Reason: wrong drug.") in text


def test_a_days_summary_tells_what_is_signed_by_now_sent_or_not(tmp_path: Path) -> None:
    play(tmp_path / "data", *VISIT)
    assert main(["settings", "--data-dir", str(tmp_path / "data"), "practice-name", "Example Infusion"]) == 0
    for state in ("Ready1", "Sent1"):
        with open_parts(tmp_path / "data") as parts:
            made = WindowPapers(parts).day_summary(date(2026, 3, 2))
            made.save(tmp_path / "day.pdf")
        text = bare(read(tmp_path / "day.pdf"))
        assert made.file_name == "day-summary-2026-03-02.pdf"
        assert text.startswith("ExampleInfusion")
        assert state in text
        assert bare("Signed lines, by code Code Lines Units 96365 1 1 96366 1 1 Total 2 2") in text
        main(["export", "--data-dir", str(tmp_path / "data"), "--to", str(tmp_path / "out")])


def test_a_day_on_which_nobody_came_can_be_printed(tmp_path: Path) -> None:
    with open_parts(tmp_path / "data") as parts:
        made = WindowPapers(parts).day_summary(date(2026, 3, 9))
        made.save(tmp_path / "day.pdf")
    assert "All0" in bare(read(tmp_path / "day.pdf"))
    assert "Nolines." in bare(read(tmp_path / "day.pdf"))


def test_a_file_of_that_name_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    play(tmp_path / "data", *VISIT)
    with open_parts(tmp_path / "data") as parts:
        parts.desk.load_day("2026-03-02")
        (session,) = parts.desk.suite.sessions
        made = WindowPapers(parts).superbill(session)
        (tmp_path / "x.pdf").write_bytes(b"before")
        made.save(tmp_path / "x.pdf")
        assert len(PdfReader(tmp_path / "x.pdf").pages) == made.pages
        with pytest.raises(OSError, match="No such file"):
            made.save(tmp_path / "gone" / "x.pdf")
    assert sorted(path.name for path in tmp_path.glob("*.pdf*")) == ["x.pdf"]


def test_there_is_no_paper_of_a_session_there_is_none_of(tmp_path: Path) -> None:
    with open_parts(tmp_path / "data") as parts, pytest.raises(KeyError):
        WindowPapers(parts).superbill("nobody")
