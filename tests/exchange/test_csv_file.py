"""The CSV says what was signed, in a form every reader reads alike."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.people import Pointer, Provider, Registration, Sex
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session
from desktop_app.exchange.columns import NAMES
from desktop_app.exchange.csv_file import CsvWriter
from desktop_app.exchange.formulas import neutral
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import rows_of
from desktop_app.exchange.sending import STANDARD
from tests.exchange.claim_files import SENDING
from tests.exchange.readers import plain, read
from tests.exchange.signed import SuiteOfChairs, line, saved


def written(session: Session | None, *, mark: bool = False) -> bytes:
    with TemporaryDirectory() as folder:
        writer = CsvWriter(Place(Path(folder)), replace(SENDING, layout=replace(STANDARD, mark=mark)))
        if session is not None:
            writer.add(rows_of(session, ()))
        (file,) = writer.close()
        raw = (Path(folder) / file.name).read_bytes()
    assert file.sha256 == hashlib.sha256(raw).hexdigest()
    return raw


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
