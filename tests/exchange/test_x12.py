"""What a claim says, how it says it, and what it refuses to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.tables import TableRow
from desktop_app.core.events import SignedLine
from desktop_app.core.people import Address, Insured, Pointer, Provider, Registration, Relation, Sex
from desktop_app.exchange import x12 as x12_module
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.claim_checks import faults_of_file
from desktop_app.exchange.claims import LONGEST_SHORT_ID, short_id
from desktop_app.exchange.rows import Action, Row, rows_of
from desktop_app.exchange.sending import NOBODY, CannotBeSent
from desktop_app.exchange.x12 import X12
from desktop_app.exchange.x12_text import EXTENDED, dollars, name, quantity, written
from tests.exchange.claim_files import (
    INSTITUTIONAL,
    PROFESSIONAL,
    changed,
    one,
    rows_of_number,
    segments,
    write_claims,
)
from tests.exchange.month import PRACTICE, correct, name_of, signed_month
from tests.exchange.signed import exported, refused
from tests.exchange.validators import who_refuses

OFFICE, HOSPITAL, OTHER_INSURED = 1, 0, 16


def lines_as(rows: Sequence[Row], *lines: SignedLine) -> tuple[Row, ...]:
    """Return a session's rows with other lines."""
    return tuple(replace(rows[0], id=line.id, line=line) for line in lines)


def test_an_office_bills_on_a_professional_claim_and_a_hospital_on_an_institutional(tmp_path: Path) -> None:
    texts = write_claims(tmp_path, rows_of_number(OFFICE), rows_of_number(HOSPITAL))
    assert one(texts[PROFESSIONAL], "CLM")[5] == "11:B:1"
    assert one(texts[INSTITUTIONAL], "CLM")[5] == "13:A:1"
    assert segments(texts[PROFESSIONAL], "SV2") == segments(texts[INSTITUTIONAL], "SV1") == []


def test_a_file_is_there_only_when_there_is_a_claim_for_it(tmp_path: Path) -> None:
    assert set(write_claims(tmp_path, rows_of_number(OFFICE))) == {PROFESSIONAL}
    assert [path.name for path in tmp_path.iterdir()] == [PROFESSIONAL]


def test_a_claim_names_everybody_it_has_to(tmp_path: Path) -> None:
    text = write_claims(tmp_path, rows_of_number(OFFICE))[PROFESSIONAL]
    named = {segment[1]: segment[3:5] + segment[8:] for segment in segments(text, "NM1")}
    assert named["41"] == ["Example Infusion Center", "", "46", "SUB123"]
    assert named["40"] == ["Example Clearinghouse", "", "46", "CLEAR01"]
    assert named["85"] == ["Example Infusion Center", "", "XX", "1234567893"]
    assert named["IL"] == ["O'Sample", "Max", "MI", "W00000001"]
    assert named["PR"] == ["Example Blue Plan", "", "PI", "54771"]
    assert named["82"] == ["Renderer", "Ray", "XX", "1000002018"]
    assert named["DK"] == ["Orderer", "Olivia", "XX", "1000001010"]
    assert one(text, "PRV") == ["PRV", "BI", "PXC", "261QI0500X"]
    assert one(text, "REF", "EI")[2] == "123456789"
    assert one(text, "REF", "EA")[2] == "0004001"
    assert [s[1:] for s in segments(text, "N4")] == [
        ["Springfield", "IL", "627010001"],
        ["Springfield", "IL", "62704"],
    ]


def test_a_drug_line_has_its_modifiers_units_charge_and_product(tmp_path: Path) -> None:
    text = write_claims(tmp_path, rows_of_number(OFFICE))[PROFESSIONAL]
    _, drug = segments(text, "SV1")
    cents = (PRACTICE.charges.cents("J9271", date(2026, 3, 2)) or 0) * 200
    assert drug[1:] == ["HC:J9271:JZ", dollars(cents), "UN", "200", "", "", "2:1"]
    assert one(text, "LIN")[2:] == ["N4", "99903302602"]
    assert one(text, "CTP")[4:] == ["8", "ML"]


def test_waste_is_a_line_of_its_own(tmp_path: Path) -> None:
    text = write_claims(tmp_path, rows_of_number(HOSPITAL))[INSTITUTIONAL]
    drugs = [segment[2:] for segment in segments(text, "SV2") if "J1745" in segment[2]]
    assert [(code, units) for code, _, _, units in drugs] == [("HC:J1745", "32"), ("HC:J1745:JW", "8")]


