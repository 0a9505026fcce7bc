"""A day's summary: every session with where it stands, the lines by code, the hours, and no one left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.exchange.day_pdf import FILE_NAME, IN_BATCH, DayWriter
from desktop_app.exchange.day_sessions import DaySession, NoRecords, Standing
from desktop_app.exchange.day_summary import Codes, Summary, day_summary, entry_of, of_day
from desktop_app.exchange.paper import Facts, Table, TableRow, Words
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import NOBODY, CannotBeSent, Sending
from tests.exchange.claim_files import SENDING
from tests.exchange.month import PRACTICE, correction_rows, first_rows
from tests.exchange.pdf_files import bare, read
from tests.exchange.signed import SuiteOfChairs, line

pytestmark = pytest.mark.usefixtures("qapp")
MONDAY = date(2026, 3, 2)


class Others(NoRecords):
    """Knows of what else a day held."""

    def __init__(self, *sessions: DaySession) -> None:
        self._sessions = sessions

    def day(self, day: date) -> Sequence[DaySession]:
        return self._sessions if day == MONDAY else ()


def others() -> tuple[DaySession, ...]:
    suite = SuiteOfChairs()
    held, blocked, here, ready = (suite.signed(name, mrn=f"000{name}") for name in ("h1", "b1", "c1", "r1"))
    return (
        DaySession(session=held, standing=Standing.HELD, why="waits for the pharmacy", infused_minutes=30),
        DaySession(session=blocked, standing=Standing.BLOCKED, why="No stop: rituximab"),
        DaySession(session=here, standing=Standing.IN_CHAIR),
        DaySession(session=ready, standing=Standing.READY, lines=(line("x"),), billable_hours=2),
    )


def write(folder: Path, *sessions: Sequence[Row], sending: Sending = SENDING) -> str:
    writer = DayWriter(Place(folder), sending)
    for rows in sessions:
        writer.add(rows)
    (file,) = writer.close()
    assert file.rows == sum(map(len, sessions))
    return read(folder / file.name)


def test_a_day_of_a_batch_tells_each_session_and_what_was_sent_of_it(tmp_path: Path) -> None:
    text = bare(write(tmp_path, *first_rows()[:3]))
    assert bare("Day summary Mon 2 Mar 2026 Batch chairtime-2026-03-31-A") in text
    assert bare("1 A. E. · ••4000 07:40:00, 10:04:00 sent 96413 ×1 · 96415 ×1 · 96375 ×1") in text
    assert bare("2 M. O. · ••4001 07:53:01, 08:44:01 sent 96413 ×1 · J9271 ×200 JZ") in text
    assert bare("All3Sent3Ready0Held0Blocked0Not signed0In the chair0") in text
    assert bare("Only the sessions of this batch; what else the day held is not told here.") in text


def test_names_and_whole_numbers_of_patients_stay_away_from_it(tmp_path: Path) -> None:
    sending = replace(SENDING, practice=replace(PRACTICE, name="Center"))
    text = write(tmp_path, *first_rows()[:10], sending=sending)
    known = [rows[0].session.registration.family for rows in first_rows()[:10]]
    assert not any(name in text for name in known)
    assert "0004000" not in text


def test_what_else_the_day_held_is_told_with_what_it_waits_for(tmp_path: Path) -> None:
    text = bare(write(tmp_path, first_rows()[0], sending=replace(SENDING, records=Others(*others()))))
    assert bare("All5Sent1Ready1Held1Blocked1Not signed0In the chair1") in text
    assert bare("heldno lines0:30–waits for the pharmacy") in text
    assert bare("blockedno lines––No stop: rituximab") in text
    assert "inthechair" in text
    assert bare("ready96413 ×1–2 h") in text
    assert "Onlythesessionsofthisbatch" not in text


def test_what_is_ready_and_stays_behind_is_not_counted_among_the_lines_sent(tmp_path: Path) -> None:
    sending = replace(SENDING, records=Others(*others()))
    alone, beside = (
        bare(write(tmp_path / name, first_rows()[0], sending=s)) for name, s in _two(tmp_path, sending)
    )
    assert alone.partition(bare(IN_BATCH))[2] == beside.partition(bare(IN_BATCH))[2]


def _two(folder: Path, sending: Sending) -> list[tuple[str, Sending]]:
    for name in ("a", "b"):
        (folder / name).mkdir()
    return [("a", SENDING), ("b", sending)]


def test_the_hours_of_what_is_sent_come_from_the_record(tmp_path: Path) -> None:
    session = first_rows()[0][0].session
    known = DaySession(session=session, standing=Standing.READY, infused_minutes=118, billable_hours=2)
    text = bare(write(tmp_path, first_rows()[0], sending=replace(SENDING, records=Others(known))))
    assert bare("TimeInfused1:58Billable2 h") in text
    assert bare("In this batchLines6") in text
    assert bare("All1Sent1Ready0") in text
    assert bare("Total1:582 h") in text


def test_corrections_and_lines_taken_back_say_so_and_only_those_in_force_are_counted(tmp_path: Path) -> None:
    text = bare(write(tmp_path, *correction_rows()))
    assert "sent,corrected96" in text
    assert "takenbacknolines" in text
    taken_back = sum(len(rows) for rows in correction_rows() if rows[0].action == "void")
    assert bare(f"Lines taken back: {taken_back}. Their units are not counted.") in text


def test_what_is_sent_once_more_says_so(tmp_path: Path) -> None:
    again = tuple(replace(row, sent_before=True) for row in first_rows()[0])
    assert "sent,oncemore" in bare(write(tmp_path, again))


def test_several_days_have_a_page_group_each_and_their_sums_at_the_end(tmp_path: Path) -> None:
    write(tmp_path, *first_rows()[8:12])
    pages = [page.extract_text() for page in PdfReader(tmp_path / FILE_NAME).pages]
    assert [bare("Mon 2 Mar 2026 Batch") in bare(page) for page in pages] == [True, False, False]
    assert bare("Tue 3 Mar 2026 Batch") in bare(pages[1])
    assert bare("2 days Mon 2 Mar 2026 to Tue 3 Mar 2026") in bare(pages[2])
    assert all("Page 1 of 1" in page for page in pages)
    units = sum(row.line.units for rows in first_rows()[8:12] for row in rows)
    assert f"Units{units}" in bare(pages[2])


def test_the_same_day_is_the_same_file(tmp_path: Path) -> None:
    for name, sending in _two(tmp_path, SENDING):
        write(tmp_path / name, first_rows()[0], sending=sending)
    assert (tmp_path / "a" / FILE_NAME).read_bytes() == (tmp_path / "b" / FILE_NAME).read_bytes()


def test_where_no_font_is_there_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PySide6.QtGui.QFontDatabase.families", lambda *_: [])
    with pytest.raises(CannotBeSent, match="no font was found on this computer"):
        DayWriter(Place(tmp_path), SENDING).add(first_rows()[0])


def told(*sessions: DaySession, practice_charges: bool = True) -> tuple[Facts, list[Table], list[str]]:
    """Return what a day that was asked for by hand says."""
    codes, practice = Codes(), PRACTICE if practice_charges else NOBODY
    for session in sessions:
        for one in session.lines:
            codes.add(one, practice)
    summary = Summary(
        under_title=of_day(MONDAY, "As of 17:00"),
        entries=[entry_of(session) for session in sessions],
        codes=codes,
        of_codes="Signed lines, by code",
    )
    blocks = day_summary(summary, practice, foot="").blocks
    (facts,) = (block for block in blocks if isinstance(block, Facts))
    tables = [block for block in blocks if isinstance(block, Table)]
    return facts, tables, [block.text for block in blocks if isinstance(block, Words)]


def test_a_day_without_a_session_is_a_day_without_a_line() -> None:
    facts, tables, words = told()
    assert dict(facts.groups[0].facts)["All"] == "0"
    assert dict(facts.groups[1].facts)["Infused"] == "–"
    assert words == ["No lines."]
    assert len(tables) == 1


def test_codes_without_a_charge_are_counted_and_said() -> None:
    known = replace(others()[3], lines=(line("x"), line("y", code="J9999", units=7)))
    _, (_, codes), words = told(known)
    assert codes.rows[0] == TableRow(("96413", "1", "1", "$16.90", ""))
    assert codes.rows[1] == TableRow(("J9999", "1", "7", "–", ""))
    assert codes.rows[2] == TableRow(("Total", "2", "8", "$16.90", ""), is_sum=True)
    assert words == ["Lines for which no charge is known: 1."]


def test_where_no_charge_is_known_at_all_there_is_no_column_of_them() -> None:
    _, (_, codes), words = told(others()[3], practice_charges=False)
    assert [column.head for column in codes.columns] == ["Code", "Lines", "Units", ""]
    assert words == []
