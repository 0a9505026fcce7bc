"""Cases gone wrong: one thing of a valid case spoilt, and the words a refusal must name it by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.stress.generated_cases import Json, a_case

NOT_JSON = "the text is not JSON"
NOT_UTF_8 = "the text is not UTF-8"
TOO_DEEP = "the text is nested too deeply"
GIANT = "x" * 1_000_000
DEEP, DEEPEST = 200, 50_000
RAW = "\u2023"
"""Begins and ends a text that is to stand in the line as it is, without quotes."""


@dataclass(frozen=True)
class Mangled:
    """One line of input, and the words that its refusal must hold."""

    line: bytes
    names: str


def mangled(count: int, seed: int) -> Iterator[Mangled]:
    """Yield so many spoilt cases, each kind of fault in turn; the same seed gives the same ones."""
    chance = Random(seed)  # noqa: S311 - faults, not secrets
    for number in range(count):
        yield KINDS[number % len(KINDS)](chance, _full_case(chance, f"case-{number}"))


def _full_case(chance: Random, name: str) -> Json:
    """Return a valid case that says something under every key that can be spoilt."""
    case = a_case(chance, name)
    case |= {"date": "2026-03-02", "timezone": "America/New_York", "place_of_service": "11"}
    case |= {"options": {"overlap": "any"}, "site_reasons": {"2": "a reason"}, "evaluation": "99213"}
    case["services"] = [_full_service(chance, place) for place in range(chance.randrange(1, 5))]
    return case


def _full_service(chance: Random, place: int) -> Json:
    return {
        "id": f"s{place}",
        "drug": chance.choice(("rituximab", "é漢")),
        "category": "chemo",
        "route": "iv-infusion",
        "site": "1",
        "encounter": "1",
        "start": "2026-03-02T09:00",
        "stop": "2026-03-02T11:30:15",
        "pauses": [["2026-03-02T09:30", "2026-03-02T09:40"], ["2026-03-02T10:00", "2026-03-02T10:10"]],
        "planned_minutes": 120,
        "primary": True,
        "stopped_early": False,
        "stop_how": "pump",
        "volume_ml": 500,
        "rate_ml_h": 250.5,
        "hcpcs": "J9312",
        "unit_amount": 10,
        "unit": "mg",
        "dose": 679.5,
        "units": 68,
        "ndc": "50242-0053-06",
        "lot": "A1",
        "expiry": "2027-01",
        "containers": [{"size": 500, "count": 1, "single_dose": True}],
        "note": "x",
    }


TEXTS = ("id", "drug", "site", "encounter", "unit", "ndc", "lot", "expiry")
NUMBERS = ("volume_ml", "rate_ml_h", "unit_amount", "dose")
WHOLES = ("planned_minutes", "units")
TIMES = ("start", "stop")
FLAGS = ("primary", "stopped_early")
WORDS = ("category", "route", "stop_how")
NESTED: Any = [[], {}, [[]], {"a": {"b": [None]}}, [{"a": [1, [2, [3]]]}], [[[["2026-03-02T09:00"]]]]]
NO_TEXT = (5, None, True, "", " ", "a\nb", "\ud800", "\x00", "x" * 2000, *NESTED)
NO_NUMBER = ("5", None, True, -1, 0, 10**12, 1e-12, f"{RAW}1e400{RAW}", f"{RAW}{'9' * 5000}{RAW}", *NESTED)
NO_WHOLE = (1.5, *NO_NUMBER)
NO_TIME = (
    "",
    "soon",
    5,
    None,
    True,
    "09:00",
    "2026-03-02",
    "2026-03-02 09:00",
    "2026-03-02T25:00",
    "2026-02-30T09:00",
    "2026-03-02T09:00:61",
    "1066-10-14T09:00",
    "2026-03-02T09:00+99:00",
    "2026-03-08T02:30",
    "2026-03-02T09:00:00.1234567",
    "٢٠٢٦-03-02T09:00",
    "\ud800",
    *NESTED,
)
NO_FLAG = ("yes", 0, 1, None, "", *NESTED)
NO_WORD = ("nonsense", "", 5, None, True, "IV-INFUSION", "\ud800", *NESTED)
NO_LIST: tuple[Any, ...] = ({}, "x", 5, None, True, {"0": 1})
NO_OBJECT: tuple[Any, ...] = ([], "x", 5, None, True, [{}])
KINDS_OF_VALUE: tuple[tuple[tuple[str, ...], tuple[Any, ...]], ...] = (
    (TEXTS, NO_TEXT),
    (NUMBERS, NO_NUMBER),
    (WHOLES, NO_WHOLE),
    (TIMES, NO_TIME),
    (FLAGS, NO_FLAG),
    (WORDS, NO_WORD),
    (("hcpcs",), ("j9312", "J93120", "", 5, None, "\u04089312", *NESTED)),
    (("pauses", "containers"), NO_LIST),
    (("note",), (5, None, True, *NESTED)),
)
OF_THE_CASE: dict[str, tuple[Any, ...]] = {
    "id": NO_TEXT,
    "setting": NO_WORD,
    "date": ("2026-02-30", "2026-3-2", "1066-10-14", "2026-03-02T09:00", "", 20260302, None, *NESTED),
    "timezone": ("Mars/Base", "../../etc/passwd", "", "America", "\x00", "é", 5, None, "x" * 300, *NESTED),
    "place_of_service": NO_TEXT,
    "evaluation": NO_TEXT,
    "services": (*NO_LIST, [5], [[]], [{}], [None], [{"route": "iv-push"}], [{}] * 501),
    "options": (*NO_OBJECT, {"overlap": "half"}, {"speed": 1}, {"overlap": None}, {"jw_jz": [True]}),
    "site_reasons": (*NO_OBJECT, {"2": 5}, {"2": ""}, {"2": ["x"]}),
}


def _line(case: object) -> bytes:
    """Return a case as a line of JSON, raw parts put in as they are."""
    text = json.dumps(case, allow_nan=True)
    mark = json.dumps(RAW)[1:-1]
    return text.replace(f'"{mark}', "").replace(f'{mark}"', "").encode()


def _service(chance: Random, case: Json) -> tuple[int, Json]:
    place = chance.randrange(len(case["services"]))
    return place, case["services"][place]


def _wrong_value(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    keys, values = chance.choice(KINDS_OF_VALUE)
    key = chance.choice(keys)
    service[key] = chance.choice(values)
    return Mangled(_line(case), f"services[{place}].{key}")


def _wrong_value_of_the_case(chance: Random, case: Json) -> Mangled:
    key = chance.choice(sorted(OF_THE_CASE))
    case[key] = chance.choice(OF_THE_CASE[key])
    return Mangled(_line(case), key)


def _no_number(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice((*NUMBERS, *WHOLES))
    words = ("NaN", "Infinity", "-Infinity", "1e99999999999999999999", "-1e-99999999999999999999")
    service[key] = f"{RAW}{chance.choice(words)}{RAW}"
    return Mangled(_line(case), f"services[{place}].{key} holds ")


def _time_the_clocks_skip(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    service |= {"start": f"2026-03-08T02:{chance.randrange(60):02}", "stop": "2026-03-08T05:00", "pauses": []}
    return Mangled(_line(case), f"services[{place}].start does not exist in America/New_York")


def _stop_before_start(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    service |= {"stop": f"2026-03-02T08:{chance.randrange(60):02}"}
    return Mangled(_line(case), f"services[{place}].stop is before the start")


PAUSES: tuple[tuple[Any, str], ...] = (
    (["2026-03-02T09:30", "2026-03-02T09:20"], "[1] is before the pause began"),
    (["2026-03-02T08:30", "2026-03-02T09:20"], " lies outside"),
    (["2026-03-02T11:30", "2026-03-02T11:31"], " lies outside"),
    (["2026-03-02T09:30", None], "[1] must be a time"),
    ([None, "2026-03-02T09:30"], "[0] must be a time"),
    (["2026-03-02T09:30"], " must be a pair of times"),
    (["2026-03-02T09:30"] * 3, " must hold at most 2"),
    ([], " must be a pair of times"),
    (None, " must be a list"),
    ({"from": 1}, " must be a list"),
    ([5, 6], "[0] must be a time"),
    ([["2026-03-02T09:30"], []], "[0] must be a time"),
    (["2026-03-08T02:30", "2026-03-08T03:30"], "[0] does not exist"),
)


def _wrong_pause(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    nth = chance.randrange(2)
    service["pauses"][nth], words = chance.choice(PAUSES)
    return Mangled(_line(case), f"services[{place}].pauses[{nth}]{words}")


def _wrong_container(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice(("size", "count", "single_dose"))
    value = chance.choice(NO_FLAG if key == "single_dose" else NO_NUMBER)
    service["containers"][0][key] = value
    return Mangled(_line(case), f"services[{place}].containers[0].{key}")


def _missing_key(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice(("route", "start", "category", "drug", "id", "setting", "date", "services"))
    if key in service and key != "id":
        del service[key]
        return Mangled(_line(case), f"services[{place}].{key} is missing")
    del case[key]
    return Mangled(_line(case), f"{key} is missing")


def _unknown_key(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice(
        ("colour", "Start", "", " ", "a\nb", "\ud800", "\x00", "é" * 100, GIANT, "services[0]")
    )
    target, path = chance.choice(
        (
            (case, ""),
            (service, f"services[{place}]."),
            (service["containers"][0], f"services[{place}].containers[0]."),
        )
    )
    target[key] = chance.choice((1, NESTED, GIANT))
    shown = "".join(letter if letter.isprintable() else "?" for letter in key[:60])
    return Mangled(_line(case), f"{path}{shown}{'...' if len(key) > 60 else ''} is not a known key")


def _unknown_option(chance: Random, case: Json) -> Mangled:
    name, value, words = chance.choice(
        (
            ("speed", 1, "is not a known option"),
            ("\ud800", 1, "is not a known option"),
            ("overlap", "half", "must be one of"),
            ("sequential_min", 17, "must be one of"),
            ("sequential_min", f"{RAW}{'9' * 5000}{RAW}", "must be one of"),
            ("hydration_min", 31.0, "must be one of"),
            ("jw_jz", None, "must be one of"),
            ("pump_start", "G0498", "is G0498, which is no code yet"),
            ("overlap", NESTED, "must be one of"),
        )
    )
    case["options"] = {name: value}
    case["date"] = "2012-05-01"
    return Mangled(_line(case), f"options.{'?' if name == chr(0xD800) else name} {words}")


def _doubled_key(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice(sorted(service))
    text = json.dumps(service)
    doubled = text[:-1] + f", {json.dumps(key)}: {json.dumps(chance.choice((service[key], 1, NESTED)))}}}"
    case["services"][place] = f"{RAW}here{RAW}"
    line = _line(case).decode().replace("here", doubled, 1)
    tail = chance.choice(("", " , ]", "}}", ' {"a": 1}', " nonsense"))
    return Mangled((line + tail).encode(), f"services[{place}].{key} stands twice")


def _same_id_twice(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    case["services"].append(dict(service))
    last = len(case["services"]) - 1
    return Mangled(_line(case), f'services[{last}].id is "s{place}" for the second time')


def _too_many(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice(("pauses", "containers", "services"))
    if key == "services":
        case[key] = [service] * 501
        return Mangled(_line(case), "services must hold at most 500")
    service[key] = service[key] * 501
    return Mangled(_line(case), f"services[{place}].{key} must hold at most 500")


def _nested(chance: Random, case: Json) -> Mangled:
    """Nested as deep as is read, or deeper than that."""
    place, service = _service(chance, case)
    key = chance.choice(sorted(service))
    deepest = chance.random() < 0.5
    depth = DEEPEST if deepest else DEEP
    opened, closed = chance.choice((("[", "]"), ('{"a":', "}")))
    service[key] = f"{RAW}here{RAW}"
    inside = opened * depth + "1" + closed * depth
    line = _line(case).decode().replace("here", inside, 1)
    return Mangled(line.encode(), TOO_DEEP if deepest else f"services[{place}].{key}")


def _giant_text(chance: Random, case: Json) -> Mangled:
    place, service = _service(chance, case)
    key = chance.choice((*TEXTS, *TIMES, *WORDS, *NUMBERS, *FLAGS, "hcpcs", "pauses", "containers"))
    service[key] = GIANT
    return Mangled(_line(case), f"services[{place}].{key}")


def _no_object(chance: Random, _case: Json) -> Mangled:
    raw: Any = chance.choice(([], {}, [[]], 5, "text", None, True, 1.5, NESTED, GIANT, [GIANT]))
    return Mangled(_line(raw), "id is missing" if raw == {} else "The case must be an object in braces")


def _cut_short(chance: Random, case: Json) -> Mangled:
    line = _line(case)
    return Mangled(line[: chance.randrange(1, len(line))], NOT_JSON)


def _no_json(chance: Random, case: Json) -> Mangled:
    line = _line(case).decode()
    broken = chance.choice(
        (
            f"{line} {line}",
            line.replace(":", "=", 1),
            line.replace('"', "'"),
            line.replace(",", ",,", 1),
            line + "]",
            "\ufeff" + line[1:],
            "id: a",
            "<case/>",
            "\x00",
            "undefined",
            '{"id": "a\tb"}',
            '{"id": "\\x"}',
            '{"id": 01}',
            '{"id": .5}',
            '{"id": 0x10}',
        )
    )
    return Mangled(broken.encode(), NOT_JSON)


def _wrong_encoding(chance: Random, case: Json) -> Mangled:
    text = json.dumps(case | {"id": "é漢"}, ensure_ascii=False).replace("漢", "e")
    stray = chance.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"))
    line = text.encode()
    at = chance.randrange(len(line))
    spoilt = chance.choice(
        (text.encode("latin-1"), "\ufeff".encode("utf-16-le") + line, line[:at] + stray + line[at:])
    )
    return Mangled(spoilt, NOT_UTF_8)


KINDS: tuple[Callable[[Random, Json], Mangled], ...] = (
    _wrong_value,
    _wrong_value_of_the_case,
    _no_number,
    _time_the_clocks_skip,
    _stop_before_start,
    _wrong_pause,
    _wrong_container,
    _missing_key,
    _unknown_key,
    _unknown_option,
    _doubled_key,
    _same_id_twice,
    _too_many,
    _nested,
    _giant_text,
    _no_object,
    _cut_short,
    _no_json,
    _wrong_encoding,
    _wrong_value,
)
"""Each kind of fault; the commonest stands twice."""
