"""What is read from a table of patients, and each fault by its row and column."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from desktop_app.core.people import NOTHING_KNOWN, Address, Insured, Provider, Registration, Relation, Sex
from desktop_app.exchange.csv_file import CsvWriter
from desktop_app.exchange.place import Place
from desktop_app.exchange.registration_csv import TAKEN, read_csv
from desktop_app.exchange.registrations import Registrations, TooManyTold
from tests.exchange.claim_files import SENDING
from tests.exchange.month import first_rows

TODAY = date(2026, 3, 2)
FULL = {
    "mrn": "0004821",
    "date_of_service": "2026-03-02",
    "family_name": "O'Muster, Jr",
    "given_name": "Rosa",
    "birth_date": "1960-02-29",
    "sex": "f",
    "street": "7 Oak Street",
    "city": "Springfield",
    "state": "il",
    "zip_code": "62704-1234",
    "account": "V000123",
    "ordering_provider": "Orderer, Olivia",
    "ordering_npi": "1000001010",
    "rendering_provider": "Renderer, Ray",
    "rendering_npi": "1000002018",
    "diagnoses": "C18.9 Z51.11",
    "payer": "Example Blue Plan",
    "payer_id": "54771",
    "filing": "BL",
    "member_id": "W00000001",
    "group_number": "G1",
    "authorisation": "AUTH7",
    "insured_relation": "spouse",
    "insured_family": "Muster",
    "insured_given": "Max",
    "insured_birth_date": "1958-12-31",
    "insured_sex": "M",
}


def read(*rows: dict[str, str], head: tuple[str, ...] = tuple(FULL)) -> Registrations:
    text = io.StringIO()
    writer = csv.DictWriter(text, head)
    writer.writeheader()
    writer.writerows(rows)
    return read_csv(text.getvalue().encode(), TODAY)


def test_every_column_is_read() -> None:
    assert set(FULL) == set(TAKEN)
    (told,) = read(FULL).told
    assert (told.place, told.mrn, told.day) == ("row 2", "0004821", TODAY)
    assert told.registration == Registration(
        family="O'Muster, Jr",
        given="Rosa",
        birth_date=date(1960, 2, 29),
        sex=Sex.FEMALE,
        address=Address(street="7 Oak Street", city="Springfield", state="IL", zip_code="627041234"),
        account="V000123",
        ordering=Provider(family="Orderer", given="Olivia", npi="1000001010"),
        rendering=Provider(family="Renderer", given="Ray", npi="1000002018"),
        diagnoses=("C189", "Z5111"),
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


def test_an_empty_cell_leaves_what_is_known() -> None:
    (told,) = read({"mrn": "1", "payer": "Example Plan"}).told
    assert told.registration == Registration(payer="Example Plan")
    assert told.added_to(Registration(family="Muster")) == Registration(family="Muster", payer="Example Plan")


FAULTS = {
    "mrn": ("", "there is no MRN"),
    "birth_date": ("29.02.1960", "29.02.1960 is no date such as 1960-12-31"),
    "sex": ("W", "W is not F, M or U"),
    "zip_code": ("627", "the ZIP code 627 is not five or nine digits"),
    "rendering_npi": ("123", "the NPI 123 does not have ten digits"),
    "diagnoses": ("flu", "FLU is no diagnosis code such as K50.90"),
    "filing": ("B", "the claim filing code B is not two letters or digits"),
    "insured_relation": ("uncle", "uncle is not self, spouse, child or other"),
    "date_of_service": ("today", "today is no date such as 1960-12-31"),
    "payer": ("x" * 61, "the payer has more than 60 characters"),
}


@pytest.mark.parametrize(("name", "cell"), [(n, c) for n, (c, _) in FAULTS.items()], ids=FAULTS)
def test_each_fault_is_one_sentence_with_row_and_column(name: str, cell: str) -> None:
    found = read(FULL, FULL | {name: cell})
    assert [told.place for told in found.told] == ["row 2"]
    assert found.faults == [f"row 3, {name}: {FAULTS[name][1]}."]


def test_columns_must_be_known_stand_once_and_name_the_patient() -> None:
    assert (
        read(head=("mrn", "zipcode")).faults[0].startswith("There is no column zipcode; the columns are mrn")
    )
    assert read(head=("payer",)).faults == ["There is no column mrn."]
    assert read_csv(b"mrn,payer,payer\r\n1,a,b\r\n", TODAY).faults[0] == "The column payer stands twice."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is no column mrn."),
        (b"mrn,payer\r\n1\r\n", "row 2, the row: it has 1 cells for 2 columns."),
        (b"mrn\r\n\xff\r\n", "The file is not written in UTF-8."),
        (b'mrn\r\n"1', "The file is no CSV: unexpected end of data."),
    ],
)
def test_a_broken_table_is_told(content: bytes, said: str) -> None:
    found = read_csv(content, TODAY)
    assert found.told == []
    assert found.faults[-1] == said


def test_a_cell_against_formulas_is_read_without_its_apostrophe() -> None:
    (told,) = read({"mrn": "1", "family_name": "'=Muster"}).told
    assert told.known["family"] == "=Muster"


def test_the_programs_own_table_can_be_read_back(tmp_path: Path) -> None:
    writer = CsvWriter(Place(tmp_path), SENDING)
    for rows in first_rows()[:40]:
        writer.add(rows)
    writer.close()
    found = read_csv((tmp_path / "lines.csv").read_bytes(), date(2026, 4, 1))
    assert found.faults == []
    told = {one.mrn: one for one in found.told}
    for rows in first_rows()[:40]:
        session = rows[0].session
        known = session.registration
        assert told[session.mrn].registration.family == known.family
        assert told[session.mrn].registration.diagnoses == known.diagnoses
        assert told[session.mrn].registration.rendering == known.rendering
        assert told[session.mrn].registration.member_id == known.member_id
        assert told[session.mrn].registration != NOTHING_KNOWN


def test_a_heading_nobody_knows_is_told_on_one_line_and_cut() -> None:
    (fault,) = read_csv(b"mrn,fam\x1b[31mily" + b"x" * 100 + b"\n", TODAY).faults
    assert fault.startswith("There is no column fam\ufffd[31milyxxx")
    assert "\u2026; the columns are mrn, " in fault


def test_what_is_no_csv_further_down_tells_of_nobody() -> None:
    found = read_csv(b'mrn,payer\n7,Plan\n8,"Pl"an\n', TODAY)
    assert (found.told, len(found.faults)) == ([], 1)


def test_a_file_that_tells_of_too_many_or_is_wrong_too_often_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop_app.exchange.registrations.MOST_PATIENTS", 3)
    monkeypatch.setattr("desktop_app.exchange.registrations.MOST_FAULTS", 2)
    with pytest.raises(TooManyTold, match="it tells of more than 3 patients"):
        read_csv(b"mrn,payer\n" + b"7,Plan\n" * 4, TODAY)
    with pytest.raises(TooManyTold, match="more than 2 things in it are wrong; the first: row 2, sex: X is"):
        read_csv(b"mrn,sex\n" + b"7,x\n" * 3, TODAY)
