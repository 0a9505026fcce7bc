"""What others say of a file of charge messages: hl7apy at its strictest, hl7, and our own checks."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hl7  # type: ignore[import-untyped]  # it has no stubs
from hl7apy.consts import VALIDATION_LEVEL  # type: ignore[import-untyped]  # as above
from hl7apy.exceptions import HL7apyException  # type: ignore[import-untyped]  # as above
from hl7apy.parser import parse_message  # type: ignore[import-untyped]  # as above

from desktop_app.exchange.hl7_checks import faults_of_file

NOT_WHOLE = {"HL70359", "HL70301"}
"""Tables hl7apy does not know as the standard has them: of the priorities of diagnoses only 0 and 1,
and the kinds L, M and N of an id as one word."""


def read_by_hl7(path: Path) -> list[Any]:
    """Return the messages hl7 reads from the one batch of a file: as many as its end says."""
    (batch,) = hl7.parse_file(path.read_bytes().decode("utf-8"))
    messages = list(batch)
    assert str(batch.trailer[1]) == str(len(messages))
    return messages


def by_hl7apy(path: Path, one_in: int = 1) -> Iterator[Any]:
    """Yield each message hl7apy reads, or one in so many, in the structure of a DFT^P03.

    Raises HL7apyException.
    """
    text = path.read_bytes().decode("utf-8").split("\rBTS|")[0]
    for rest in text.split("\rMSH|")[1::one_in]:
        yield parse_message(f"MSH|{rest}", validation_level=VALIDATION_LEVEL.STRICT)


def faults_by_hl7apy(path: Path, one_in: int = 1) -> list[str]:
    """Return what hl7apy finds wrong, and what it warns of but tables it does not know itself."""
    told = []
    with TemporaryDirectory() as aside, rubbish_kept():
        report = Path(aside) / "report"
        try:
            for message in by_hl7apy(path, one_in):
                with suppress(HL7apyException):
                    message.validate(report_file=str(report))
                told += report.read_text(encoding="utf-8").splitlines()
        except (HL7apyException, ValueError, AttributeError, IndexError) as fault:
            told.append(repr(fault))
    return [line for line in told if line and not any(table in line for table in NOT_WHOLE)]


@contextmanager
def rubbish_kept() -> Iterator[None]:
    """Look for no rubbish meanwhile: hl7apy makes so many small things that it takes long."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def hl7_accepts(path: Path) -> bool:
    """Say whether hl7 can read a file, and counts as many messages as its end says."""
    try:
        read_by_hl7(path)
    except (AssertionError, hl7.HL7Exception, ValueError, IndexError, KeyError, TypeError, AttributeError):
        return False
    return True


_REFUSING: dict[str, Callable[[Path], bool]] = {
    "ours": lambda path: bool(faults_of_file(path)),
    "hl7apy": lambda path: bool(faults_by_hl7apy(path)),
    "hl7": lambda path: not hl7_accepts(path),
}
EVERYBODY = frozenset(_REFUSING)


def who_refuses(path: Path, asked: Iterable[str] = EVERYBODY) -> set[str]:
    """Return which of those asked find something wrong in a file."""
    return {name for name in asked if _REFUSING[name](path)}
