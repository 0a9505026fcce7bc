"""Every number the rules stand on, with visits on either side of it, for every family: one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.coding.reasons import Coding
from desktop_app.coding.running import LONGEST_RUN_DAYS
from tests.coding.given import Service, coded, found, hydration, infusion, push, units

DAY_MINUTES = 24 * 60
Made = Callable[[int], Coding]
"""Codes a visit in which something took some minutes, or came some times."""


def clock(minutes: int) -> str:
    """Return a time so many minutes after 09:00 of 2 March 2026."""
    days, of_day = divmod(9 * 60 + minutes, DAY_MINUTES)
    months, day = divmod(1 + days, 31)
    return f"2026-{3 + months:02}-{day + 1:02}T{of_day // 60:02}:{of_day % 60:02}"


@dataclass(frozen=True)
class Row:
    """A number, a visit made for a count of minutes, and its answers around the number."""

    about: str
    """The number's name in the rulebook, or the option it is a value of."""
    number: int
    family: str
    visit: Made
    answers: tuple[object, object, object]
    """The minute below, on and above the threshold."""
    at: int = 0
    """The count of minutes that is on the threshold; the number itself unless given."""
    gist: Callable[[Coding], object] = units

    @property
    def minutes(self) -> tuple[int, int, int]:
        """The counts to try."""
        at = self.at or self.number
        return at - 1, at, at + 1


def which(*names: str) -> Callable[[Coding], object]:
    """Return what tells which of some findings an answer has."""
    return lambda coding: [name for name in found(coding) if name in names]


def lone(setting: str = "facility", options: dict[str, str] | None = None, **more: object) -> Made:
    """Return the visit of one infusion that runs for some minutes."""
    return lambda minutes: coded(
        infusion("drug", clock(0), clock(minutes), **more), setting=setting, options=options or {}
    )


def behind(*others: Service, **options: object) -> Made:
    """Return the visit of an infusion that runs for some minutes after other services."""
    return lambda minutes: coded(*others, infusion("next", clock(0), clock(minutes)), options=options)


def overlapping(lead: Service, before: int, drug: str = "next", **options: object) -> Made:
    """Return the visit of an infusion that runs some minutes beside the lead, and then some alone."""
    category = "chemo" if drug == "chemo" else "therapeutic"
    return lambda own: coded(
        lead, infusion(drug, clock(-before), clock(own), category=category), options=options
    )


def beside(alone: int, **options: object) -> Made:
    """Return the visit of an infusion that begins some minutes before the lead ends."""
    lead = infusion("lead", clock(0), clock(240), category="chemo")
    return lambda joint: coded(
        lead, infusion("beside", clock(240 - joint), clock(240 + alone)), options=options
    )


def fluid(*others: Service, **options: object) -> Made:
    """Return the visit of hydration that runs for some minutes with other services."""
    return lambda minutes: coded(*others, hydration(clock(0), clock(minutes)), options=options)


LEAD = infusion("lead", clock(-120), clock(0))
CHEMO_LEAD = LEAD | {"category": "chemo"}
EARLIER_PUSH = push("other", clock(-60))
LED, CHEMO_LED = {"96365": 1, "96366": 1}, {"96413": 1, "96415": 1}

