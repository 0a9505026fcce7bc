"""A suite with many signed sessions that nobody has sent: the start reads none, no list leaves one out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.app import Parts, open_parts
from desktop_app.commands.billing import WindowBilling
from desktop_app.core import events as e
from desktop_app.core.day import Standing
from desktop_app.core.moments import HOUR_US
from desktop_app.core.ports import Write
from desktop_app.core.session import Stage
from desktop_app.exchange.looking import due_of
from desktop_app.exchange.steps import at_once
from desktop_app.store.folder import Folder
from desktop_app.ui.export.ports import Wanted
from tests.commands.program import chairtime
from tests.fakes import at
from tests.store.examples import ended, line, open_here, prepared, put, seated, sent, stamp, started

MANY = 300
FIRST = "2025-03-03T09:00"
HELD, CORRECTED, TAKEN_BACK, IN_DOUBT, UNSIGNED = range(5)
"""The first sessions have each something of their own; all others are signed and wait."""


def name_of(number: int) -> str:
    return f"past-{number:03}"


def write_of(number: int) -> Write:
    """Return a session of two lines, one a day, as it waits for billing."""
    begun = at(FIRST) + number * 24 * HOUR_US
    name = name_of(number)
    events: list[e.Event] = [seated(at_us=begun), started(at_us=begun)]
    events += [e.ServiceStopped(at_us=begun + HOUR_US, service="1"), ended()]
    if number != UNSIGNED:
        lines = (line(f"{name}.1.01"), line(f"{name}.1.02"))
        events.append(
            e.SessionSigned(at_us=begun, version=1, rulebook="2026.1", profile="", head="", lines=lines)
        )
    return Write(e.session_stream(name), 0, tuple(events))


def _special(folder: Folder) -> None:
    """Hold one session, correct one that was sent, strike one out that was, and leave one in doubt."""
    journal = folder.journal
    put(journal, f"session/{name_of(HELD)}", e.SessionHeld(at_us=1, reason="no order"))
    out = [f"{name_of(number)}.1.{at:02}" for number in (CORRECTED, TAKEN_BACK) for at in (1, 2)]
    put(journal, e.EXPORT_STREAM, prepared("b1", *out), sent("b1"))
    for number, lines in ((CORRECTED, ("2.01",)), (TAKEN_BACK, ())):
        signed = e.SessionSigned(
            at_us=2, version=2, rulebook="2026.1", profile="", head="",
            lines=tuple(line(f"{name_of(number)}.{one}") for one in lines),
        )  # fmt: skip
        put(journal, f"session/{name_of(number)}", e.SessionReopened(at_us=1, reason="log"), signed)
    doubtful = e.BatchPrepared(
        at_us=3, batch="b2", folder="/nowhere/at/all/b2", sessions=(name_of(IN_DOUBT),), files=(),
        lines=(f"{name_of(IN_DOUBT)}.1.01", f"{name_of(IN_DOUBT)}.1.02"),
    )  # fmt: skip
    put(journal, e.EXPORT_STREAM, doubtful)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    folder = open_here(path)
    folder.journal.append([write_of(number) for number in range(MANY)], stamp("past"))
    _special(folder)
    folder.settings.set("zone", "America/New_York")
    folder.close()
    return path


@pytest.fixture
def parts(data: Path) -> Iterator[Parts]:
    with open_parts(data) as opened:
        yield opened


def test_the_start_has_at_hand_only_who_still_needs_somebody(parts: Parts) -> None:
    assert list(parts.desk.suite.sessions) == [name_of(UNSIGNED)]
    assert len(parts.desk.shelf.listed()) == MANY
    assert [s.id for s in parts.desk.shelf.unsettled()] == [name_of(number) for number in range(MANY)]
    assert list(parts.desk.suite.sessions) == [name_of(UNSIGNED)]


def test_no_leftover_is_left_out_whatever_it_waits_for(parts: Parts) -> None:
    days = WindowBilling(parts).days(parts.coder.told)
    today = date(2026, 3, 2)
    left = days.leftovers(today, but=today)
    assert [one.listed.session for one in left] == [name_of(number) for number in range(MANY)]
    stands = [one.standing for one in left]
    assert stands[:5] == [
        Standing.HELD,
        Standing.READY,
        Standing.READY,
        Standing.BLOCKED,
        Standing.WAITING,
    ]
    assert set(stands[5:]) == {Standing.READY}
    day = date.fromisoformat(FIRST[:10]) + timedelta(days=HELD)
    others = days.leftovers(today, but=day)
    assert [one.listed.session for one in others] == [name_of(number) for number in range(1, MANY)]


def test_what_is_counted_off_the_list_is_what_is_due(parts: Parts) -> None:
    names = tuple(name_of(number) for number in range(MANY))
    wanted = Wanted(sessions=names, formats=("csv",), layout="")
    counted = WindowBilling(parts).sends.due(wanted)
    sessions = [session for session in parts.desk.shelf.unsettled() if not session.hold_reason]
    assert counted == due_of(sessions, parts.exporter.gone_out())
    assert (counted.corrected, counted.taken_back) == (1, 1)
    assert counted.sessions == MANY - 3


def test_an_export_holds_everyone_who_waits_and_the_suite_stays_small(parts: Parts, tmp_path: Path) -> None:
    days, sends = WindowBilling(parts).days(parts.coder.told), WindowBilling(parts).sends
    left = days.leftovers(date(2026, 3, 2), but=date(2026, 3, 2))
    ready = tuple(one.listed.session for one in left if one.standing is Standing.READY)
    written = at_once(sends.sending(Wanted(sessions=ready, formats=("csv",), layout=""), tmp_path))
    assert (written.sessions, written.lines) == (MANY - 3, 2 * (MANY - 5) + 1 + 2)
    assert list(parts.desk.suite.sessions) == [name_of(UNSIGNED)]
    left = days.leftovers(date(2026, 3, 2), but=date(2026, 3, 2))
    assert [one.standing for one in left] == [Standing.HELD, Standing.BLOCKED, Standing.WAITING]


def test_the_command_sends_them_all_in_their_order(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    done = chairtime("export", "--data-dir", data, "--to", out)
    assert done.status == 0, done.err
    assert "1 session is held and was not sent." in done.out
    (batch,) = out.iterdir()
    with (batch / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        told = [row["session"] for row in csv.DictReader(file)]
    assert list(dict.fromkeys(told)) == [
        name_of(number) for number in range(MANY) if number not in {HELD, IN_DOUBT, UNSIGNED}
    ]


def test_a_registration_finds_who_waits_from_long_ago(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "patients.csv"
    table.write_text("mrn,family_name,date_of_service\n0004821,Example,2025-03-20\n", encoding="utf-8")
    done = chairtime("register", "--data-dir", data, table)
    assert (done.status, done.err) == (0, ""), done
    assert "0004821" in done.out
    with open_parts(data) as parts:
        session = parts.desk.session(name_of(17))
        assert session is not None
        assert (session.stage, session.registration.family) == (Stage.SIGNED, "Example")
