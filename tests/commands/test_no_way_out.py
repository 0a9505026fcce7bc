"""No name leads out of the folder it is for: not from the command line, a script, a file or a backup."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.commands.layout_shelf import LayoutShelf
from desktop_app.commands.protocol_shelf import ProtocolShelf
from desktop_app.core.layouts import Layout, LayoutColumn
from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.ports import JournalError
from desktop_app.core.protocols import Protocol
from desktop_app.store.codec import canonical
from desktop_app.store.manifest import is_inside
from tests.cms.files import MUE, MUE_HEAD, comma
from tests.commands.program import content
from tests.commands.touches import DAY, END, SEAT, SIGN, START, STOP, VISIT, touch

NAMES = (
    "../evil",
    "../../evil",
    "/evil-of-a-test",
    "a/../../evil",
    "..\\evil",
    "C:\\evil",
    "C:evil",
    "\\\\server\\share\\evil",
    "//server/share/evil",
    "CON",
    "nul.toml",
    "evil:stream",
    ".",
    "..",
    "~/evil",
    "%2e%2e/evil",
    "..\u2215evil",
    "evil\x00",
    "evil\n",
    "\ud800",
)
"""Out by two dots, by a root, a drive, a share, a device, a stream; and what looks like one of them."""


class Place:
    """A data folder in a folder of its own, in which nothing else may come into being."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.data = root, root / "a" / "b" / "data"
        self._capsys = capsys

    def run(self, *words: object) -> tuple[int, str]:
        status = cli.main([*map(str, words), "--data-dir", str(self.data)])
        said = self._capsys.readouterr()
        return status, said.out + said.err

    def outside(self) -> dict[str, bytes]:
        """Return every file that is not in the data folder."""
        return {name: kept for name, kept in content(self.root).items() if not name.startswith("a/b/data/")}

    def played(self, *touches: object) -> list[dict[str, Any]]:
        file = self.root / "touches"
        file.write_text("".join(json.dumps(one) + "\n" for one in touches), encoding="utf-8")
        self.run("play", file)
        file.unlink()
        return []


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Place]:
    made = Place(tmp_path, capsys)
    made.data.parent.mkdir(parents=True)
    made.played(*VISIT)
    yield made
    assert not Path("/evil-of-a-test").exists()
    assert [path for path in tmp_path.rglob("*") if "evil" in path.name and path.suffix != ".toml"] == []


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_on_the_command_line_makes_no_file_outside(place: Place, name: str) -> None:
    lines: tuple[tuple[object, ...], ...] = (
        ("layout", "new", name),
        ("layout", "new", "mine", "--from", name),
        ("layout", "show", name),
        ("profile", "new", name),
        ("profile", "new", "mine", "--from", name),
        ("profile", "show", name),
        ("settings", "profile", name),
        ("settings", "zone", name),
        ("export", "--to", place.root, "--layout", name, "--format", "csv"),
        ("export", "--to", place.root, "--format", name),
        ("export", "--to", place.root, "--session", name),
        ("import", "--remember-ndc", name),
    )
    before, inside = place.outside(), content(place.data).keys()
    for words in lines:
        status, said = place.run(*words)
        assert status != 0, words
        assert "went wrong" not in said
        assert place.outside() == before, words
    assert {
        n for n in content(place.data).keys() - inside if not n.startswith(("chairtime.", "tables/"))
    } == set()


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_in_a_script_makes_no_file_outside(place: Place, name: str) -> None:
    before = place.outside()
    place.played(
        SEAT | {"chair": "5", "session": name, "profile": name},
        SEAT | {"chair": "6", "session": name, "mrn": name},
        touch("plan", "09:01", protocol=name),
        {"chair": "7", "at": f"{DAY}T09:00", "do": "seat", "mrn": "1", "timezone": name},
        {"do": "export", "to": name, "format": [name]},
    )
    assert place.outside() == before


@pytest.mark.parametrize(
    "name", ["../../evil", "/evil-of-a-test", "C:\\evil", "CON", "evil:stream"], ids=ascii
)
def test_a_session_by_any_name_goes_out_into_the_batchs_own_folder(place: Place, name: str) -> None:
    there = {"chair": "9", "session": name}
    place.played(*(one | there for one in (SEAT, START, STOP, END, SIGN)))
    out = place.root / "out"
    out.mkdir()
    status, said = place.run("export", "--to", out, "--format", "superbill", "--format", "csv")
    assert status == 0, said
    (batch,) = out.iterdir()
    assert {path.parent for path in out.rglob("*") if path.is_file()} == {batch}
    shutil.rmtree(out)


def test_a_name_in_the_window_makes_no_file_outside(place: Place) -> None:
    layouts, protocols = LayoutShelf(place.data), ProtocolShelf(place.data)
    order = Order(drug="flush", category=Category.OTHER, route=Route.FLUSH)
    before = place.outside()
    for name in NAMES:
        layout = Layout(name=name, title="x", columns=(LayoutColumn(head="MRN", take="mrn"),))
        with pytest.raises(JournalError):
            layouts.save(layout)
        with pytest.raises(JournalError):
            layouts.delete(name)
        try:
            protocols.save(Protocol(name=name, services=(order,)))
        except JournalError:
            continue
        assert all(path.parent == place.data / "protocols" for path in (place.data / "protocols").iterdir())
        protocols.delete(name)
    assert place.outside() == before
    assert not (place.data / "layouts").exists()


