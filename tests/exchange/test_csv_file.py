"""The CSV says what was signed, in a form every reader reads alike."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.people import Pointer, Provider, Registration, Sex
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session
from desktop_app.exchange.columns import NAMES
from desktop_app.exchange.csv_file import CsvWriter, neutral
from desktop_app.exchange.place import GrowingFile
from desktop_app.exchange.rows import rows_of
from tests.exchange.signed import SuiteOfChairs, line, saved

NASTY = [
    "=1+1",
    "+49 30",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=quoted",
    "＝1",  # noqa: RUF001 - the wide form
    'said "no"',
    "a, b; c|d^e~f\\g&h*i:j",
    "two\r\nlines",
    "שלום",
    "💉🩸",
    "x" * 10_000,
    "",
]


def written(session: Session | None, *, mark: bool = False) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lines.csv"
        writer = CsvWriter(GrowingFile(path), mark=mark)
        if session is not None:
            writer.add(rows_of(session, ()))
        (file,) = writer.close()
        raw = path.read_bytes()
    assert file.sha256 == hashlib.sha256(raw).hexdigest()
    return raw


def read(raw: bytes) -> list[dict[str, str]]:
    """Read RFC 4180 by hand: the second reader, beside Python's own."""
    records: list[list[str]] = []
    record: list[str] = []
    cell, quoted, was_quoted = "", False, False
    text = raw.decode("utf-8")
    place = 0
    while place < len(text):
        sign, following = text[place], text[place + 1 : place + 2]
        if quoted and sign == '"' and following == '"':
            cell, place = cell + '"', place + 1
        elif sign == '"' and (quoted or not cell):
            quoted, was_quoted = not quoted, True
        elif not quoted and sign == ",":
            record, cell, was_quoted = [*record, cell], "", False
        elif not quoted and sign == "\r" and following == "\n":
            records.append([*record, cell])
            record, cell, was_quoted, place = [], "", False, place + 1
        else:
            assert quoted or (sign not in '\r\n"' and not was_quoted), f"stray {sign!r}"
            cell += sign
        place += 1
    assert (record, cell) == ([], ""), "the last line has no end"
    header, *rows = records
    return [dict(zip(header, row, strict=True)) for row in rows]


def plain(text: str) -> str:
    """Take away the apostrophe that keeps a cell from being a formula."""
    return text[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", text) else text  # noqa: RUF001 - the wide forms


def test_a_line_says_when_how_long_and_why() -> None:
    suite = SuiteOfChairs()
    ndc = {"ndc": "00012345678", "ndc_quantity": Decimal("12.50"), "ndc_unit": "ML"}
    suite.signed("s1", line("s1.1.01", modifiers=("59", "JZ"), **ndc), mrn="0004821")
    known = Registration(
        family="Example",
        given="Ada",
        birth_date=date(1970, 5, 17),
        sex=Sex.FEMALE,
        ordering=Provider(family="Orderer", given="Max", npi="1234567893"),
        diagnoses=("K5090", "D509"),
        pointers=(Pointer("a", (2, 1)),),
        payer="Example Health",
        payer_id="12345",
        member_id="W1",
        group="G1",
        authorisation="A1",
        account="V1",
    )
    saved(suite.desk.touch("s1", lambda s, w: register_patient(s, w, registration=known)))
    (row,) = read(written(suite.session("s1")))
    assert row == {
        "session": "s1",
        "encounter": "s1-1",
        "line": "s1.1.01",
        "version": "1",
        "action": "new",
        "sent_before": "",
        "replaces": "",
        "mrn": "0004821",
        "initials": "",
        "date_of_service": "2026-03-02",
        "setting": "facility",
        "place_of_service": "22",
        "chair": "1",
        "kind": "administration",
        "code": "96413",
        "units": "1",
        "modifier_1": "59",
        "modifier_2": "JZ",
        "modifier_3": "",
        "modifier_4": "",
        "start": "2026-03-02T09:00:00-05:00",
        "stop": "2026-03-02T10:00:00-05:00",
        "minutes": "60",
        "drugs": "infliximab",
        "ndc": "00012345678",
        "ndc_quantity": "12.50",
        "ndc_unit": "ML",
        "services": "a",
        "why": "The infusion leads the encounter.",
        "rules": "initial-facility-order",
        "sources": "CMS",
        "rulebook": "2026.1",
        "profile": "standard",
        "signed_at": "2026-03-02T10:05:00-05:00",
        "signed_by": "AK",
        "account": "V1",
        "family_name": "Example",
        "given_name": "Ada",
        "birth_date": "1970-05-17",
        "sex": "F",
        "ordering_provider": "Orderer, Max",
        "ordering_npi": "1234567893",
        "rendering_provider": "",
        "rendering_npi": "",
        "diagnoses": "K5090 D509",
        "diagnosis_pointers": "2 1",
        "payer": "Example Health",
        "payer_id": "12345",
        "member_id": "W1",
        "group_number": "G1",
        "authorisation": "A1",
    }


def test_a_line_without_times_leaves_them_empty() -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01", minutes=None, start_us=None, stop_us=None))
    (row,) = read(written(session))
    assert (row["start"], row["stop"], row["minutes"]) == ("", "", "")


def test_every_line_of_a_session_has_its_own_id() -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01"), line("s1.1.02"))
    assert [row["line"] for row in read(written(session))] == ["s1.1.01", "s1.1.02"]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:12]))
def test_nasty_text_comes_back_as_it_was_from_two_readers(text: str) -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01", why=text, drugs=(text,)))
    raw = written(session)
    (by_hand,) = read(raw)
    (by_python,) = csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""))
    assert by_hand == by_python
    assert (plain(by_hand["why"]), plain(by_hand["drugs"])) == (text, text)


@given(st.text("=+-@\t\r\n'\",ab＝", max_size=6))  # noqa: RUF001 - the wide form
def test_no_cell_begins_like_a_formula_and_each_comes_back(text: str) -> None:
    shown = neutral(text)
    assert not shown.startswith(tuple("=+-@\t\r\n＝"))  # noqa: RUF001 - the wide form
    assert plain(shown) == text


def test_codes_keep_their_leading_zeros() -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01", ndc="00006302602"), mrn="0000001")
    assert b",00006302602," in written(session)
    assert b",0000001," in written(session)


def test_the_file_is_utf8_with_crlf_and_a_header() -> None:
    raw = written(SuiteOfChairs().signed("s1"))
    assert raw.startswith(",".join(NAMES).encode() + b"\r\n")
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_mark_of_order_is_written_when_asked_for() -> None:
    assert written(None, mark=True).startswith(b"\xef\xbb\xbfsession,")
