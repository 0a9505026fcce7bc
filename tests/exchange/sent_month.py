"""The demo month as the program itself sends it: played onto a disk, exported from the command line.

All formats together go into three batches: everything that is signed, what was put right
afterwards, and all of it once more. Beside the signed sessions sit some that nobody may send.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.cli import main
from desktop_app.commands.practice import practice_of
from desktop_app.exchange.ledger import Batch, read_ledger
from desktop_app.exchange.sending import Practice
from desktop_app.store.opening import open_folder
from tests.exchange.kinds import READ_BY_BILLING
from tests.exchange.month import CHARGED_FROM, CHARGES, PRACTICE, corrections, name_of, visits
from tests.exchange.month import SESSIONS as SIGNED

Json = dict[str, Any]

FIRST, CORRECTIONS, AGAIN = BATCHES = ("first", "corrections", "again")

SETTINGS = {
    "zone": "America/New_York",
    "setting": "facility",
    "actor": "AK",
    "practice-name": PRACTICE.name,
    "practice-npi": PRACTICE.npi,
    "practice-tax-id": PRACTICE.tax_id,
    "practice-taxonomy": PRACTICE.taxonomy,
    "practice-street": PRACTICE.street,
    "practice-city": PRACTICE.city,
    "practice-state": PRACTICE.state,
    "practice-zip": PRACTICE.zip_code,
    "practice-contact": PRACTICE.contact,
    "practice-phone": PRACTICE.phone,
    "submitter-id": PRACTICE.submitter_id,
    "receiver-name": PRACTICE.receiver,
    "receiver-id": PRACTICE.receiver_id,
}

NOT_SENT = {
    "left-held": "held",
    "left-without-stop": "stop-missing",
    "left-unsigned": "ended",
    "left-reopened": "ended",
    "left-running": "running",
    "left-cancelled": "cancelled",
}
"""Sessions that no batch may hold, and how far each has come."""
MARK = "left-"
"""Stands in the id and the MRN of each of them, and nowhere else."""


@dataclass(frozen=True)
class SentMonth:
    """The month on its disk, its batches, and what ``chairtime sessions`` said after each of them."""

    data: Path
    batches: dict[str, Batch]
    told: dict[str, dict[str, Json]]
    """By batch and session."""

    def practice(self) -> Practice:
        """Return who bills, as the settings of the data folder say it."""
        folder = open_folder(self.data, read_only=True)
        try:
            return practice_of(folder.settings, folder.path)
        finally:
            folder.close()


def send_month(folder: Path, formats: Iterable[str] = READ_BY_BILLING) -> SentMonth:
    """Play the month into a folder and send it three times."""
    data, out = folder / "data", folder / "out"
    prepare(data)
    play(data, [*visits(), *_left_out()])
    every = [word for name in formats for word in ("--format", name)]
    named = [word for number in range(SIGNED) for word in ("--session", name_of(number))]
    told = {}
    for batch in BATCHES:
        if batch == CORRECTIONS:
            play(data, corrections())
        run("export", "--data-dir", data, "--to", out, *every, *(["--again", *named] * (batch == AGAIN)))
        told[batch] = sessions_in(data)
    return SentMonth(data, dict(zip(BATCHES, batches_in(data), strict=True)), told)


def prepare(data: Path) -> None:
    """Make a data folder that can send claims: its settings, and what the practice charges."""
    for key, value in SETTINGS.items():
        run("settings", "--data-dir", data, key, value)
    charged = data.parent / "charges.csv"
    codes = sorted(code for (code,) in CHARGES.rows)
    amounts = ((code, CHARGES.cents(code, CHARGED_FROM) or 0) for code in codes)
    lines = (f"{code},{cents // 100}.{cents % 100:02}\n" for code, cents in amounts)
    charged.write_text("Code,Charge\n" + "".join(lines), encoding="utf-8")
    run("import", "--data-dir", data, charged, "--from", CHARGED_FROM)


def play(data: Path, touches: Iterable[Json]) -> None:
    """Play touches into a data folder, each of which must be taken."""
    script = data.parent / "touches.jsonl"
    script.write_text("".join(json.dumps(touch) + "\n" for touch in touches), encoding="utf-8")
    run("play", "--data-dir", data, script)


def run(*words: object) -> str:
    """Run a command, which must be done, and return what it said."""
    said = io.StringIO()
    with redirect_stdout(said):
        status = main([str(word) for word in words])
    assert status == 0, said.getvalue()[-500:]
    return said.getvalue()


def sessions_in(data: Path) -> dict[str, Json]:
    """Return what ``chairtime sessions`` says of each session, by its id."""
    told = map(json.loads, run("sessions", "--data-dir", data, "--json").splitlines())
    return {entry["session"]: entry for entry in told}


def batches_in(data: Path) -> tuple[Batch, ...]:
    """Return the batches on record, oldest first."""
    folder = open_folder(data, read_only=True)
    try:
        return read_ledger(folder.journal).batches
    finally:
        folder.close()


def _left_out() -> Iterator[Json]:
    for place, name in enumerate(NOT_SENT, start=1):
        for touch in _STAYS[name]:
            yield {"session": name, **touch, **({"chair": str(place)} if touch["do"] == "seat" else {})}


def _at(do: str, clock: str, **more: object) -> Json:
    return {"do": do, "at": f"2026-03-30T{clock}", **more}


def _seat(mrn: str) -> Json:
    return _at("seat", "08:00", mrn=MARK + mrn, initials="L.O.", setting="facility", place_of_service="22")


_ORDER = {"service": "a", "drug": "vancomycin", "category": "therapeutic", "route": "iv-infusion"}
_START, _STOP, _END = _at("start", "08:10", **_ORDER), _at("stop", "10:10", service="a"), _at("end", "10:20")
_STAYS: dict[str, tuple[Json, ...]] = {
    "left-held": (_seat("1"), _START, _STOP, _END, _at("hold", "10:25", reason="the order is not signed")),
    "left-without-stop": (_seat("2"), _START, _END),
    "left-unsigned": (_seat("3"), _START, _STOP, _END),
    "left-reopened": (
        _seat("4"),
        _START,
        _STOP,
        _END,
        _at("sign", "10:30"),
        _at("reopen", "10:40", reason="looked at again"),
    ),
    "left-running": (_seat("5"), _START),
    "left-cancelled": (_seat("6"), _at("undo", "08:01")),
}
