"""``register``: what a registration system tells reaches the sessions that wait for it, and only these."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.commands.register import MOST_STRANGERS
from tests.commands.program import Done, chairtime, log, play, sessions
from tests.commands.touches import DAY, END, SEAT, SIGN, START, STOP, touch
from tests.exchange.adt_files import FIRST, PATIENT, message, written


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Makes a data folder with one session that runs."""
    assert play(tmp_path / "data", SEAT, START).status == 0
    return tmp_path / "data"


class Desk:
    """A folder with a session, to which files are put."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def run(self, content: bytes, *more: str) -> Done:
        """Put a file's content to the desk."""
        path = self.data.parent / "patients"
        path.write_bytes(content)
        status = main(["register", "--data-dir", str(self.data), str(path), *more])
        said = self._capsys.readouterr()
        return Done(status, said.out, said.err)


@pytest.fixture
def desk(data: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(data, capsys)


def test_a_message_is_taken_by_the_session_of_its_mrn(desk: Desk) -> None:
    done = desk.run(written(message()))
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "0004821 in chair 4: last name, first name, birth date, sex, address, visit number,"
        " ordering provider, rendering provider, diagnoses, payer, payer id, claim filing code,"
        " member id, group number, authorisation, insured person\n"
        "1 taken, 0 known already, 0 without a session, 0 refused.\n"
    )
    (session,) = sessions(desk.data)
    assert session["mrn"] == "0004821"
    assert [event["kind"] for event in log(desk.data)][-1] == "patient-registered"


def test_the_same_once_more_changes_nothing(desk: Desk) -> None:
    desk.run(written(message()))
    events = log(desk.data)
    done = desk.run(written(message()))
    assert (done.status, done.out) == (0, "0 taken, 1 known already, 0 without a session, 0 refused.\n")
    assert log(desk.data) == events


def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk) -> None:
    events = log(desk.data)
    twice = written(message(), message())
    dry = desk.run(twice, "--dry-run")
    assert log(desk.data) == events
    done = desk.run(twice)
    assert dry.out == done.out + "Nothing was changed: this was a dry run.\n"
    assert dry.status == done.status == 0


def test_what_finds_no_session_and_what_is_refused_is_told(desk: Desk) -> None:
    stranger = message(PATIENT.replace("0004821", "0009999"))
    wrong = message(PATIENT.replace("19600229", "x"))
    done = desk.run(written(stranger, wrong, message(event="A03"), message(FIRST), message(PATIENT)))
    assert done.status == 1
    assert done.out.splitlines()[1:] == [
        "0009999: no session that waits for it",
        "Passed over, because they register nobody: 1 ADT^A03",
        "1 taken, 0 known already, 1 without a session, 2 refused.",
    ]
    assert done.err.splitlines() == [
        "chairtime: Message 2, PID-7: x is no date such as 19601231.",
        "chairtime: Message 4, PID-3: there is no MRN.",
    ]


def test_a_table_is_taken_too(desk: Desk) -> None:
    done = desk.run(b"mrn,payer,member_id\r\n0004821,Example Plan,W1\r\n")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == "0004821 in chair 4: payer, member id"


def test_a_signed_session_is_registered_until_it_is_sent(desk: Desk, tmp_path: Path) -> None:
    name = sessions(desk.data)[0]["session"]
    assert play(desk.data, STOP, END, SIGN).status == 0
    assert desk.run(written(message(PATIENT))).out.splitlines()[-1].startswith("1 taken")
    export = chairtime("export", "--data-dir", desk.data, "--to", tmp_path / "out", "--session", name)
    assert export.status == 0
    done = desk.run(written(message()))
    assert done.out.splitlines()[0] == "0004821: no session that waits for it"


def test_of_two_sessions_the_visit_or_the_day_says_which(desk: Desk) -> None:
    again = [touch("end", "11:25"), touch("seat", "13:00", mrn="0004821", timezone="America/New_York")]
    assert play(desk.data, STOP, *again).status == 0
    done = desk.run(written(message(PATIENT.replace("V000123", ""))))
    assert done.status == 1
    (refused,) = done.err.splitlines()
    assert refused == (
        "chairtime: Message 1: MRN 0004821 has 2 sessions; say which by the visit's number or date."
    )
    first, _ = sessions(desk.data)
    known = {"family": "Muster", "account": "V000123"}
    assert play(desk.data, touch("register", "13:05", session=first["session"], patient=known)).status == 0
    done = desk.run(written(message(PATIENT)))
    assert (done.status, done.out.splitlines()[-1]) == (
        0,
        "1 taken, 0 known already, 0 without a session, 0 refused.",
    )


def test_a_visit_of_a_later_day_is_not_the_session_before_it(desk: Desk) -> None:
    later = b"mrn,date_of_service,payer\r\n0004821,2026-03-09,Example Plan\r\n"
    assert desk.run(later).out.splitlines()[0] == "0004821: no session that waits for it"
    series = later.replace(b"2026-03-09", b"2026-02-01")
    assert desk.run(series).out.splitlines()[0] == "0004821 in chair 4: payer"
    assert DAY == "2026-03-02"


def test_a_service_does_not_lose_its_diagnosis(desk: Desk) -> None:
    known = {"diagnoses": ["K50.90"], "pointers": [{"service": "a", "diagnoses": [1]}]}
    assert play(desk.data, touch("register", "09:10", patient=known)).status == 0
    done = desk.run(written(message(PATIENT, FIRST)))
    assert done.status == 1
    assert done.err == (
        "chairtime: Message 1, 0004821 in chair 4: a service is for K5090,"
        " which is not among the new diagnoses.\n"
    )


def test_a_file_that_tells_of_nobody_is_told(desk: Desk) -> None:
    done = desk.run(b"mrn,payer\r\n")
    assert (done.status, done.out) == (2, "")
    assert done.sentence.endswith("patients tells of no patient.")
    done = desk.run(b"MSH|^~\\&")
    assert (done.status, done.out.splitlines()[0]) == (
        0,
        "Passed over, because they register nobody: 1 of no kind",
    )


def test_a_file_that_is_not_there_is_named(desk: Desk) -> None:
    done = chairtime("register", "--data-dir", desk.data, "nobody.hl7")
    assert (done.status, done.sentence) == (2, "nobody.hl7 cannot be read: no such file or directory.")


def test_a_patient_with_two_faults_is_refused_once(desk: Desk) -> None:
    done = desk.run(b"mrn,birth_date,sex\n0004821,x,y\n,x,F\n")
    assert done.out == "0 taken, 0 known already, 0 without a session, 2 refused.\n"
    assert len(done.err.splitlines()) == 4


def test_of_many_strangers_some_are_named_and_all_are_counted(desk: Desk) -> None:
    rows = "".join(f"S{number:03},F\n" for number in range(MOST_STRANGERS + 2))
    said = desk.run(f"mrn,sex\n{rows}".encode()).out.splitlines()
    assert said[0] == "S000: no session that waits for it"
    assert said[-3:] == [
        f"S{MOST_STRANGERS - 1:03}: no session that waits for it",
        "and 2 more without a session",
        "0 taken, 0 known already, 52 without a session, 0 refused.",
    ]
