"""Plant faults in the coder, one at a time, and name those that no test sees.

``mutate.py [--minutes N] [--fresh] [MODULE...]``; a module is ``case.py`` or ``core/timeline.py``.
Answers are kept in ``.cache/mutation``, so that a run that was cut short goes on where it ended: a
fault that a test saw is not tried again as long as its module stays the same. Exit status 0 only when
every fault is seen by a test or explained in ``tests/coding/surviving_mutants.toml``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from mutation.record import Record, Survivor, digest, explained

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop_app"
EXPLAINED = ROOT / "tests" / "coding" / "surviving_mutants.toml"
KEPT = ROOT / ".cache" / "mutation" / "answers.json"
TESTS = ("tests/coding", "tests/core/test_timeline.py")
SLOW = (
    "tests/coding/test_next_change.py::test_asking_only_at_each_change_tells_every_answer_of_a_day",
    "tests/coding/test_cited.py",
    "tests/coding/test_documents.py",
)
"""What takes long and sees no more than the others."""
USUAL = [*sorted((PACKAGE / "coding").glob("[a-z]*.py")), PACKAGE / "core" / "timeline.py"]
MOST_WORKERS = 2


def main(arguments: list[str]) -> int:
    """Try the faults of the modules named, or of the whole coder, and print what was found."""
    parser = _parser()
    options = parser.parse_args(arguments)
    paths = _paths(options.modules)
    for path in paths:
        if not path.is_file():
            parser.error(f"there is no module {path.relative_to(ROOT)}")
    if options.fresh:
        KEPT.unlink(missing_ok=True)
    if not hasattr(os, "fork"):
        print("Planting faults needs fork, which this system has not.")
        return 1
    os.environ["CHAIRTIME_EXAMPLES"] = "mutation"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    return _tried({_dotted(path): path for path in paths}, options.minutes)


def _tried(modules: dict[str, Path], minutes: int) -> int:
    from mutation.swap import Subject  # noqa: PLC0415 - once the environment and the folder are set
    from mutation.trials import Trials, run_tests  # noqa: PLC0415

    record = Record(KEPT, {name: digest(path) for name, path in modules.items()})
    subjects = [Subject(importlib.import_module(name)) for name in modules]
    trials = Trials(subjects, record, min(os.cpu_count() or 1, MOST_WORKERS), minutes * 60)
    status = run_tests(TESTS, SLOW, ROOT, trials)
    return status or _told(record, list(modules), explained(EXPLAINED))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py mutate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=60, help="begin nothing new after this (default: 60)")
    parser.add_argument("--fresh", action="store_true", help="forget the answers of earlier runs")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as case.py or core/timeline.py")
    return parser


def _paths(names: list[str]) -> list[Path]:
    return [PACKAGE / ("" if "/" in name else "coding") / name for name in names] or USUAL


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _told(record: Record, names: list[str], reasons: dict[Survivor, str]) -> int:
    """Print what was found, module by module; return 0 only if nothing is open."""
    faults = 0
    for name in names:
        total, seen, waiting = record.counts(name)
        alive = record.survivors(name)
        open_ones = [(survivor, line, word) for survivor, line, word in alive if survivor not in reasons]
        of_module = {survivor for survivor in reasons if survivor.module == name}
        gone = [] if waiting else sorted(of_module - {survivor for survivor, _, _ in alive}, key=str)
        print(f"{name}: {total} faults, {seen} seen, {len(alive) - len(open_ones)} explained, {waiting} wait")
        for survivor, line, word in open_ones:
            print(f"  line {line}, {word}: {survivor.function or 'a table'}: {survivor.change}")
        for survivor in gone:
            print(f"  explained, but seen or gone: {survivor.function or 'a table'}: {survivor.change}")
        faults += len(open_ones) + len(gone) + waiting
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
