"""The smoke test finds a built program that is not what it should be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import desktop_app
import smoke

PICTURE = smoke.PNG + bytes(smoke.SMALLEST_PICTURE)


def answering(text: str) -> smoke.Program:
    """Return a program that answers everything with one text."""
    return lambda *_, **__: text


def coded(*lines: tuple[str, int]) -> str:
    return json.dumps(
        {"lines": [{"code": code, "units": units, "kind": "administration"} for code, units in lines]}
    )


def test_the_release_of_the_source_passes(tmp_path: Path) -> None:
    smoke.says_its_version(answering(f"chairtime {desktop_app.__version__}\n"), tmp_path)
    with pytest.raises(smoke.Failed, match=r"chairtime 0\.0\.1"):
        smoke.says_its_version(answering("chairtime 0.0.1\n"), tmp_path)


def test_an_added_hour_that_is_missing_is_found(tmp_path: Path) -> None:
    smoke.codes_a_visit(answering(coded(("96365", 1), ("96366", 1))), tmp_path)
    with pytest.raises(smoke.Failed, match="the lines are"):
        smoke.codes_a_visit(answering(coded(("96365", 1))), tmp_path)


def demo_day(folder: Path, *, sheet: str, picture: bytes) -> None:
    (folder / "demo").mkdir()
    (folder / "demo" / "lines.csv").write_text(sheet, encoding="utf-8")
    (folder / "demo" / "board.png").write_bytes(picture)


def fault_of_the_demo_day(folder: Path, *, sheet: str, picture: bytes, said: str) -> str:
    """Return what the smoke test finds wrong with a demo day, or nothing."""
    demo_day(folder, sheet=sheet, picture=picture)
    try:
        smoke.plays_the_demo_day(answering(said), folder)
    except smoke.Failed as failure:
        return str(failure)
    return ""


def test_a_whole_demo_day_passes(tmp_path: Path) -> None:
    assert fault_of_the_demo_day(tmp_path, sheet="96365,1", picture=PICTURE, said="96365 ×1") == ""


@pytest.mark.parametrize(
    ("sheet", "picture", "said", "why"),
    [
        ("96365,1", PICTURE, "nothing", "no coded line was printed"),
        ("code,units", PICTURE, "96365", "no batch with coded lines"),
        ("96365,1", b"GIF89a" + PICTURE, "96365", "a picture is no PNG"),
        ("96365,1", smoke.PNG, "96365", "nearly empty"),
    ],
)
def test_a_demo_day_with_something_missing_is_found(
    tmp_path: Path, sheet: str, picture: bytes, said: str, why: str
) -> None:
    assert why in fault_of_the_demo_day(tmp_path, sheet=sheet, picture=picture, said=said)


PRINTED = "AAAA-" * 10 + "AAAA"


def locking(*, shown: str = PRINTED, said: str = "Here", refuses: str = "is locked") -> smoke.Program:
    """Return a program that answers as one does that keeps folders locked, or nearly."""

    def call(*words: str) -> str:
        if "protect" in words:
            return shown
        if words[-1] == "locked" and refuses:
            raise smoke.Failed(refuses)
        return said

    return call


def test_a_folder_that_is_kept_locked_passes(tmp_path: Path) -> None:
    asked: list[tuple[str, ...]] = []

    def call(*words: str) -> str:
        asked.append(words)
        return locking()(*words)

    smoke.keeps_a_folder_locked(call, tmp_path)
    assert [words[0] for words in asked] == ["settings", "keys", "settings", "settings"]


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (locking(shown="done"), "no recovery key"),
        (locking(said="nothing"), "the locked folder says"),
        (locking(refuses="no module named cryptography"), "refused with no module"),
        (locking(refuses=""), "opens without its passphrase"),
    ],
    ids=["no recovery key", "nothing in it", "no ciphers", "not locked"],
)
def test_a_folder_that_is_not_kept_locked_is_found(tmp_path: Path, program: smoke.Program, why: str) -> None:
    with pytest.raises(smoke.Failed, match=why):
        smoke.keeps_a_folder_locked(program, tmp_path)


def test_a_program_that_fails_is_shown_with_its_words(tmp_path: Path) -> None:
    call = smoke.caller(Path(sys.executable), tmp_path)
    assert call("-c", "print(1)") == "1\n"
    with pytest.raises(smoke.Failed, match=r"exit status 3\n.*\nbroken"):
        call("-c", "import sys; print('broken', file=sys.stderr); sys.exit(3)")


def test_the_program_sees_no_python_and_no_path_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    seen = smoke.bare_environment(tmp_path)
    assert "PYTHONPATH" not in seen
    assert seen["PATH"] == ""


def test_a_missing_bundle_is_one_sentence(tmp_path: Path) -> None:
    script = Path(smoke.__file__)
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("There is no ")
    assert done.stderr == ""


def fault_of_the_batch(folder: Path, **files: bytes) -> str:
    """Return what the smoke test finds wrong with a batch of files, or nothing."""
    batch = folder / "out" / "batch"
    batch.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (batch / name.replace("_", ".")).write_bytes(data)
    try:
        smoke.writes_a_workbook_and_papers(answering(""), folder)
    except smoke.Failed as failure:
        return str(failure)
    return ""


def test_a_workbook_that_is_none_is_found(tmp_path: Path) -> None:
    papers = {"superbill_pdf": smoke.PDF, "day_pdf": smoke.PDF}
    assert "no workbook" in fault_of_the_batch(tmp_path, **papers)
    assert "no workbook" in fault_of_the_batch(tmp_path, lines_xlsx=b"line,code")
    assert fault_of_the_batch(tmp_path, lines_xlsx=smoke.ZIP + b"sheets") == ""


def test_a_paper_that_is_missing_or_none_is_found(tmp_path: Path) -> None:
    book = {"lines_xlsx": smoke.ZIP}
    assert "1 papers were written" in fault_of_the_batch(tmp_path, **book, day_pdf=smoke.PDF)
    assert "a paper is no PDF" in fault_of_the_batch(tmp_path, superbill_pdf=b"<html>")
    assert fault_of_the_batch(tmp_path, superbill_pdf=smoke.PDF) == ""