@pytest.mark.parametrize("name", ["../evil.csv", "/evil-of-a-test.csv", "..\\evil.csv", "C:\\evil.csv"])
def test_a_name_in_an_archive_is_read_and_never_unpacked_there(place: Place, name: str) -> None:
    archive = place.root / "t.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(name, comma(MUE_HEAD, MUE))
    before = place.outside()
    status, said = place.run("import", "--kind", "mue-practitioner", "--from", "2026-01-01", archive)
    assert status == 0 or "holds no table" in said
    assert place.outside() == before


def test_a_table_that_the_index_says_lies_elsewhere_is_not_read(place: Place) -> None:
    archive = place.root / "t.csv"
    archive.write_bytes(comma(MUE_HEAD, MUE))
    place.run("import", "--kind", "mue-practitioner", "--from", "2026-01-01", archive)
    index = place.data / "tables" / "index.json"
    text = index.read_text(encoding="utf-8")
    (file,) = {entry["file"] for entry in json.loads(text)["tables"].values()}
    index.write_text(text.replace(file, f"../../{file}"), encoding="utf-8")
    status, said = place.run("import", "--list")
    assert status == 2
    assert "should be as it was written" in said


Spoil = Callable[[dict[str, Any]], None]


def _backup_of(place: Place) -> Path:
    (place.data / "rules").mkdir()
    shutil.copy(Path("resources/profiles/custom.toml").resolve(), place.data / "rules" / "codes.txt")
    place.run("backup")
    (manifest,) = (place.data.parent / "data-backups").rglob("manifest.json")
    return manifest.parent


def _renamed(backup: Path, name: str, kept: bytes) -> None:
    """Let a backup's manifest say, with a right checksum, that a file of it has another name."""
    file = backup / "manifest.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    del raw["check"], raw["files"]["rules/codes.txt"]
    raw["files"][name] = [len(kept), sha256(kept).hexdigest()]
    raw["files"] = dict(sorted(raw["files"].items()))
    raw["check"] = sha256(canonical(raw).encode()).hexdigest()
    file.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["rules/../../../evil.toml", "rules/../../../../evil", "/etc/hostname", "rules//x"]
)
def test_a_backup_whose_manifest_leads_out_is_not_put_back(place: Place, name: str) -> None:
    backup = _backup_of(place)
    target = backup / name
    kept = target.read_bytes() if target.is_file() else b"evil"
    _renamed(backup, name, kept)
    shutil.rmtree(place.data / "rules")
    before = place.outside()
    status, said = place.run("restore", "--from", backup, "newest")
    assert status == 2, said
    assert place.outside() == before


@pytest.mark.skipif(os.name == "nt", reason="links as anybody can make them")
@pytest.mark.parametrize("target", ["/dev/zero", "/etc/hostname"])
def test_a_link_in_a_backup_is_no_file_of_it(place: Place, target: str) -> None:
    backup = _backup_of(place)
    file = backup / "rules" / "codes.txt"
    file.unlink()
    file.symlink_to(target)
    status, said = place.run("restore", "--from", backup, backup.name)
    assert status == 2
    assert "is no file" in said


@pytest.mark.parametrize(
    ("name", "here", "on_windows"),
    [
        ("rules/codes.toml", True, True),
        ("rules/a b.toml", True, True),
        ("rules\\..\\x", True, False),
        ("rules/C:x", True, False),
        ("rules/x:stream", True, False),
        ("../x", False, False),
        ("rules/../x", False, False),
        ("rules/./x", False, False),
        ("rules//x", False, False),
        ("/x", False, False),
        ("", False, False),
        ("rules/x\0", False, False),
        ("rules/\ud800", False, False),
    ],
)
def test_a_name_in_a_backup_is_judged_as_the_system_reads_it(
    name: str, *, here: bool, on_windows: bool
) -> None:
    assert is_inside(name, on_windows=False) is here
    assert is_inside(name, on_windows=True) is on_windows


@pytest.mark.skipif(os.name == "nt", reason="links as anybody can make them")
@pytest.mark.parametrize("folder", ["layouts", "protocols", "rules", "tables", "crash-reports"])
def test_a_link_in_the_data_folder_to_a_file_elsewhere_is_not_written_over(place: Place, folder: str) -> None:
    elsewhere = place.root / "elsewhere.toml"
    elsewhere.write_text("another's", encoding="utf-8")
    inside = place.data / folder / ("profiles" if folder == "rules" else "")
    inside.mkdir(parents=True)
    for name in ("mine.toml", "import.lock", "index.json", "flush.toml"):
        (inside / name).symlink_to(elsewhere)
    place.run("layout", "new", "mine")
    place.run("profile", "new", "mine")
    table = place.root / "t.csv"
    table.write_bytes(comma(MUE_HEAD, MUE))
    place.run("import", "--kind", "mue-practitioner", "--from", "2026-01-01", table)
    flush = Order(drug="flush", category=Category.OTHER, route=Route.FLUSH)
    ProtocolShelf(place.data).save(Protocol(name="Flush", services=(flush,)))
    assert elsewhere.read_text(encoding="utf-8") == "another's"
