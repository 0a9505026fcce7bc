"""Cases nobody thought of: valid ones of every kind, from a seed.

The values are the case format's own; times lie in every kind of day, also those on which the clocks
are put forward or back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from desktop_app.core.orders import Category, Route, Setting
from desktop_app.rulebook_files import load_standard

Json = dict[str, Any]

OPTIONS = {name: option.values for name, option in load_standard().rulebook.options.items()}
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu")
DAYS = (
    "2026-03-02",
    "2026-03-08",  # clocks forward in New York
    "2026-11-01",  # clocks back there
    "2026-10-04",  # half an hour forward on Lord Howe Island
    "2024-02-29",
    "2016-12-31",
    "2009-01-01",
    "2008-12-31",  # before the first rules
    "2199-12-20",
)
FIRST_DAY_OF_G0498 = "2016-01-01"
LENGTHS = (0, 1, 15, 16, 17, 30, 31, 59, 60, 61, 90, 91, 150, 151, 240, 600, 1440, 4400)
DRUGS = (
    "vancomycin",
    "Vancomycin ",
    "paclitaxel",
    "ondansetron",
    "rituximab",
    "saline",
    "é ß 漢字 \U0001f489",
)
CODES = ("J9312", "J1745", "J3380", "J2350", "JXXXX", "J7030")
UNITS = ("mg", "g", "mcg", "mL", "IU", "drops")
USUAL_ROUTES = (Route.IV_INFUSION,) * 5 + (Route.IV_PUSH,) * 3
USUAL_CATEGORIES = (Category.THERAPEUTIC, Category.CHEMO, Category.HYDRATION) * 2
FLAGS = (
    "primary",
    "pump",
    "kvo",
    "integral",
    "hormonal",
    "stopped_early",
    "same_dose_as_previous",
    "not_witnessed",
    "clock_behind",
)
SELDOM = 0.1


def cases(count: int, seed: int) -> Iterator[Json]:
    """Yield so many valid cases; the same seed gives the same ones."""
    chance = Random(seed)  # noqa: S311 - cases, not secrets
    for number in range(count):
        yield a_case(chance, f"case-{number}")


def a_case(chance: Random, name: str) -> Json:
    """Return a valid case."""
    zone, day = chance.choice(ZONES), chance.choice(DAYS)
    times = _Times(chance, zone, day)
    case: Json = {"id": name, "setting": chance.choice([*Setting]), "date": day, "timezone": zone}
    if chance.random() < SELDOM:
        case["place_of_service"] = chance.choice(["11", "19", "21", "22"])
    if chance.random() < SELDOM:
        case["evaluation"] = chance.choice(["99211", "99213"])
    if chance.random() < SELDOM:
        case["site_reasons"] = {"2": "the drugs do not go together"}
    case["options"] = _options(chance, day)
    case["services"] = [_service(chance, times, place) for place in range(_how_many(chance))]
    return case


def _how_many(chance: Random) -> int:
    return chance.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12)) if chance.random() > SELDOM / 10 else 64


def _options(chance: Random, day: str) -> Json:
    chosen = chance.sample(sorted(OPTIONS), chance.choice((0, 0, 1, 2, 4, len(OPTIONS))))
    options = {name: _option(chance.choice(OPTIONS[name])) for name in chosen}
    if day < FIRST_DAY_OF_G0498 and options.get("pump_start") == "G0498":
        del options["pump_start"]  # refused: there was no such code yet
    return options


def _option(text: str) -> object:
    """Return an option's value as another program might write it: a number or a yes as themselves."""
    return {"true": True, "false": False, "1": 1, "16": 16, "31": 31}.get(text, text)


class _Times:
    """Instants of one visit, written as the wall of its zone shows them."""

    def __init__(self, chance: Random, zone: str, day: str) -> None:
        self._chance = chance
        self._zone = ZoneInfo(zone)
        self.begins = datetime.fromisoformat(day).replace(tzinfo=UTC)

    def text(self, at: datetime) -> str:
        """Return an instant as local time, with an offset where the hour comes twice, and sometimes."""
        local = at.astimezone(self._zone)
        wall = local.replace(tzinfo=None, fold=0).isoformat(timespec="auto" if local.second else "minutes")
        twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        return wall + (local.isoformat()[-6:] if twice or self._chance.random() < SELDOM else "")


def _service(chance: Random, times: _Times, place: int) -> Json:
    route = chance.choice([*USUAL_ROUTES, *Route])
    begun = times.begins + timedelta(minutes=chance.choice((480, 540, 600, 1420, chance.randrange(1800))))
    begun += timedelta(seconds=chance.choice((0, 0, 0, 30, 59)))
    ended = begun + timedelta(minutes=chance.choice((*LENGTHS, chance.randrange(400))))
    ended += timedelta(seconds=chance.choice((0, 0, 1, 59)))
    service: Json = {"id": f"s{place}"} if chance.random() < 0.5 else {}
    service |= {"drug": chance.choice(DRUGS), "category": chance.choice([*USUAL_CATEGORIES, *Category])}
    service |= {"route": route, "start": times.text(begun)}
    if chance.random() < SELDOM:
        service |= {"site": "2"}
    if chance.random() < SELDOM:
        service |= {"encounter": "2"}
    if chance.random() > SELDOM:
        service["stop"] = times.text(ended)
        service["pauses"] = _pauses(chance, times, begun, ended)
    flags = {flag: True for flag in FLAGS if chance.random() < SELDOM / 2}
    if "stop" in service:
        flags.pop("not_witnessed", None)  # refused: one of the two is untrue
    return service | flags | _drug(chance)


def _pauses(chance: Random, times: _Times, begun: datetime, ended: datetime) -> list[list[str]]:
    seconds = int((ended - begun).total_seconds())
    marks = sorted(chance.randrange(seconds + 1) for _ in range(chance.choice((0, 0, 0, 2, 4))))
    instants = [times.text(begun + timedelta(seconds=mark)) for mark in marks]
    return [list(pair) for pair in zip(instants[::2], instants[1::2], strict=True)]


def _drug(chance: Random) -> Json:
    said: Json = {}
    if chance.random() < SELDOM:
        said |= {"volume_ml": chance.choice((50, 250, 1000)), "rate_ml_h": chance.choice((0.5, 62.5, 500))}
    if chance.random() < 0.6:
        return said
    said |= {"hcpcs": chance.choice(CODES), "unit": chance.choice(UNITS), "ndc": "50242-0053-06"}
    said |= {"dose": round(chance.uniform(0.001, 900), 3)} if chance.random() < 0.8 else {}
    said |= {"units": chance.randrange(1, 99)} if chance.random() < 0.3 else {}
    said |= {"unit_amount": chance.choice((0.1, 1, 10))} if chance.random() < 0.3 else {}
    if chance.random() < 0.6:
        said["containers"] = [_container(chance) for _ in range(chance.randrange(1, 4))]
    return said


def _container(chance: Random) -> Json:
    size = chance.choice((10, 100, 500, 0.5))
    return {"size": size, "count": chance.randrange(1, 5), "single_dose": chance.random() < 0.8}
