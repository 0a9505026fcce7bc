"""Looking back over the real record: what was read so far is kept, and the paper carries what proves it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.ports import Write
from desktop_app.core.record.stored import hash_of
from desktop_app.exchange.history_file import faults_of, read_history
from desktop_app.ui.history.finding import BAR_FROM
from desktop_app.ui.sheets.paper import PaperSheet
from tests.ui.hands import sheet_of
from tests.ui.office import Office


def mark_much(office: Office, marks: int) -> None:
    """Let so many marks be on record, in one touch."""
    journal, at_us = office.parts.folder.journal, office.parts.desk.now().at_us
    many = tuple(e.MarkMade(at_us=at_us, mark=f"m{number}") for number in range(marks))
    stamp = e.Stamp(touch="many", actor="LT", reading=office.clock.now())
    journal.append([Write(e.SUITE_STREAM, len(journal.load(e.SUITE_STREAM)), many)], stamp)


def test_a_long_search_says_how_far_it_is_can_be_given_up_and_goes_on_from_there(
    office: Office, qtbot: QtBot
) -> None:
    session = office.start(office.seat())
    mark_much(office, 2 * BAR_FROM)
    office.window.show_page("history")
    side = office.window.history.side
    stepping = side._stepping  # noqa: SLF001 - so few events are read before a picture is drawn
    stepping._timer.stop()  # noqa: SLF001 - as above
    stepping.moved.emit(stepping._timed())  # noqa: SLF001 - as above
    assert side.cancel.isVisible()
    assert "events that were not looked through before" in side.told.text()
    side.cancel.click()
    assert not side.is_looking
    assert side.told.text().startswith("Not looked through to the end")
    side.field.setText("inflix")
    office.typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not side.is_looking and bool(side.found))
    assert [one.session for one in side.found] == [session.id]
    assert not side.cancel.isVisible()


def test_the_paper_of_a_history_is_saved_as_json_that_proves_itself(office: Office, tmp_path: Path) -> None:
    session = office.start(office.seat())
    office.window.show_page("history", session.id)
    office.window.print_shown()
    document = sheet_of(office.window, PaperSheet).document
    assert document.table_name == f"history-{session.day.isoformat()}-{session.id}.json"
    document.save_table(tmp_path / "history.json")
    text = (tmp_path / "history.json").read_text(encoding="utf-8")
    history = read_history(text)
    links, head = history.links, history.head
    assert list(faults_of(links)) == []
    assert [hash_of(link.previous_hash, link.row) for link in links] == [link.hash for link in links]
    signed = json.loads(text)["signed_head"]
    assert (signed["event"], signed["hash"]) == (head.seq, head.hash)
    document.save(tmp_path / "history.pdf")
    assert (tmp_path / "history.pdf").stat().st_size > 0
