"""An export by steps: each file is read back bit by bit, and given up anywhere it leaves nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from desktop_app.exchange.steps import Step, aside, at_once
from tests.exchange.month import Month, signed_month
from tests.exchange.signed import exported

READ_BACK = {
    "csv": "lines.csv",
    "xlsx": "lines.xlsx",
    "x12": "claims-837p.x12",
    "hl7": "charges.hl7",
    "fhir": "charges.fhir.json",
}


@pytest.fixture
def month() -> Month:
    return signed_month(30)


def steps_of(month: Month, folder: Path, *formats: str) -> list[Step]:
    """Export the first sessions of the month and return every step of it."""
    steps = month.exporter().exporting(month.sessions, folder, formats)
    taken: list[Step] = []
    while True:
        try:
            taken.append(next(steps))
        except StopIteration as end:
            exported(end.value)
            return taken


@pytest.mark.parametrize("name", READ_BACK)
def test_a_file_is_read_back_step_by_step_to_its_end(month: Month, tmp_path: Path, name: str) -> None:
    steps = steps_of(month, tmp_path, name)
    assert [step.done for step in steps if not step.file] == list(range(1, 31))
    back = [step for step in steps if step.file == READ_BACK[name]]
    done = [step.done for step in back]
    assert len(set(done)) > 5
    assert done == sorted(done)
    assert done[-1] == back[-1].of
    assert steps.index(back[0]) >= 30


def test_steps_say_of_which_of_several_formats_they_are(month: Month, tmp_path: Path) -> None:
    back = [step for step in steps_of(month, tmp_path, "csv", "hl7") if step.file]
    assert {(step.file, step.place, step.places) for step in back} == {
        ("lines.csv", 0, 2),
        ("charges.hl7", 1, 2),
    }


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", [*READ_BACK, "day"])
def test_given_up_while_a_file_is_read_back_nothing_is_left_and_nothing_sent(
    month: Month, tmp_path: Path, name: str
) -> None:
    exporter = month.exporter()
    steps = exporter.exporting(month.sessions, tmp_path, (name,))
    assert next(step for step in steps if step.file and step.done > 2).done > 2
    steps.close()
    assert list(tmp_path.iterdir()) == []
    assert (exporter.batches(), exporter.sent()) == ((), frozenset())
    assert len(exported(exporter.export(month.sessions, tmp_path, (name,))).sessions) == 30


def test_given_up_while_a_workbook_is_packed_nothing_is_left(month: Month, tmp_path: Path) -> None:
    threads = threading.active_count()
    steps = month.exporter().exporting(month.sessions, tmp_path, ("xlsx",))
    packing = next(step for step in steps if step.file)
    assert packing.done == 0
    steps.close()
    assert list(tmp_path.iterdir()) == []
    assert threading.active_count() == threads


def _raising(fault: Exception) -> Callable[[], None]:
    def work() -> None:
        raise fault

    return work


def test_what_is_done_aside_raises_what_it_raises() -> None:
    with pytest.raises(OSError, match="the disk is gone"):
        list(aside(_raising(OSError("the disk is gone")), lambda: None))


def test_what_is_done_aside_is_over_when_it_was_given_up() -> None:
    may_end, over = threading.Event(), threading.Event()

    def work() -> None:
        may_end.wait()
        assert sum(range(2_000_000))  # what cannot be stopped in the middle
        over.set()

    steps = aside(work, may_end.set)
    next(steps)
    assert not over.is_set()
    del steps
    assert over.is_set()


def test_taken_at_once_steps_give_what_comes_of_them() -> None:
    def steps() -> Generator[int, None, str]:
        yield 1
        return "done"

    assert at_once(steps()) == "done"