LONG_PUSH = which("long-push")
SHORT = [
    *(
        Row(
            "push_longest_minutes",
            15,
            f"{category} {route} {setting}",
            made,
            ({short: 1}, {short: 1}, {long: 1}),
        )
        for setting in ("facility", "physician")
        for category, route, short, long in (
            ("therapeutic", "iv-infusion", "96374", "96365"),
            ("chemo", "iv-infusion", "96409", "96413"),
            ("therapeutic", "sc-infusion", "96372", "96369"),
            ("chemo", "sc-infusion", "96401", "96369"),
            ("chemo", "ia-infusion", "96420", "96422"),
            ("therapeutic", "ia-infusion", "96373", "96373"),
        )
        for made in [lone(setting, category=category, route=route)]
    ),
    Row(
        "push_longest_minutes",
        15,
        "given up early, in an office",
        lone("physician", stopped_early=True),
        ({"96365-53": 1}, {"96365-53": 1}, {"96365": 1}),
    ),
    Row(
        "push_longest_minutes",
        15,
        "a push coded by its time",
        lone(route="iv-push", options={"attended_push": "by-time"}),
        ({"96374": 1}, {"96374": 1}, {"96365": 1}),
    ),
    Row(
        "push_longest_minutes",
        15,
        "a push that was attended",
        lone(route="iv-push"),
        ([], [], ["long-push"]),
        gist=LONG_PUSH,
    ),
    Row(
        "push_longest_minutes",
        15,
        "a short infusion after another",
        behind(CHEMO_LEAD),
        (CHEMO_LED | {"96375": 1}, CHEMO_LED | {"96375": 1}, CHEMO_LED | {"96367": 1}),
    ),
    Row(
        "push_longest_minutes",
        15,
        "own minutes of a further hang",
        overlapping(infusion("drug", clock(-120), clock(0)), 30, "drug"),
        (LED, LED, {"96365": 1, "96366": 2}),
    ),
]


def by_the_hour(
    family: str, made: Made, first: str, more: str, others: dict[str, int] | None = None
) -> list[Row]:
    """Return the rows of a family's added hours: past the first hour, and past the second."""
    none = (others or {}) | {first: 1}
    one, two = none | {more: 1}, none | {more: 2}
    return [
        Row("added_hour_more_than_minutes", 30, family, made, (none, none, one), at=90),
        Row("hour_minutes", 60, family, made, (none, none, none)),
        Row("hour_minutes", 60, f"{family}, second hour", made, (one, one, two), at=150),
    ]


def all_added(family: str, made: Made, code: str, others: dict[str, int], first: int = 0) -> list[Row]:
    """Return the rows of a family in which every hour is an added one."""
    one, two, three = (others | {code: first + count} for count in (1, 2, 3))
    return [
        Row("added_hour_more_than_minutes", 30, family, made, (one, one, two), at=90),
        Row("hour_minutes", 60, family, made, (two, two, three), at=150),
    ]


EARLIER_HANG = infusion("next", clock(-300), clock(-60))
HOURS = [
    *by_the_hour("drug by vein", lone(), "96365", "96366"),
    *by_the_hour("drug by vein in an office", lone("physician"), "96365", "96366"),
    *by_the_hour("chemo by vein", lone(category="chemo"), "96413", "96415"),
    *by_the_hour("under the skin", lone(route="sc-infusion"), "96369", "96370"),
    *by_the_hour("chemo into an artery", lone(route="ia-infusion", category="chemo"), "96422", "96423"),
    *by_the_hour("hydration alone", fluid(), "96360", "96361"),
    *by_the_hour("sequential", behind(CHEMO_LEAD), "96367", "96366", CHEMO_LED),
    *all_added("hydration beside a push", fluid(EARLIER_PUSH), "96361", {"96374": 1}),
    *all_added("hydration beside an infusion", fluid(CHEMO_LEAD), "96361", CHEMO_LED),
    *all_added("the same drug, each hang", behind(EARLIER_HANG), "96366", {"96365": 1}, first=3),
    Row(
        "added_hour_more_than_minutes",
        30,
        "the same drug, minutes added up",
        behind(infusion("next", clock(-70), clock(-10)), same_drug_again="total"),
        ({"96365": 1}, {"96365": 1}, LED),
    ),
    Row(
        "added_hour_more_than_minutes",
        30,
        "the same drug, taken as new",
        behind(infusion("next", clock(-150), clock(-31)), same_drug_again="sequential"),
        (LED | {"96367": 1}, LED | {"96367": 1}, {"96365": 1, "96366": 2, "96367": 1}),
        at=90,
    ),
]