def test_an_insured_person_who_is_not_the_patient_has_a_level_of_their_own(tmp_path: Path) -> None:
    (text,) = write_claims(tmp_path, rows_of_number(OTHER_INSURED)).values()
    assert [segment[1:] for segment in segments(text, "HL")] == [
        ["1", "", "20", "1"],
        ["2", "1", "22", "1"],
        ["3", "2", "23", "0"],
    ]
    assert one(text, "SBR")[1:3] == ["P", ""]
    assert one(text, "PAT") == ["PAT", "G8"]
    assert one(text, "NM1", "IL")[3:5] == ["Insured", "Pat"]
    assert one(text, "NM1", "QC")[3:] == ["Example", "Jose"]


@pytest.mark.parametrize(
    ("relation", "code"), [(Relation.SPOUSE, "01"), (Relation.CHILD, "19"), (Relation.OTHER, "G8")]
)
def test_what_the_patient_is_to_the_insured_is_said(tmp_path: Path, relation: Relation, code: str) -> None:
    insured = Insured(relation=relation, family="Insured")
    (text,) = write_claims(tmp_path, changed(rows_of_number(OFFICE), insured=insured)).values()
    assert one(text, "PAT")[1] == code


def test_a_patient_who_is_the_insured_person_by_name_stands_once(tmp_path: Path) -> None:
    insured = Insured(relation=Relation.SELF, family="O'Sample")
    (text,) = write_claims(tmp_path, changed(rows_of_number(OFFICE), insured=insured)).values()
    assert one(text, "SBR")[2] == "18"
    assert segments(text, "PAT") == []
    assert faults_of_file(tmp_path / PROFESSIONAL) == []


def test_the_kind_of_insurance_is_as_registered_or_follows_from_the_profile(tmp_path: Path) -> None:
    rows = changed(rows_of_number(OFFICE), filing="")
    chosen = tuple(replace(row, session=replace(row.session, profile="medicare-physician")) for row in rows)
    found = []
    for place, these in enumerate((rows_of_number(OFFICE), rows, chosen)):
        folder = tmp_path / str(place)
        folder.mkdir()
        found.append(one(write_claims(folder, these)[PROFESSIONAL], "SBR")[9])
    assert found == ["BL", "ZZ", "MB"]


def test_an_authorisation_stands_on_the_claim(tmp_path: Path) -> None:
    text = write_claims(tmp_path, rows_of_number(HOSPITAL))[INSTITUTIONAL]
    assert one(text, "REF", "G1")[2] == "AUTH00000"


