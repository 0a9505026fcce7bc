"""Charge messages from the command line: settings, charges, the patient from an ADT message, the file."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli import main
from desktop_app.exchange.hl7_checks import faults_of_file
from tests.commands.clinic import Clinic
from tests.commands.program import play
from tests.commands.touches import END, SEAT, SIGN, START, STOP
from tests.exchange.adt_files import message, written
from tests.exchange.hl7_files import charges_in, messages_in

SETTINGS = {
    "practice-name": "Example Infusion Center",
    "hl7-application": "BILLING",
    "hl7-facility": "Example Center",
    "hl7-times": "day",
    "hl7-credit": "cr",
    "test-claims": "yes",
}


def test_a_message_goes_out_with_what_the_settings_and_the_registration_say(
    clinic: Clinic, tmp_path: Path
) -> None:
    assert play(clinic.data, SEAT, START, STOP, END, SIGN).status == 0
    patients = clinic.file("patients.hl7", written(message()))
    assert main(["register", "--data-dir", str(clinic.data), str(patients)]) == 0
    for key, value in SETTINGS.items():
        assert main(["settings", "--data-dir", str(clinic.data), key, value]) == 0
    clinic.capsys.readouterr()
    clinic.taken("charges.csv", b"Code,Charge\n96365,210.50\n96366,80\n", "--from", "2026-01-01")
    out = tmp_path / "out"
    status = main(["export", "--data-dir", str(clinic.data), "--to", str(out), "--format", "hl7"])
    assert (status, clinic.capsys.readouterr().out.count("1 session, 2 lines")) == (0, 1)
    (file,) = out.glob("*/charges.hl7")
    assert faults_of_file(file) == []
    (said,) = messages_in(file.parent)
    assert [said.head[n] for n in (4, 5, 6, 11)] == [
        "^Example Infusion Center^L",
        "BILLING",
        "Example Center",
        "T",
    ]
    assert (said.first("PID")[5], said.first("PV1").part(19)) == ("Muster^Rosa^^^^^L", "V000123")
    first, second = (charge for charge, _ in charges_in(said))
    assert [(c[4], c.part(7), c.part(11), c.part(12)) for c in (first, second)] == [
        ("20260302", "96365", "210.50", "210.50"),
        ("20260302", "96366", "80.00", "80.00"),
    ]
    assert first[19] == "Z51.11^^I10"
