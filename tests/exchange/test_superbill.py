"""A superbill says every line with its reason, its times and its sums; read back by another reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.app import session_coder
from desktop_app.core.moments import time_words
from desktop_app.exchange.bill import NOT_SIGNED, SENT_AGAIN, bill_of_rows, bill_of_session
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.paper import Notice, Table
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Action, Row, rows_of
from desktop_app.exchange.sending import NOBODY, CannotBeSent
from desktop_app.exchange.superbill import superbill
from desktop_app.exchange.superbill_lines import dollars
from desktop_app.exchange.superbill_pdf import SUPERBILL, SuperbillWriter
from tests.exchange.claim_files import SENDING
from tests.exchange.month import CHARGES, PRACTICE, correction_rows, first_rows
from tests.exchange.pdf_files import bare, read, write_superbills
from tests.exchange.readers import NASTY
from tests.exchange.signed import SuiteOfChairs, line
from tests.exchange.visits import VISITS

pytestmark = pytest.mark.usefixtures("qapp")
EACH_VISIT = first_rows()[: len(VISITS)]
CORRECTED = next(rows for rows in correction_rows() if rows[0].action is Action.REPLACE)
TAKEN_BACK = next(rows for rows in correction_rows() if rows[0].action is Action.VOID)
Rows = tuple[Row, ...]


def text_of(folder: Path, rows: Rows, **changes: object) -> str:
    (path,) = write_superbills(folder, rows, sending=replace(SENDING, **changes))  # type: ignore[arg-type]
    return bare(read(path))


@pytest.mark.parametrize("rows", EACH_VISIT, ids=[visit.__name__ for visit in VISITS])
def test_each_line_is_read_with_its_units_its_charge_its_times_and_its_reason(
    tmp_path: Path, rows: Rows
) -> None:
    text, zone = text_of(tmp_path, rows), rows[0].session.zone
    for place, row in enumerate(rows, start=1):
        of = row.line
        cents = CHARGES.cents(of.code, of.date)
        assert cents is not None
        begins = (
            f"{place}{of.code}{''.join(of.modifiers)}{of.units}{'' if of.minutes is None else of.minutes}"
        )
        assert bare(begins) in text
        assert bare(f"{dollars(cents * of.units)}{of.why}") in text
        assert all(rule in text for rule in of.rules)
        assert all(bare(source) in text for source in of.sources)
        for at_us in (of.start_us, of.stop_us):
            assert at_us is None or time_words(at_us, zone) in text


@pytest.mark.parametrize("rows", EACH_VISIT[:4], ids=[visit.__name__ for visit in VISITS[:4]])
def test_the_sums_are_those_of_the_lines(tmp_path: Path, rows: Rows) -> None:
    units = sum(row.line.units for row in rows)
    cents = sum((CHARGES.cents(row.line.code, row.line.date) or 0) * row.line.units for row in rows)
    assert bare(f"Total{units}{dollars(cents)}{len(rows)} lines") in text_of(tmp_path, rows)


def test_who_it_is_of_and_who_pays_is_read(tmp_path: Path) -> None:
    session = first_rows()[3][0].session
    text = text_of(tmp_path, first_rows()[3])
    for told in (
        "Example Infusion Center100 Main StreetSpringfield, IL 62701-0001",
        "NPI 1234567893 · Tax id 123456789",
        "NameTest-Person, Mary AnnMRN0004003Born1936-11-01Sexfemale",
        "Address4 Oak StreetSpringfield, IL 62704Visit numberV000003",
        "Billed byhospital, place of service 22",
        f"Ordered byOrderer, OliviaNPI {session.registration.ordering.npi}",  # type: ignore[union-attr]
        "PayerExample MedicaidPayer id12345Member idW00000003GroupG3AuthorisedAUTH00003",
        "Diagnoses1 M05.79 · 2 Z79.899",
    ):
        assert bare(told) in text


def test_a_service_is_told_with_its_times_how_they_are_known_its_dose_and_its_waste(tmp_path: Path) -> None:
    text = text_of(tmp_path, first_rows()[7])
    assert bare("Rituximab 627 mginfusion, site 109:41:0713:46:07220from a script, AK") in text
    assert bare("from 1 × 500 mg + 2 × 100 mg single-dose · 73 mg discarded · NDC 99908-0051-21") in text
    assert bare("paused 10:31:07 to 10:56:07, from a script, AK: reaction") in text


def test_a_corrected_time_is_told_with_what_it_was_before(tmp_path: Path) -> None:
    text = text_of(tmp_path, CORRECTED)
    told = "start corrected from 08:29:03 from a script, AK to 08:26:03 seen and told later, AK: pump log"
    assert bare(told) in text
    assert bare("start seen and told later, AK; stop from a script, AK") in text


def test_every_signature_is_there_with_its_version_and_the_journals_head(tmp_path: Path) -> None:
    text = text_of(tmp_path, CORRECTED)
    signatures = CORRECTED[0].session.signatures
    assert [signature.version for signature in signatures] == [1, 2]
    for signature in signatures:
        assert f"journalhead{signature.head}" in text
        assert bare(f"rulebook {signature.rulebook}, profile {signature.profile}") in text
    assert bare(f"journal head {SENDING.head}") in text


def test_a_correction_says_so_and_why(tmp_path: Path) -> None:
    told = "Corrected: version 2 replaces version 1, signed Mon 2 Mar 2026 by AK. Reason: pump log read."
    assert bare(told) in text_of(tmp_path, CORRECTED)


def test_lines_that_are_taken_back_say_that_nobody_is_to_bill_them(tmp_path: Path) -> None:
    text = text_of(tmp_path, TAKEN_BACK)
    assert bare("Taken back: version 2 has no lines. These lines of version 1 are not to be billed.") in text
    assert all(
        bare(f"{row.line.code}{''.join(row.line.modifiers)}{row.line.units}") in text for row in TAKEN_BACK
    )


def test_what_is_sent_once_more_says_so(tmp_path: Path) -> None:
    again = tuple(replace(row, sent_before=True) for row in EACH_VISIT[0])
    assert bare(SENT_AGAIN) in text_of(tmp_path, again)
    assert bare(SENT_AGAIN) not in bare(read(write_superbills(tmp_path / "..", EACH_VISIT[1])[0]))


def test_a_session_nobody_has_signed_is_not_to_be_billed() -> None:
    suite = SuiteOfChairs()
    session = suite.signed("s1")
    unsigned = replace(session, signatures=(), stage=session.stage.ENDED)
    bill = bill_of_session(unsigned, session_coder().as_recorded(unsigned))
    paper = superbill(bill, NOBODY, lambda *_: (), foot="")
    assert Notice(NOT_SIGNED) in paper.blocks
    assert paper.under_title == ("Mon 2 Mar 2026", "Not signed")
    lines = next(block for block in paper.blocks if isinstance(block, Table))
    assert [row.cells[1] for row in lines.rows] == ["96409", "Total"]


def test_a_signed_session_is_told_by_its_last_signature_alone() -> None:
    session = CORRECTED[0].session
    bill = bill_of_session(session, session_coder().as_recorded(session))
    assert bill.lines == session.signatures[-1].lines
    assert bill.version == 2
    assert bill.notices[0].startswith("Corrected: version 2 replaces version 1")


def test_the_file_is_named_by_day_and_claim_and_never_by_the_patient(tmp_path: Path) -> None:
    first, corrected = write_superbills(tmp_path, EACH_VISIT[3], CORRECTED)
    assert first.name == "superbill-2026-03-02-month-004-1.pdf"
    assert corrected.name == "superbill-2026-03-02-month-004-2.pdf"
    for path in (first, corrected):
        properties = str(PdfReader(path).metadata)
        assert path.stem in properties
        assert not any(told in properties for told in ("Test-Person", "Mary", "0004003"))


@pytest.mark.parametrize(
    "name", ["019AB3C4-D5E6-7ABC-8000-000000000001", "MixedCase", "a b/c..\\d", "x" * 300, "Ünïcode"]
)
def test_no_session_is_named_so_that_its_file_could_not_be_or_could_be_anothers(name: str) -> None:
    session = SuiteOfChairs().signed("s1")
    bill = bill_of_rows(rows_of(replace(session, id=name), ()))
    lower = bill_of_rows(rows_of(replace(session, id=name.lower()), ()))
    assert set(bill.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert bill.name == lower.name or name != name.lower()
    assert bill.name != bill_of_rows(rows_of(replace(session, id=f"{name}2"), ())).name


def test_the_same_superbill_is_the_same_file(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
    one, other = (write_superbills(folder, EACH_VISIT[2])[0].read_bytes() for folder in folders)
    assert one == other
    properties = PdfReader(folders[0] / "superbill-2026-03-02-month-003-1.pdf").metadata
    assert properties is not None
    assert properties.creation_date == SENDING.made_at


@pytest.mark.parametrize("nasty", [text for text in NASTY if 0 < len(text) < 100], ids=ascii)
def test_nasty_text_is_read_as_it_was_typed(tmp_path: Path, nasty: str) -> None:
    """A line end, a tab and a space are one on paper; what has no letter here stands as its number."""
    session = SuiteOfChairs().signed("s1", line("s1.1.01", why=f"because {nasty}, so"), mrn="0004821")
    text = text_of(tmp_path, rows_of(replace(session, mrn=f"no. {nasty}"), ()))
    expected = bare(nasty.replace("\r=", "[U+000D]=")).replace("💉🩸", "[U+1F489][U+1FA78]")
    if nasty == "שלום":
        expected = expected[::-1]
    # A wide letter may have no form in the fonts of a bare computer.
    numbered = expected.replace("=", "[U+FF1D]") if "\uff1d" in nasty else expected
    assert {f"MRNno.{expected}" in text, f"MRNno.{numbered}" in text} != {False}
    assert {f"because{expected},so" in text, f"because{numbered},so" in text} != {False}


def test_a_reason_of_ten_thousand_letters_goes_on_over_pages_and_is_read_whole(tmp_path: Path) -> None:
    why = " ".join(f"reason{number}" for number in range(1200))
    session = SuiteOfChairs().signed("s1", line("s1.1.01", why=why), line("s1.1.02", code="J1745"))
    (path,) = write_superbills(tmp_path, rows_of(session, ()))
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) > 2
    assert [word for word in bare("\n".join(pages)).split("reason") if word.isdigit()][:50] == [
        str(number) for number in range(50)
    ]
    assert all(f"reason{number}" in bare("".join(pages)) for number in range(1200))
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert all("MRN 0004821" in page for page in pages[1:])


def test_charges_that_cannot_be_read_keep_a_superbill_back() -> None:
    broken = replace(PRACTICE, charges=Charges(fault="its charges cannot be read (line 3)"))
    assert SUPERBILL.lacks(EACH_VISIT[0], broken) == (
        "cannot go out on paper yet: its charges cannot be read (line 3)"
    )
    assert SUPERBILL.lacks(EACH_VISIT[0], PRACTICE) == ""


def test_without_charges_there_is_no_column_of_them(tmp_path: Path) -> None:
    text = text_of(tmp_path, EACH_VISIT[0], practice=NOBODY)
    assert "Charge" not in text
    assert "$" not in text
    assert bare("Total44") in text


def test_a_line_without_a_charge_is_said_where_others_have_one(tmp_path: Path) -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01"), line("s1.1.02", code="J9999", units=3))
    text = text_of(tmp_path, rows_of(session, ()))
    assert bare("Total4$16.902 lines, 1 line without a charge") in text


def test_where_no_font_is_there_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PySide6.QtGui.QFontDatabase.families", lambda *_: [])
    writer = SuperbillWriter(Place(tmp_path), SENDING)
    with pytest.raises(CannotBeSent, match="no font was found on this computer"):
        writer.add(EACH_VISIT[0])
    assert list(tmp_path.iterdir()) == []
