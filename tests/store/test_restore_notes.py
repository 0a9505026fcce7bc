"""The note of a restore that was cut off is followed only inside its own folder, and only if it is ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.store.faults import RestoreNoteUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, RESTORE_NAME
from desktop_app.store.opening import open_folder
from desktop_app.store.quarantine import QUARANTINE, REFUSED, RESTORING, finish_restore
from tests.store.damages import put_back, worked_in
from tests.store.examples import open_here

OURS = "2026-03-02T171500Z"


def given(path: Path) -> Path:
    """Make a folder somebody hands over, with a journal that is to take the place of the one in it."""
    open_here(path).close()
    (path / RESTORING).mkdir()
    for name in (DATABASE_NAME, KEYS_NAME):
        shutil.copyfile(path / name, path / RESTORING / name)
    return path


def note(path: Path, quarantine: object = OURS, **more: object) -> None:
    (path / RESTORE_NAME).write_text(json.dumps({"quarantine": quarantine, "why": "w", **more}))


def everything(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def leads_out(path: Path, victim: Path) -> None:
    note(path, str(victim))


def climbs_out(path: Path, _victim: Path) -> None:
    note(path, "../../victim")


def is_the_folder_itself(path: Path, _victim: Path) -> None:
    note(path, "..")


def links_the_quarantine(path: Path, victim: Path) -> None:
    (path / QUARANTINE).symlink_to(victim)
    note(path)


def links_a_folder_of_it(path: Path, victim: Path) -> None:
    (path / QUARANTINE).mkdir()
    (path / QUARANTINE / OURS).symlink_to(victim)
    note(path)


def links_what_would_come(path: Path, victim: Path) -> None:
    shutil.rmtree(path / RESTORING)
    (path / RESTORING).symlink_to(victim)
    note(path)


def links_a_file_that_would_come(path: Path, victim: Path) -> None:
    (path / RESTORING / DATABASE_NAME).unlink()
    (path / RESTORING / DATABASE_NAME).symlink_to(victim / DATABASE_NAME)
    note(path)


def names_an_older_one(path: Path, victim: Path) -> None:
    shutil.copytree(victim, path / QUARANTINE / OURS)
    note(path)


def says_more(path: Path, _victim: Path) -> None:
    note(path, more=1)


def names_a_number(path: Path, _victim: Path) -> None:
    note(path, 5)


def is_a_list(path: Path, _victim: Path) -> None:
    (path / RESTORE_NAME).write_text("[]")


def is_nested(path: Path, _victim: Path) -> None:
    (path / RESTORE_NAME).write_text("[" * 200_000)


def is_a_folder(path: Path, _victim: Path) -> None:
    (path / RESTORE_NAME).mkdir()


def is_a_device(path: Path, _victim: Path) -> None:
    (path / RESTORE_NAME).symlink_to("/dev/zero")


BAD: tuple[Callable[[Path, Path], None], ...] = (
    leads_out,
    climbs_out,
    is_the_folder_itself,
    links_the_quarantine,
    links_a_folder_of_it,
    links_what_would_come,
    links_a_file_that_would_come,
    names_an_older_one,
    says_more,
    names_a_number,
    is_a_list,
    is_nested,
    is_a_folder,
    is_a_device,
)


@pytest.mark.parametrize("spoil", BAD)
def test_a_folder_somebody_hands_over_moves_nothing_and_overwrites_nothing(
    tmp_path: Path, spoil: Callable[[Path, Path], None]
) -> None:
    victim = tmp_path / "victim"
    open_here(victim).close()
    path = given(tmp_path / "gift")
    spoil(path, victim)
    before = everything(tmp_path)
    for read_only in (False, True):
        with pytest.raises(RestoreNoteUnusable) as refused:
            open_folder(path, read_only=read_only)
        assert str(refused.value).endswith("let `chairtime restore` put it aside.")
    after = everything(tmp_path)
    assert {name: after[name] for name in before} == before


def test_what_a_file_is_written_beside_is_never_what_a_link_leads_to(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    open_here(tmp_path / "gift").close()
    (tmp_path / "gift" / f"{KEYS_NAME}.new").symlink_to(mine)
    open_here(tmp_path / "gift").close()
    assert mine.read_text() == "mine"


def test_a_decision_of_ours_is_followed_into_the_folder_it_had_begun(tmp_path: Path) -> None:
    path = given(tmp_path / "data")
    note(path)
    place = path / QUARANTINE / OURS
    place.mkdir(parents=True)
    (place / "why.txt").write_text("w\n")
    (path / DATABASE_NAME).rename(place / DATABASE_NAME)
    assert finish_restore(path)
    assert (place / KEYS_NAME).exists()
    open_here(path).close()


@pytest.mark.parametrize("spoil", [leads_out, is_nested, is_a_folder, is_a_device, links_what_would_come])
def test_a_restore_puts_a_bad_note_aside_and_brings_the_journal_back(
    tmp_path: Path, spoil: Callable[[Path, Path], None]
) -> None:
    path, victim = tmp_path / "data", tmp_path / "victim"
    backup = worked_in(path)
    victim.mkdir()
    (path / RESTORING).mkdir()
    spoil(path, victim)
    done = put_back(path, backup)
    assert done.refused == path / f"{RESTORE_NAME}{REFUSED}"
    assert not (path / RESTORE_NAME).exists()
    open_here(path).close()