def test_a_drug_without_a_code_of_its_own_is_named(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    line = replace(rows[1].line, code="J3590", drugs=("newmab ~ 10 mg/mL: 2 vials",), modifiers=("JZ",))
    charges = Charges({**PRACTICE.charges.rows, ("J3590",): (TableRow(("J3590",), ("1", ""), line.date),)})
    practice = replace(PRACTICE, charges=charges)
    text = write_claims(tmp_path, lines_as(rows, line), practice=practice)[PROFESSIONAL]
    assert one(text, "SV1")[1] == "HC:J3590:JZ::::newmab 10 mg/mL 2 vials"
    assert who_refuses(tmp_path / PROFESSIONAL) == set()


def test_an_ndc_goes_only_with_its_quantity(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    line = replace(rows[1].line, ndc_quantity=None)
    text = write_claims(tmp_path, lines_as(rows, line))[PROFESSIONAL]
    assert segments(text, "LIN") == segments(text, "CTP") == []
    medicaid = lines_as(changed(rows, filing="MC"), line)
    assert X12.lacks(medicaid, PRACTICE) == (
        "cannot be claimed yet: Medicaid asks for the quantity of the NDC of J9271"
    )


def test_each_batch_and_each_file_has_numbers_of_its_own(tmp_path: Path) -> None:
    texts = write_claims(tmp_path, rows_of_number(OFFICE), rows_of_number(HOSPITAL))
    assert [one(texts[f], "ISA")[13] for f in (PROFESSIONAL, INSTITUTIONAL)] == ["000000013", "000000014"]
    for text in texts.values():
        assert one(text, "IEA")[2] == one(text, "ISA")[13]
        assert one(text, "GE")[2] == one(text, "GS")[6]
        assert text.index("~") == 105


def test_a_test_says_that_it_is_one(tmp_path: Path) -> None:
    practice = replace(PRACTICE, test_claims=True)
    assert (
        one(write_claims(tmp_path, rows_of_number(OFFICE), practice=practice)[PROFESSIONAL], "ISA")[15] == "T"
    )


def test_a_full_transaction_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x12_module, "MOST_CLAIMS", 2)
    text = write_claims(tmp_path, *map(rows_of_number, (1, 2, 4, 6, 9)))[PROFESSIONAL]
    assert [segment[2] for segment in segments(text, "ST")] == ["0001", "0002", "0003"]
    assert one(text, "GE")[1] == "3"
    assert who_refuses(tmp_path / PROFESSIONAL) == set()


def test_claims_sent_once_more_stand_in_a_transaction_that_says_so(tmp_path: Path) -> None:
    again = tuple(replace(row, sent_before=True) for row in rows_of_number(2))
    text = write_claims(tmp_path, rows_of_number(1), again, rows_of_number(4))[PROFESSIONAL]
    assert [segment[2] for segment in segments(text, "BHT")] == ["00", "18", "00"]
    assert len({segment[3] for segment in segments(text, "BHT")}) == 3
    assert faults_of_file(tmp_path / PROFESSIONAL) == []


def test_a_correction_that_changes_who_bills_takes_back_one_claim_and_makes_another(tmp_path: Path) -> None:
    month = signed_month(OFFICE + 1)
    later = {"session": name_of(OFFICE), "at": "2026-03-31T16:00"}
    month.play(
        later | touch
        for touch in (
            {"do": "reopen", "reason": "seen in the hospital"},
            {"do": "terms", "setting": "facility", "place_of_service": "22"},
            {"do": "sign"},
        )
    )
    session = month.desk.session(name_of(OFFICE))
    assert session is not None
    rows = rows_of(session, {row.id for row in rows_of_number(OFFICE)})
    assert {row.action for row in rows} == {Action.REPLACE}
    texts = write_claims(tmp_path, rows)
    claims = {name: one(text, "CLM") for name, text in texts.items()}
    assert (claims[PROFESSIONAL][1], claims[PROFESSIONAL][5]) == ("month-002-1", "11:B:8")
    assert one(texts[PROFESSIONAL], "REF", "F8")[2] == "month-002-1"
    assert (claims[INSTITUTIONAL][1], claims[INSTITUTIONAL][5]) == ("month-002-2", "13:A:1")


def test_ids_are_short_and_stay_what_they_are() -> None:
    uuid = "019ab3c4-d5e6-7abc-8def-0123456789ab"
    assert short_id(uuid) == "019ab3c4d5e67abc"
    assert short_id("s1") == "s1"
    assert short_id("session of a long name") == short_id("session of a long name")
    assert len(short_id("session of a long name")) == LONGEST_SHORT_ID
    assert short_id("session of a long name") != short_id("session of another name")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"member_id": ""}, "member id is missing"),
        ({"payer_id": ""}, "payer id is missing"),
        ({"payer": ""}, "payer is missing"),
        ({"birth_date": None}, "birth date is missing"),
        ({"sex": None}, "sex is missing"),
        ({"family": ""}, "last name is missing"),
        ({"diagnoses": (), "pointers": ()}, "diagnosis is missing"),
        ({"address": None}, "street, city, state and ZIP code are missing"),
        ({"address": Address(street="1 A", city="B", state="IL")}, "ZIP code is missing"),
        ({"rendering": None}, "rendering provider is missing"),
        ({"rendering": Provider(family="A")}, "NPI of the rendering provider is missing"),
        ({"ordering": Provider(family="A")}, "NPI of the ordering provider is missing"),
        ({"birth_date": None, "sex": None}, "birth date and sex are missing"),
    ],
)
def test_what_is_missing_for_a_claim_is_said_by_its_name(missing: dict[str, object], said: str) -> None:
    rows = changed(rows_of_number(OFFICE), **missing)
    assert X12.lacks(rows, PRACTICE) == f"cannot be claimed yet: {said}"
    assert X12.lacks(rows_of_number(OFFICE), PRACTICE) == ""


