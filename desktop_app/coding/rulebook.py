"""The rulebook: dated numbers, the code map, the options, and each rule with its sources.

It is data, given as text and checked by ``rulebook_text``; here is what the rules ask of it.
A visit is coded by what held on its date of service: ``Rulebook.on`` picks the era.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from desktop_app.coding.drug_table import DrugTable
from desktop_app.coding.options import Cited, Option, Options, chosen
from desktop_app.coding.tables import EMPTY_TABLES, Tables
from desktop_app.core.orders import Category, Order, Setting
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what it says in our words, and where that can be checked."""

    name: str
    step: int
    says: str
    since: date
    """The first date of service it holds on."""
    cited: Cited

    @property
    def sources(self) -> tuple[str, ...]:
        """Where it can be checked."""
        return self.cited.sources

    @property
    def evidence(self) -> str:
        """``read``, ``restated`` or ``unread``: how far the sources were read."""
        return self.cited.evidence

    @property
    def note(self) -> str:
        """Where sources differ, and what else should be known."""
        return self.cited.note


@dataclass(frozen=True, slots=True)
class Code:
    """A code number for a role, with our own few words."""

    role: str
    number: str
    label: str
    hour: bool
    """Whether a unit of it is an hour of running time."""
    since: date
    """The first date of service the number may be used on."""
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers and words the rules stand on. The names are the keys of thresholds.toml."""

    push_longest_minutes: int
    hour_minutes: int
    added_hour_more_than_minutes: int
    repeat_push_gap_minutes: int
    near_threshold_minutes: int
    longest_computed_hours: int
    facility_places_of_service: tuple[str, ...]
    never_with_administration: tuple[str, ...]
    discarded_modifier: str
    nothing_discarded_modifier: str

    def added_hours(self, minutes: int) -> int:
        """Return the added-hour units of a running time: 90 gives 0, 91 gives 1, 151 gives 2."""
        return max(0, (minutes - self.added_hour_more_than_minutes - 1) // self.hour_minutes)

    def same_units(self, minutes: int, least: int) -> tuple[int, int]:
        """Return the fewest and the most minutes that give as many hours as these do.

        ``least`` is the fewest minutes the first unit needs.
        """
        hours = self.added_hours(minutes)
        low = hours * self.hour_minutes + self.added_hour_more_than_minutes + 1
        return (low if hours else least), low + self.hour_minutes - 1


@dataclass(frozen=True, slots=True, eq=False)
class Era:
    """What holds from one date until the next change."""

    since: date
    thresholds: Thresholds
    codes: Mapping[str, Code]
    limits: Mapping[str, int]
    """The most units of a role on one date, where it is known."""
    addons: Mapping[str, tuple[str, ...]]
    """For each add-on role, the roles it may stand behind."""


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Everything dated and cited that the coder reads."""

    version: str
    eras: tuple[Era, ...]
    """Oldest first."""
    rules: Mapping[str, Rule]
    options: Mapping[str, Option]
    drugs: DrugTable
    tables: Tables = EMPTY_TABLES
    """What the practice imported; nothing where a visit is coded by the rulebook alone."""

    def on(self, day: date) -> Era | None:
        """Return what holds on a date of service; None before the first rules."""
        return next((era for era in reversed(self.eras) if era.since <= day), None)


@dataclass(frozen=True, slots=True)
class DatedChoices:
    """Options a payer chose, from a date on."""

    since: date
    choices: tuple[tuple[str, str], ...]
    cited: Cited


@dataclass(frozen=True, slots=True)
class DrugCategory:
    """How a payer classes a drug code, from one date until another."""

    hcpcs: str
    category: Category
    since: date
    until: date | None
    """The last day; None while it goes on."""
    cited: Cited

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a date of service."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A payer: the options it wants and how it classes drugs, each with dates."""

    name: str
    title: str
    setting: Setting | None
    """The setting it is meant for; None for both."""
    options: tuple[DatedChoices, ...]
    drugs: tuple[DrugCategory, ...]

    def choices(self, day: date) -> dict[str, str]:
        """Return the options chosen for a date; what a later block chooses replaces the earlier choice."""
        return {name: value for dated in self.options if dated.since <= day for name, value in dated.choices}

    def chosen_in(self, name: str, day: date) -> DatedChoices | None:
        """Return the block that chose an option for a date; None where the default holds."""
        return next((b for b in reversed(self.options) if b.since <= day and name in dict(b.choices)), None)

    def serves(self, setting: Setting) -> bool:
        """Whether it may be chosen in a setting."""
        return self.setting in {None, setting}

    def category(self, order: Order, day: date) -> Category | None:
        """Return the category this payer gives a drug on a date; None where it has no view."""
        if order.dose is None:
            return None
        for drug in self.drugs:
            if drug.hcpcs == order.dose.hcpcs and drug.holds_on(day):
                return drug.category
        return None


def profile_fault(profiles: Mapping[str, Profile], name: str, setting: Setting) -> str:
    """Return in a few words why no session of a setting can be coded by a profile, or nothing."""
    found = profiles.get(name)
    if found is None:
        fit = sorted(known for known, profile in profiles.items() if profile.serves(setting))
        return f"there is no payer profile “{name}”, only {', '.join(fit)}"
    return "" if found.serves(setting) else f"the payer profile “{name}” is not for a {setting.value}"


@lru_cache(maxsize=4096)
def sources_of(rulebook: Rulebook, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of some rules by name, each once, in order."""
    return tuple(dict.fromkeys(source for name in rules for source in rulebook.rules[name].sources))


@lru_cache(maxsize=1024)
def options_on(
    rulebook: Rulebook,
    profile: Profile,
    setting: Setting,
    day: date,
    own: tuple[tuple[str, str], ...],
) -> Options:
    """Return the options for a visit: its own choices, then the profile's, then the defaults."""
    era = rulebook.on(day)
    codes = era.codes if era else {}
    return chosen(rulebook.options, setting, day, profile.choices(day) | dict(own), codes)
