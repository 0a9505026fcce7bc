"""A file of charge messages that was changed anywhere is found out, by us where the validators are blind."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.exchange.hl7 import FILE_NAME
from desktop_app.exchange.hl7_charges import charges_of
from desktop_app.exchange.hl7_checks import Expected, faults_of_file
from tests.exchange.claim_files import SENDING, rows_of_number
from tests.exchange.hl7_files import write_charges
from tests.exchange.hl7_validators import who_refuses
from tests.exchange.month import PRACTICE, correction_rows

OURS = {"ours"}
BOTH = {"ours", "hl7apy"}
CHARGE = r"(FT1\|[0-9]+\|month-002\.1\.02\|(?:[^|]*\|){%d})"

MUTATIONS = [
    ("a total that its units do not make", r"10120\.00&USD", "10121.00&USD", OURS),
    ("what a unit costs", r"50\.60&USD", "50.61&USD", OURS),
    ("an amount in tenths of cents", r"10120\.00&USD", "10120.001&USD", OURS),
    ("an amount that is a word", r"10120\.00&USD", "much&USD", BOTH),
    ("units that are none", CHARGE % 7 + "200", r"\g<1>0", OURS),
    ("units that are half", CHARGE % 7 + "200", r"\g<1>1.5", OURS),
    ("units that are a word", CHARGE % 7 + "200", r"\g<1>two", BOTH),
    ("a code of four places", r"96413\^\^C4", "9641^^C4", OURS),
    ("a code that is a word", r"J9271\^\^HCPCS", "INFUS^^HCPCS", OURS),
    ("a procedure that is not the charge's code", r"(\|\|\|\|)J9271\^", r"\g<1>J9272^", OURS),
    ("a modifier of three letters", r"HCPCS\|JW\|", "HCPCS|JWW|", OURS),
    ("a modifier twice", r"HCPCS\|JW\|", "HCPCS|JW~JW|", OURS),
    ("waste and no waste in one line", r"HCPCS\|JW\|", "HCPCS|JW~JZ|", OURS),
    ("an NDC of ten digits", r"99903302602\^", "9990330260^", OURS),
    ("an NDC with hyphens", r"99903302602\^", "99903-3026-02^", OURS),
    ("an NDC of zeros", r"99903302602\^", "00000000000^", OURS),
    ("an NDC that is gone", r"99903302602\^\^NDC", "", OURS),
    ("an NDC's quantity", "ndc_quantity=8", "ndc_quantity=0", OURS),
    ("an NDC's unit", "ndc_unit=ML", "ndc_unit=MG", OURS),
    ("a digit of an NPI", r"\|1000002018\^", "|1000002019^", OURS),
    ("two digits of an NPI changed over", r"\|1000001010\^", "|1000000110^", OURS),
    ("a diagnosis without a letter", r"C18\.9\^\^I10\|\|\|F", "118.9^^I10|||F", OURS),
    ("a charge for a diagnosis that is not listed", r"Z51\.11\^\^I10~", "Z51.12^^I10~", OURS),
    ("a charge for one diagnosis twice", r"Z51\.11\^\^I10~C18\.9", "C18.9^^I10~C18.9", OURS),
    ("a charge for no diagnosis", r"\|Z51\.11\^\^I10~C18\.9\^\^I10", "|", OURS),
    ("a diagnosis that is gone", r"\rDG1\|2[^\r]*", "", OURS),
    ("a number of a diagnosis", r"DG1\|2\|", "DG1|5|", OURS),
    ("a diagnosis of no type", r"I10\|\|\|F", "I10|||", {"hl7apy"}),
    ("a day that is none", r"20260302080801-0500\^", "20260230080801-0500^", BOTH),
    ("an hour that is none", r"20260302080801-0500\^", "20260302250801-0500^", BOTH),
    ("a stop before the start", r"20260302080801-0500\^", "20260302090801-0500^", OURS),
    ("a service before the birth", r"\|19360421\|M", "|20310421|M", OURS),
    ("a birth date that is none", r"\|19360421\|M", "|19361421|M", BOTH),
    ("a sex of no meaning", r"\|19360421\|M", "|19360421|X", BOTH),
    ("a kind of transaction", r"\|CG\|", "|XX|", BOTH),
    ("a charge that became a credit", r"\|CG\|", "|CD|", OURS),
    ("a credit that became a charge", r"\|CD\|", "|CG|", OURS),
    ("a credit for another line", r"replaces=(month-004\.1\.)01", r"replaces=\g<1>02", OURS),
    (
        "a line that takes the place of one not credited",
        r"action=replace~replaces=month",
        "action=replace~replaces=x",
        OURS,
    ),
    ("a line id twice", r"month-002\.1\.02\|", "month-002.1.01|", OURS),
    ("a message id twice", r"(\|[0-9a-f]{12}-)2\|", r"\g<1>1|", OURS),
    ("a number of a line", r"FT1\|2\|", "FT1|5|", OURS),
    ("a note that is gone", r"\rNTE[^\r]*", "", OURS),
    ("a segment of another standard", r"\rDG1\|1", "\rZZZ|1", OURS),
    ("a patient that is gone", r"\rPID[^\r]*", "", BOTH),
    ("an MRN that is gone", r"0004001\^\^\^\^MR", "", BOTH),
    ("an event that is gone", r"\rEVN[^\r]*", "", BOTH),
    ("a class of patient", r"PV1\|1\|O", "PV1|1|", {"hl7apy"}),
    ("a payer's id that is gone", r"54771\|Example Blue", "|Example Blue", {"hl7apy"}),
    ("another structure", r"DFT\^P03\^DFT_P03", "DFT^P03^ADT_A01", OURS),
    ("another version", r"\|2\.5\.1\|", "|2.4|", OURS),
    ("no character set", r"\|UNICODE UTF-8", "|ASCII", OURS),
    ("a separator in a name", "O'Sample", "O|Sample", BOTH),
    ("a bare backslash", "O'Sample", r"O\\Sample", OURS),
    ("a line end in a text", "Springfield", "Spring\nfield", OURS),
    ("other separators", r"MSH\|\^~\\&\|", r"MSH|^~\\#|", OURS),
    ("the count of messages", r"BTS\|5", "BTS|9", {"ours", "hl7"}),
    ("the count of lines", r"(BTS\|[^|]*\|[^|]*\|)", r"\g<1>9", OURS),
    ("the end", r"BTS[^\r]*\rFTS[^\r]*\r", "", {"ours", "hl7"}),
    ("the head", r"FHS[^\r]*\r", "", {"ours"}),
    ("a message that is gone", r"\rMSH.*?(?=\rMSH)", "", {"ours", "hl7"}),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Messages with waste, NDCs, two diagnoses, another insured person, and a correction."""
    folder = tmp_path_factory.mktemp("good")
    return write_charges(folder, *map(rows_of_number, (0, 1, 8, 16)), correction_rows()[0])