def test_a_hospital_needs_who_ordered_or_who_gave_the_care() -> None:
    rows = changed(rows_of_number(HOSPITAL), ordering=None)
    assert X12.lacks(rows, PRACTICE) == ""
    rows = changed(rows, rendering=None)
    assert X12.lacks(rows, PRACTICE) == "cannot be claimed yet: ordering or rendering provider is missing"


def test_an_office_needs_a_place_of_service() -> None:
    rows = rows_of_number(OFFICE)
    session = replace(rows[0].session, place_of_service="")
    signature = replace(rows[0].signature, place_of_service="")
    nowhere = tuple(replace(row, session=session, signature=signature) for row in rows)
    assert X12.lacks(nowhere, PRACTICE) == "cannot be claimed yet: place of service is missing"


def test_what_the_settings_lack_is_said_as_theirs() -> None:
    said = X12.lacks(rows_of_number(OFFICE), replace(NOBODY, charges=PRACTICE.charges, zip_code="62701"))
    assert said == (
        "cannot be claimed yet: in the settings name, NPI, tax number, street, city, state, ZIP code of nine "
        "digits, contact, telephone number, submitter id, receiver and receiver id are missing"
    )
    practice = replace(PRACTICE, submitter_id="S" * 16, street="P.O. Box 7")
    assert X12.lacks(rows_of_number(OFFICE), practice) == (
        "cannot be claimed yet: the submitter id in the settings must have 2 to 15 characters; "
        "the street in the settings must be no post office box"
    )


def test_without_a_charge_there_is_no_claim() -> None:
    assert X12.lacks(rows_of_number(OFFICE), replace(PRACTICE, charges=Charges())) == (
        "cannot be claimed yet: no charge is known for 96413 and J9271"
    )
    damaged = replace(PRACTICE, charges=Charges(fault="its charges cannot be read (x)"))
    said = X12.lacks(rows_of_number(OFFICE), damaged)
    assert said == "cannot be claimed yet: its charges cannot be read (x)"


def test_a_charge_holds_from_its_day_on() -> None:
    later = {
        key: tuple(replace(row, since=row.since + timedelta(99)) for row in rows)
        for key, rows in dict(PRACTICE.charges.rows).items()
    }
    said = X12.lacks(rows_of_number(OFFICE), replace(PRACTICE, charges=Charges(later)))
    assert said == "cannot be claimed yet: no charge is known for 96413 and J9271"


def test_a_hospital_needs_revenue_codes() -> None:
    bare = replace(PRACTICE, charges=Charges(PRACTICE.charges.rows))
    assert X12.lacks(rows_of_number(3), bare) == (
        "cannot be claimed yet: no revenue code is known for 96360 and J7030"
    )
    assert X12.lacks(rows_of_number(OFFICE), bare) == ""


def test_a_claim_of_too_many_lines_is_refused() -> None:
    rows = rows_of_number(OFFICE)
    many = [replace(rows[0].line, id=f"month-002.1.{number:02}") for number in range(51)]
    assert X12.lacks(lines_as(rows, *many), PRACTICE) == (
        "cannot be claimed yet: it has 51 lines, and a claim holds 50"
    )


def test_who_pays_for_themselves_goes_out_in_the_other_formats_and_not_alone(tmp_path: Path) -> None:
    month = signed_month(2)
    first, second = month.sessions
    alone = replace(second, registration=Registration(family="Self", given="Pays"))
    said = refused(month.exporter().export([first, alone], tmp_path, ("x12",)))
    assert said == "M.O. in chair 2 has no payer, so there is no claim to send; nothing was sent"
    batch = exported(month.exporter().export([first, alone], tmp_path, ("csv", "x12")))
    assert [(file.name, file.rows) for file in batch.files[:2]] == [("lines.csv", 8), (INSTITUTIONAL, 6)]
    assert '"not_in": {\n    "x12": [\n      "month-002"\n    ]\n  }' in (
        batch.folder / "manifest.json"
    ).read_text(encoding="utf-8")


def test_a_fault_of_the_writer_does_not_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    month = signed_month(3)
    monkeypatch.setattr("desktop_app.exchange.x12_claim.dollars", lambda cents: dollars(cents + 1))
    said = refused(month.exporter().export(month.sessions, tmp_path, ("csv", "x12")))
    assert said == (
        "claims-837i.x12 did not stand its own check: claim month-001-1: its lines do not make its total; "
        "nothing was sent"
    )
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    exported(month.exporter().export(month.sessions, tmp_path, ("csv", "x12")))


