"""Where people have passphrases, whoever opened the folder acts and nobody else, and the journal says who."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.core import events as e
from desktop_app.core.access import NOBODY, RECOVERED, Role, Secret
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.store.clock import SystemClock
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.tries import TriesFile
from tests.commands.staff import play, run, told
from tests.commands.test_people import chairtime
from tests.commands.touches import SEAT, START
from tests.core.staffed import name_person
from tests.store.damages import PAGE, change


@pytest.fixture
def data(staffed: Path) -> Path:
    """Return the folder."""
    return staffed


@pytest.mark.parametrize(
    "touch",
    [
        {"do": "sign-in", "person": "AK"},
        {"do": "emergency", "person": "Kim", "reason": "the nurse fell ill"},
        {**SEAT, "by": "AK"},
        {**SEAT, "by": "Nobody at all"},
    ],
)
def test_a_script_acts_as_nobody_but_who_opened_the_folder(data: Path, touch: Mapping[str, object]) -> None:
    before = len(told(data))
    done = play(data, "BN", touch, {"do": "change-person", "person": "BN", "roles": ["administrator"]})
    assert done.status == 1
    other = touch.get("by") or touch["person"]
    assert done.answers[0]["refused"] == (
        f"BN opened this folder, so a script cannot act as “{other}”: that needs their passphrase"
    )
    assert "names, changes and removes nobody" in done.answers[1]["refused"]
    assert [one.stamp.actor for one in told(data)[before:]] == ["BN"]


def test_who_opened_the_folder_may_be_named_in_a_script(data: Path) -> None:
    done = play(data, "BN", {**SEAT, "by": "bn"}, {"do": "sign-in", "person": "BN"}, {**START, "by": "BN"})
    assert done.status == 0, done.out


def test_the_true_time_is_told_by_who_opened_the_folder(data: Path) -> None:
    refused = run(data, "AK", "clock", "--true", "10:31:05", "--by", "BN")
    assert refused.sentence == "AK opened this folder, so nothing is told by BN."
    assert run(data, "AK", "clock", "--true", "10:31:05", "--known", "radio", "--by", "ak").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("settings", "suite-name", "Here"),
        ("downtime", "--open", "EHR"),
        ("people", "change", "BN", "--role", "charge-nurse"),
        ("keys", "rekey"),
        ("clock", "--true", "10:31:05"),
    ],
)
def test_a_command_that_writes_tells_of_failed_tries_and_of_who_signed_in(
    data: Path, words: tuple[str, ...]
) -> None:
    before, at_us = len(told(data)), SystemClock().now().wall_us - 3_600_000_000
    (data / "tries.txt").write_text(f'["BN", {at_us}, 5, false, false]\n', encoding="utf-8")
    run(data, "AK", *words)
    failed, signed_in, *_ = told(data)[before:]
    assert isinstance(failed.event, e.SignInFailed)
    assert (failed.event.person, failed.event.by, failed.stamp.actor) == ("BN", Secret.PASSPHRASE, NOBODY)
    assert (failed.event.at_us, failed.event.how) == (at_us, HowKnown.NOTICED)
    assert isinstance(signed_in.event, e.SignedIn)
    assert (signed_in.event.person, signed_in.event.by, signed_in.stamp.actor) == (
        *("AK", Secret.PASSPHRASE),
        "AK",
    )
    assert not TriesFile(data / "tries.txt", SystemClock()).failed()


@pytest.mark.parametrize("at_us", [90_000_000_000_000_000, 0])
def test_no_instant_is_taken_from_the_list_of_tries_that_cannot_be(data: Path, at_us: int) -> None:
    (data / "tries.txt").write_text(f'["BN", {at_us}, 5, false, false]\n', encoding="utf-8")
    assert run(data, "AK", "settings", "suite-name", "Here").status == 0
    (failed,) = [one for one in told(data) if isinstance(one.event, e.SignInFailed)]
    assert 0 <= failed.stamp.reading.present_us - failed.event.at_us < MINUTE_US


@pytest.mark.parametrize(
    "words", [("log", "--json"), ("sessions",), ("sessions", "--json"), ("day",), ("history", "--find", "x")]
)
def test_whole_mrns_are_printed_to_who_may_see_them(data: Path, words: tuple[str, ...]) -> None:
    assert run(data, "AK", *words).sentence == (
        "An administrator sees no whole MRN and no data for billing: switch to a nurse or a charge nurse or "
        "a biller."
    )
    assert run(data, "BN", *words).status == 0


def test_what_was_charted_in_a_downtime_has_whole_mrns_too(data: Path) -> None:
    refused = run(data, "AK", "downtime", "--from", "2026-03-02T08:00")
    assert "sees no whole MRN" in refused.sentence
    assert run(data, "AK", "downtime", "--list").status == 0
    assert run(data, "BN", "downtime", "--from", "2026-03-02T08:00").status == 0


def test_the_table_of_the_log_names_no_patient_and_is_an_administrators_too(data: Path) -> None:
    play(data, "BN", SEAT)
    done = run(data, "AK", "log")
    assert done.status == 0
    assert "patient-seated" in done.out
    assert str(SEAT["mrn"]) not in done.out


NURSE_RESTORES_NOTHING = "A nurse restores nothing from a backup: switch to an administrator."


def restored(data: Path) -> list[str]:
    """Return who put a backup back."""
    return [one.stamp.actor for one in told(data) if isinstance(one.event, e.JournalRestored)]


def test_only_an_administrator_restores_a_folder_that_opens(data: Path) -> None:
    assert run(data, "AK", "backup").status == 0
    before = (data / DATABASE_NAME).read_bytes()
    assert run(data, "BN", "restore", "newest").sentence == NURSE_RESTORES_NOTHING
    assert (data / DATABASE_NAME).read_bytes() == before
    assert run(data, "AK", "restore", "newest").status == 0
    assert restored(data) == ["AK"]


def test_the_passphrase_of_somebody_elses_backup_restores_nothing(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "data"
    with open_parts(other, rules_later=True) as parts:
        parts.desk.actor = "EV"
        name_person(parts.desk, "EV", Role.ADMINISTRATOR)
        parts.folder.sign_in.enrol("EV", "a sentence of my own")
    for beside in (other, data):
        (beside.parent / "EV").write_text("a sentence of my own\n", encoding="utf-8")
    assert run(other, "EV", "backup").status == 0
    before = (data / DATABASE_NAME).read_bytes()
    refused = run(data, "EV", "restore", "--from", other.with_name("data-backups"), "newest")
    assert refused.sentence == "Nobody of that name has a passphrase here."
    assert (data / DATABASE_NAME).read_bytes() == before


def test_where_the_folder_opens_no_more_an_administrator_of_the_backup_restores(data: Path) -> None:
    assert run(data, "AK", "backup").status == 0
    change(data / DATABASE_NAME, 0, bytes(PAGE))
    assert run(data, "BN", "restore", "newest").sentence == NURSE_RESTORES_NOTHING
    assert run(data, "AK", "restore", "newest").status == 0
    assert restored(data) == ["AK"]


@pytest.mark.parametrize("is_damaged", [False, True])
def test_the_recovery_key_restores_and_is_what_the_record_names(data: Path, *, is_damaged: bool) -> None:
    printed = run(data, "AK", "keys", "recovery").out.split("\n\n")[1].strip()
    (data.parent / "paper").write_text(printed, encoding="utf-8")
    assert run(data, "AK", "backup").status == 0
    if is_damaged:
        change(data / DATABASE_NAME, 0, bytes(PAGE))
    file = data.parent / "paper"
    done = chairtime("restore", "newest", "--data-dir", data, "--recovery-file", file)
    assert (done.status, done.err) == (0, "")
    assert restored(data) == [RECOVERED]


@pytest.mark.parametrize(
    "words",
    [
        ("import", "none.csv"),
        ("import", "--forget", "charges"),
        ("profile", "new", "own"),
        ("layout", "new", "own"),
    ],
)
def test_rules_layouts_and_tables_are_changed_by_who_bills_here(data: Path, words: tuple[str, ...]) -> None:
    before = sorted(data.rglob("*"))
    assert run(data, "BN", *words).sentence == (
        "A nurse changes nothing of who bills, profiles, layouts, tables and charges: switch to a biller or "
        "an administrator."
    )
    assert chairtime(*words, "--data-dir", data).status == 2
    assert sorted(data.rglob("*")) == before


@pytest.mark.parametrize("what", ["profile", "layout"])
def test_a_biller_makes_a_profile_and_a_layout(data: Path, what: str) -> None:
    assert run(data, "CB", what, "new", "own").status == 0
