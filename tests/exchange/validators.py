"""What others say of a file of claims: pyx12 and x12sdk, by their Python interfaces, and our own checks."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pyx12.params import params  # type: ignore[import-untyped]  # it has no stubs
from pyx12.x12n_document import x12n_document  # type: ignore[import-untyped]  # as above
from x12sdk.io import X12ModelReader
from x12sdk.parsing import X12ParseException

from desktop_app.exchange.claim_checks import faults_of_file

# It logs what it also returns; a test that expects a fault would be loud.
logging.getLogger("pyx12").setLevel(logging.CRITICAL + 1)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def pyx12_accepts(path: Path) -> bool:
    """Say whether pyx12 finds nothing wrong; its acknowledgement must say so too."""
    param = params()
    param.set("charset", "E")
    told, acknowledged = io.StringIO(), io.StringIO()
    accepted: bool = x12n_document(param, io.StringIO(_text(path)), acknowledged, None, None, told)
    said: dict[str, Any] = json.loads(told.getvalue())
    assert accepted == (_errors(said) == 0), told.getvalue()
    return accepted


def x12sdk_reads(path: Path) -> list[Any]:
    """Return the transactions x12sdk makes of a file, each checked by its models.

    It asks for more than the guides in two places, and is given it here: its models know two sexes
    of the three, and in the institutional one every NDC has a prescription number.
    """
    text = re.sub(r"(?<=~)(DMG\*D8\*[0-9]{8}\*)U~", r"\1F~", _text(path))
    if "*005010X223A2~" in text:
        text = re.sub(r"(?<=~)ST\*.*?(?<=~)SE\*[0-9]+", _with_prescriptions, text)
    with X12ModelReader(text) as reader:
        return list(reader.models())


def _with_prescriptions(transaction: re.Match[str]) -> str:
    """Return a transaction whose every NDC has a prescription number, counted."""
    body, _, count = transaction[0].rpartition("*")
    longer, added = re.subn(r"(?<=~)(CTP\*[^~]*~)", r"\1REF*XZ*1~", body)
    return f"{longer}*{int(count) + added}" if count.isdigit() else transaction[0]


def x12sdk_accepts(path: Path) -> bool:
    """Say whether x12sdk can read a file."""
    try:
        return bool(x12sdk_reads(path))
    except (ValidationError, ValueError, X12ParseException, KeyError, IndexError, TypeError, AttributeError):
        return False


def _pyx12_refuses(path: Path) -> bool:
    try:
        return not pyx12_accepts(path)
    except Exception:  # noqa: BLE001 - it may stumble over what is no claim in any way, and so refuses it
        return True


_REFUSING: dict[str, Callable[[Path], bool]] = {
    "ours": lambda path: bool(faults_of_file(path)),
    "pyx12": _pyx12_refuses,
    "x12sdk": lambda path: not x12sdk_accepts(path),
}
EVERYBODY = frozenset(_REFUSING)


def who_refuses(path: Path, asked: Iterable[str] = EVERYBODY) -> set[str]:
    """Return which of those asked find something wrong in a file."""
    return {name for name in asked if _REFUSING[name](path)}


def _errors(said: object) -> int:
    """Return how many errors stand anywhere in what pyx12 tells."""
    if isinstance(said, dict):
        return sum(len(v) if k == "errors" else _errors(v) for k, v in said.items())
    return sum(map(_errors, said)) if isinstance(said, list) else 0
