"""``demo``: a day without a window leaves its batch and its pictures, and prints every line's reason."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.commands.program import ROOT, Done, chairtime, content

PNG = b"\x89PNG\r\n\x1a\n"
DAY = ROOT / "resources" / "demo" / "day.jsonl"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Names the folder the demo writes into; it is not there yet."""
    return tmp_path_factory.mktemp("demo") / "chairtime-demo"


@pytest.fixture(scope="module")
def demo(folder: Path) -> Done:
    """Plays the demo day once for all that is looked at here."""
    return chairtime("demo", "--to", folder, home=folder.parent)


def test_the_day_goes_through_and_prints_every_session(demo: Done) -> None:
    assert (demo.status, demo.err) == (0, "")
    seated = [json.loads(line) for line in DAY.read_text("utf-8").splitlines() if '"seat"' in line]
    assert demo.out.count("Chair ") == len(seated)
    assert all(touch["mrn"] in demo.out for touch in seated)
    assert "96365 x1" in demo.out
    assert "Why" in demo.out


def test_the_batch_lies_in_the_folder_whole(demo: Done, folder: Path) -> None:
    (batch,) = [path for path in folder.iterdir() if path.is_dir()]
    rows = list(csv.DictReader((batch / "lines.csv").read_text(encoding="utf-8").splitlines()))
    manifest = json.loads((batch / "manifest.json").read_text(encoding="utf-8"))
    assert len(rows) == manifest["counts"]["lines"]
    assert f"{batch.name}: {manifest['counts']['sessions']} sessions, {len(rows)} lines" in demo.out


def test_there_are_pictures_of_the_board_in_light_and_dark(demo: Done, folder: Path) -> None:
    assert demo.status == 0
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    assert sorted(pictures) == ["board-dark.png", "board-light.png"]
    assert all(data.startswith(PNG) and len(data) > 20_000 for data in pictures.values())
    assert pictures["board-light.png"] != pictures["board-dark.png"]


def test_the_users_own_folder_is_not_touched(demo: Done, folder: Path) -> None:
    assert demo.status == 0
    assert not (folder.parent / "share").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = chairtime("demo", "--to", tmp_path / "file")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"The folder {tmp_path / 'file'} cannot be made: file exists."
    assert content(tmp_path) == {"file": b"mine"}
