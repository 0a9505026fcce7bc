"""Long work as steps: whoever asks for it goes on with other things between them, or gives it up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import field
from typing import Protocol, TypeVar, cast, runtime_checkable

from desktop_app.core.events import BatchFile
from desktop_app.core.values import dataclass

Value = TypeVar("Value")
Told = TypeVar("Told")
Other = TypeVar("Other")
_LOOKS_S = 0.005
"""How long a step waits for what is done aside: whoever takes it has time left in each frame."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a batch has come: sessions are written first, then each file is read back."""

    done: int
    """Sessions that are written; of a file that is read back, what was looked at."""
    of: int = 0
    """How many there are; 0 where nobody knows."""
    file: str = ""
    """The file that is read back; none while sessions are written."""
    place: int = 0
    """Of which of the formats that file is, from 0."""
    places: int = 1
    """How many formats there are."""


Closing = Generator[Step, None, tuple[BatchFile, ...]]


@runtime_checkable
class ClosesByStep(Protocol):
    """A writer that takes so long to be closed that it does it by steps; ``close`` takes them all."""

    def closing(self) -> Closing:
        """Write what stands at the end, read the files back and return them.

        Raises OSError and CannotBeSent.
        """
        ...


def at_once(steps: Generator[Told, None, Value], tell: Callable[[Told], object] | None = None) -> Value:
    """Take every step and return what comes of them; ``tell`` is called with each."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return cast("Value", end.value)
        if tell is not None:
            tell(step)


def told_as(
    steps: Generator[Told, None, Value], tell: Callable[[Told], Other]
) -> Generator[Other, None, Value]:
    """Take steps, and tell of each in another way."""
    try:
        while True:
            yield tell(next(steps))
    except StopIteration as end:
        return cast("Value", end.value)
    finally:
        steps.close()


@dataclass(slots=True)
class _Work:
    """What is done in a thread, and what it raised."""

    do: Callable[[], None]
    fault: list[Exception] = field(default_factory=list)

    def run(self) -> None:
        """Do it, and keep what it raises for whoever waits."""
        try:
            self.do()
        except Exception as fault:  # noqa: BLE001 - it is raised again where somebody can take it
            self.fault.append(fault)


def aside(do: Callable[[], None], give_up: Callable[[], None]) -> Iterator[None]:
    """Do one long thing beside the steps; raise what it raises. Closed before, it is given up and ended.

    For a library's work that has no steps of its own, on nothing that anybody else touches.
    """
    work = _Work(do)
    thread = threading.Thread(target=work.run)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_LOOKS_S)
            yield
    finally:
        if thread.is_alive():
            give_up()
            thread.join()
    if work.fault:
        raise work.fault[0]
