"""What a charge message says, how it says it, and what it refuses to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.events import SignedLine
from desktop_app.core.people import Address, Insured, Pointer, Provider, Relation, Sex
from desktop_app.exchange.hl7 import HL7
from desktop_app.exchange.hl7_checks import faults_of_file
from desktop_app.exchange.hl7_reader import ReadSegment, parsed
from desktop_app.exchange.hl7_text import escaped, text, unescaped
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import NOBODY, CannotBeSent
from tests.exchange.claim_files import changed, rows_of_number
from tests.exchange.hl7_files import charges_in, messages_in, write_charges
from tests.exchange.hl7_validators import read_by_hl7, who_refuses
from tests.exchange.month import PRACTICE
from tests.exchange.signed import SuiteOfChairs, exported, refused
from tests.exchange.test_csv_file import NASTY

OFFICE, HOSPITAL, OTHER_INSURED = 1, 0, 16
FILE = "charges.hl7"


def lines_as(rows: Sequence[Row], *lines: SignedLine) -> tuple[Row, ...]:
    """Return a session's rows with other lines."""
    return tuple(replace(rows[0], id=line.id, line=line) for line in lines)


def first(folder: Path, name: str) -> ReadSegment:
    """Return the first segment of a name in the first message."""
    return messages_in(folder)[0].first(name)


def test_a_message_says_who_sends_to_whom_and_in_which_letters(tmp_path: Path) -> None:
    practice = replace(PRACTICE, charge_receiver=("BILLING", "Example Center"), test_claims=True)
    write_charges(tmp_path, rows_of_number(OFFICE), practice=practice)
    head = first(tmp_path, "MSH")
    assert [head[n] for n in (3, 4, 5, 6)] == ["Chairtime", "SUB123", "BILLING", "Example Center"]
    assert [head[n] for n in (9, 11, 12, 18)] == ["DFT^P03^DFT_P03", "T", "2.5.1", "UNICODE UTF-8"]


def test_a_long_name_of_the_practice_stands_where_there_is_room(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(OFFICE), practice=replace(PRACTICE, submitter_id=""))
    assert first(tmp_path, "MSH")[4] == "^Example Infusion Center^L"
    assert who_refuses(tmp_path / FILE) == set()


def test_patient_visit_diagnoses_and_payer_are_told(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(OFFICE))
    (message,) = messages_in(tmp_path)
    patient, visit, payer = (message.first(name) for name in ("PID", "PV1", "IN1"))
    assert (patient[3], patient[5]) == ("0004001^^^^MR", "O'Sample^Max^^^^^L")
    assert (patient[7], patient[8]) == ("19360421", "M")
    assert (patient[11], patient[18]) == ("2 Oak Street^^Springfield^IL^62704^USA", "V000001^^^^AN")
    assert (visit[2], visit[3], visit[19]) == ("O", "^^^^^^^^2", "V000001^^^^VN")
    assert (visit[44], visit[45]) == ("20260302075301-0500", "20260302084401-0500")
    assert visit[50] == "month-002^^^Chairtime^VN"
    assert [(d[1], d[3], d[15]) for d in message.every("DG1")] == [
        ("1", "C18.9^^I10", "1"),
        ("2", "Z51.11^^I10", "2"),
    ]
    assert (payer[2], payer[3], payer[4]) == ("54771^Example Blue Plan", "54771", "Example Blue Plan")
    assert (payer[8], payer[15], payer[17], payer[36]) == ("G1", "BL", "SEL", "W00000001")
    assert payer[16] == patient[5]


def test_who_ordered_answers_in_a_hospital_and_who_gave_it_in_an_office(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(HOSPITAL), rows_of_number(OFFICE))
    hospital, office = (message.first("PV1") for message in messages_in(tmp_path))
    assert (hospital.part(7, 2), office.part(7, 2)) == ("Orderer", "Renderer")
    assert office.part(7, 9, 2) == "2.16.840.1.113883.4.6"
    assert (office.part(7), office.part(7, 13)) == ("1000002018", "NPI")


