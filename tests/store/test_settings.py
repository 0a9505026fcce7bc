"""Settings hold what they may hold, keep it, and say in one sentence what they may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.store.faults import SettingRefused
from desktop_app.store.folder import Folder
from desktop_app.store.setting_checks import chair_names
from desktop_app.store.settings import SETTINGS
from tests.store.examples import open_here

LABELS = "Labels of the chairs, with commas between"
HIDDEN = (
    "Drugs that are not offered, by their codes: must be at most 500 drug codes such as J1745, "
    "with spaces between."
)
OWN = (
    "Drugs of the suite's own: name, kind, unit: must have as kind one of: therapeutic, chemo, hydration, "
    "other."
)
USUAL = "Usual orders: drug, route, dose, minutes: must have doses that are numbers over 0."
STARS = "Drugs with a star, by their codes: must be at most 40 drug codes such as J1745, with spaces between."
NO_ZONE = "Time zone; empty for this computer's: must be a zone name such as America/New_York."


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    opened = open_here(tmp_path)
    yield opened
    opened.close()


def test_every_setting_has_a_default_that_it_would_take(folder: Folder) -> None:
    for key, value in folder.settings.all().items():
        folder.settings.set(key, value)
    assert folder.settings.all().keys() == SETTINGS.keys()


def test_a_change_is_kept_and_defaults_are_not(tmp_path: Path) -> None:
    first = open_here(tmp_path)
    first.settings.set("suite-name", "  Infusion Suite 3 ")
    first.close()
    second = open_here(tmp_path)
    assert second.settings.get("suite-name") == "Infusion Suite 3"
    assert second.journal._run("SELECT count(*) FROM setting").fetchone() == (1,)  # noqa: SLF001 - the rows
    second.close()


def test_there_are_twelve_chairs_with_numbers_unless_told_otherwise(folder: Folder) -> None:
    assert folder.settings.chairs() == tuple(str(n) for n in range(1, 13))


def test_labels_stand_for_numbers_where_they_are_given(folder: Folder) -> None:
    folder.settings.set("chairs", "4")
    folder.settings.set("chair-labels", "Window, , Door")
    assert folder.settings.chairs() == ("Window", "2", "Door", "4")


def test_labels_beyond_the_number_of_chairs_wait_for_more_chairs() -> None:
    assert chair_names(1, "A, B") == ("A",)


def test_the_zone_and_the_actor_come_from_the_computer_until_they_are_set(folder: Folder) -> None:
    assert folder.settings.get("zone")
    assert folder.settings.get("actor")
    folder.settings.set("zone", "America/Chicago")
    folder.settings.set("actor", "R.N.")
    assert (folder.settings.get("zone"), folder.settings.get("actor")) == ("America/Chicago", "R.N.")


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("chairs", "0", "Number of chairs: must be a whole number from 1 to 60."),
        ("chairs", "61", "Number of chairs: must be a whole number from 1 to 60."),
        ("chairs", "9" * 5000, "Number of chairs: must be a whole number from 1 to 60."),
        (
            "lock-minutes",
            "000000000999999",
            "Lock after so many minutes; 0 for never: must be a whole number from 0 to 240.",
        ),
        ("chairs", "²", "Number of chairs: must be a whole number from 1 to 60."),
        ("setting", "home", "Who bills: must be one of: facility, physician."),
        ("scheme", "", "Colours: must be one of: system, light, dark."),
        (
            "zone",
            "Mars/Base",
            NO_ZONE,
        ),
        (
            "zone",
            "../etc/passwd",
            NO_ZONE,
        ),
        ("zone", "\0", NO_ZONE),
        ("zone", "posixrules", NO_ZONE),
        ("place-of-service", "011", "Place of service on the claim: must be two digits, or empty."),
        ("suite-name", "a\nb", "Name of the suite: must be one line of at most 200 characters."),
        ("suite-name", "x" * 201, "Name of the suite: must be one line of at most 200 characters."),
        ("suite-name", "\ud800", "Name of the suite: must be one line of at most 200 characters."),
        (
            "chair-labels",
            "A, A",
            f"{LABELS}: must differ from each other, and from the number of any other chair.",
        ),
        (
            "chair-labels",
            "2",
            f"{LABELS}: must differ from each other, and from the number of any other chair.",
        ),
        ("chair-labels", "A\nB", f"{LABELS}: must be plain text."),
        (
            "chair-labels",
            "x" * 13,
            f"{LABELS}: must be at most 60 labels of at most 12 characters.",
        ),
        ("favourite-drugs", "aspirin", STARS),
        ("favourite-drugs", " ".join(f"J{n:04}" for n in range(41)), STARS),
        ("hidden-drugs", "aspirin", HIDDEN),
        ("own-drugs", "Mixture | poison | mg", OWN),
        ("usual-orders", "J1745 | iv-infusion | none |", USUAL),
        ("colour", "red", "There is no setting colour."),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_one_sentence(
    folder: Folder, key: str, text: str, sentence: str
) -> None:
    before = folder.settings.all()
    with pytest.raises(SettingRefused) as caught:
        folder.settings.set(key, text)
    assert str(caught.value) == sentence
    assert folder.settings.all() == before


def test_what_is_kept_of_drugs_is_written_one_way(folder: Folder) -> None:
    folder.settings.set("own-drugs", "Mixture|CHEMO|mg;")
    folder.settings.set("usual-orders", " J1745|SC|400.50|  ")
    assert folder.settings.get("own-drugs") == "Mixture | chemo | mg"
    assert folder.settings.get("usual-orders") == "J1745 | sc | 400.50 |"


def test_a_star_is_kept_once_and_in_capital_letters(folder: Folder) -> None:
    folder.settings.set("favourite-drugs", "j1745  Q5103 J1745")
    assert folder.settings.get("favourite-drugs") == "J1745 Q5103"


def test_asking_for_a_setting_that_is_none_is_a_fault_of_the_program(folder: Folder) -> None:
    with pytest.raises(KeyError):
        folder.settings.get("colour")
