"""Sending from the program's own window: the real journal, settings and folders behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core.events import EXPORT_STREAM
from desktop_app.ui.sheets.charges import ChargesSheet
from desktop_app.ui.window import MainWindow
from tests.commands.program import play
from tests.commands.touches import VISIT
from tests.exchange.month import CHARGES as MONTH
from tests.ui.billing_day import CHARGES, PRACTICE
from tests.ui.hands import Mouse, Typist, focused, sheet_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one signed session."""
    play(tmp_path / "data", *VISIT)
    return tmp_path / "data"


@pytest.fixture
def parts(data: Path) -> Iterator[Parts]:
    with open_parts(data) as found:
        found.folder.settings.set("cpt-licence", "yes")
        found.folder.settings.set("suite-name", "North")
        yield found


@pytest.fixture
def window(parts: Parts, qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window(parts, demo=False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.ticker.stop()


def sent(window: MainWindow, qtbot: QtBot, folder: Path, *formats: str) -> str:
    """Send what is ready and return what is said of it."""
    window.show_page("export")
    card = window.export.card
    for name, tile in card.formats.tiles.items():
        tile.setChecked(name in formats)
    card.folder.set_text(str(folder))
    card.send()
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way, timeout=20_000)
    return window.export.result.text()


def test_a_batch_of_several_formats_is_on_disk_recorded_and_listed(
    window: MainWindow, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    told = sent(window, qtbot, tmp_path / "out", "csv", "hl7", "fhir")
    (batch,) = (tmp_path / "out").iterdir()
    assert told == f"Sent 1 session with 2 lines. The files are in {batch}."
    manifest = json.loads((batch / "manifest.json").read_text(encoding="utf-8"))
    assert [file["name"] for file in manifest["files"]] == ["lines.csv", "charges.hl7", "charges.fhir.json"]
    kinds = [recorded.event.KIND for recorded in parts.folder.journal.load(EXPORT_STREAM)]
    assert kinds == ["batch-prepared", "batch-sent"]
    assert [one.name for one in window.station.billing.sent_batches()] == [batch.name]
    assert not window.export.day_card.chosen
    assert parts.folder.settings.get("export-formats") == "csv hl7 fhir"


def test_a_batch_that_fails_leaves_the_folder_that_was_made_for_it_not_behind(
    window: MainWindow, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    told = sent(window, qtbot, tmp_path / "out", "x12")
    assert told.endswith("has no payer, so there is no claim to send; nothing was sent.")
    assert not (tmp_path / "out").exists()
    assert parts.folder.journal.load(EXPORT_STREAM) == ()


def test_a_wrong_check_digit_is_said_beside_the_field_and_the_old_value_stays(
    window: MainWindow, parts: Parts, qtbot: QtBot
) -> None:
    typist = Typist(qtbot, window)
    window.show_page("settings", "practice-npi")
    entry = window.settings.entries["practice-npi"]
    assert focused() is entry.field.edit
    for typed, problem, kept in (
        ("123 456 7893", "", "1234567893"),
        (
            "1234567890",
            (
                "NPI of who bills: must be ten digits, the last of which fits the others. "
                "The old value stays; “1234567890” was typed."
            ),
            "1234567893",
        ),
    ):
        entry.field.edit.selectAll()
        typist.enter(typed)
        assert (entry.problem.text() if entry.problem.isVisible() else "") == problem
        assert parts.folder.settings.get("practice-npi") == entry.field.text == kept
    assert window.settings.billing_files.told.text().startswith("NPI 1234567893. No charges yet")


def test_charges_are_taken_from_a_table_in_the_window_and_are_in_effect_at_once(
    window: MainWindow, parts: Parts, mouse: Mouse, tmp_path: Path
) -> None:
    for key, text in PRACTICE.items():
        parts.folder.settings.set(key, text)
    table = tmp_path / "charges.csv"
    table.write_text(CHARGES, encoding="utf-8")
    window.show_page("settings", "charges")
    card = window.settings.billing_files
    assert focused() is card.charges
    mouse.click(card.charges)
    sheet = sheet_of(window, ChargesSheet)
    mouse.click(sheet.go)
    assert sheet.problem == "Choose a table first."
    sheet.file.set_text(str(table))
    sheet.since.set_text("yesterday")
    mouse.click(sheet.go)
    assert sheet.problem == "“yesterday” is no day; write it as 2026-01-01. Nothing was changed."
    assert focused() is sheet.since.edit
    sheet.since.set_text("2026-01-01")
    mouse.click(sheet.go)
    assert sheet.told.text().startswith("charges from 2026-01-01: 18 rows read, 18 kept; 18 added")
    mouse.click(sheet.back)
    assert "18 codes have a charge, last from charges.csv." in card.told.text()
    assert window.station.billing.charges.told() == "18 codes have a charge, last from charges.csv."


def test_a_table_that_leaves_codes_out_is_taken_only_when_that_is_ticked(
    window: MainWindow, mouse: Mouse, tmp_path: Path
) -> None:
    charges = window.station.billing.charges
    many = tmp_path / "many.csv"
    codes = (code for (code,) in sorted(MONTH.rows))
    many.write_text("Code,Charge\n" + "".join(f"{code},5\n" for code in codes), encoding="utf-8")
    assert "36 kept" in charges.take(many, "2026-01-01", fewer=False)
    few = tmp_path / "few.csv"
    few.write_text("Code,Charge\n96365,7\n", encoding="utf-8")
    window.show_page("settings", "charges")
    mouse.click(window.settings.billing_files.charges)
    sheet = sheet_of(window, ChargesSheet)
    sheet.file.set_text(str(few))
    sheet.since.set_text("2026-07-01")
    mouse.click(sheet.go)
    assert sheet.problem.endswith(
        "see whether it is whole, and tick that it may leave codes out if it is. Nothing was changed."
    )
    mouse.click(sheet.fewer)
    mouse.click(sheet.go)
    assert "1 changed" in sheet.told.text()
