"""The suite's own protocols on disk: kept whole, before the examples, never over what others wrote."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.coding.protocol_text import protocol_text, read_protocol
from desktop_app.commands.protocol_shelf import ProtocolShelf
from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.protocols import Protocol
from desktop_app.protocol_files import load_examples
from desktop_app.store.small_files import FileNotKept

FLUSH = Order(drug="flush", category=Category.OTHER, route=Route.FLUSH)
OURS = Protocol(name="Eisen & Zink, ½ Dosis", services=(FLUSH,))


def own(folder: Path, name: str, protocol: Protocol = OURS) -> Path:
    path = folder / "protocols" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(protocol_text(protocol), encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "protocols").iterdir())


def test_nothing_is_written_until_something_is_saved(tmp_path: Path) -> None:
    shelf = ProtocolShelf(tmp_path)
    assert shelf.all() == load_examples()
    assert list(shelf.faults()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_saved_protocol_is_on_disk_comes_first_and_is_there_at_the_next_start(tmp_path: Path) -> None:
    shelf = ProtocolShelf(tmp_path)
    shelf.save(OURS)
    assert names(tmp_path) == ["eisen-zink-12-dosis.toml"]
    for seen in (shelf, ProtocolShelf(tmp_path)):
        assert seen.all() == (OURS, *load_examples())
        assert seen.is_own("eisen & zink, ½ dosis")
        assert not seen.is_own(load_examples()[0].name)


def test_a_copy_under_an_example_s_name_goes_before_it_and_its_deletion_brings_it_back(
    tmp_path: Path,
) -> None:
    example = load_examples()[0]
    changed = replace(example, services=(FLUSH,))
    shelf = ProtocolShelf(tmp_path)
    shelf.save(changed)
    assert shelf.all() == (changed, *load_examples()[1:])
    shelf.delete(example.name)
    assert shelf.all() == load_examples()
    assert names(tmp_path) == []


def test_a_changed_protocol_stays_in_its_file_even_under_another_name(tmp_path: Path) -> None:
    path = own(tmp_path, "by-hand.toml")
    shelf = ProtocolShelf(tmp_path)
    renamed = replace(OURS, name="Iron")
    shelf.save(renamed, OURS.name)
    assert read_protocol("file", path.read_text(encoding="utf-8")) == renamed
    assert names(tmp_path) == ["by-hand.toml"]
    assert shelf.all()[0].name == "Iron"


def test_a_file_of_another_s_is_never_taken_for_a_new_protocol(tmp_path: Path) -> None:
    other = own(tmp_path, "iron.toml", replace(OURS, name="Not iron"))
    before = other.read_bytes()
    ProtocolShelf(tmp_path).save(replace(OURS, name="Iron"))
    assert names(tmp_path) == ["iron-2.toml", "iron.toml"]
    assert other.read_bytes() == before


@pytest.mark.parametrize("name", ["鉄", "...", "../../x"])
def test_whatever_its_name_a_protocol_s_file_lies_in_its_folder(tmp_path: Path, name: str) -> None:
    shelf = ProtocolShelf(tmp_path)
    shelf.save(replace(OURS, name=name))
    (path,) = (tmp_path / "protocols").iterdir()
    assert path.suffix == ".toml"
    assert ProtocolShelf(tmp_path).is_own(name)


def test_two_protocols_of_one_name_are_not_kept(tmp_path: Path) -> None:
    shelf = ProtocolShelf(tmp_path)
    shelf.save(OURS)
    with pytest.raises(FileNotKept, match="There is a protocol “Eisen & Zink, ½ Dosis” already"):
        shelf.save(replace(OURS, name=OURS.name.upper()))
    with pytest.raises(FileNotKept, match="A protocol needs a name"):
        shelf.save(replace(OURS, name=""))
    assert len(names(tmp_path)) == 1


def test_a_file_that_was_changed_by_hand_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = own(tmp_path, "by-hand.toml")
    shelf = ProtocolShelf(tmp_path)
    assert shelf.is_own(OURS.name)
    path.write_text("# mine\n" + protocol_text(OURS), encoding="utf-8")
    changed = path.read_bytes()
    with pytest.raises(FileNotKept, match="was changed outside the program and is left as it is"):
        shelf.save(replace(OURS, name="Iron"), OURS.name)
    with pytest.raises(FileNotKept, match="was changed outside the program and is left as it is"):
        shelf.delete(OURS.name)
    assert path.read_bytes() == changed
    assert shelf.is_own(OURS.name)


def test_an_example_cannot_be_deleted(tmp_path: Path) -> None:
    with pytest.raises(FileNotKept, match="is not one of the suite's own protocols, so it stays"):
        ProtocolShelf(tmp_path).delete(load_examples()[0].name)


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "protocols").write_text("no folder", encoding="utf-8")
    shelf = ProtocolShelf(tmp_path)
    assert "this should be a folder, and it is a file" in shelf.faults()[0]
    with pytest.raises(FileNotKept, match=r"cannot be written: .*\. Nothing was changed\."):
        shelf.save(OURS)
    assert shelf.all() == load_examples()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_in_the_middle_leaves_the_old_protocol_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shelf = ProtocolShelf(tmp_path)
    shelf.save(OURS)
    with monkeypatch.context() as patched:
        patched.setattr(os, step, fails)
        with pytest.raises(FileNotKept, match="cannot be written: No space left on device"):
            shelf.save(replace(OURS, about="Changed."), OURS.name)
    for seen in (shelf, ProtocolShelf(tmp_path)):
        assert seen.all()[0] == OURS
    assert len(names(tmp_path)) == 1


def test_what_cannot_be_read_is_left_out_and_told_and_stays_as_it_is(tmp_path: Path) -> None:
    good = own(tmp_path, "good.toml")
    bad = own(tmp_path, "iron.toml", replace(OURS, name="Iron"))
    bad.write_text(bad.read_text(encoding="utf-8").replace("flush", "flood"), encoding="utf-8")
    again = own(tmp_path, "same.toml")
    own(tmp_path, "notes.txt")
    own(tmp_path, ".hidden")
    own(tmp_path, "cut.toml.new")
    shelf = ProtocolShelf(tmp_path)
    before = bad.read_bytes()
    assert [protocol.name for protocol in shelf.all()] == [
        OURS.name, *(example.name for example in load_examples()),
    ]  # fmt: skip
    twice = f"[[protocol]] name should be another than “{OURS.name}”, which stands in good.toml."
    told = [fault.removeprefix(f"{tmp_path}{os.sep}protocols{os.sep}") for fault in shelf.faults()]
    assert told == [
        f"iron.toml, line 7: [[protocol.service]] route should be one of {', '.join(Route)}.",
        "notes.txt, line 1: the name should be one that ends with .toml, or the file should lie elsewhere.",
        f"same.toml, line 2: {twice}",
    ]
    shelf.save(replace(OURS, name="Iron"))
    assert bad.read_bytes() == before
    assert good.exists()
    assert again.exists()
    assert "iron-2.toml" in names(tmp_path)
