"""Every text comes back exactly or is refused, and a bundle is read back however it is laid out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.fhir import FILE_NAME
from desktop_app.exchange.fhir_checks import faults_of_file
from desktop_app.exchange.fhir_reader import CHUNK, NotRead, members
from desktop_app.exchange.fhir_text import LONGEST_TEXT, written
from desktop_app.exchange.sending import CannotBeSent
from tests.exchange.claim_files import changed, rows_of_number
from tests.exchange.fhir_files import assert_npm_finds_nothing, bundle_of, led_to, lines_as, one, write_bundle
from tests.exchange.readers import NASTY
from tests.exchange.signed import SuiteOfChairs, line, refused

OFFICE, HOSPITAL = 1, 0
NPI = "http://hl7.org/fhir/sid/us-npi"


@pytest.fixture(scope="module", autouse=True)
def npm_judges_all_of_it() -> Iterator[None]:
    yield
    assert_npm_finds_nothing()


@pytest.mark.parametrize(
    "said", [*NASTY, " ", "a\u2028b", "\x7f\x85", "a\\u0007", '{"a":[1]}'], ids=lambda said: repr(said[:12])
)
def test_nasty_text_comes_back_as_it_was(tmp_path: Path, said: str) -> None:
    rows = rows_of_number(OFFICE)
    known = changed(rows, family=said, payer=said or "Payer", authorisation=said)
    bundle = bundle_of(tmp_path, lines_as(known, replace(rows[1].line, why=said, drugs=(said,))))
    charge, patient = one(bundle, "ChargeItem"), one(bundle, "Patient")
    assert [note["text"] for note in charge["note"] if not note["text"].startswith("Rules:")] == [
        said
    ] * bool(said)
    assert charge["productCodeableConcept"].get("text", "") == said
    assert patient["name"][0].get("family", "") == said
    assert led_to(bundle, one(bundle, "Coverage")["payor"][0])["name"] == (said or "Payer")
    assert one(bundle, "Claim")["insurance"][0].get("preAuthRef", [""]) == [said]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("a\x07b", "has a last name with the character U+0007, which FHIR has no place for"),
        ("a\x00", "has a last name with the character U+0000, which FHIR has no place for"),
        ("a\uffff", "has a last name with the character U+FFFF, which FHIR has no place for"),
        ("a\ud83d", "has a last name that is no text: half of a character"),
        ("x" * (LONGEST_TEXT + 1), "has a last name of more than 1,048,576 characters, the most FHIR holds"),
    ],
    ids=["bell", "nothing", "no character", "half of one", "too long"],
)
def test_what_fhir_has_no_place_for_is_refused_by_its_name(tmp_path: Path, said: str, fault: str) -> None:
    with pytest.raises(CannotBeSent) as refusal:
        write_bundle(tmp_path, changed(rows_of_number(OFFICE), family=said))
    assert str(refusal.value) == fault


def test_a_text_without_a_name_is_refused_by_its_place(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    with pytest.raises(
        CannotBeSent, match=r"^has a text in ChargeItem\.note\.text with the character U\+0001"
    ):
        write_bundle(tmp_path, lines_as(rows, replace(rows[0].line, why="\x01")))


def test_a_refused_text_leaves_no_batch_and_names_the_session(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1", line("s1.1.01", why="bell \x07"))
    said = refused(suite.exporter().export(suite.sessions, tmp_path, ("csv", "fhir")))
    assert said.startswith("0004821 in chair 1 has a text in ChargeItem.note.text with the character U+0007")
    assert list(tmp_path.iterdir()) == []


@given(st.text())
def test_every_text_comes_back_from_the_pen_or_is_refused(said: str) -> None:
    try:
        text = written({"resourceType": "Patient", "text": said})
    except CannotBeSent:
        assert any(ord(sign) < 32 or sign in "\ufffe\uffff" for sign in said)
    else:
        assert json.loads(text).get("text", "") == said


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.just("") | st.text("ab") | st.integers(0, 9),
        lambda below: st.lists(below) | st.dictionaries(st.text("xyz", min_size=1), below),
    )
)
def test_what_is_empty_is_not_said(value: object) -> None:
    text = written({"resourceType": "Patient", "value": value})
    assert not {"null", '""', "[]", "{}"} & set(text.replace(",", " ").replace(":", " ").split())
    assert faultless(json.loads(text))


def faultless(read: object) -> bool:
    """Whether nothing in what was read is empty."""
    if isinstance(read, dict | list):
        return bool(read) and all(map(faultless, read.values() if isinstance(read, dict) else read))
    return read not in {None, ""}


def test_numbers_are_written_digit_for_digit() -> None:
    said = {"resourceType": "x", "value": Decimal("0.000000001"), "dose": Decimal("1E+3"), "yes": True}
    assert written(said) == '{"resourceType":"x","value":0.000000001,"dose":1000,"yes":true}'


@pytest.mark.parametrize("length", range(CHUNK - 60, CHUNK + 4))
def test_a_bundle_is_read_alike_wherever_a_chunk_of_it_ends(tmp_path: Path, length: int) -> None:
    read = {"a": "x" * length, "d": 98765, "entry": [{"b": 12345.75}, {"c": "\u20ac"}], "e": "\U0001f489"}
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")
    found = list(members(path))
    assert found == [
        ("a", read["a"]),
        ("d", Decimal(98765)),
        ("entry", {"b": Decimal("12345.75")}),
        ("entry", {"c": "\u20ac"}),
        ("e", "\U0001f489"),
    ]


def test_a_bundle_laid_out_otherwise_is_the_same_to_the_reader(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps(bundle, indent=2), encoding="utf-8")
    assert faults_of_file(path) == []
    entries = [value for name, value in members(path) if name == "entry"]
    assert json.dumps(entries, default=float) == json.dumps(
        json.loads(json.dumps(bundle["entry"]), parse_int=float)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"entry": [{"a": 1e99999999999999999999}]}', "it has a number too large to be one"),
        ('{"entry": [' + "[" * 60_000, "it is nested too deeply"),
    ],
    ids=["a number", "lists in lists"],
)
def test_what_no_bundle_holds_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    assert faults_of_file(tmp_path / FILE_NAME)[0] == said


def test_an_entry_that_never_ends_is_read_a_few_times_and_not_once_for_each_part(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('{"entry": [{"a": [' + "1, " * 2_000_000, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(NotRead, match="it is no JSON"):
        list(members(path))
    assert time.process_time() - began < 15
