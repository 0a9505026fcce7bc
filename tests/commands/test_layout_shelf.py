"""The layouts as a page keeps them: whole on disk, never over what others wrote, shown before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.commands.layout_shelf import LayoutShelf
from desktop_app.core.layouts import LayoutColumn
from desktop_app.exchange.sending import STANDARD
from desktop_app.layout_files import ready_layouts
from desktop_app.store.small_files import FileNotKept
from tests.exchange.month import CHARGES, signed_month

OURS = replace(STANDARD, name="ours", title="Our system")
READY = [kept.layout for kept in ready_layouts().values()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "layouts").iterdir())


def test_nothing_is_written_until_something_is_saved(tmp_path: Path) -> None:
    shelf = LayoutShelf(tmp_path)
    assert shelf.all() == READY
    assert list(shelf.faults()) == []
    assert set(shelf.columns()) > {column.take for layout in READY for column in layout.columns}
    assert list(tmp_path.iterdir()) == []


def test_a_saved_layout_is_there_at_the_next_start_and_can_be_changed_and_renamed(tmp_path: Path) -> None:
    shelf = LayoutShelf(tmp_path)
    shelf.save(OURS)
    changed = replace(OURS, title="Our new system")
    shelf.save(changed, "ours")
    for seen in (shelf, LayoutShelf(tmp_path)):
        assert seen.all() == [*READY, changed]
        assert seen.is_own("ours")
        assert not seen.is_own("compact")
    renamed = replace(changed, name="theirs")
    shelf.save(renamed, "ours")
    assert names(tmp_path) == ["theirs.toml"]
    for seen in (shelf, LayoutShelf(tmp_path)):
        assert seen.all() == [*READY, renamed]
    shelf.delete("theirs")
    assert (names(tmp_path), shelf.all()) == ([], READY)


def test_what_cannot_be_kept_is_one_sentence_and_nothing_has_changed(tmp_path: Path) -> None:
    shelf = LayoutShelf(tmp_path)
    shelf.save(OURS)
    before = (tmp_path / "layouts" / "ours.toml").read_bytes()
    twice = (LayoutColumn(take="mrn", head="A"), LayoutColumn(take="line", head="a"))
    for layout, instead_of, said in (
        (OURS, "", "There is a layout ours already"),
        (replace(OURS, name="compact"), "", "There is a layout compact already"),
        (replace(OURS, name="compact"), "compact", "There is a layout compact already"),
        (replace(OURS, name="compact"), "ours", "There is a layout compact already"),
        (replace(OURS, name="Ours"), "", "A layout's name is a name of at most 40 small letters"),
        (replace(OURS, title=""), "ours", "title should be a text in quotes"),
        (replace(OURS, columns=()), "ours", "column should be a list of 1 to 200 columns"),
        (replace(OURS, columns=twice), "ours", "another heading: “a” stands above it already"),
    ):
        with pytest.raises(FileNotKept, match=said):
            shelf.save(layout, instead_of)
    with pytest.raises(FileNotKept, match="compact is not one of the practice's own layouts, so it stays"):
        shelf.delete("compact")
    assert names(tmp_path) == ["ours.toml"]
    assert (tmp_path / "layouts" / "ours.toml").read_bytes() == before


def test_a_file_that_was_changed_by_hand_meanwhile_is_left_alone(tmp_path: Path) -> None:
    shelf = LayoutShelf(tmp_path)
    shelf.save(OURS)
    path = tmp_path / "layouts" / "ours.toml"
    path.write_text("# mine\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    changed = path.read_bytes()
    with pytest.raises(FileNotKept, match="was changed outside the program and is left as it is"):
        shelf.save(replace(OURS, title="Else"), "ours")
    with pytest.raises(FileNotKept, match="was changed outside the program and is left as it is"):
        shelf.delete("ours")
    assert path.read_bytes() == changed


def test_a_layout_is_shown_with_signed_lines_before_it_is_saved(tmp_path: Path) -> None:
    shelf, month = LayoutShelf(tmp_path), signed_month(4)
    shown = shelf.preview(replace(OURS, header=False), month.sessions, CHARGES)
    assert len(shown.rows) == 8
    assert shown.rows[0][2] == "month-001.1.01"
    assert shown.text.startswith("month-001,month-001-1,month-001.1.01,")
    assert list(tmp_path.iterdir()) == []
    assert shelf.warnings(OURS) == ()
    assert shelf.fault(replace(OURS, title="")) != ""
