"""What is read from a registration system's messages, and each fault by its message and field."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hl7apy.consts import VALIDATION_LEVEL  # type: ignore[import-untyped]  # it has no stubs
from hl7apy.parser import parse_message  # type: ignore[import-untyped]  # as above

from desktop_app.core.people import (
    NOTHING_KNOWN,
    Address,
    Insured,
    Pointer,
    Provider,
    Registration,
    Relation,
    Sex,
)
from desktop_app.exchange.adt import is_hl7, read_adt
from desktop_app.exchange.registrations import CannotBeTaken, Registrations, Told
from tests.exchange.adt_files import FIRST, PATIENT, PAYER, SECOND, VISIT, message, written

TODAY = date(2026, 3, 2)
RENDERER = Provider(family="Renderer", given="Ray", npi="1000002018")


def read(content: bytes) -> Registrations:
    return read_adt(content, TODAY)


def one(*segments: str) -> Told:
    """Return what one message tells, which must have no fault."""
    found = read(written(message(*segments)))
    assert found.faults == []
    (told,) = found.told
    return told


def faults(*segments: str) -> list[str]:
    """Return what is wrong with one message, of which nothing may be taken then."""
    found = read(written(message(*segments)))
    assert found.told == []
    return found.faults


def test_the_message_of_these_tests_is_one_of_the_standard() -> None:
    parsed = parse_message(written(message()).decode(), validation_level=VALIDATION_LEVEL.STRICT)
    assert parsed.validate()


def test_everything_a_message_tells_is_read() -> None:
    told = one()
    assert (told.place, told.mrn, told.account, told.day) == ("message 1", "0004821", "V000123", TODAY)
    assert told.registration == Registration(
        family="Muster",
        given="Rosa",
        birth_date=date(1960, 2, 29),
        sex=Sex.FEMALE,
        address=Address(street="7 Oak Street, Suite 3", city="Springfield", state="IL", zip_code="627041234"),
        account="V000123",
        ordering=RENDERER,
        rendering=RENDERER,
        diagnoses=("Z5111", "C189"),
        payer="Example Blue Plan",
        payer_id="54771",
        filing="BL",
        member_id="W00000001",
        group="G1",
        authorisation="AUTH7",
        insured=Insured(
            relation=Relation.SPOUSE,
            family="Muster",
            given="Max",
            birth_date=date(1958, 12, 31),
            sex=Sex.MALE,
        ),
    )


def test_what_a_message_does_not_tell_stays_and_two_quotes_take_it_away() -> None:
    before = one().registration
    short = one('PID|1||0004821^^^^MR||Muster-Neu^""|||""', "PV1|1|O")
    after = short.added_to(before)
    assert (after.family, after.given, after.sex) == ("Muster-Neu", "Rosa", None)
    assert (after.birth_date, after.payer, after.diagnoses) == (
        before.birth_date,
        before.payer,
        before.diagnoses,
    )


@pytest.mark.parametrize("event", ["A01", "A04", "A08"])
def test_the_three_events_are_read(event: str) -> None:
    assert len(read(written(message(event=event))).told) == 1


def test_other_messages_are_counted_and_passed_over() -> None:
    order = ["MSH|^~\\&|LAB||||20260302||ORU^R01|9|P|2.5.1"]
    found = read(written(message(event="A03"), message(), message(event="A03"), order))
    assert [told.place for told in found.told] == ["message 2"]
    assert found.passed_over == {"ADT^A03": 2, "ORU^R01": 1}
    assert found.faults == []


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_end_in_any_way_and_frames_and_batches_do_not_matter(end: str) -> None:
    around = [["FHS|^~\\&|REG", "BHS|^~\\&|REG"], message(), message(number=2), ["BTS|2", "FTS|1"]]
    found = read(written(*around, end=end))
    assert [told.mrn for told in found.told] == ["0004821"] * 2
    framed = b"\x0b" + written(message(), end=end) + b"\x1c\r"
    assert read(framed).told == found.told[:1]
    assert is_hl7(framed)
    assert not is_hl7(b"mrn,payer\r\n")


def test_letters_are_read_by_the_character_set_a_message_says() -> None:
    patient = "PID|1||1^^^^MR||Núñez^José"
    latin = written(message(patient, charset="8859/1"), encoding="latin-1")
    assert [told.known["family"] for told in read(latin).told] == ["Núñez"]
    unsaid = written(message(patient, charset=""))
    assert [told.known["family"] for told in read(unsaid).told] == ["Núñez"]
    both = latin + written(message(patient))
    assert [told.known["given"] for told in read(both).told] == ["José", "José"]


def test_a_message_that_is_not_in_the_letters_it_says_is_a_fault() -> None:
    patient = "PID|1||1^^^^MR||Núñez^José"
    wrong = read(written(message(patient), encoding="latin-1"))
    assert wrong.faults == ["message 1, MSH-18: the message is not written in UNICODE UTF-8."]
    other = read(written(message(patient, charset="UNICODE UTF-16")))
    assert other.faults == ["message 1, MSH-18: the character set UNICODE UTF-16 cannot be read."]


def test_escapes_are_read() -> None:
    assert one("PID|1||1^^^^MR||O\\T\\Neill^A\\S\\B").known["family"] == "O&Neill"


FAULTS = {
    "no MRN": (PATIENT.replace("77^^^OTHER^PI~0004821^^^EXAMPLE^MR", ""), "PID-3: there is no MRN"),
    "a birth date": (
        PATIENT.replace("19600229", "19610229"),
        "PID-7: 19610229 is no date such as 19601231",
    ),
    "a birth to come": (PATIENT.replace("19600229", "20270101"), "PID-7: nobody here was born on 2027-01-01"),
    "a sex": (
        PATIENT.replace("|F|", "|W|"),
        "PID-8: W is no sex of the standard: F, M, O, U, A or N",
    ),
    "a state": (PATIENT.replace("^il^", "^Illinois^"), "PID-11: the state ILLINOIS is not two letters"),
    "a ZIP code": (
        PATIENT.replace("62704-1234", "6270"),
        "PID-11: the ZIP code 6270 is not five or nine digits",
    ),
    "a name": (
        PATIENT.replace("Muster", "M" * 61),
        "PID-5: the last name has more than 60 characters",
    ),
    "a line end": (
        PATIENT.replace("Muster", "Mus\\X0D\\ter"),
        "PID-5: the last name must be one line of characters that can be shown",
    ),
    "an NPI": (
        VISIT.replace("1000002018", "1000002019"),
        "PV1-7: the NPI 1000002019 has a wrong digit: its check digit does not fit",
    ),
    "a diagnosis": (
        FIRST.replace("C18.9", "18.9"),
        "DG1-3 of DG1 1: 189 is no diagnosis code such as K50.90",
    ),
    "another list": (SECOND.replace("I10", "I9C"), "DG1-3 of DG1 2: I9C is no list of ICD-10-CM codes"),
    "an insured's birth": (
        PAYER.replace("19581231", "1958"),
        "IN1-18 or IN1-43: 1958 is no date such as 19601231",
    ),
    "an insured without a name": (
        PAYER.replace("Muster^Max^^^^^L", ""),
        "IN1-16: the insured person needs a last name",
    ),
    "an insured of no relation": (
        PAYER.replace("|SPO|", "||"),
        "IN1-17: it does not say what the insured person is to the patient",
    ),
    "a member id": (
        PAYER.replace("W00000001", "W" * 61),
        "IN1-36: the member id has more than 60 characters",
    ),
}


@pytest.mark.parametrize(("segment", "said"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_one_sentence_with_message_and_field(segment: str, said: str) -> None:
    whole = (PATIENT, VISIT, FIRST, SECOND, PAYER)
    segments = [segment if old[:5] == segment[:5] else old for old in whole]
    assert faults(*segments) == [f"message 1, {said}."]


def test_all_faults_of_a_message_are_told_and_the_others_are_read() -> None:
    bad = PATIENT.replace("19600229", "x").replace("|F|", "|W|")
    found = read(written(message(), message(bad), message()))
    assert [told.place for told in found.told] == ["message 1", "message 3"]
    assert [fault.split(":")[0] for fault in found.faults] == ["message 2, PID-7", "message 2, PID-8"]


@pytest.mark.parametrize(
    ("ids", "mrn"),
    [
        ("0004821", "0004821"),
        ("1^^^A^PI~2^^^A^MR~3^^^B^MR", "2"),
        ("1^^^A^PI~2^^^A^SS", "1"),
        (" 0004821 ^^^^MR", "0004821"),
    ],
)
def test_of_several_numbers_the_one_that_says_it_is_the_mrn_counts(ids: str, mrn: str) -> None:
    assert one(f"PID|1||{ids}||Muster").mrn == mrn


@pytest.mark.parametrize(
    ("doctor", "npi"),
    [
        ("1000002018^Renderer^Ray", "1000002018"),
        ("D77^Renderer^Ray", ""),
        ("D77^Renderer^Ray^^^^^^LOCAL~1000002018^Renderer^Ray^^^^^^NPI", "1000002018"),
        ("1000002018^Renderer^Ray^^^^^^LOCAL^L^^^DN", ""),
    ],
)
def test_a_provider_has_an_npi_only_where_it_is_one(doctor: str, npi: str) -> None:
    told = one("PID|1||1||Muster", f"PV1|1|O|||||{doctor}")
    assert (
        told.known["ordering"] == told.known["rendering"] == Provider(family="Renderer", given="Ray", npi=npi)
    )


@pytest.mark.parametrize(
    ("said", "relation"),
    [("SPO", Relation.SPOUSE), ("PAR", Relation.CHILD), ("CHD", Relation.CHILD), ("SIB", Relation.OTHER)],
)
def test_what_the_patient_is_to_the_insured_is_read_from_either_side(said: str, relation: Relation) -> None:
    assert one(PATIENT, PAYER.replace("|SPO|", f"|{said}|")).known["insured"].relation is relation
    other_side = f"IN2{'|' * 72}{said}"
    assert one(PATIENT, PAYER.replace("|SPO|", "|OTH|"), other_side).known["insured"].relation is relation


def test_a_patient_who_is_the_insured_takes_another_away() -> None:
    assert one(PATIENT, PAYER.replace("|SPO|", "|SEL|")).known["insured"] is None
    unsaid = PAYER.replace("Muster^Max^^^^^L|SPO|", "Muster^Rosa^^^^^L||")
    assert "insured" not in one(PATIENT, unsaid).known


def test_a_plan_type_of_the_senders_own_is_no_filing_code() -> None:
    assert "filing" not in one(PATIENT, PAYER.replace("|BL|", "|PPO|")).known


def test_new_diagnoses_keep_what_services_are_for() -> None:
    before = Registration(diagnoses=("K5090", "C189"), pointers=(Pointer("a", (2,)),))
    after = one(PATIENT, FIRST, SECOND).added_to(before)
    assert (after.diagnoses, after.pointers) == (("Z5111", "C189"), (Pointer("a", (2,)),))
    lost = Registration(diagnoses=("K5090",), pointers=(Pointer("a", (1,)),))
    with pytest.raises(CannotBeTaken, match="a service is for K5090, which is not among the new diagnoses"):
        one(PATIENT, FIRST).added_to(lost)


def test_other_separators_are_read() -> None:
    content = "MSH#*!?%#REG########ADT*A04#1#P#2.5.1\rPID#1##7***X*MR##Smi?S?th*Ann\r"
    (told,) = read(content.replace("########ADT", "######ADT").encode()).told
    assert (told.mrn, told.known["family"], told.known["given"]) == ("7", "Smi*th", "Ann")


@pytest.mark.parametrize("content", [b"", b"MSH", b"MSH|", b"\x00\x01", b"MSH|^~\\&\rPID", b"PID|1||7\r"])
def test_what_is_no_message_tells_nothing_and_does_not_stumble(content: bytes) -> None:
    assert read(content).told == []


def test_a_field_of_a_million_repetitions_and_a_message_of_as_many_segments_are_read_soon() -> None:
    began = time.process_time()
    many = written(message("PID|1||" + "~".join(f"{n}^^^X^PI" for n in range(5_000)) + "~7^^^X^MR||A^B"))
    (told,) = read(many).told
    assert told.mrn == "0"
    for content in (b"~" * 1_000_000, b"\rDG1|1||X" * 100_000):
        (fault,) = read(written(message())[:-1] + content).faults
        assert fault == (
            "message 1, the message: it should be of at most 1,000 segments, each of at most 65,536 bytes."
        )
    assert time.process_time() - began < 5


def test_a_priority_of_very_many_digits_is_none() -> None:
    endless = FIRST.replace("|2", "|" + "1" * 20_001)
    assert one(PATIENT, endless, SECOND).registration.diagnoses == ("Z5111", "C189")


def test_a_kind_that_acts_on_a_terminal_is_told_without() -> None:
    assert list(read(written(message(event="A03\x1b[31m"))).passed_over) == ["ADT^A03\ufffd[31m"]


def test_an_mrn_that_cannot_be_shown_is_none() -> None:
    (fault,) = read(written(message("PID|1||\x1b[31m7"))).faults
    assert fault == "message 1, PID-3: some characters of the MRN cannot be shown."


def test_a_message_by_itself_is_a_registration() -> None:
    assert one("PID|1||1||Muster").registration == Registration(family="Muster")
    assert one("PID|1||1").registration == NOTHING_KNOWN
