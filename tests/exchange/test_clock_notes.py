"""What is sent of a session says it where the computer's clock was moved meanwhile; nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_app.app import Parts, open_parts
from desktop_app.core.care import start_service, stop_service
from desktop_app.core.clocks import noting
from desktop_app.core.desk import Saved
from desktop_app.core.jump_watch import JumpWatch
from desktop_app.core.layouts import Layout, LayoutColumn
from desktop_app.core.moments import HOUR_US
from desktop_app.core.orders import Setting
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.exchange.bill import bill_of_session
from desktop_app.exchange.columns import CLOCK_NOTE
from desktop_app.exchange.day_sessions import DaySession, Standing
from desktop_app.exchange.day_summary import entry_of
from tests.exchange.signed import exported, saved
from tests.fakes import NEW_YORK, FakeClock
from tests.ui.office import INFLIXIMAB

NOTE = "the computer's clock was set back by 1 h at 09:30:00"


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    clock = FakeClock("2026-03-02T09:00")
    with open_parts(tmp_path / "data", make_clock=lambda _zone: clock) as opened:
        yield opened


def signed(parts: Parts, *, moved_us: int = -HOUR_US) -> Session:
    """Return a signed session with an infusion of an hour, in the middle of which the clock was moved."""
    desk, clock = parts.desk, parts.clock
    assert isinstance(clock, FakeClock)
    place = {"zone": NEW_YORK, "setting": Setting.PHYSICIAN, "place_of_service": "11"}
    name = saved(desk.seat(desk.now(), chair="1", mrn="0004821", initials="RM", **place)).session  # type: ignore[arg-type]
    saved(desk.touch(name, partial(start_service, service="1", order=INFLIXIMAB)))
    clock.advance(30)
    watch = JumpWatch(clock.now())
    clock.shift_wall(moved_us)
    if told := watch.look(clock.now(), desk.now().at_us, (name,)):
        saved(desk.take(noting(told)))
    clock.advance(30)
    for action in (stop_service, end_session):
        saved(desk.touch(name, action))
    session = desk.session(name)
    assert session is not None
    saved(desk.touch(name, parts.coder.signing(session, desk.head)))
    session = desk.session(name)
    assert session is not None
    return session


def sent(parts: Parts, folder: Path, form: str, session: Session) -> Path:
    folder.mkdir()
    return exported(parts.exporter.export([session], folder, [form])).folder


def test_the_signature_seals_the_note_and_the_lines_are_those_of_any_other_day(parts: Parts) -> None:
    moved, steady = signed(parts), signed(parts, moved_us=0)
    assert moved.signature is not None
    assert steady.signature is not None
    (note,) = moved.signature.findings
    assert note.startswith(f"note: While this was timed {NOTE}. Running then: Infliximab. The minutes are")
    assert steady.signature.findings == ()
    billed = [
        [(line.code, line.units, line.minutes) for line in one.lines]
        for one in (moved.signature, steady.signature)
    ]
    assert billed[0] == billed[1] != []


def test_a_superbill_and_a_days_summary_tell_it(parts: Parts) -> None:
    session = signed(parts)
    bill = bill_of_session(session, parts.coder.as_recorded(session))
    assert NOTE in bill.findings[0]
    entry = entry_of(DaySession(session=session, standing=Standing.READY, why=""))
    assert entry.why == f"{NOTE[0].upper()}{NOTE[1:]}"


def test_the_manifest_names_the_session_and_the_table_is_as_ever(parts: Parts, tmp_path: Path) -> None:
    moved, steady = signed(parts), signed(parts, moved_us=0)
    folder = sent(parts, tmp_path / "out", "csv", moved)
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["clock_notes"] == {moved.id: NOTE}
    assert "clock" not in (folder / "lines.csv").read_text(encoding="utf-8")
    folder = sent(parts, tmp_path / "other", "csv", steady)
    assert "clock_notes" not in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_layout_may_take_it_as_a_column(parts: Parts, tmp_path: Path) -> None:
    columns = (LayoutColumn(head="Code", take="code"), LayoutColumn(head="Clock", take=CLOCK_NOTE))
    parts.exporter.layout = Layout(columns=columns)
    session = signed(parts)
    table = (sent(parts, tmp_path / "out", "csv", session) / "lines.csv").read_text(encoding="utf-8")
    assert table.splitlines()[:2] == ["Code,Clock", f"96413,{NOTE}"]


@pytest.mark.parametrize(("form", "told"), [("hl7", f"clock_note={NOTE}"), ("fhir", f"Clock: {NOTE}")])
def test_messages_and_resources_say_it_where_they_have_a_note(
    parts: Parts, tmp_path: Path, form: str, told: str
) -> None:
    moved, steady = signed(parts), signed(parts, moved_us=0)
    assert told in _text(sent(parts, tmp_path / "out", form, moved))
    assert "clock" not in _text(sent(parts, tmp_path / "other", form, steady)).lower()


def _text(folder: Path) -> str:
    (path,) = (path for path in folder.iterdir() if path.name != "manifest.json")
    return path.read_text(encoding="utf-8")


def test_who_opened_it_again_and_signed_it_anew_finds_the_note_still_there(parts: Parts) -> None:
    session = signed(parts)
    assert isinstance(parts.desk.reopen(session.id, "wrong dose"), Saved)
    again = parts.desk.session(session.id)
    assert again is not None
    assert [finding.name for finding in parts.coder.as_recorded(again).findings] == ["clock-not-trusted"]
