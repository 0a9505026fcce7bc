"""The faults that are planted in the coder: what they are, and that each really is there."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import mutate
from mutation.faults import faults_in
from mutation.record import Record, Survivor, explained

if sys.platform == "win32":
    pytest.skip("planting faults needs fork", allow_module_level=True)

from mutation.swap import Subject

SOURCE = '''\
"""A docstring is no fault."""

from __future__ import annotations

from functools import lru_cache

LEAST = 16
TWICE = LEAST * 2
WORDS = {"a": 1, "b": 2}


def enough(minutes: int, least: int = 10) -> bool:
    """Nor is this one."""
    return minutes >= least and minutes < 100


@lru_cache
def remembered(number: int) -> int:
    return number + LEAST


class Clock:
    step = 5

    @property
    def late(self) -> bool:
        return not self.step > 4


def maker(word: str):
    def made(number: int) -> str:
        return word * number

    return made


MADE = maker("x")
'''


def changes(source: str) -> list[str]:
    return [fault.change for fault in faults_in(ast.parse(source))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a, b):\n    return a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("def f(a, b):\n    return a is not b", ["a is not b -> a is b"]),
        ("def f(a, b):\n    return a and b", ["a and b -> a or b", "a and b -> b", "a and b -> a"]),
        ("def f(a):\n    return not a", ["not a -> a"]),
        ("def f(a, b):\n    return a + b", ["a + b -> a - b"]),
        ("def f(a, b, c):\n    return a if b else c", ["a if b else c -> a", "a if b else c -> c"]),
        ("def f():\n    return 7", ["7 -> 8", "7 -> 6"]),
        ("def f():\n    return 'word'", ["'word' -> ''"]),
        ("def f(a):\n    if a:\n        return", ["a -> not a", "return -> pass"]),
        ("def f(a):\n    return g(a, b=a)", ["b=a -> nothing"]),
        ("def f(a):\n    return max(a)", ["max -> min"]),
        ("def f(a):\n    a.b = a\n    a.c()", ["a.b = a -> pass", "a.c() -> a"]),
        ("def f(a):\n    raise E(a)", ["raise E(a) -> made and not raised"]),
        ("def f(a):\n    return [b for b in a if b]", ["b -> True"]),
        ("def f(a: 'word') -> 'word':\n    return cast('Word', a)", []),
        ("T = TypeVar('T')\nWord = dict[str, int]\nimport a\nclass C:\n    x = 5", []),
        ("T = {a, b}", ["a -> nothing", "b -> nothing"]),
        ("T = {a: b}", ["a -> nothing"]),
    ],
)
def test_a_fault_is_a_small_slip(source: str, expected: list[str]) -> None:
    assert changes(source) == expected


def test_faults_alike_in_one_function_are_told_apart() -> None:
    assert changes("def f(a):\n    return g(a, 1, 1)") == ["1 -> 2", "1 -> 0", "1 -> 2 (2)", "1 -> 0 (2)"]


@pytest.fixture
def module(tmp_path: Path) -> Iterator[ModuleType]:
    """Yields a small module that lives in this process, as the program's modules do."""
    path = tmp_path / "subject.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("tests.subject", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules[spec.name]


def planted(module: ModuleType, function: str, change: str) -> None:
    subject = Subject(module)
    subject.look_for_functions()
    (fault,) = (f for f in faults_in(subject.tree) if (f.function, f.change) == (function, change))
    subject.plant(fault)


def test_a_fault_in_a_function_is_there_for_whoever_holds_the_function(module: ModuleType) -> None:
    enough = module.enough
    assert not enough(9)
    planted(module, "enough", "minutes >= least -> minutes < least")
    assert enough(9)


def test_a_fault_in_a_default_is_there(module: ModuleType) -> None:
    planted(module, "enough", "10 -> 9")
    assert module.enough(9)


def test_nothing_is_remembered_from_before_the_fault(module: ModuleType) -> None:
    assert module.remembered(1) == 17
    planted(module, "remembered", "number + LEAST -> number - LEAST")
    assert module.remembered(1) == -15