CHEMO_HOUR, CHEMO_HOURS = infusion("lead", clock(-60), clock(0), category="chemo"), {"96413": 1, "96415": 3}
OWN = [
    *(
        row
        for least in (16, 31)
        for row in (
            Row(
                "sequential_min",
                least,
                "own minutes of a further drug",
                overlapping(CHEMO_HOUR, 20, sequential_min=least),
                ({"96413": 1, "96368": 1}, {"96413": 1, "96367": 1}, {"96413": 1, "96367": 1}),
            ),
            Row(
                "sequential_min",
                least,
                "own minutes of further chemo",
                overlapping(CHEMO_LEAD, 20, "chemo", sequential_min=least, concurrent_chemo="96549"),
                (CHEMO_LED | {"96549": 1}, CHEMO_LED | {"96417": 1}, CHEMO_LED | {"96417": 1}),
            ),
        )
    ),
    Row(
        "sequential_min",
        31,
        "a further drug that touches no other",
        behind(LEAD, sequential_min=31),
        (LED, LED | {"96367": 1}, LED | {"96367": 1}),
    ),
    Row(
        "concurrent_min",
        1,
        "joint minutes",
        beside(15),
        (CHEMO_HOURS | {"96375": 1}, CHEMO_HOURS | {"96368": 1}, CHEMO_HOURS | {"96368": 1}),
    ),
    Row(
        "concurrent_min",
        16,
        "joint minutes",
        beside(15, concurrent_min=16),
        (CHEMO_HOURS, CHEMO_HOURS | {"96368": 1}, CHEMO_HOURS | {"96368": 1}),
    ),
    *(
        Row(
            "concurrent_min",
            least,
            "joint minutes where any overlap is concurrent",
            beside(30, concurrent_min=least, overlap="any"),
            (CHEMO_HOURS | {"96367": 1}, CHEMO_HOURS | {"96368": 1}, CHEMO_HOURS | {"96368": 1}),
        )
        for least in (1, 16)
    ),
    Row(
        "overlap",
        50,
        "more than half beside another is concurrent",
        beside(50, overlap="majority"),
        (CHEMO_HOURS | {"96367": 1, "96366": 1},) * 2 + (CHEMO_HOURS | {"96368": 1},),
    ),
    Row(
        "same_drug_again",
        1,
        "a further hang where minutes are added up",
        overlapping(infusion("drug", clock(-90), clock(0)), 20, "drug", same_drug_again="total"),
        ({"96365": 1}, LED, LED),
    ),
    Row(
        "same_drug_again",
        16,
        "a further hang where it is taken as new",
        overlapping(infusion("drug", clock(-60), clock(0)), 20, "drug", same_drug_again="sequential"),
        ({"96365": 1, "96368": 1}, {"96365": 1, "96367": 1}, {"96365": 1, "96367": 1}),
    ),
]


def enough(family: str, made: Made, others: dict[str, int], *, at: int = 0) -> Row:
    """Return the row of a family in which hydration counts behind other services."""
    answers = (others, others | {"96361": 1}, others | {"96361": 1})
    return Row("hydration_min", 31, family, made, answers, at=at)


HOUR = infusion("drug", clock(0), clock(60))
FLUID = [
    Row("hydration_min", 31, "alone", fluid(), ({}, {"96360": 1}, {"96360": 1})),
    enough("beside a push", fluid(EARLIER_PUSH), {"96374": 1}),
    enough(
        "what a push of five minutes leaves", fluid(push("drug", clock(10), clock(15))), {"96374": 1}, at=36
    ),
    enough("before an infusion", lambda own: coded(HOUR, hydration(clock(-own), clock(60))), {"96365": 1}),
    enough(
        "both sides of an infusion",
        lambda own: coded(HOUR, hydration(clock(-9), clock(51 + own))),
        {"96365": 1},
    ),
    enough(
        "each piece by itself",
        lambda own: coded(HOUR, hydration(clock(-30), clock(60 + own)), options={"hydration_pieces": "each"}),
        {"96365": 1},
    ),
    Row(
        "hydration_min",
        31,
        "marked as the main reason in an office",
        lambda ran: coded(
            hydration(clock(0), clock(ran), primary=True), push("drug", clock(-60)), setting="physician"
        ),
        ({"96374": 1}, {"96360": 1, "96375": 1}, {"96360": 1, "96375": 1}),
    ),
]


