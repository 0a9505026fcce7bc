"""Who a patient is can be filled in, and put right with a reason; the first MRN stays in the record."""

from __future__ import annotations

import pytest

from desktop_app.core import events as e
from desktop_app.core.desk import Saved
from desktop_app.core.identity import identify_patient
from tests.core.chairside import Chairside


@pytest.fixture
def side() -> Chairside:
    made = Chairside()
    made.seat(mrn="0004821", initials="RM")
    return made


def patient(side: Chairside) -> tuple[str, str]:
    return side.session().mrn, side.session().initials


def test_another_mrn_needs_its_reason_and_the_first_stays_in_the_record(side: Chairside) -> None:
    without = side.refused("09:00", identify_patient, mrn="0007", initials="RM")
    assert without == "another MRN needs its reason"
    side.do("09:01", identify_patient, mrn=" 0007 ", initials="RM", reason="wrong wristband")
    assert patient(side) == ("0007", "RM")
    seated, told = (recorded.event for recorded in side.desk.history("s"))
    assert isinstance(seated, e.PatientSeated)
    assert isinstance(told, e.PatientIdentified)
    assert (seated.mrn, told.mrn, told.reason) == ("0004821", "0007", "wrong wristband")
    assert side.replayed() == side.session()


def test_it_is_undone_like_any_touch(side: Chairside) -> None:
    side.do("09:00", identify_patient, mrn="0007", initials="RM", reason="wrong wristband")
    assert isinstance(side.undo("09:01"), Saved)
    assert patient(side) == ("0004821", "RM")


@pytest.mark.parametrize(
    ("mrn", "initials", "says"),
    [
        (" ", "", "a patient needs an MRN or initials"),
        ("0004821", "RM", "that is who the patient is already"),
        ("a\nb", "RM", "some characters of the MRN cannot be shown"),
    ],
)
def test_what_names_nobody_or_changes_nothing_is_refused(
    side: Chairside, mrn: str, initials: str, says: str
) -> None:
    assert side.refused("09:00", identify_patient, mrn=mrn, initials=initials, reason="a slip") == says


def test_a_missing_mrn_is_filled_in_without_a_reason_even_after_the_signature() -> None:
    side = Chairside()
    side.seat(mrn="", initials="RM")
    side.end("10:00")
    side.sign("10:01")
    side.do("10:05", identify_patient, mrn="0004821", initials="RM")
    assert patient(side) == ("0004821", "RM")
    again = side.refused("10:06", identify_patient, mrn="0007", initials="RM", reason="wrong wristband")
    assert again == "the session in chair 4 is signed: reopen it with a reason first"