def test_a_drug_line_has_its_code_modifier_units_charge_product_and_reason(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(OFFICE))
    _, (charge, said) = charges_in(messages_in(tmp_path)[0])
    each = PRACTICE.charges.cents("J9271", date(2026, 3, 2)) or 0
    assert (charge[2], charge[3], charge[6]) == ("month-002.1.02", "chairtime-2026-03-31-A", "CG")
    assert charge[4] == "20260302080801-0500^20260302083801-0500"
    assert (charge[7], charge[25], charge[26], charge[10]) == ("J9271^^HCPCS", "J9271^^HCPCS", "JZ", "200")
    assert (charge.part(11), charge.part(12)) == (f"{each * 2}.00", f"{each // 100}.{each % 100:02}")
    assert charge[19] == "Z51.11^^I10~C18.9^^I10"
    assert (charge.part(20), charge.part(21)) == ("1000002018", "1000001010")
    assert charge[29] == "99903302602^^NDC"
    assert (said["ndc_quantity"], said["ndc_unit"]) == ("8", "ML")
    assert said["why"] == "200 mg of pembrolizumab at 1 mg a unit, rounded up: 200 units."
    assert "start" not in said


def test_codes_of_both_lists_say_which_they_are_of(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(HOSPITAL))
    told = {charge[7] for charge, _ in charges_in(messages_in(tmp_path)[0])}
    assert {"96413^^C4", "J1745^^HCPCS"} <= told


def test_a_receiver_that_takes_days_gets_the_day_and_the_times_in_the_note(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(OFFICE), practice=replace(PRACTICE, charge_days=True))
    (charge, said), *_ = charges_in(messages_in(tmp_path)[0])
    assert charge[4] == "20260302"
    assert (said["start"], said["stop"]) == ("2026-03-02T08:08:01-05:00", "2026-03-02T08:38:01-05:00")


