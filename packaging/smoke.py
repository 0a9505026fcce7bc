"""Tries the built program the way a bare machine would: no Python, no display, nothing on the PATH.

``python3 packaging/smoke.py [FOLDER]`` with the folder that ``build`` made; standard library only.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "chairtime"
MOST_SECONDS = 300
PNG = b"\x89PNG\r\n\x1a\n"
SMALLEST_PICTURE = 10_000

VANCOMYCIN = {"drug": "vancomycin", "category": "therapeutic", "route": "iv-infusion"}
LONGER_THAN_AN_HOUR = {
    "id": "smoke",
    "setting": "physician",
    "date": "2026-03-02",
    "services": [
        {**VANCOMYCIN, "start": "2026-03-02T09:00", "stop": "2026-03-02T11:20"},
    ],
}
ITS_LINES = [("96365", 1), ("96366", 1)]
SIGNED = (
    ("08:50", {"do": "seat", "mrn": "0004821", "timezone": "America/New_York"}),
    ("09:00", {"do": "start", "service": "a", **VANCOMYCIN}),
    ("11:20", {"do": "stop", "service": "a"}),
    ("11:25", {"do": "end"}),
    ("11:30", {"do": "sign"}),
)
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
ITS_PAPERS = 2
"""Its superbill, and the summary of the day."""

RECOVERY_KEY = r"([0-9A-Z]{4}-){10}[0-9A-Z]{4}"

Program = Callable[..., str]


class Failed(Exception):
    """The built program did not do what it should; ``str`` says what."""


def expect(truth: object, what: str) -> None:
    """Raise Failed with a sentence unless something holds."""
    if not truth:
        raise Failed(what)


def program_in(folder: Path) -> Path:
    """Return the program in the folder ``build`` made."""
    return folder / ("chairtime.exe" if os.name == "nt" else "chairtime")


def bare_environment(home: Path) -> dict[str, str]:
    """Return an environment without Python, display, search path or the user's own folders."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR", "TEMP", "TMP") if name in os.environ}
    return kept | {"HOME": str(home), "LANG": "C.UTF-8", "PATH": "", "QT_QPA_PLATFORM": "offscreen"}


def caller(program: Path, home: Path) -> Program:
    """Return a function that runs the program and gives what it printed, or raises Failed."""

    def call(*arguments: str, given: str = "") -> str:
        done = subprocess.run(
            [program, *arguments],
            input=given,
            capture_output=True,
            encoding="utf-8",
            cwd=home,
            env=bare_environment(home),
            timeout=MOST_SECONDS,
            check=False,
        )
        expect(done.returncode == 0, f"exit status {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    return call


def says_its_version(call: Program, _: Path) -> None:
    """Check that the program is the release of this source."""
    source = (ROOT / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "(.+)"', source)
    said = call("--version").strip()
    expect(version and said == f"chairtime {version[1]}", f"the version it says is {said!r}")


def codes_a_visit(call: Program, _: Path) -> None:
    """Check a visit of 140 minutes: an initial hour and one more."""
    answer = json.loads(call("code", "--json", "-", given=json.dumps(LONGER_THAN_AN_HOUR)))
    lines = [(line["code"], line["units"]) for line in answer["lines"] if line["kind"] == "administration"]
    expect(lines == ITS_LINES, f"the lines are {lines}")


def plays_the_demo_day(call: Program, home: Path) -> None:
    """Check that the demo day leaves its batch and readable pictures of the board."""
    said = call("demo", "--to", "demo")
    expect("96365" in said, "no coded line was printed")
    files = sorted(path for path in (home / "demo").rglob("*") if path.is_file())
    sheets = [path for path in files if path.suffix == ".csv" and "96365" in path.read_text(encoding="utf-8")]
    pictures = [path.read_bytes() for path in files if path.suffix == ".png"]
    expect(sheets, "no batch with coded lines was written")
    expect(pictures, "no picture was written")
    expect(all(data.startswith(PNG) for data in pictures), "a picture is no PNG")
    expect(all(len(data) > SMALLEST_PICTURE for data in pictures), "a picture is nearly empty")


def writes_a_workbook_and_papers(call: Program, home: Path) -> None:
    """Check that a signed visit goes out in a layout that travels with the program, and on paper."""
    touches = "".join(
        json.dumps({"at": f"2026-03-02T{at}", "chair": "1", **what}) + "\n" for at, what in SIGNED
    )
    call("play", "--data-dir", "data", "-", given=touches)
    formats = [word for name in ("xlsx", "superbill", "day") for word in ("--format", name)]
    call("export", "--data-dir", "data", "--to", "out", *formats, "--layout", "compact")
    books = [path.read_bytes() for path in (home / "out").rglob("lines.xlsx")]
    papers = [path.read_bytes() for path in (home / "out").rglob("*.pdf")]
    expect(len(books) == 1 and books[0].startswith(ZIP), "no workbook was written")
    expect(len(papers) == ITS_PAPERS, f"{len(papers)} papers were written, not {ITS_PAPERS}")
    expect(all(data.startswith(PDF) for data in papers), "a paper is no PDF")


def keeps_a_folder_locked(call: Program, home: Path) -> None:
    """Check that the ciphers travel with the program: a folder is given a passphrase and opens with it."""
    (home / "passphrase").write_text("four words in a row\n", encoding="utf-8")
    call("settings", "--data-dir", "locked", "suite-name", "Here")
    shown = call("keys", "protect", "AK", "--data-dir", "locked", "--new-passphrase-file", "passphrase")
    expect(re.search(RECOVERY_KEY, shown), "no recovery key was printed")
    said = call("settings", "--data-dir", "locked", "suite-name", "--passphrase-file", "passphrase")
    expect("Here" in said, f"the locked folder says {said!r}")
    try:
        call("settings", "--data-dir", "locked")
    except Failed as refusal:
        expect("is locked" in str(refusal), f"a locked folder is refused with {refusal}")
    else:
        raise Failed("a locked folder opens without its passphrase")


STEPS = (
    says_its_version,
    codes_a_visit,
    plays_the_demo_day,
    writes_a_workbook_and_papers,
    keeps_a_folder_locked,
)


def main(arguments: list[str]) -> int:
    """Run every step and return 0, or say what the first failure was and return 1."""
    program = program_in(Path(arguments[0]).resolve() if arguments else BUNDLE)
    if not program.is_file():
        print(f"There is no {program}. Make it with: python3 packaging/dev.py build")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for step in STEPS:
            begun = time.perf_counter()
            try:
                step(caller(program, home), home)
            except Failed as failure:
                print(f"{step.__name__}: {failure}")
                return 1
            print(f"{step.__name__}: {time.perf_counter() - begun:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
