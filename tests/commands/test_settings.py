"""``settings``: print them, change one; what does not fit changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.store.settings import SETTINGS
from tests.commands.program import chairtime, play
from tests.commands.touches import SEAT, VISIT


def test_a_change_is_there_the_next_time(tmp_path: Path) -> None:
    changed = chairtime("settings", "--data-dir", tmp_path, "chairs", "20")
    assert (changed.status, changed.err) == (0, "")
    assert changed.out.split()[:2] == ["chairs", "20"]
    assert chairtime("settings", "--data-dir", tmp_path, "chairs").out == changed.out
    assert play(tmp_path, SEAT | {"chair": "20"}).status == 0


def test_all_are_printed_each_with_its_meaning(tmp_path: Path) -> None:
    play(tmp_path, *VISIT)
    lines = chairtime("settings", "--data-dir", tmp_path).out.splitlines()
    assert [line.split()[0] for line in lines] == list(SETTINGS)
    assert all(line.endswith(setting.text) for line, setting in zip(lines, SETTINGS.values(), strict=True))


REFUSALS = {
    ("chairs", "many"): "Number of chairs: must be a whole number from 1 to 60.",
    ("zone", "Mars/Olympus"): "Time zone; empty for this computer's: must be a zone name such as",
    ("colour", "blue"): "There is no setting colour.",
    ("profile", "commercail"): "There is no payer profile commercail, only commercial, custom, medicare-",
    ("colour",): "There is no setting colour.",
}


@pytest.mark.parametrize(("words", "said"), REFUSALS.items(), ids=map(" ".join, REFUSALS))
def test_what_does_not_fit_is_refused_and_makes_nothing(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = chairtime("settings", "--data-dir", tmp_path / "data", *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "data").exists()


def test_printing_makes_no_folder(tmp_path: Path) -> None:
    done = chairtime("settings", "--data-dir", tmp_path / "data")
    assert (done.status, done.out) == (2, "")
    assert not (tmp_path / "data").exists()


TAKEN = "chairtime: Chair 4 is taken; a label can change when its chair is free.\n"


@pytest.mark.parametrize("labels", [", , , Window", "4, , , 1", ", , , 5, 4"])
def test_the_label_of_a_taken_chair_stays(tmp_path: Path, labels: str) -> None:
    play(tmp_path, SEAT)
    done = chairtime("settings", "--data-dir", tmp_path, "chair-labels", labels)
    assert (done.status, done.out, done.err) == (2, "", TAKEN)
    assert chairtime("settings", "--data-dir", tmp_path, "chair-labels").out.split()[1] == "Labels"


def test_the_labels_of_free_chairs_may_change_beside_it(tmp_path: Path) -> None:
    play(tmp_path, SEAT)
    assert chairtime("settings", "--data-dir", tmp_path, "chair-labels", "Window, Door").status == 0


def test_a_label_may_change_when_the_patient_has_left(tmp_path: Path) -> None:
    play(tmp_path, *VISIT)
    assert chairtime("settings", "--data-dir", tmp_path, "chair-labels", ", , , Window").status == 0