def test_a_fault_in_a_property_is_there(module: ModuleType) -> None:
    clock = module.Clock()
    assert not clock.late
    planted(module, "Clock.late", "not self.step > 4 -> self.step > 4")
    assert clock.late


def test_a_fault_inside_what_a_function_made_is_there(module: ModuleType) -> None:
    assert module.MADE(2) == "xx"
    planted(module, "maker", "word * number -> word // number")
    with pytest.raises(TypeError):
        module.MADE(2)


def test_a_fault_in_a_table_is_in_all_that_stands_on_it(module: ModuleType) -> None:
    planted(module, "", "16 -> 17")
    assert (module.LEAST, module.TWICE, module.remembered(1)) == (17, 34, 18)
    planted(module, "", "'b' -> nothing")
    assert module.WORDS == {"a": 1}


def test_answers_are_kept_as_long_as_a_module_stays_the_same(tmp_path: Path) -> None:
    first, second = faults_in(ast.parse("def f():\n    return 7"))
    record = Record(tmp_path / "answers.json", {"m": "digest"})
    record.begin("m", [first, second])
    record.answer("m", first, "seen")
    record.save()
    again = Record(tmp_path / "answers.json", {"m": "digest"})
    again.begin("m", [first, second])
    assert (again.is_seen("m", first), again.is_seen("m", second), again.counts("m")) == (
        True,
        False,
        (2, 1, 1),
    )
    changed = Record(tmp_path / "answers.json", {"m": "another"})
    changed.begin("m", [first, second])
    assert changed.counts("m") == (2, 0, 2)


@pytest.mark.parametrize(
    ("answer", "reasons", "status", "told"),
    [
        ("seen", {}, 0, "m: 1 faults, 1 seen, 0 explained, 0 wait"),
        ("not seen", {}, 1, "  line 2, not seen: f: 'word' -> ''"),
        ("no test enters it", {}, 1, "  line 2, no test enters it: f: 'word' -> ''"),
        (
            "not seen",
            {Survivor("m", "f", "'word' -> ''"): "why"},
            0,
            "m: 1 faults, 0 seen, 1 explained, 0 wait",
        ),
        (
            "seen",
            {Survivor("m", "f", "'word' -> ''"): "why"},
            1,
            "  explained, but seen or gone: f: 'word' -> ''",
        ),
        ("waits", {}, 1, "m: 1 faults, 0 seen, 0 explained, 1 wait"),
    ],
)
def test_a_fault_nobody_sees_is_named_unless_it_is_explained(
    answer: str,
    reasons: dict[Survivor, str],
    status: int,
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (fault,) = faults_in(ast.parse("def f():\n    return 'word'"))
    record = Record(tmp_path / "answers.json", {"m": "digest"})
    record.begin("m", [fault])
    record.answer("m", fault, answer)
    assert mutate._told(record, ["m"], reasons) == status
    assert told in capsys.readouterr().out.splitlines()


def test_every_survivor_that_is_explained_stands_in_a_module_of_the_coder() -> None:
    reasons = explained(mutate.EXPLAINED)
    assert reasons
    assert all(why.endswith(".") for why in reasons.values())
    assert {survivor.module for survivor in reasons} <= {mutate._dotted(path) for path in mutate.USUAL}


def test_every_survivor_that_is_explained_is_a_fault_that_can_still_be_planted() -> None:
    planted: set[Survivor] = set()
    for path in mutate.USUAL:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        planted |= {Survivor(mutate._dotted(path), fault.function, fault.change) for fault in faults_in(tree)}
    assert [str(survivor) for survivor in explained(mutate.EXPLAINED) if survivor not in planted] == []


def test_a_module_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        mutate.main(["nothing.py"])
    assert "there is no module desktop_app/coding/nothing.py" in capsys.readouterr().err


def test_what_is_left_out_because_it_takes_long_is_there() -> None:
    for name in mutate.SLOW:
        path, _, test = name.partition("::")
        assert f"def {test}" in (mutate.ROOT / path).read_text(encoding="utf-8")