def test_a_chair_full_of_nasty_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    month = signed_month(OFFICE + 1)
    session = month.sessions[OFFICE]
    nasty = replace(session, registration=replace(session.registration, family="שלום"))
    assert refused(month.exporter().export([nasty], tmp_path, ("x12",))) == (
        "M.O. in chair 2 has a last name that cannot stand on a claim: it has a character “ש”; "
        "nothing was sent"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Núñez", "Nunez"),
        ("Strauß", "Strauss"),
        ("Søren Ærø", "Soren AEro"),
        ("Łukasz", "Lukasz"),
        ("D’Arcy—Smith", "D'Arcy-Smith"),  # noqa: RUF001 - as it is pasted
        ("a*b:c^d~e", "a b c d e"),
        ("Apt. #5", "Apt. #5"),
        ("２ Oak", "2 Oak"),  # noqa: RUF001 - the wide form
        ("½", "1/2"),
        ("  two   spaces ", "two spaces"),
    ],
)
def test_letters_that_a_claim_does_not_have_are_spelt(text: str, said: str) -> None:
    assert name("name", text, 60) == said


@pytest.mark.parametrize("text", ["~", "*:", " "])
def test_a_name_of_separators_alone_is_refused(text: str) -> None:
    with pytest.raises(CannotBeSent, match="has a last name of which a claim can hold nothing"):
        name("last name", text, 60)


def test_a_name_too_long_for_a_claim_is_refused() -> None:
    with pytest.raises(CannotBeSent, match="has a first name of more than 35 characters"):
        name("first name", "x" * 36, 35)


@given(st.text(max_size=80))
def test_no_text_breaks_a_segment(text: str) -> None:
    try:
        said = name("last name", text, 60)
    except CannotBeSent:
        return
    line = written([("NM1", "IL", "1", said, "X")])
    assert line == f"NM1*IL*1*{said}*X~"
    assert [line.count(sign) for sign in "*:^~"] == [4, 0, 0, 1]


@given(st.text(max_size=12))
def test_nothing_is_written_that_would_break_a_segment(text: str) -> None:
    try:
        line = written([("REF", "EA", text, "X")])
    except CannotBeSent:
        assert set(text) - EXTENDED
        return
    assert line == f"REF*EA*{text}*X~"


@pytest.mark.parametrize(
    ("cents", "said"),
    [(0, "0"), (5, "0.05"), (50, "0.5"), (100, "1"), (25_050, "250.5"), (123_456_789, "1234567.89")],
)
def test_money_is_whole_cents_and_written_without_zeros_that_say_nothing(cents: int, said: str) -> None:
    assert dollars(cents) == said


@pytest.mark.parametrize(
    ("amount", "said"), [("12.50", "12.5"), ("100", "100"), ("1E+2", "100"), ("0.125", "0.125")]
)
def test_a_quantity_is_written_plain(amount: str, said: str) -> None:
    assert quantity(Decimal(amount)) == said


def test_a_pointer_of_four_diagnoses_is_written_in_its_order(tmp_path: Path) -> None:
    rows = changed(
        rows_of_number(OFFICE),
        diagnoses=("C189", "Z5111", "D509", "K5090"),
        pointers=(Pointer("a", (4, 2, 1, 3)),),
    )
    text = write_claims(tmp_path, rows)[PROFESSIONAL]
    assert segments(text, "SV1")[0][7] == "4:2:1:3"
    assert one(text, "HI")[1:] == ["ABK:C189", "ABF:Z5111", "ABF:D509", "ABF:K5090"]


def test_who_orders_and_gives_the_care_stands_once(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    same = changed(rows, ordering=rows[0].session.registration.rendering, sex=Sex.FEMALE)
    assert "*DK*" not in write_claims(tmp_path, same)[PROFESSIONAL]


def test_a_month_can_be_put_right_and_sent_as_claims_alone(tmp_path: Path) -> None:
    month = signed_month(24)
    exported(month.exporter().export(month.sessions, tmp_path, ("x12",)))
    correct(month)
    batch = exported(month.exporter().export(month.sessions, tmp_path, ("x12",)))
    assert {file.name for file in batch.files} == {PROFESSIONAL, INSTITUTIONAL, "manifest.json"}
