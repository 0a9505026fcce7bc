"""The questions payers answer differently, as one typed value the rules read.

An option's name, values and defaults are data (``resources/rulebook/options.toml``); here
stands only what each is in the program: a word, a number, a yes or no, modifiers to put on a
line, or the role of a code. A visit's own choice goes before the profile's, the profile's
before the default for the setting.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import fields
from datetime import date

from desktop_app.core.orders import Setting
from desktop_app.core.values import dataclass

Modifiers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a value comes from, how far that was read, and when."""

    sources: tuple[str, ...]
    evidence: str
    """``read``, ``restated`` or ``unread``: how far the sources were read."""
    checked: date
    note: str
    """Where sources differ, and what else should be known."""


@dataclass(frozen=True, slots=True)
class Default:
    """What an option is for each setting where nobody chose, from a date of service on."""

    since: date
    values: Mapping[Setting, str]
    cited: Cited


@dataclass(frozen=True, slots=True)
class Option:
    """One question: what it asks, the values it takes, and the default for each setting."""

    name: str
    says: str
    values: tuple[str, ...]
    roles: Mapping[str, str]
    """For values that are code numbers: the role in the code map each stands for."""
    dated: tuple[Default, ...]
    """Its defaults, oldest first."""

    def default_on(self, day: date) -> Default:
        """Return the defaults of a date of service; before the first of them, the first."""
        return next((found for found in reversed(self.dated) if found.since <= day), self.dated[0])

    @property
    def defaults(self) -> Mapping[Setting, str]:
        """The newest defaults."""
        return self.dated[-1].values


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was chosen for one visit. The names are those of the options table."""

    setting: Setting
    minute_basis: str
    attended_push: str
    equal_rank: str
    overlap: str
    concurrent_min: int
    sequential_min: int
    same_drug_again: str
    repeat_push_gap: str
    hydration_min: int
    hydration_pieces: str
    hydration_push_minutes: str
    secondary_hydration_modifier: Modifiers
    separate_site_modifier: Modifiers
    separate_encounter_modifier: Modifiers
    concurrent_chemo: str
    """The role of a chemo infusion beside another."""
    pump_start: str
    """The role of a pump start."""
    pump_with_chemo_modifier: Modifiers
    stopped_early: str
    missing_stop: str
    midnight_dates: str
    jw_jz: bool
    sub_unit_waste: str

    @property
    def physician(self) -> bool:
        """Whether a physician's office bills, not a hospital."""
        return self.setting is Setting.PHYSICIAN

    @property
    def charted(self) -> bool:
        """Whether every stamp is cut to its minute before minutes are counted."""
        return self.minute_basis == "charted"


ROLE_OPTIONS = ("concurrent_chemo", "pump_start")
"""The options whose values are code numbers; the program knows them by their roles."""

OPTION_NAMES = tuple(field.name for field in fields(Options) if field.name != "setting")


def chosen(
    table: Mapping[str, Option],
    setting: Setting,
    day: date,
    choices: Mapping[str, str],
    roles: Container[str],
) -> Options:
    """Return the options of a visit with some of them chosen, each value already checked.

    ``roles`` are those that have a code on the day: a choice of a code that is not there yet
    leaves the default.
    """
    values = {name: _typed(table[name], setting, day, choices.get(name), roles) for name in OPTION_NAMES}
    return Options(setting=setting, **values)  # type: ignore[arg-type]  # one value for each field, by name


def _typed(
    option: Option, setting: Setting, day: date, choice: str | None, roles: Container[str]
) -> str | int | bool | Modifiers:
    usual = option.default_on(day).values[setting]
    value = usual if choice is None else choice
    if option.name in ROLE_OPTIONS:
        return option.roles[value if option.roles[value] in roles else usual]
    if option.name.endswith("_modifier"):
        return () if value == "none" else (value,)
    if option.name.endswith("_min"):
        return int(value)
    return value == "true" if option.name == "jw_jz" else value
