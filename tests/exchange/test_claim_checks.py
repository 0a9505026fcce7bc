"""A file of claims that was changed anywhere is found out, by us where the validators are blind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.exchange.claim_checks import Expected, faults_of_file
from desktop_app.exchange.claims import claims_of
from tests.exchange.claim_files import INSTITUTIONAL, PROFESSIONAL, rows_of_number, write_claims
from tests.exchange.month import PRACTICE
from tests.exchange.validators import who_refuses

P, I = PROFESSIONAL, INSTITUTIONAL  # noqa: E741 - the guides' own letters
OURS = {"ours"}

MUTATIONS = [
    ("a total that its lines do not make", P, r"(CLM\*[^*]*\*)[0-9.]+", r"\g<1>1.5", OURS),
    ("a hospital's total that its lines do not make", I, r"(CLM\*[^*]*\*)[0-9.]+", r"\g<1>1.5", OURS),
    ("a line's charge", P, r"(SV1\*HC:[^*]*\*)[0-9.]+", r"\g<1>9.99", OURS),
    ("a charge in tenths of cents", P, r"(SV1\*HC:[^*]*\*)[0-9.]+", r"\g<1>9.999", OURS),
    ("a pointer to a diagnosis that is not there", P, r"(SV1[^~]*\*)2:1", r"\g<1>7:1", OURS),
    ("a pointer twice", P, r"(SV1[^~]*\*)2:1", r"\g<1>1:1", OURS),
    ("a line without a pointer", P, r"(SV1[^~]*)\*\*\*2:1", r"\g<1>", {"ours", "pyx12"}),
    ("a code with a letter too much", P, "HC:96413", "HC:9641X3", OURS),
    ("a code of four places", I, "HC:96413", "HC:9641", OURS),
    ("a code that is a word", P, "HC:J9271", "HC:INFUS", OURS),
    ("a modifier of three letters", I, "HC:J1745:JW", "HC:J1745:JWW", {"ours", "pyx12"}),
    ("a modifier twice", I, "HC:J1745:JW", "HC:J1745:JW:JW", OURS),
    ("waste and no waste in one line", I, "HC:J1745:JW", "HC:J1745:JW:JZ", OURS),
    ("units that are half", P, r"(SV1\*HC:96413[^~]*\*UN\*)1\*", r"\g<1>0.5*", OURS),
    ("units that are none", P, r"(SV1\*HC:96413[^~]*\*UN\*)1\*", r"\g<1>0*", OURS),
    ("minutes for units", P, r"(SV1\*HC:96413[^~]*)\*UN\*", r"\g<1>*MJ*", OURS),
    ("an NDC of ten digits", P, r"LIN\*\*N4\*9", "LIN**N4*", OURS),
    ("an NDC with hyphens", I, r"LIN\*\*N4\*99902074501", "LIN**N4*99902-0745-01", OURS),
    ("an NDC of zeros", I, "99902074501", "00000000000", OURS),
    ("no quantity for an NDC", P, r"(CTP\*\*\*\*)8", r"\g<1>0", OURS),
    ("an NDC's unit", P, r"(CTP\*\*\*\*8\*)ML", r"\g<1>MG", {"ours", "pyx12"}),
    ("a digit of an NPI", P, r"(NM1\*82[^~]*XX\*1000002)018", r"\g<1>019", OURS),
    ("a digit of the biller's NPI", P, "XX\\*1234567893", "XX*1234567803", OURS),
    ("two digits of an NPI changed over", I, r"(NM1\*71[^~]*XX\*100000)1002", r"\g<1>0102", OURS),
    ("a diagnosis without a letter", P, "ABK:C189", "ABK:1890", OURS),
    ("a diagnosis twice", P, "ABF:Z5111", "ABF:C189", OURS),
    ("a principal diagnosis that is another", P, "ABK:C189", "ABF:C189", {"ours", "pyx12"}),
    ("a day that is none", P, r"(DTP\*472\*D8\*)20260302", r"\g<1>20260230", {"ours", "pyx12"}),
    ("a service before the birth", P, r"(DMG\*D8\*)1936", r"\g<1>2031", OURS),
    ("lines outside the statement", I, r"(434\*RD8\*)20260302-20260302", r"\g<1>20260303-20260303", OURS),
    ("a replacement of nothing", P, "11:B:1", "11:B:7", OURS),
    ("a frequency of no meaning", I, "13:A:1", "13:A:9", OURS),
    ("a revenue code of two digits", I, r"SV2\*0335", "SV2*35", OURS),
    ("a line id twice", P, r"REF\*6R\*(month-002.1.)02", r"REF*6R*\g<1>01", OURS),
    ("a claim id twice", P, r"CLM\*month-003-1", "CLM*month-002-1", OURS),
    ("a number of a line", P, r"LX\*2~", "LX*5~", OURS),
    ("a tax number of eight digits", P, r"REF\*EI\*123456789", "REF*EI*12345678", OURS),
    ("a short ZIP code", P, r"(N4\*Springfield\*IL\*)62704~", r"\g<1>6270~", OURS),
    ("a sex of no meaning", P, r"(DMG\*D8\*[0-9]{8}\*)M", r"\g<1>X", {"pyx12", "x12sdk"}),
    ("a member id that is gone", P, r"(NM1\*IL[^~]*)\*MI\*W[0-9]+", r"\g<1>", {"pyx12", "x12sdk"}),
    ("a patient below nobody", I, r"HL\*([0-9]+)\*[0-9]+\*23", r"HL*\g<1>*1*23", OURS),
    ("a level that says nobody is below it", I, r"(HL\*[0-9]+\*1\*22\*)1", r"\g<1>0", {"ours"}),
    ("a segment that is gone", P, r"~REF\*6R\*month-002.1.02~", "~", {"ours", "pyx12"}),
    ("a date that is gone", P, r"~DTP\*472\*D8\*20260302~", "~", {"ours", "pyx12", "x12sdk"}),
    ("a claim's count of segments", P, r"SE\*([0-9]+)", r"SE*9\g<1>", {"ours", "pyx12"}),
    ("a number of the end", P, r"IEA\*1\*0", "IEA*1*9", {"ours", "pyx12"}),
    ("a group's count", P, r"GE\*1\*", "GE*2*", {"ours", "pyx12"}),
    ("the end", P, r"IEA[^~]*~", "", {"ours"}),
    ("a separator in a name", P, r"(NM1\*IL\*1\*)O'Sample", r"\g<1>O*Sample", {"pyx12", "x12sdk"}),
    ("the header", P, r"ISA\*00", "ISB*00", {"ours", "x12sdk"}),
    ("a payer that is gone", P, r"~NM1\*PR[^~]*~", "~", {"ours", "pyx12", "x12sdk"}),
    ("a letter with an accent", P, "Oak Street", "Oák Street", OURS),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Claims of both kinds: waste, NDCs, two diagnoses, an insured person who is not the patient."""
    folder = tmp_path_factory.mktemp("good")
    return write_claims(folder, *map(rows_of_number, (0, 1, 2, 8, 4)))


