"""The little file that says how the window looks: it is believed within its bounds, and harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.store.look import LOOK_NAME, USUAL, Look, keep_look, read_look
from tests.store.examples import open_here
from tests.store.test_planted_files import PLANTED, Plant


def test_what_was_chosen_is_known_before_anybody_has_signed_in(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    folder.settings.set("scheme", "dark")
    folder.settings.set("text-size", "150")
    keep_look(tmp_path, folder.settings)
    folder.close()
    assert read_look(tmp_path) == Look("dark", 150)
    assert (tmp_path / LOOK_NAME).read_text() == '{"scheme": "dark", "text-size": "150"}\n'


def test_a_look_that_is_the_usual_one_makes_no_file_and_ends_another(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    keep_look(tmp_path, folder.settings)
    assert not (tmp_path / LOOK_NAME).exists()
    (tmp_path / LOOK_NAME).write_text('{"scheme": "dark", "text-size": "150"}')
    keep_look(tmp_path, folder.settings)
    assert read_look(tmp_path) == USUAL
    folder.close()


RUBBISH = [
    "",
    "rubbish",
    "[]",
    "7",
    '{"scheme": "dark"}',
    '{"scheme": "pink", "text-size": "100"}',
    '{"scheme": 5, "text-size": "100"}',
    '{"scheme": "dark", "text-size": "900"}',
    '{"scheme": "dark", "text-size": "-1"}',
    '{"scheme": "dark", "text-size": 150}',
    '{"scheme": "dark", "text-size": "\N{ARABIC-INDIC DIGIT ONE}50"}',
    '{"scheme": "dark", "text-size": "150", "patient": "R. M."}',
    '{"scheme": "dark", "text-size": "150"}' + " " * 500,
]


@pytest.mark.parametrize("text", RUBBISH)
def test_rubbish_looks_as_usual(tmp_path: Path, text: str) -> None:
    (tmp_path / LOOK_NAME).write_text(text, encoding="utf-8")
    assert read_look(tmp_path) == USUAL


@PLANTED
def test_what_is_no_file_looks_as_usual_and_is_not_written_through(tmp_path: Path, plant: Plant) -> None:
    folder = open_here(tmp_path / "data")
    plant(tmp_path / "data" / LOOK_NAME)
    assert read_look(tmp_path / "data") == USUAL
    folder.settings.set("scheme", "dark")
    keep_look(tmp_path / "data", folder.settings)
    folder.close()
    is_folder = (tmp_path / "data" / LOOK_NAME).is_dir()
    assert read_look(tmp_path / "data") == (USUAL if is_folder else Look("dark", 100))


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("somebody's")
    folder = open_here(tmp_path / "data")
    (tmp_path / "data" / LOOK_NAME).symlink_to(other)
    folder.settings.set("scheme", "dark")
    keep_look(tmp_path / "data", folder.settings)
    folder.close()
    assert other.read_text() == "somebody's"
    assert not (tmp_path / "data" / LOOK_NAME).is_symlink()