def pushed(other: Service, word: str, *, before: bool = False) -> Made:
    """Return the visit of a push some minutes from another giving of the same drug."""
    return lambda gap: coded(
        other, push("drug", clock(-gap if before else gap)), options={"repeat_push_gap": word}
    )


ENDED = infusion("drug", clock(-60), clock(0))
GAPS = [
    Row(
        "repeat_push_gap_minutes",
        30,
        f"{family}, {word}",
        made,
        (no, yes if word == "at-least-30" else no, yes),
    )
    for word in ("over-30", "at-least-30")
    for family, made, no in (
        ("after a push", pushed(push("drug", clock(0)), word), {"96374": 1}),
        ("before a push", pushed(push("drug", clock(0)), word, before=True), {"96374": 1}),
        ("after an infusion", pushed(ENDED, word), {"96365": 1}),
        ("before an infusion", pushed(HOUR, word, before=True), {"96365": 1}),
    )
    for yes in [no | {"96376": 1}]
]

NEAR = which("near-threshold")
CLOSE = [
    Row("near_threshold_minutes", 6, family, made, answers, at=at, gist=NEAR)
    for what, made, threshold in (
        ("the 16 of an infusion", lone(), 16),
        ("the 91 of an added hour", lone(), 91),
        ("the 151 of a second one", lone(category="chemo"), 151),
        ("the 31 of hydration", fluid(), 31),
        ("the 31 of hydration beside a push", fluid(EARLIER_PUSH), 31),
        ("the 91 of hydration beside a push", fluid(EARLIER_PUSH), 91),
        ("the 91 under the skin", lone(route="sc-infusion"), 91),
        ("the 91 of a further drug", behind(CHEMO_LEAD), 91),
    )
    for family, at, answers in (
        (f"up to {what}", threshold - 6, ([], ["near-threshold"], ["near-threshold"])),
        (f"past {what}", threshold + 6, (["near-threshold"], ["near-threshold"], [])),
    )
]

OVER, COMPUTED = which("units-above-limit"), which("stop-computed", "missing-stop")
LIMITS = [
    Row(
        "longest_computed_hours",
        72,
        "a stop from volume and rate",
        lambda minutes: coded(infusion("drug", clock(0), volume_ml=minutes, rate_ml_h=60)),
        (["stop-computed"], ["stop-computed"], ["missing-stop"]),
        at=72 * 60,
        gist=COMPUTED,
    ),
    Row(
        "the longest run in days",
        LONGEST_RUN_DAYS,
        "an infusion",
        lone(),
        ([], [], ["run-too-long"]),
        at=LONGEST_RUN_DAYS * DAY_MINUTES,
        gist=which("run-too-long"),
    ),
    *(
        Row(f"limit of {role}", 8, "added hours on one day", made, ([], [], ["units-above-limit"]), gist=OVER)
        for role, giving in (("infusion-more", {}), ("hydration-more", {"category": "hydration"}))
        for made in [
            lambda count, giving=giving: coded(infusion("x", clock(-540), clock(60 * count - 509), **giving))
        ]
    ),
    Row(
        "limit of transfusion",
        1,
        "reported once a day, so never over its limit",
        lambda count: coded(*(infusion("blood", clock(n), category="transfusion") for n in range(count))),
        ([], [], []),
        gist=OVER,
    ),
]

TABLE = [*SHORT, *HOURS, *OWN, *FLUID, *GAPS, *CLOSE, *LIMITS]
