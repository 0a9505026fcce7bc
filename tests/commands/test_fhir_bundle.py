"""A bundle of FHIR resources from the command line: what was timed and what is billed, in one file."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli import main
from desktop_app.exchange.fhir_checks import faults_of_file
from tests.commands.clinic import Clinic
from tests.commands.program import play
from tests.commands.touches import VISIT
from tests.exchange.adt_files import message, written
from tests.exchange.fhir_files import billed, bundle_in, every, one


def test_a_bundle_goes_out_with_what_was_timed_billed_and_registered(clinic: Clinic, tmp_path: Path) -> None:
    assert play(clinic.data, *VISIT).status == 0
    patients = clinic.file("patients.hl7", written(message()))
    assert main(["register", "--data-dir", str(clinic.data), str(patients)]) == 0
    clinic.capsys.readouterr()
    command = ["export", "--data-dir", str(clinic.data), "--to", str(tmp_path / "out"), "--format", "fhir"]
    assert main(command) == 2
    assert "in the settings the name of the practice is missing" in clinic.capsys.readouterr().err
    named = ["settings", "--data-dir", str(clinic.data), "practice-name", "Example Infusion Center"]
    assert main(named) == 0
    clinic.capsys.readouterr()
    assert (main(command), clinic.capsys.readouterr().out.count("1 session, 2 lines")) == (0, 1)
    (file,) = (tmp_path / "out").glob("*/charges.fhir.json")
    assert faults_of_file(file) == []
    bundle = bundle_in(file.parent)
    assert one(bundle, "Patient")["name"] == [{"family": "Muster", "given": ["Rosa"]}]
    assert one(bundle, "MedicationAdministration")["effectivePeriod"] == {
        "start": "2026-03-02T09:00:00-05:00",
        "end": "2026-03-02T11:20:00-05:00",
    }
    assert [billed(charge) for charge in every(bundle, "ChargeItem")] == [("96365", (), 1), ("96366", (), 1)]
    assert one(bundle, "Claim")["status"] == "active"
