"""Claims from the command line: the settings, the charges, the patient, and a file for the clearinghouse."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli import main
from desktop_app.exchange.claim_checks import faults_of_file
from tests.commands.clinic import Clinic
from tests.commands.program import play
from tests.commands.touches import END, SEAT, SIGN, START, STOP, touch
from tests.exchange.month import registered

PRACTICE = {
    "practice-name": "Example Infusion Center",
    "practice-npi": "1234567893",
    "practice-tax-id": "12-3456789",
    "practice-street": "100 Main Street",
    "practice-city": "Springfield",
    "practice-state": "il",
    "practice-zip": "62701-0001",
    "practice-contact": "Mary Biller",
    "practice-phone": "(217) 555-0100",
    "submitter-id": "SUB123",
    "receiver-name": "Example Clearinghouse",
    "receiver-id": "CLEAR01",
    "bill-type": "85",
    "test-claims": "yes",
}
REGISTER = touch("register", "11:26", patient=registered(4) | {"pointers": []})


def exported(clinic: Clinic, folder: Path) -> tuple[int, str]:
    status = main(["export", "--data-dir", str(clinic.data), "--to", str(folder), "--format", "x12"])
    said = clinic.capsys.readouterr()
    return status, said.out + said.err


def test_a_claim_goes_out_once_all_it_asks_for_is_there(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert play(clinic.data, SEAT, START, STOP, END, SIGN).status == 0
    assert exported(clinic, out) == (
        2,
        "chairtime: R.M. in chair 4 has no payer, so there is no claim to send; nothing was sent.\n",
    )
    assert play(clinic.data, REGISTER | {"session": clinic_session(clinic)}).status == 0
    status, said = exported(clinic, out)
    assert status == 2
    assert "in the settings name, NPI, tax number" in said
    assert "no charge is known for 96365 and 96366; nothing was sent." in said
    for key, value in PRACTICE.items():
        assert main(["settings", "--data-dir", str(clinic.data), key, value]) == 0
    clinic.capsys.readouterr()
    clinic.taken("charges.csv", b"Code,Charge\n96365,210.50\n96366,80\n", "--from", "2026-01-01")
    status, said = exported(clinic, out)
    assert (status, said.count("1 session, 2 lines")) == (0, 1)
    (file,) = out.glob("*/claims-837i.x12")
    text = file.read_text(encoding="ascii")
    assert "*290.5***85:A:1*" in text
    assert "*0*T*:~GS*HC*SUB123*CLEAR01*" in text
    assert faults_of_file(file) == []


def clinic_session(clinic: Clinic) -> str:
    """Return the id of the one session there is."""
    assert main(["sessions", "--data-dir", str(clinic.data), "--json"]) == 0
    return clinic.capsys.readouterr().out.split('"session": "')[1].split('"')[0]
