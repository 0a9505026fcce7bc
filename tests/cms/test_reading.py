"""Every kind of file in every form it is published in gives the same rows of a table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_app.cms.cells import Wanted
from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.reading import Asked, Found, read_file
from desktop_app.coding.tables import TableKind, TableRow
from tests.cms.files import (
    ADD_ON,
    ADD_ON_HEAD,
    CROSSWALK,
    CROSSWALK_HEAD,
    HCPCS,
    HCPCS_HEAD,
    MUE,
    MUE_HEAD,
    NOTICE,
    PTP,
    PTP_HEAD,
    Rows,
    add_on_lines,
    comma,
    packed,
    put,
    records,
    sheet,
    tabbed,
)
from tests.coding.imported import row

CODES = ("96361", "96365", "96366", "96367", "96374", "96413", "96415")
NEW_YEAR = date(2026, 1, 1)
EXPECTED = {
    TableKind.PTP_HOSPITAL: [
        row("96365 96374", "1", "2020-01-01"),
        row("96365 J0001", "0", "2020-01-01", "2025-12-31"),
        row("96413 99213", "0"),
    ],
    TableKind.MUE_PRACTITIONER: [row("96365", "1 3"), row("J0001", "40 1")],
    TableKind.CROSSWALK: [row("12345678901", "J0001"), row("12345678902", "J0002")],
    TableKind.ADD_ON: [
        row("96366", "96365 1", "2013-04-01"),
        row("96366", "96367 1", "2013-04-01", "2024-12-31"),
        row("96361", "CCCCC 2", "2013-04-01"),
        row("96415", "96413 3"),
    ],
    TableKind.HCPCS: [
        row("J0001", "10 mg", "2020-01-01"),
        row("J0002", "0.5 mg", "2020-01-01", "2025-12-31"),
        TableRow(("J0003",), ("", ""), NEW_YEAR),
    ],
}
KINDS = [
    (TableKind.PTP_HOSPITAL, PTP_HEAD, PTP),
    (TableKind.MUE_PRACTITIONER, MUE_HEAD, MUE),
    (TableKind.CROSSWALK, CROSSWALK_HEAD, CROSSWALK),
    (TableKind.ADD_ON, ADD_ON_HEAD, ADD_ON),
    (TableKind.HCPCS, HCPCS_HEAD, HCPCS),
]
FORMS: list[tuple[str, Callable[[Rows, Rows], bytes]]] = [
    ("txt", tabbed),
    ("csv", comma),
    ("xlsx", sheet),
    ("csv", lambda *rows: b"\xef\xbb\xbf" + comma(*rows)),
    ("txt", lambda *rows: tabbed(*rows).decode("latin-1").encode("utf-16")),
    ("zip", lambda *rows: packed(readme__txt=b"What is what.\n", a__xlsx=b"PK", a__csv=comma(*rows))),
    ("zip", lambda *rows: packed(guide__pdf=b"%PDF", a__xlsx=sheet(*rows))),
]


def read(file: Path, kind: TableKind | None = None, since: date | None = NEW_YEAR) -> list[Found]:
    found, _others = read_file(file, Asked(Wanted(CODES), kind, since), lambda _read: None)
    return found


def refusal(file: Path, kind: TableKind | None = None, since: date | None = NEW_YEAR) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(file, kind, since)
    sentence = str(caught.value)
    assert sentence.startswith(file.name)
    assert sentence.endswith(".")
    assert sentence.isprintable()
    return sentence


@pytest.mark.parametrize(("kind", "head", "rows"), KINDS, ids=[kind for kind, _, _ in KINDS])
@pytest.mark.parametrize(("ending", "write"), FORMS, ids=range(len(FORMS)))
def test_a_file_gives_its_rows_in_every_form(
    tmp_path: Path, kind: TableKind, head: Rows, rows: Rows, ending: str, write: Callable[[Rows, Rows], bytes]
) -> None:
    asked = kind if kind is TableKind.PTP_HOSPITAL else None
    (found,) = read(put(tmp_path, f"x.{ending}", write(head, rows)), asked)
    assert (found.kind, list(found.rows)) == (kind, EXPECTED[kind])
    assert found.read == len(rows)


@pytest.mark.parametrize(
    ("kind", "content"), [(TableKind.HCPCS, records()), (TableKind.ADD_ON, add_on_lines())]
)
def test_a_text_of_fixed_width_gives_the_same_rows(tmp_path: Path, kind: TableKind, content: bytes) -> None:
    (found,) = read(put(tmp_path, "x.txt", content))
    assert (found.kind, list(found.rows)) == (kind, EXPECTED[kind])


def test_the_name_of_a_file_says_nothing_of_its_kind(tmp_path: Path) -> None:
    (found,) = read(put(tmp_path, "hcpcs-crosswalk-ptp.pdf", comma(MUE_HEAD, MUE)))
    assert found.kind is TableKind.MUE_PRACTITIONER


def test_an_archive_gives_every_table_in_it_and_names_the_rest(tmp_path: Path) -> None:
    content = packed(
        a__txt=tabbed(PTP_HEAD, PTP), b__csv=comma(MUE_HEAD, MUE), c__csv=b"one,two\n1,2\n", d__pdf=b"%PDF"
    )
    asked = Asked(Wanted(CODES), None, NEW_YEAR)
    with pytest.raises(ImportRefused, match="does not say for whom"):
        read_file(put(tmp_path, "x.zip", content), asked, lambda _read: None)
    head = [["Hospital PTP edits"], *PTP_HEAD]
    content = packed(a__txt=tabbed(head, PTP), b__csv=comma(MUE_HEAD, MUE), c__csv=b"one,two\n1,2\n")
    found, others = read_file(put(tmp_path, "x.zip", content), asked, lambda _read: None)
    assert [table.kind for table in found] == [TableKind.PTP_HOSPITAL, TableKind.MUE_PRACTITIONER]
    assert [other.split(" is no table")[0] for other in others] == ["x.zip (c.csv)"]


@pytest.mark.parametrize(
    ("word", "kind"), [("Practitioner", "ptp-practitioner"), ("Outpatient", "ptp-hospital")]
)
def test_pairs_are_for_whom_their_notices_say(tmp_path: Path, word: str, kind: str) -> None:
    (found,) = read(put(tmp_path, "x.txt", tabbed([[f"{word} edits"], *PTP_HEAD], PTP)))
    assert found.kind == kind


def test_a_hospitals_limits_are_told_from_a_practitioners(tmp_path: Path) -> None:
    head = [MUE_HEAD[0], ["HCPCS/CPT Code", "Outpatient Hospital Services MUE Values", *MUE_HEAD[1][2:]]]
    (found,) = read(put(tmp_path, "x.csv", comma(head, MUE)))
    assert found.kind is TableKind.MUE_HOSPITAL


def test_a_file_keeps_what_can_stand_on_a_visit_and_tells_its_first_and_last_pair(tmp_path: Path) -> None:
    (found,) = read(put(tmp_path, "x.txt", tabbed(PTP_HEAD, PTP)), TableKind.PTP_HOSPITAL)
    assert found.ends == (("11111", "22222"), ("96413", "99213"))


def test_dated_rows_say_from_when_a_file_holds(tmp_path: Path) -> None:
    (found,) = read(put(tmp_path, "x.txt", records()), since=None)
    assert found.since == NEW_YEAR
    (found,) = read(put(tmp_path, "x.txt", records()), since=date(2026, 4, 1))
    assert found.since == date(2026, 4, 1)


def test_a_file_without_dates_says_its_quarter_or_is_refused(tmp_path: Path) -> None:
    (found,) = read(put(tmp_path, "x.csv", comma(CROSSWALK_HEAD, CROSSWALK)), since=None)
    assert found.since == NEW_YEAR
    (found,) = read(put(tmp_path, "MUE_Eff_04-01-2026.csv", comma(MUE_HEAD, MUE)), since=None)
    assert found.since == date(2026, 4, 1)
    sentence = refusal(put(tmp_path, "x.csv", comma(MUE_HEAD, MUE)), since=None)
    assert sentence == "x.csv does not say from when it holds; name the day with --from."


def test_a_kind_that_is_asked_for_is_still_looked_for(tmp_path: Path) -> None:
    file = put(tmp_path, "x.csv", comma(MUE_HEAD, MUE))
    assert refusal(file, TableKind.HCPCS) == (
        "x.csv is no table of the kind hcpcs: it holds practitioner limits (MUE)."
    )


def test_a_device_in_the_crosswalk_is_passed_over_and_counted(tmp_path: Path) -> None:
    (found,) = read(put(tmp_path, "x.csv", comma(CROSSWALK_HEAD, CROSSWALK)))
    assert found.passed_over == 1


def test_notices_may_stand_below_the_last_row(tmp_path: Path) -> None:
    below = [["", ""], ["Fee schedules are not part of this file."], ["made up by the tests"]]
    (found,) = read(put(tmp_path, "x.csv", comma(MUE_HEAD, MUE, below)))
    assert list(found.rows) == EXPECTED[TableKind.MUE_PRACTITIONER]


def with_cell(rows: Rows, at: int, column: int, cell: object) -> Rows:
    changed = [list(cells) for cells in rows]
    changed[at][column] = cell
    return changed


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        (PTP_HEAD, with_cell(PTP, 1, 0, "9636"), "line 8: Column 1 should be a code of five letters"),
        (
            PTP_HEAD,
            with_cell(PTP, 1, 0, ""),
            "line 8: Column 1 should be a code of five letters and digits, and is empty",
        ),
        (PTP_HEAD, with_cell(PTP, 0, 0, ""), "line 7: Column 1 should be a code"),
        (PTP_HEAD, with_cell(PTP, 1, 1, "96 74"), "line 8: Column 2 should be a code"),
        (
            PTP_HEAD,
            with_cell(PTP, 1, 3, "2020-01-01"),
            "line 8: Effective Date should be a date such as 20260101",
        ),
        (PTP_HEAD, with_cell(PTP, 1, 3, "20201301"), "line 8: Effective Date should be a date"),
        (PTP_HEAD, with_cell(PTP, 1, 4, "never"), "line 8: Deletion Date should be a date"),
        (PTP_HEAD, with_cell(PTP, 1, 4, "20191231"), "line 8: Deletion Date should be 20200101 or later"),
        (PTP_HEAD, with_cell(PTP, 1, 5, "2"), "line 8: Modifier should be one of 0, 1, 9, and is “2”"),
        (
            MUE_HEAD,
            with_cell(MUE, 1, 1, "many"),
            "line 5: MUE Values should be a whole number below a million, and is “many”",
        ),
        (
            MUE_HEAD,
            with_cell(MUE, 1, 2, "Line"),
            "line 5: MUE Adjudication Indicator should be one of 1, 2, 3",
        ),
        (MUE_HEAD, with_cell(MUE, 0, 0, "x"), "line 4: HCPCS/CPT Code should be a code"),
        (CROSSWALK_HEAD, with_cell(CROSSWALK, 1, 3, "1234"), "line 5: NDC should be an NDC such as"),
        (CROSSWALK_HEAD, with_cell(CROSSWALK, 1, 3, "1234567890"), "line 5: NDC should be an NDC such as"),
        (CROSSWALK_HEAD, with_cell(CROSSWALK, 1, 0, "J1"), "line 5: the code should be a code of five"),
        (CROSSWALK_HEAD, with_cell(CROSSWALK, 1, 9, "ten"), "line 5: BILLUNITSPKG should be a number"),
        (ADD_ON_HEAD, with_cell(ADD_ON, 1, 0, "4"), "line 4: AOC_Edit_Type should be one of 1, 2, 3"),
        (ADD_ON_HEAD, with_cell(ADD_ON, 1, 1, ""), "line 4: Add-On_Code should be a code"),
        (ADD_ON_HEAD, with_cell(ADD_ON, 1, 3, "?"), "line 4: Primary_Code should be a code"),
        (
            ADD_ON_HEAD,
            with_cell(ADD_ON, 1, 5, "20260101"),
            "line 4: AOC_Edit_EffDT should be a year and the day",
        ),
        (
            ADD_ON_HEAD,
            with_cell(ADD_ON, 1, 6, "2025366"),
            "line 4: AOC_Edit_DelDT should be a year and the day",
        ),
        (
            HCPCS_HEAD,
            with_cell(HCPCS, 1, 6, ""),
            "line 3: ADD DT should be a date such as 20260101, and is empty",
        ),
        (HCPCS_HEAD, with_cell(HCPCS, 1, 7, "soon"), "line 3: ACT EFF DT should be a date"),
        (HCPCS_HEAD, with_cell(HCPCS, 1, 8, "19990101"), "line 3: TERM DT should be 20200101 or later"),
        (HCPCS_HEAD, with_cell(HCPCS, 1, 2, "5"), "line 3: RECID should be one of 3, 4, 7, 8"),
        (HCPCS_HEAD, with_cell(HCPCS, 1, 0, "J001"), "line 3: HCPC should be a code"),
    ],
)
def test_a_cell_that_is_not_what_it_should_be_is_named_with_its_place(
    tmp_path: Path, head: Rows, rows: Rows, said: str
) -> None:
    asked = TableKind.PTP_HOSPITAL if head is PTP_HEAD else None
    assert said in refusal(put(tmp_path, "x.txt", tabbed(head, rows)), asked)
    sheet_says = refusal(put(tmp_path, "x.xlsx", sheet(head, rows)), asked)
    assert sheet_says.startswith("x.xlsx, sheet made up, row ")
    assert said.split(": ")[1] in sheet_says


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "x is no table that can be imported"),
        (b"hello\n", "x is no table that can be imported: its first 60 rows have no headings of one."),
        (b"\x00\x01\x02", "x, line 1: it is no text."),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "x is a spreadsheet of an old form; save it as .xlsx"),
        (b"PK\x03\x04" + b"x" * 100, "x is damaged or was not downloaded whole; download it again."),
        (b"\xff\xfea", "x is damaged or was not downloaded whole"),
        (b"x" * 70_000, "x, line 1: it is longer than any line of these tables."),
        (b'"' + b"x,\n" * 60_000, "x, line "),
        (packed(a__pdf=b"%PDF"), "x holds no table that can be imported."),
        (packed(a__txt=b"one\n", b__txt=b"two\n"), "x holds no table that can be imported."),
        (comma(MUE_HEAD), "x has the headings of practitioner limits (MUE) and no rows."),
        (
            comma([["DME Supplier Services MUE Values"]]),
            "x holds the limits of equipment suppliers, which are not",
        ),
        (comma([["HCPCS Code", "Payment Limit"]]), "x holds prices, which are not used."),
        (
            comma(MUE_HEAD, MUE, [["A notice below."]], MUE),
            "x, line 7: it should be a row of practitioner limits (MUE), as the",
        ),
        (
            comma(MUE_HEAD, MUE, [["J0002", "2"]]),
            "x, line 7: it should be a row of practitioner limits (MUE).",
        ),
        (comma(MUE_HEAD, MUE, [["J0002"]]), "x, line 7: it should be a row of"),
        (comma(MUE_HEAD, [["J0002", "2"]], MUE), "x, line 4: it should be a row of"),
        (comma(MUE_HEAD, [*MUE[:1], ["96365", "1", '3 "x']]) + b'"96366', "x, line "),
        (records()[:-40], "x, line "),
        (records() + b"J0009", "x, line 8: it should be a row of HCPCS codes."),
        (add_on_lines() + b"196366   963", "x, line 6: it should be a row of add-on codes."),
    ],
)
def test_a_file_that_is_none_or_not_whole_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refusal(put(tmp_path, "x", content))


def test_a_damaged_workbook_or_member_is_refused(tmp_path: Path) -> None:
    book, archive = sheet(MUE_HEAD, MUE), packed(a__txt=tabbed(MUE_HEAD, *[MUE] * 50))
    for number, content in enumerate((book, archive)):
        middle = len(content) // 3
        broken = (
            content[:middle]
            + bytes(byte ^ 0x55 for byte in content[middle : middle + 40])
            + content[middle + 40 :]
        )
        assert "is damaged or was not downloaded whole" in refusal(put(tmp_path, f"x{number}", broken))


def test_a_workbook_whose_sheet_is_cut_off_is_refused(tmp_path: Path) -> None:
    source = zipfile.ZipFile(io.BytesIO(sheet(MUE_HEAD, *[MUE] * 50)))
    members = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    for size in (len(members[name]) // 2, len(members[name]) - 20):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text[:size] if member == name else text)
        assert "is damaged or was not downloaded whole" in refusal(
            put(tmp_path, "x.xlsx", content.getvalue())
        )


@pytest.mark.parametrize("names", [("a__txt", "a__csv", "a__xlsx"), ("a__xlsx", "a__csv", "a__txt")])
def test_a_table_that_is_there_in_several_forms_is_read_once(tmp_path: Path, names: tuple[str, ...]) -> None:
    forms = {"a__txt": tabbed(MUE_HEAD, MUE), "a__csv": b"spoilt", "a__xlsx": b"spoilt"}
    (found,) = read(put(tmp_path, "x.zip", packed(**{name: forms[name] for name in names})))
    assert found.name == "x.zip (a.txt)"


def test_a_member_that_says_it_is_huge_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.cms.parts.LARGEST", 100)
    content = packed(a__txt=tabbed(MUE_HEAD, MUE))
    assert refusal(put(tmp_path, "x.zip", content)) == "x.zip (a.txt) is larger than any table of CMS."


def test_bytes_of_no_interest_may_be_of_any_alphabet(tmp_path: Path) -> None:
    strange = [[*MUE[1][:3], "caf\xe9 \xbd"]]
    (found,) = read(put(tmp_path, "x.csv", comma(MUE_HEAD, MUE, strange)))
    assert list(found.rows) == EXPECTED[TableKind.MUE_PRACTITIONER]
    (found,) = read(put(tmp_path, "y.csv", comma(MUE_HEAD, MUE, strange).decode("latin-1").encode()))
    assert list(found.rows) == EXPECTED[TableKind.MUE_PRACTITIONER]


@pytest.mark.parametrize("alphabet", ["latin-1", "utf-8"])
def test_letters_of_two_bytes_do_not_move_the_dates_of_a_record(tmp_path: Path, alphabet: str) -> None:
    text = records().decode().replace("Injection, made up and", "Injection, caf\xe9 \xbd and ")
    (found,) = read(put(tmp_path, "x.txt", text.encode(alphabet)))
    assert list(found.rows) == EXPECTED[TableKind.HCPCS]


def test_nothing_of_a_files_words_is_kept(tmp_path: Path) -> None:
    for number, (kind, head, rows) in enumerate(KINDS):
        (found,) = read(put(tmp_path, f"{number}.csv", comma(head, rows)), kind)
        told = " ".join(cell for row in found.rows for cell in (*row.key, *row.value))
        assert "made" not in told
        assert NOTICE[:3] not in told
