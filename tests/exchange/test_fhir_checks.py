"""A bundle that was changed anywhere is found out, by us where the validators are blind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.exchange.fhir import FILE_NAME
from desktop_app.exchange.fhir_checks import Expected, faults_of_file
from desktop_app.exchange.fhir_visit import Visit
from desktop_app.exchange.place import GrowingFile
from tests.exchange.claim_files import SENDING, rows_of_number
from tests.exchange.fhir_files import write_bundle
from tests.exchange.fhir_validators import refused_by, who_refuses
from tests.exchange.month import PRACTICE, correction_rows, signed_month
from tests.exchange.signed import refused as why_refused

OURS = {"ours"}
BOTH = {"ours", "npm"}
READ = {"ours", "fhir.resources"}
ALL = {"ours", "npm", "fhir.resources"}
TYPES = {"fhir.resources"}
CODES = {"npm"}
CHARGE = r'("resourceType":"ChargeItem"[^\n]*?"value":"month-002\.1\.02"[^\n]*?)'
CLAIM = r'("resourceType":"Claim"[^\n]*?"value":"month-002-1"[^\n]*?)'
GIVEN = r'("resourceType":"MedicationAdministration"[^\n]*?"value":"month-002/a"[^\n]*?)'

MUTATIONS = [
    (
        "a total that its items do not make",
        CLAIM + r'"total":\{"value":[0-9.]+',
        r'\g<1>"total":{"value":1.00',
        OURS,
    ),
    (
        "an amount that its units do not make",
        CLAIM + r'"net":\{"value":10120.00',
        r'\g<1>"net":{"value":10121.00',
        OURS,
    ),
    ("an amount in tenths of cents", CHARGE + r'"value":10120.00', r'\g<1>"value":10120.001', OURS),
    ("an amount that is a word", CHARGE + r'"value":10120.00', r'\g<1>"value":"much"', ALL),
    ("units that are none", CHARGE + r'"quantity":\{"value":200', r'\g<1>"quantity":{"value":0', OURS),
    ("units that are half", CHARGE + r'"quantity":\{"value":200', r'\g<1>"quantity":{"value":1.5', OURS),
    (
        "units that a claim says otherwise",
        CLAIM + r'"quantity":\{"value":200',
        r'\g<1>"quantity":{"value":100',
        OURS,
    ),
    ("a code of four places", r'"code":"96413"', '"code":"9641"', OURS),
    ("a code with a space behind it", r'"code":"96413"', '"code":"96413 "', {"ours", "fhir.resources"}),
    ("a code of another list", CHARGE + "HCPCSReleaseCodeSets", r"\g<1>HCPCS", OURS),
    ("a modifier of three letters", CHARGE + '"JZ"', r'\g<1>"JZZ"', OURS),
    (
        "waste and no waste in one line",
        CHARGE + r'(\{[^{]*"JZ"\})',
        r'\g<1>\g<2>,{"system":"x","code":"JW"}',
        OURS,
    ),
    (
        "a modifier that a claim leaves out",
        CLAIM + r'"modifier":\[\{"coding":\[[^\]]*\]\}\],',
        r"\g<1>",
        OURS,
    ),
    ("an NDC of ten digits", CHARGE + "99903302602", r"\g<1>9990330260", OURS),
    ("an NDC with hyphens", GIVEN + "99903302602", r"\g<1>99903-3026-02", OURS),
    ("an NDC of zeros in a claim", CLAIM + "99903302602", r"\g<1>00000000000", OURS),
    ("an NDC that is gone", CHARGE + r'"coding":\[\{[^{]*"99903302602"\}\],', r"\g<1>", OURS),
    ("an NDC's quantity", '"value":8,"unit":"ML"', '"value":0,"unit":"ML"', OURS),
    ("an NDC's unit", '"value":8,"unit":"ML"', '"value":8,"unit":"MG"', OURS),
    ("a digit of an NPI", '"1000002018"', '"1000002019"', OURS),
    ("two digits of an NPI changed over", '"1000001010"', '"1000000110"', OURS),
    ("a diagnosis without a letter", '"C18.9"', '"118.9"', OURS),
    ("a charge for a diagnosis that is not listed", CHARGE + '"Z51.11"', r'\g<1>"Z51.12"', OURS),
    ("a charge for one diagnosis twice", CHARGE + '"Z51.11"', r'\g<1>"C18.9"', OURS),
    ("a charge for no diagnosis", CHARGE + r'"reason":\[.*?\],"service"', r'\g<1>"service"', OURS),
    (
        "a claim that points past its diagnoses",
        CLAIM + r'"diagnosisSequence":\[2,1\]',
        r'\g<1>"diagnosisSequence":[3]',
        OURS,
    ),
    (
        "a claim that points at one twice",
        CLAIM + r'"diagnosisSequence":\[2,1\]',
        r'\g<1>"diagnosisSequence":[1,1]',
        OURS,
    ),
    ("a claim that points at none", CLAIM + r'"diagnosisSequence":\[2,1\],', r"\g<1>", OURS),
    ("a pointer that is none", CLAIM + r'"diagnosisSequence":\[2,1\]', r'\g<1>"diagnosisSequence":[0]', ALL),
    (
        "a provider who is not listed",
        CLAIM + r'"careTeamSequence":\[1,2\]',
        r'\g<1>"careTeamSequence":[7]',
        OURS,
    ),
    ("items that are not counted", CLAIM + r'"sequence":2,"careTeam', r'\g<1>"sequence":5,"careTeam', OURS),
    (
        "a claim without a payer",
        CLAIM + r'"insurance":\[\{.*?\}\],"item"',
        r'\g<1>"item"',
        {"npm", "fhir.resources"},
    ),
    ("a claim without an item", CLAIM + r'"item":\[.*?\],"total"', r'\g<1>"total"', OURS),
    ("a kind of claim", CLAIM + '"professional"', r'\g<1>"dental"', OURS),
    ("a use of a claim", CLAIM + '"use":"claim"', r'\g<1>"use":"bill"', CODES),
    ("a hospital's type of bill", '"code":"0137"', '"code":"137"', OURS),
    ("a place of service", CLAIM + '"code":"11"', r'\g<1>"code":"OFFICE"', OURS),
    ("a charge of no meaning", CHARGE + '"billable"', r'\g<1>"paid"', BOTH),
    ("a charge that is taken back by nobody", CHARGE + '"billable"', r'\g<1>"entered-in-error"', OURS),
    ("a line taken back that is billed again", '"entered-in-error"', '"billable"', OURS),
    ("a claim taken back that is in force again", '"cancelled"', '"active"', OURS),
    ("what a line takes the place of", r',\{"role":"revision".*?\}\}(?=[,\]])', "", OURS),
    (
        "a patient that is gone",
        r'\n\{"fullUrl":"[^"]*","resource":\{"resourceType":"Patient"[^\n]*',
        "",
        OURS,
    ),
    (
        "a reference that leads nowhere",
        CHARGE + r'"subject":\{"reference":"urn:uuid:.',
        r'\g<1>"subject":{"reference":"urn:uuid:x',
        OURS,
    ),
    (
        "a reference to another kind",
        CHARGE + r'"subject":(\{.*?\}),"context":(\{.*?\})',
        r'\g<1>"subject":\g<3>,"context":\g<2>',
        BOTH,
    ),
    (
        "a resource with another's id",
        r'("Patient","id":")([0-9a-f-]{36})(.*?urn:uuid:)[^"]*(","resource":\{"resourceType":"Encounter","id":")[^"]*',
        r"\g<1>\g<2>\g<3>\g<2>\g<4>\g<2>",
        OURS,
    ),
    ("an id that is not the entry's", r'("resourceType":"Encounter","id":")[0-9a-f]', r"\g<1>x", OURS),
    ("an id with a sign of its own", r'("resourceType":"Encounter","id":")[0-9a-f]', r"\g<1>_", READ),
    ("an entry twice", r'(\n\{[^\n]*"resourceType":"Coverage"[^\n]*)', r"\g<1>\g<1>", OURS),
    ("a signature of what is not there", r'("target":\[\{"reference":"urn:uuid:).', r"\g<1>x", OURS),
    ("a day that is none", '"2026-03-02T08:08:01-05:00"', '"2026-02-30T08:08:01-05:00"', READ),
    ("an hour that is none", GIVEN + "T08:08:01-05:00", r"\g<1>T25:08:01-05:00", READ),
    ("a time without an offset", GIVEN + "T08:08:01-05:00", r"\g<1>T08:08:01", READ),
    ("a stop before the start", GIVEN + "T08:08:01-05:00", r"\g<1>T09:08:01-05:00", OURS),
    (
        "a pause that ends before it begins",
        r'("url":"period","valuePeriod":\{"start":"[^T]*T)..',
        r"\g<1>23",
        OURS,
    ),
    ("a service before the birth", '"1936-04-21"', '"2031-04-21"', OURS),
    ("a birth date that is none", '"1936-04-21"', '"1936-14-21"', READ),
    ("a gender of no meaning", '"gender":"male"', '"gender":"m"', BOTH),
    ("a status of no meaning", GIVEN + '"completed"', r'\g<1>"done"', BOTH),
    (
        "a medicine that is gone",
        GIVEN + r'"medicationCodeableConcept":\{.*?\},"subject"',
        r'\g<1>"subject"',
        {"npm", "fhir.resources"},
    ),
    ("how much that is gone", GIVEN + r'"dose":\{.*?\}', r'\g<1>"text":"x"', OURS),
    ("an element FHIR does not know", CHARGE + '"quantity"', r'\g<1>"modifier":[],"quantity"', ALL),
    (
        "an element twice",
        CHARGE + r'"status":"billable"',
        r'\g<1>"status":"billable","status":"billable"',
        OURS,
    ),
    (
        "an element that says nothing",
        CHARGE + r'"status":"billable"',
        r'\g<1>"status":"billable","note":[]',
        OURS,
    ),
    ("an empty text", '"family":"O\'Sample"', '"family":""', READ),
    ("a null", '"family":"O\'Sample"', '"family":null', OURS),
    ("a control character in a name", "O'Sample", r"O\\u0007Sample", OURS),
    ("half of a character in a name", "O'Sample", r"O\\ud83dSample", READ),
    ("an insured person who is another", '"code":"self"', '"code":"child"', OURS),
    ("who signed", r',\n\{[^\n]*"resourceType":"Provenance"[^\n]*?(,?\n)', r"\g<1>", OURS),
    ("on which journal it stands", "urn:chairtime:journal-head", "urn:chairtime:head", OURS),
    ("a session's name", r'"identifier":\[\{"system":"urn:chairtime:encounter"[^\]]*\],', "", OURS),
    ("a bundle of another type", '"type":"collection"', '"type":"heap"', BOTH),
    ("when it was made", r'"timestamp":"2026-03-31T20:05:00\+00:00"', '"timestamp":"2026-03-31"', READ),
    ("a number of no value", CHARGE + r'"value":10120.00', r'\g<1>"value":NaN', ALL),
    ("the end", r"\]\}\n$", "", ALL),
    ("a comma", r"\}\},\n\{", "}}\n{", ALL),
    ("what follows the end", r"\]\}\n$", "]}\n{}", ALL),
    ("the beginning", r'^\{"resourceType":"Bundle",', "{", BOTH),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A bundle with waste, NDCs, a pause, two diagnoses, and a correction."""
    folder = tmp_path_factory.mktemp("good")
    return write_bundle(folder, *map(rows_of_number, (1, 7)), correction_rows()[0])


