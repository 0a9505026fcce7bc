"""A PDF that was changed anywhere after it was written is found out before its batch gets a name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.exchange.paper import Column, Heading, Paper, Table, TableRow
from desktop_app.exchange.pdf_checks import faults_of_pdf
from desktop_app.exchange.pdf_document import Written, pdf_of
from desktop_app.exchange.pdf_reader import page_texts
from desktop_app.exchange.place import GrowingFile, Place
from desktop_app.exchange.sending import CannotBeSent
from desktop_app.exchange.superbill_pdf import SuperbillWriter
from tests.exchange.claim_files import SENDING
from tests.exchange.month import first_rows
from tests.exchange.pdf_files import MADE_AT, bare

pytestmark = pytest.mark.usefixtures("qapp")
Change = Callable[[bytes], bytes]


def paper(*texts: str) -> Paper:
    rows = tuple(TableRow((str(place), text)) for place, text in enumerate(texts, start=1))
    table = Table((Column("#", 14, right=True), Column("What")), rows)
    return Paper(title="Test", sender=("Somebody",), blocks=(Heading("Texts"), table), foot="at the foot")


def written(*texts: str) -> Written:
    return pdf_of([paper(*texts)], title="Test", key="test", made_at=MADE_AT)


def faults(folder: Path, data: bytes, pages: tuple[str, ...]) -> list[str]:
    path = folder / "test.pdf"
    path.write_bytes(data)
    return list(faults_of_pdf(path, pages))


@pytest.mark.parametrize(
    "texts",
    [
        ("96413", "J1745"),
        ("=+@", "tab\tand space", "two\nlines"),
        ("שלום 12 mg", "مرحبا", "漢字", "💉"),
        tuple(f"row {number} of many" for number in range(150)),
        (" ".join(f"word{number}" for number in range(2000)),),
    ],
    ids=["codes", "signs", "alphabets", "pages", "one long row"],
)
def test_what_was_written_is_read_back(tmp_path: Path, texts: tuple[str, ...]) -> None:
    made = written(*texts)
    assert faults(tmp_path, made.data, made.pages) == []


def test_our_reader_reads_what_was_written_in_its_order() -> None:
    (page,) = page_texts(written("96413 ×1", "J1745").data)
    assert bare(page) == bare("Somebody Test Texts # What 1 96413 ×1 2 J1745 at the foot Page 1 of 1")


def swapped(pattern: bytes, instead: bytes) -> Change:
    """Return a change of the first place of a pattern, which must be there."""

    def change(data: bytes) -> bytes:
        changed, count = re.subn(pattern, instead, data, count=1, flags=re.DOTALL)
        assert count == 1, pattern
        assert changed != data
        return changed

    return change


def repacked(pattern: bytes, instead: bytes) -> Change:
    """Return a change inside the packed words of the first page; their length stays that of the old ones."""

    def change(data: bytes) -> bytes:
        for found in re.finditer(rb"/FlateDecode\n>>\nstream\n(.*?)\nendstream", data, re.DOTALL):
            words = zlib.decompressobj().decompress(found[1])
            if b" Tj" in words:
                packed = zlib.compress(swapped(pattern, instead)(words), 9)
                room = found.end(1) - found.start(1)
                assert len(packed) <= room
                return data[: found.start(1)] + packed.ljust(room, b"\0") + data[found.end(1) :]
        raise AssertionError("no page has words")

    return change


CHANGES: dict[str, tuple[Change, str]] = {
    "nothing left": (lambda _: b"", "no beginning or no end"),
    "half of it": (lambda data: data[: len(data) // 2], "no beginning or no end"),
    "without its end": (lambda data: data[:-30], "no beginning or no end"),
    "a beginning of another kind": (lambda data: b"%PFD" + data[4:], "no beginning or no end"),
    "bytes in front": (lambda data: b"%PDF-1.4\n" + data, "it has no table of its parts"),
    "a byte too many inside": (swapped(rb"\n4 0 obj", b"\n\n4 0 obj"), "no table of its parts"),
    "the wrong place of its table": (
        swapped(rb"startxref\n\d+", b"startxref\n17"),
        "no table of its parts",
    ),
    "a part under another number": (swapped(rb"\d+ 0 obj(?=\n<<\n/Type /Page\n)", b"x"), "it has no table"),
    "no page": (swapped(rb"(?<=/Kids )\n\[\n\d+ 0 R", b"\n[\n".ljust(9)), "0 pages instead of 1"),
    "a letter that is another": (swapped(rb"<0039>", b"<0038>"), "page 1 does not say what was written"),
    "a letter that is none": (swapped(rb"<0039>", b"<0000>"), "page 1 does not say what was written"),
    "no letters at all": (swapped(rb"<0001> <", b"<0001> ("), "page 1 does not say"),
    "a glyph that is another": (repacked(rb"<0001> Tj", b"<0002> Tj"), "page 1 does not say"),
    "a glyph that is gone": (repacked(rb"<0001> Tj", b""), "page 1 does not say"),
    "words that cannot be unpacked": (
        swapped(rb"(?<=FlateDecode\n>>\nstream\n)..", b"\0\0"),
        "it is not whole",
    ),
}


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_found(tmp_path: Path, change: Change, said: str) -> None:
    made = written("96413", "J1745")
    found = faults(tmp_path, change(made.data), made.pages)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize("place", range(0, 4000, 97))
def test_no_byte_that_is_another_makes_the_reader_fail(tmp_path: Path, place: int) -> None:
    """It finds a fault or reads the same words: it never stops the program."""
    made = written("96413", "J1745")
    at = place * len(made.data) // 4000
    changed = made.data[:at] + bytes([made.data[at] ^ 0x15]) + made.data[at + 1 :]
    assert len(faults(tmp_path, changed, made.pages)) <= 1


def test_another_order_of_plain_letters_is_found_and_beside_other_alphabets_a_missing_one(
    tmp_path: Path,
) -> None:
    plain, mixed = written("96413"), written("96413 שלום")
    assert faults(tmp_path, plain.data, (plain.pages[0].replace("96413", "96431"),))
    assert not faults(tmp_path, mixed.data, (mixed.pages[0].replace("96413", "96431"),))
    assert faults(tmp_path, mixed.data, (mixed.pages[0].replace("96413", "96419"),))


def test_a_superbill_that_was_changed_on_the_disk_keeps_the_batch_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = GrowingFile.finish

    def finish_and_change(self: GrowingFile, rows: int) -> object:
        done = finish(self, rows)
        path = tmp_path / self.name
        path.write_bytes(path.read_bytes().replace(b"<0039>", b"<0038>"))
        return done

    monkeypatch.setattr(GrowingFile, "finish", finish_and_change)
    writer = SuperbillWriter(Place(tmp_path), SENDING)
    with pytest.raises(CannotBeSent, match="a superbill that does not stand its own check: page 1 "):
        writer.add(first_rows()[0])
