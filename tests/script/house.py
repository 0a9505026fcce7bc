"""A desk with twelve chairs and everything a script needs, and lines to play at it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from desktop_app.app import session_coder
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Desk
from desktop_app.core.orders import Setting
from desktop_app.core.session import Session, Stage
from desktop_app.protocol_files import load_examples
from desktop_app.script.play import Answer, Defaults, play
from tests.fakes import NEW_YORK, FakeClock, InMemoryJournal, SequentialIdentities

DAY = "2026-03-02"


class Ledger:
    """Remembers what it was asked to export."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], str, tuple[str, ...], bool]] = []

    def export(
        self, sessions: Iterable[Session], folder: str, formats: tuple[str, ...], *, again: bool
    ) -> Mapping[str, Any] | Refusal:
        ready = tuple(s.id for s in sessions if s.stage is Stage.SIGNED)
        self.asked.append((ready, folder, formats, again))
        return {"events": ["batch-prepared", "batch-sent"]} if ready else Refusal("there is nothing to send")

    def is_due(self, session: Session) -> bool:
        return session.stage is Stage.SIGNED and session.id not in {
            s for ready, *_ in self.asked for s in ready
        }


class House:
    """A desk with twelve chairs and everything a script needs."""

    def __init__(self, journal: InMemoryJournal | None = None) -> None:
        self.journal = journal or InMemoryJournal()
        self.clock = FakeClock("2026-03-02T07:55")
        self.ledger = Ledger()
        self.desk = Desk(
            journal=self.journal,
            clock=self.clock,
            names=SequentialIdentities(),
            chairs=tuple(map(str, range(1, 13))),
            actor="AK",
        )

    def play(self, *touches: Mapping[str, Any] | str, shift: timedelta = timedelta(0)) -> list[Answer]:
        lines = [touch if isinstance(touch, str) else json.dumps(touch) for touch in touches]
        answers = play(
            lines,
            self.desk,
            coder=session_coder(),
            billing=self.ledger,
            defaults=Defaults(zone=NEW_YORK, setting=Setting.FACILITY, protocols=load_examples),
            shift=shift,
        )
        return list(answers)

    def one(self, **keys: object) -> Answer:
        (answer,) = self.play(keys)
        return answer

    def session(self, name: str) -> Session:
        found = self.desk.session(name)
        assert found is not None
        return found


def seat(chair: str = "4", time: str = "08:21:00", **keys: object) -> dict[str, Any]:
    usual = {"do": "seat", "mrn": f"000{chair}", "session": f"s{chair}"}
    return {"at": f"{DAY}T{time}", "chair": chair, **usual} | keys


def start(chair: str = "4", time: str = "08:54:07", **keys: object) -> dict[str, Any]:
    usual = {"service": "a", "drug": "infliximab", "category": "chemo", "route": "iv-infusion"}
    return {"at": f"{DAY}T{time}", "chair": chair, "do": "start", **usual} | keys


def do(word: str, time: str, chair: str = "4", **keys: object) -> dict[str, Any]:
    return {"at": f"{DAY}T{time}", "chair": chair, "do": word} | keys


def visit(chair: str = "4", name: str = "s4") -> list[dict[str, Any]]:
    return [
        seat(chair, session=name),
        start(chair),
        do("stop", "11:05:00", chair),
        do("end", "11:10:00", chair),
    ]