def put(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / FILE_NAME
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.fixture(scope="module")
def refused(good: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Returns by the name of a change who found it; node is started once for all of them."""
    folder = tmp_path_factory.mktemp("changed")
    return dict(zip(*_changed(good, folder), strict=True))


def _changed(good: str, folder: Path) -> tuple[list[str], Iterable[set[str]]]:
    names, paths = [], []
    for place, (name, pattern, instead, _) in enumerate(MUTATIONS):
        text, count = re.subn(pattern, instead, good, count=1, flags=re.DOTALL)
        assert count == 1, name
        assert text != good, name
        names.append(name)
        paths.append(put(folder / str(place), text))
    return names, who_refuses(paths)


def test_the_bundle_that_is_changed_below_is_right_before(good: str, tmp_path: Path) -> None:
    assert refused_by(put(tmp_path, good)) == set()


@pytest.mark.parametrize(("name", "by"), [(m[0], m[3]) for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_what_was_changed_is_found(refused: dict[str, set[str]], name: str, by: set[str]) -> None:
    assert refused[name] == by


def test_what_is_missing_as_a_whole_is_found_by_what_was_to_be_written(tmp_path: Path) -> None:
    sending = replace(SENDING, practice=PRACTICE)
    write_bundle(tmp_path, rows_of_number(1))
    expected = Expected()
    expected.add(Visit(rows_of_number(1), sending))
    assert faults_of_file(tmp_path / FILE_NAME, expected) == []
    expected.add(Visit(rows_of_number(2), sending))
    said = faults_of_file(tmp_path / FILE_NAME, expected)
    assert {"it has 1 sessions, of 2", "it has 1 claims, of 2"} <= set(said)
    assert "it has 0 units of J9263 as billable, of 300" in said
    assert any(fault.startswith("its claims ask for") for fault in said)


def test_a_bundle_that_does_not_stand_its_check_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(self: GrowingFile, rows: int) -> object:
        self._out.seek(900)
        self._out.write(b'"')
        return finish(self, rows)

    finish = GrowingFile.finish
    monkeypatch.setattr(GrowingFile, "finish", spoil)
    month = signed_month()
    said = why_refused(month.exporter().export(month.sessions[:2], tmp_path, ("fhir",)))
    assert said.startswith("charges.fhir.json did not stand its own check: it is no JSON")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_says_where_it_is(good: str, tmp_path: Path) -> None:
    (fault,) = faults_of_file(put(tmp_path, good.replace('"O\'Sample"', '""')))
    assert fault == "entry 1 (Patient): it has an element that says nothing"
    said = faults_of_file(put(tmp_path, good.replace('"Z51.11"', '"Z51.12"', 1)))
    assert "session month-002-1: a claim has other diagnoses than the visit" in said


def test_a_byte_that_is_no_utf_8_is_found(good: str, tmp_path: Path) -> None:
    path = put(tmp_path, good)
    path.write_bytes(path.read_bytes().replace(b"O'Sample", b"O\xffSample"))
    assert faults_of_file(path)[-1] == "it has a byte that is no UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[]",
        "null",
        '{"entry":[]}',
        '{"entry":[1,{},null]}',
        '{"entry":{}}',
        "{1:2}",
        '{"a" 1}',
        "{} {}",
    ],
)
def test_a_file_of_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    assert faults_of_file(put(tmp_path, text)) != []