def put(folder: Path, text: str) -> Path:
    path = folder / FILE_NAME
    path.write_bytes(text.encode("utf-8"))
    return path


def test_the_file_that_is_changed_below_is_right_before(good: str, tmp_path: Path) -> None:
    assert who_refuses(put(tmp_path, good)) == set()


@pytest.mark.parametrize(
    ("pattern", "instead", "by"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_what_was_changed_is_found(
    good: str, tmp_path: Path, pattern: str, instead: str, by: set[str]
) -> None:
    text, count = re.subn(pattern, instead, good, count=1, flags=re.DOTALL)
    assert count == 1
    assert text != good
    assert who_refuses(put(tmp_path, text), by) == by


def test_a_byte_that_is_no_utf_8_is_found(good: str, tmp_path: Path) -> None:
    path = put(tmp_path, good)
    path.write_bytes(path.read_bytes().replace("José".encode(), "José".encode("latin-1")))
    assert any("no UTF-8" in fault for fault in faults_of_file(path))


def test_what_is_missing_as_a_whole_is_found_by_what_was_to_be_written(tmp_path: Path) -> None:
    sending = replace(SENDING, practice=PRACTICE)
    write_charges(tmp_path, rows_of_number(1))
    expected = Expected()
    expected.add(charges_of(rows_of_number(1), sending))
    assert faults_of_file(tmp_path / FILE_NAME, expected) == []
    expected.add(charges_of(rows_of_number(2), sending))
    said = " ".join(faults_of_file(tmp_path / FILE_NAME, expected))
    assert "it has 1 messages, of 2" in said
    assert "it has 0 units of J9263 as CG, of 300" in said
    assert "it charges" in said


def test_a_fault_says_where_it_is(good: str, tmp_path: Path) -> None:
    path = put(tmp_path, good.replace("10120.00&USD", "1.00&USD"))
    (fault,) = faults_of_file(path)
    assert re.fullmatch(r"message [0-9a-f]{12}-2: the units of J9271 do not make its total", fault)


@pytest.mark.parametrize("text", ["", "MSH", "no messages at all\r", "MSH|^~\\&|x\r"])
def test_a_file_of_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    assert faults_of_file(put(tmp_path, text)) != []
