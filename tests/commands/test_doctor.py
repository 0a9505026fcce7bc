"""``chairtime doctor``: what is wrong with a computer or a folder is named, and nothing else is told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import __version__, cli
from desktop_app.commands import doctor
from desktop_app.commands.crash_report import CrashReports
from desktop_app.store.backup_state import after_failure, keep_state, read_state
from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.keys import Cost
from tests.commands.program import chairtime, content, play
from tests.commands.touches import SEAT, START

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Makes a data folder with one session that runs."""
    assert play(tmp_path / "data", SEAT, START).status == 0
    return tmp_path / "data"


def lines_of(data: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """Return the status of a look at a folder, and what was said of each thing, with its mark."""
    status = cli.main(["doctor", "--data-dir", str(data)])
    *found, summary = capsys.readouterr().out.splitlines()
    assert ("wrong;" in summary) == (status == 1)
    return status, {line[6:18].strip(): line[:6].strip() + " " + line[18:] for line in found}


def test_a_folder_that_is_well_is_told_so_and_stays_as_it_is(data: Path) -> None:
    before = content(data)
    done = chairtime("doctor", "--data-dir", data)
    assert (done.status, done.err) == (0, "")
    assert "WRONG" not in done.out
    assert f"ok    program     chairtime {__version__}" in done.out
    for word in ("SQLite 3.", "SQLCipher 4.", "Qt 6.", "2 events, the end of it whole", "MB free"):
        assert word in done.out
    assert "0004821" not in done.out
    assert done.out.splitlines()[-1] == "Nothing is wrong. No patient's data stands in these lines."
    assert content(data) == before


def test_a_file_that_a_program_at_work_puts_away_meanwhile_is_no_fault(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = Path.iterdir

    def with_a_gone_one(folder: Path) -> Iterator[Path]:
        yield from listed(folder)
        yield folder / f"{KEYS_NAME}.new"

    monkeypatch.setattr(Path, "iterdir", with_a_gone_one)
    status, found = lines_of(data, capsys)
    assert (status, found["folder"]) == (
        0,
        f"ok {doctor.without_home(str(data))} and its files, their owner's alone",
    )


def test_a_folder_that_is_not_there_yet_is_no_fault_and_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = lines_of(tmp_path / "none", capsys)
    assert status == 0
    assert found["folder"].endswith("is not there yet; the first start makes it")
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of Unix")
def test_what_others_can_read_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.chmod(0o755)
    (data / KEYS_NAME).chmod(0o644)
    status, found = lines_of(data, capsys)
    assert status == 1
    assert found["folder"].endswith("is open to others (755); it should be 700")
    assert found["folder"].startswith("WRONG")
    data.chmod(0o700)
    status, found = lines_of(data, capsys)
    assert status == 1
    assert found["folder"].endswith("has keys.json, open to others (644); it should be 600")
    (data / KEYS_NAME).chmod(0o600)
    assert lines_of(data, capsys)[1]["folder"].endswith("and its files, their owner's alone")


def test_a_damaged_journal_and_a_lost_key_file_are_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key_file = (data / KEYS_NAME).read_text(encoding="utf-8")
    (data / KEYS_NAME).write_text(
        key_file.replace(json.loads(key_file)["check"][:4], "0000"), encoding="utf-8"
    )
    status, found = lines_of(data, capsys)
    assert (status, found["journal"][:5]) == (1, "WRONG")
    assert "is damaged" in found["journal"]
    (data / KEYS_NAME).unlink()
    status, found = lines_of(data, capsys)
    assert (status, found["keys"]) == (1, "WRONG keys.json is not there")


@pytest.mark.parametrize("rubbish", [b"[]", b"[" * 100_000, b"\xff\xfe", b'{"format": 2, "slots": [3]}'])
def test_a_key_file_that_is_rubbish_is_told_as_damaged(
    data: Path, capsys: pytest.CaptureFixture[str], rubbish: bytes
) -> None:
    (data / KEYS_NAME).write_bytes(rubbish)
    status, found = lines_of(data, capsys)
    assert (status, found["keys"][:5]) == (1, "WRONG")
    assert "keys.json is damaged; put it back from a copy." in found["keys"]


def test_rules_that_cannot_be_read_are_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "rules").mkdir()
    (data / "rules" / "codes.toml").write_text("x", encoding="utf-8")
    status, found = lines_of(data, capsys)
    assert (status, found["rules"][:5]) == (1, "WRONG")


def test_a_full_disk_and_a_place_on_a_network_are_named(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 12_000_000})
    monkeypatch.setattr("desktop_app.commands.doctor.shutil.disk_usage", lambda _: usage)
    mounts = data.parent / "mounts"
    mounts.write_text(f"dev / ext4 rw 0 0\nhost:/x {data.parent} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(doctor, "_MOUNTS", mounts)
    status, found = lines_of(data, capsys)
    assert status == 1
    assert found["space"] == "WRONG 12 MB free, fewer than 500"
    assert found["place"] == "WRONG on a network (nfs4), where no journal may lie"


def test_reports_of_crashes_are_counted_and_a_look_that_fails_is_told_without_its_words(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(_: Path) -> None:
        raise ValueError("Zebrowskaya")

    CrashReports(data).keep(ValueError())
    monkeypatch.setitem(doctor.CHECKS, "engine", fall)
    status, found = lines_of(data, capsys)
    assert status == 1
    assert found["engine"] == "WRONG cannot be looked at (ValueError)"
    assert found["crashes"].startswith("ok 1 in crash-reports, the last 20")


def test_the_persons_own_folder_is_not_named() -> None:
    home = str(Path.home())
    assert doctor.without_home(f"{home}/x is damaged") == "~/x is damaged"


def test_the_last_backup_or_why_there_is_none_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = lines_of(data, capsys)
    assert found["backups"].startswith("ok none yet; they go into ")
    assert cli.main(["backup", "--data-dir", str(data)]) == 0
    capsys.readouterr()
    status, found = lines_of(data, capsys)
    assert (status, "2 events, in " in found["backups"]) == (0, True)
    state = read_state(data)
    keep_state(data, after_failure(state, Path(state.place), "The drive is not there.", state.tried_us))
    status, found = lines_of(data, capsys)
    assert (status, found["backups"]) == (1, "WRONG The drive is not there.")


def test_a_last_backup_that_is_there_no_more_is_missed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["backup", "--data-dir", str(data)]) == 0
    shutil.rmtree(read_state(data).place)
    capsys.readouterr()
    status, found = lines_of(data, capsys)
    assert (status, found["backups"][:30]) == (1, "WRONG the last one, 000001-202")
    assert "is not to be found in " in found["backups"]
    assert cli.main(["backup", "--list", "--data-dir", str(data)]) == 0
    assert "is not to be found there any more." in capsys.readouterr().out


def test_a_folder_that_opens_with_a_passphrase_is_looked_at_without_it(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.store.slots.COST", Cost(memory_kib=64, passes=1, lanes=1))
    secret = data.parent / "secret"
    secret.write_text("four words in a row\n", encoding="utf-8")
    words = ["keys", "protect", "AK", "--data-dir", str(data), "--new-passphrase-file", str(secret)]
    assert cli.main(words) == 0
    capsys.readouterr()
    status, found = lines_of(data, capsys)
    assert status == 0
    assert found["keys"] == "ok the key is sealed to the people who sign in; no keyring is asked"
    assert found["journal"].startswith("ok not looked at")