def test_a_line_of_another_day_than_it_began_on_says_its_date_of_service(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    line = replace(rows[0].line, date=rows[0].line.date - timedelta(days=1))
    write_charges(tmp_path, lines_as(rows, line))
    ((charge, said),) = charges_in(messages_in(tmp_path)[0])
    assert (charge[4], said["start"][:10]) == ("20260301", "2026-03-02")


def test_a_line_without_times_says_its_day(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    write_charges(tmp_path, lines_as(rows, replace(rows[0].line, start_us=None, stop_us=None)))
    ((charge, said),) = charges_in(messages_in(tmp_path)[0])
    assert (charge[4], "start" in said) == ("20260302", False)


def test_the_receiver_has_its_own_word_for_a_credit(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    exporter = suite.exporter()
    exporter.practice = replace(PRACTICE, credit="CR")
    exported(exporter.export(suite.sessions, tmp_path, ("hl7",)))
    suite.correct("s1")
    batch = exported(exporter.export(suite.sessions, tmp_path, ("hl7",)))
    ((charge, said),) = charges_in(messages_in(batch.folder)[0])
    assert (charge[6], charge[2], said["replaces"]) == ("CR", "s1.1.01.void", "s1.1.01")
    assert faults_of_file(batch.folder / FILE) == []


def test_without_a_charge_there_is_no_amount(tmp_path: Path) -> None:
    write_charges(tmp_path, rows_of_number(OFFICE), practice=NOBODY)
    (charge, _), *_ = charges_in(messages_in(tmp_path)[0])
    assert (charge[11], charge[12]) == ("", "")
    assert who_refuses(tmp_path / FILE) == set()


def test_charges_that_cannot_be_read_are_no_reason_to_send_none() -> None:
    practice = replace(PRACTICE, charges=replace(PRACTICE.charges, fault="its charges cannot be read"))
    assert "its charges cannot be read" in HL7.lacks(rows_of_number(OFFICE), practice)


def test_another_insured_person_is_told_from_both_sides(tmp_path: Path) -> None:
    insured = Insured(relation=Relation.CHILD, family="Insured", given="Pat", sex=Sex.FEMALE)
    write_charges(tmp_path, changed(rows_of_number(OFFICE), insured=insured))
    (message,) = messages_in(tmp_path)
    payer = message.first("IN1")
    assert (payer[16], payer[17], payer[43]) == ("Insured^Pat^^^^^L", "PAR", "F")
    assert message.first("IN2")[72] == "CHD"
    assert who_refuses(tmp_path / FILE) == set()


def test_a_patient_of_whom_only_the_number_is_known_is_sent(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    batch = exported(suite.exporter().export(suite.sessions, tmp_path, ("hl7",)))
    (message,) = messages_in(batch.folder)
    assert (message.first("PID")[5], message.first("PID")[8]) == ("^^^^^^U", "U")
    assert message.every("IN1") == message.every("DG1") == []
    assert who_refuses(batch.folder / FILE) == set()


def test_without_an_mrn_nothing_is_sent(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    session = replace(suite.signed("s1"), mrn="", initials="R.M.")
    said = refused(suite.exporter().export((session,), tmp_path, ("csv", "hl7")))
    assert said == "R.M. in chair 1 cannot go out as a message yet: its MRN is missing; nothing was sent"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "known",
    [
        {"payer_id": ""},
        {"payer": ""},
        {"payer": "", "payer_id": ""},
        {"ordering": None, "rendering": None},
        {"ordering": Provider(family="Orderer")},
        {"diagnoses": (), "pointers": ()},
        {"address": None, "birth_date": None, "sex": None},
        {"address": Address(city="Springfield")},
        {"given": ""},
    ],
    ids=str,
)
def test_what_is_not_known_leaves_a_message_that_stands_every_check(
    tmp_path: Path, known: dict[str, object]
) -> None:
    write_charges(tmp_path, changed(rows_of_number(OFFICE), **known))
    assert who_refuses(tmp_path / FILE) == set()


def test_a_pointer_to_a_diagnosis_that_went_is_not_told(tmp_path: Path) -> None:
    rows = changed(rows_of_number(OFFICE), diagnoses=("C189",), pointers=(Pointer("a", (2, 1)),))
    write_charges(tmp_path, rows)
    (charge, _), *_ = charges_in(messages_in(tmp_path)[0])
    assert charge[19] == "C18.9^^I10"


@pytest.mark.parametrize("said", NASTY, ids=lambda said: repr(said[:12]))
def test_nasty_text_comes_back_as_it_was(tmp_path: Path, said: str) -> None:
    rows = rows_of_number(OFFICE)
    known = changed(rows, family=said[:60], payer=said[:60] or "Payer")
    write_charges(tmp_path, lines_as(known, replace(rows[0].line, why=said, drugs=(said,))))
    (message,) = messages_in(tmp_path)
    ((_, told),) = charges_in(message)
    assert (told.get("why", ""), told.get("drugs", "")) == (said, said)
    assert message.first("PID").part(5) == said[:60]
    assert message.first("IN1").part(4) == (said[:60] or "Payer")
    assert who_refuses(tmp_path / FILE) == set()


def test_hl7_finds_the_fields_of_nasty_text_too(tmp_path: Path) -> None:
    write_charges(tmp_path, changed(rows_of_number(OFFICE), family="a|b^c~d\\e&f"))
    (message,) = read_by_hl7(tmp_path / FILE)
    written = str(message.segment("PID")[5][0][0])
    assert message.unescape(written) == "a|b^c~d\\e&f"


@given(st.text())
def test_every_text_comes_back_from_its_escapes(said: str) -> None:
    written = escaped(said)
    assert not set(written) & set("|^&~\r\n")
    assert unescaped(written) == said


@given(st.text('\\|^&~XFSTRE0D\r\n"', max_size=8))
def test_texts_that_look_like_escapes_come_back(said: str) -> None:
    assert unescaped(escaped(said)) == said


def test_a_line_end_is_written_as_bytes_and_two_quotes_are_no_deletion() -> None:
    assert escaped("a\r\nb") == "a\\X0D0A\\b"
    assert escaped('""') == "\\X2222\\"
    assert escaped("\\X0D\\") == "\\E\\X0D\\E\\"


def test_escapes_of_others_are_read_and_unknown_ones_stay() -> None:
    assert unescaped("a\\.br\\b") == "a\nb"
    assert unescaped("\\H\\loud\\N\\") == "loud"
    assert unescaped("\\X0d0a\\") == "\r\n"
    assert unescaped("\\XC3\\\\XA9\\") == "é"
    assert unescaped("\\Z1\\ \\XFF\\ \\") == "\\Z1\\ \\XFF\\ \\"


def test_other_separators_are_read_as_they_are_declared() -> None:
    head, patient = parsed(["MSH#*!?%#A", "PID#1##7*x%y!8#Smith?S?Jones"])
    assert (head[1], head[2], head[3]) == ("#", "*!?%", "A")
    assert (patient.part(3, 2), patient.part(3, 2, 2)) == ("x", "y")
    assert patient.part(3, repetition=1) == "8"
    assert patient.part(4) == "Smith*Jones"


def test_what_is_too_long_or_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(CannotBeSent, match="last name of more than 199 characters"):
        write_charges(tmp_path, changed(rows_of_number(OFFICE), family="x" * 200))
    with pytest.raises(CannotBeSent, match="street that is no text"):
        text("street", "\ud800")
    with pytest.raises(CannotBeSent, match="payer of more than 199"):
        text("payer", "|" * 67)
