"""``verify``: the journal against itself, and against what was noted of it elsewhere."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from desktop_app.cli import main
from tests.commands.program import Done, chairtime, play
from tests.commands.touches import VISIT
from tests.store.examples import open_here, raw_database
from tests.store.make_fixture import FIXTURES

BATCH = "chairtime-*"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data folder in it, and one batch that was sent."""
    place = tmp_path_factory.mktemp("suite")
    play(place / "data", *VISIT)
    assert chairtime("export", "--data-dir", place / "data", "--to", place).status == 0
    return place


@pytest.fixture
def place(suite: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(suite, tmp_path / "suite"))


def verify(place: Path, *words: object) -> Done:
    """Run the command in this process: most of a run's time would be the start of another."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["verify", "--data-dir", str(place / "data"), *map(str, words)])
    return Done(status, out.getvalue(), err.getvalue())


def batch_in(place: Path) -> Path:
    (batch,) = place.glob(BATCH)
    return batch


def fingerprint(place: Path) -> str:
    return verify(place, "--fingerprint").out.strip()


def test_a_whole_journal_tells_its_events_its_heads_and_its_fingerprint(suite: Path) -> None:
    done = verify(suite)
    assert done.status == 0
    first, second = done.out.splitlines()
    assert first.startswith("The journal is whole: 7 events, chain head ")
    noted = fingerprint(suite)
    assert second == f"2 signed heads, the last of event 7; fingerprint {noted}."
    assert len(noted.split()) == 10
    assert done.err == ""


def test_a_fingerprint_that_was_noted_is_compared(suite: Path) -> None:
    noted = fingerprint(suite)
    same = verify(suite, "--fingerprint", noted.replace(" ", "").upper())
    assert same.status == 0
    assert same.out == f"{verify(suite).out}The fingerprint is the one that was noted.\n"
    other = verify(suite, "--fingerprint", f"0000{noted[4:]}")
    assert other.status == 1
    assert (
        other.out
        == f"{verify(suite).out}The fingerprint of this journal is {noted}, not the one that was noted.\n"
    )


def test_a_fingerprint_that_was_noted_does_not_excuse_the_rest(place: Path) -> None:
    noted = fingerprint(place)
    database = raw_database(place / "data")
    database.execute("DROP TRIGGER event_is_never_changed")
    database.close()
    done = verify(place, "--fingerprint", noted)
    assert (done.status, done.out) == (
        1,
        "The journal is not whole: the guard event_is_never_changed is gone.\n",
    )


def without_heads(data: Path) -> None:
    """Take away every signed head and the key, and leave the guards as they were."""
    database = raw_database(data)
    guards = database.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'signed_head_is%'").fetchall()
    for name in ("changed", "removed"):
        database.execute(f"DROP TRIGGER signed_head_is_never_{name}")
    database.execute("DELETE FROM signed_head")
    database.execute("DELETE FROM signing_key")
    for (guard,) in guards:
        database.execute(guard)
    database.close()


GONE = (
    "The journal is not whole: it has no signed head, though {} since it signs: "
    "they were taken away, or the program was cut off each time before it could sign.\n"
)


def test_signed_heads_that_are_all_gone_are_missed_where_a_batch_was_sent(place: Path) -> None:
    without_heads(place / "data")
    done = verify(place)
    assert (done.status, done.out) == (1, GONE.format("a batch was sent"))


@pytest.mark.parametrize(
    ("touches", "what"),
    [
        ((*VISIT, {"do": "mark", "mark": "m"}), "a session was signed"),
        ([{"do": "mark", "mark": f"m{number}"} for number in range(102)], "101 events were recorded"),
    ],
)
def test_and_where_a_session_was_signed_or_many_events_were_recorded(
    tmp_path: Path, touches: Sequence[dict[str, object]], what: str
) -> None:
    play(tmp_path / "data", *touches)
    without_heads(tmp_path / "data")
    done = verify(tmp_path)
    assert (done.status, done.out) == (1, GONE.format(what))


def test_no_head_is_missed_of_a_touch_or_two_or_of_a_signature_that_was_the_last_touch(
    tmp_path: Path,
) -> None:
    play(tmp_path / "data", *VISIT)
    without_heads(tmp_path / "data")
    assert verify(tmp_path).status == 0


@pytest.mark.parametrize("schema", sorted(path.name for path in FIXTURES.iterdir()))
def test_a_database_from_before_there_were_signed_heads_misses_none(tmp_path: Path, schema: str) -> None:
    shutil.copytree(FIXTURES / schema, tmp_path / "data")
    open_here(tmp_path / "data").close()
    done = verify(tmp_path)
    assert done.status == 0, done


def test_a_journal_without_a_head_has_no_fingerprint_yet(tmp_path: Path) -> None:
    play(tmp_path / "data")
    done = verify(tmp_path, "--fingerprint")
    assert done.status == 1
    assert done.out.startswith("No head of this journal is signed yet")


def test_a_head_that_was_noted_is_found(suite: Path) -> None:
    manifest = json.loads((batch_in(suite) / "manifest.json").read_bytes())
    done = verify(suite, "--head", manifest["journal_head"][:20])
    assert done.status == 0
    assert done.out.endswith(f"The head {manifest['journal_head'][:16]} is that of event 5.\n")


def test_a_head_of_no_event_is_told(suite: Path) -> None:
    done = verify(suite, "--head", "0123456789abcdef")
    assert done.status == 1
    assert done.out.endswith("The head 0123456789abcdef that was noted is of no event of this journal.\n")


def test_a_manifest_is_held_against_the_journal_it_came_from(place: Path, suite: Path) -> None:
    manifest = batch_in(place) / "manifest.json"
    done = verify(suite, "--manifest", manifest)
    assert done.status == 0
    assert done.out.endswith(f"The signed head in {manifest} is that of event 5.\n")
    raw = json.loads(manifest.read_bytes())
    raw["signed_head"]["event"] = 4
    manifest.write_text(json.dumps(raw))
    forged = verify(suite, "--manifest", manifest)
    assert forged.status == 1
    assert "the head of event 4 that was noted has a signature that does not hold" in forged.out


def test_a_backups_manifest_is_held_against_the_journal_too(place: Path) -> None:
    done = chairtime("backup", "--data-dir", place / "data", "--to", place / "backups")
    assert done.status == 0, done
    (manifest,) = (place / "backups").rglob("manifest.json")
    found = verify(place, "--manifest", manifest)
    assert found.status == 0, found
    assert found.out.endswith(f"The signed head in {manifest} is that of event 7.\n")


def test_a_manifest_of_another_journal_proves_nothing(suite: Path, tmp_path: Path) -> None:
    play(tmp_path / "data", *VISIT)
    done = verify(tmp_path, "--manifest", batch_in(suite) / "manifest.json")
    assert done.status == 1
    assert "that was noted is of no event of this journal" in done.out


@pytest.mark.parametrize("words", [("--head", "nonsense"), ("--manifest", "nowhere.json"), ("--batch", "no")])
def test_what_was_not_noted_at_all_is_one_sentence(suite: Path, words: tuple[str, ...]) -> None:
    done = verify(suite, *words)
    assert done.status == 2
    assert words[1] in done.sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1]", "holds no signed head"),
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("{}", "is no manifest"),
    ],
)
def test_a_file_that_is_no_manifest_is_named(suite: Path, tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "noted.json"
    file.write_text(content)
    done = verify(suite, "--manifest", file)
    assert done.status == 2
    assert said in done.sentence
    assert str(file) in done.sentence


def test_a_batch_is_as_it_was_written_wherever_it_lies(place: Path, suite: Path) -> None:
    batch = batch_in(place)
    moved = batch.rename(place / "at the receiver")
    for folder in (batch_in(suite), moved):
        done = verify(suite, "--batch", folder)
        assert done.status == 0
        assert done.out.endswith(f"Batch {batch.name} is as it was written: 2 files.\n")


@pytest.mark.parametrize("name", ["chairtime-lines.csv", "manifest.json"])
def test_a_byte_that_is_changed_in_a_batch_is_noticed_and_its_file_named(place: Path, name: str) -> None:
    batch = batch_in(place)
    (file,) = (path for path in batch.iterdir() if path.name == name or path.suffix == Path(name).suffix)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = verify(place, "--batch", batch)
    assert done.status == 1
    assert done.out.endswith(
        f"Batch {batch.name} is not as it was written: {file.name} is not as it was written.\n"
    )


def test_a_file_that_is_gone_or_was_added_to_a_batch_is_named(place: Path) -> None:
    batch = batch_in(place)
    (batch / "more.csv").write_text("")
    assert verify(place, "--batch", batch).out.endswith(": more.csv is none of its files.\n")
    (batch / "manifest.json").unlink()
    done = verify(place, "--batch", batch)
    assert done.out.endswith(": manifest.json is not there any more.\n")


def test_a_folder_of_another_journal_is_no_batch_of_this_one(suite: Path, tmp_path: Path) -> None:
    play(tmp_path / "data", *VISIT)
    done = verify(tmp_path, "--batch", batch_in(suite))
    assert done.status == 1
    assert done.out.endswith("is no batch of this journal.\n")


def test_a_guard_that_was_dropped_is_named(place: Path) -> None:
    database = raw_database(place / "data")
    database.execute("DROP TRIGGER event_is_never_changed")
    database.close()
    done = verify(place)
    assert (done.status, done.out) == (
        1,
        "The journal is not whole: the guard event_is_never_changed is gone.\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("option", ["--history", "--manifest", "--head"])
def test_a_pipe_in_the_place_of_what_was_noted_keeps_nobody_waiting(place: Path, option: str) -> None:
    os.mkfifo(place / "noted")
    done = verify(place, option, place / "noted")
    assert done.status == 2
    assert done.sentence == f"{place / 'noted'} cannot be read: it is no file."