def test_the_files_that_are_changed_below_are_right_before(good: dict[str, str], tmp_path: Path) -> None:
    for name, text in good.items():
        path = tmp_path / name
        path.write_text(text, encoding="ascii")
        assert who_refuses(path) == set()


@pytest.mark.parametrize(
    ("file", "pattern", "instead", "by"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_what_was_changed_is_found(
    good: dict[str, str], tmp_path: Path, file: str, pattern: str, instead: str, by: set[str]
) -> None:
    text, count = re.subn(pattern, instead, good[file], count=1)
    assert count == 1
    assert text != good[file]
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    assert who_refuses(path, by) == by


def test_what_is_missing_as_a_whole_is_found_by_what_was_to_be_written(tmp_path: Path) -> None:
    rows = rows_of_number(1)
    text = write_claims(tmp_path, rows)[PROFESSIONAL]
    expected = Expected("005010X222A1")
    for claim in claims_of(rows, PRACTICE):
        expected.add(claim)
    assert faults_of_file(tmp_path / PROFESSIONAL, expected) == []
    expected.add(claims_of(rows_of_number(2), PRACTICE)[0])
    said = " ".join(faults_of_file(tmp_path / PROFESSIONAL, expected))
    assert "it has 1 claims, of 2" in said
    assert "units of J9263, of 300" in said
    assert text


def test_a_fault_says_where_it_is(good: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / P
    path.write_text(re.sub(r"(CLM\*[^*]*\*)[0-9.]+", r"\g<1>1", good[P], count=1), encoding="ascii")
    assert faults_of_file(path) == ["claim month-002-1: its lines do not make its total"]


def test_a_file_of_anything_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / P
    for text in ("", "ISA", "no claims at all" * 20):
        path.write_text(text, encoding="ascii")
        assert faults_of_file(path) != []
