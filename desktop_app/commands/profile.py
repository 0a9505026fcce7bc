"""``chairtime profile``: the payer profiles there are, what one comes to, and one of the practice's own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.table import Table
from rich.text import Text

from desktop_app import paths
from desktop_app.coding.profile_text import NAME_EXPECTED, PROFILE_NAME
from desktop_app.coding.rulebook import Profile
from desktop_app.commands.days import day_in, today
from desktop_app.commands.files_rights import require_may_bill
from desktop_app.commands.own_files import make_folders, renamed, write_new
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.streams import NothingDone, require_folder
from desktop_app.core.orders import Setting
from desktop_app.rulebook_files import (
    PROFILES,
    StandardRules,
    load_rules,
    load_standard,
    own_profile_path,
    read_profile,
    read_text,
)


def run(arguments: Namespace) -> int:
    """Do what was asked about profiles. Raises RulebookError or NothingDone, one sentence, when it cannot."""
    return _ACTIONS[arguments.what](arguments)


def _folder(arguments: Namespace) -> Path:
    return Path(arguments.data_dir or paths.user_data_dir())


def _new(arguments: Namespace) -> int:
    """Copy a profile into the data folder under a name of its own."""
    name, folder = arguments.name, _folder(arguments)
    if not PROFILE_NAME.fullmatch(name):
        raise NothingDone(f"{name} cannot be a profile's name; it should be {NAME_EXPECTED}.")
    rules = load_rules(folder)
    path = own_profile_path(folder, name)
    if name in rules.profiles:
        raise NothingDone(f"There is a payer profile {name} already; choose another name.")
    source = _known(rules, arguments.source)
    require_may_bill(arguments)
    make_folders(path.parent, folder)
    write_new(path, renamed(_text_of(source, folder), name, f"{name} (after {source.name})"))
    read_profile(path, rules.rulebook)
    print(f"{path} is a copy of {source.name}: change it to what your contract says.")
    return 0


def _known(rules: StandardRules, name: str) -> Profile:
    if name not in rules.profiles:
        raise NothingDone(f"There is no payer profile {name}, only {', '.join(sorted(rules.profiles))}.")
    return rules.profiles[name]


def _text_of(profile: Profile, folder: Path) -> str:
    path = own_profile_path(folder, profile.name)
    if _is_the_programs(profile):
        path = paths.resource(PROFILES, f"{profile.name}.toml")
    return read_text(path, str(path))


def _is_the_programs(profile: Profile) -> bool:
    return profile.name in load_standard().profiles


def _list(arguments: Namespace) -> int:
    """Print every profile with its title and the setting it is for."""
    require_folder(arguments.data_dir)
    table = table_of("Profile", "Title", "For", "Whose")
    for name, profile in sorted(load_rules(_folder(arguments)).profiles.items()):
        whose = "the program's" if _is_the_programs(profile) else "your own"
        add_row(table, name, profile.title, profile.setting or "both settings", whose)
    Page().print(table)
    return 0


def _check(arguments: Namespace) -> int:
    """Say that a file can be used as a profile; else one sentence says what is wrong with it."""
    rules = load_standard()
    profile = read_profile(Path(arguments.file), rules.rulebook)
    if profile.name in rules.profiles:
        raise NothingDone(f"The program has a profile {profile.name} already; the file needs another name.")
    print(f"{arguments.file}: OK. It is the profile {profile.name}, “{profile.title}”.")
    return 0


def _show(arguments: Namespace) -> int:
    """Print what every option comes to on a date of service, who says so, and the drugs of its own."""
    require_folder(arguments.data_dir)
    rules = load_rules(_folder(arguments))
    profile = _known(rules, arguments.name)
    day = day_in(arguments.date, "2026-03-02") if arguments.date else today()
    _require_rules_on(rules, day)
    setting = Setting(arguments.setting or profile.setting or Setting.FACILITY)
    if fault := rules.profile_fault(profile.name, setting):
        raise NothingDone(f"{fault[0].upper()}{fault[1:]}.")
    page = Page()
    head = f"{profile.name}: {profile.title}. Setting {setting}, date of service {day}"
    page.print(Text(f"{head}, rulebook {rules.rulebook.version}.\n", style="bold"))
    page.print(_options_table(rules, profile, setting, day))
    if profile.drugs:
        page.print(_drugs_table(profile, day))
    return 0


def _require_rules_on(rules: StandardRules, day: date) -> None:
    if rules.rulebook.on(day) is None:
        first = rules.rulebook.eras[0].since
        raise NothingDone(f"There are no rules on {day}; the first hold from {first} on.")


def _options_table(rules: StandardRules, profile: Profile, setting: Setting, day: date) -> Table:
    """Return a row for each option; what the profile itself says stands out."""
    table = table_of("Option", "Value", "Said by", "What it asks", "Sources", leading=1)
    for name, option in rules.rulebook.options.items():
        block, usual = profile.chosen_in(name, day), option.default_on(day)
        if block:
            value, by, cited = dict(block.choices)[name], f"profile, {block.since}", block.cited
        else:
            value, by, cited = usual.values[setting], f"default, {usual.since}", usual.cited
        add_row(table, name, value, by, option.says, "; ".join(cited.sources), style="bold" if block else "")
    return table


def _drugs_table(profile: Profile, day: date) -> Table:
    table = table_of("Drug", "Category", "From", "Until", "Sources", title=f"\nIts own drugs on {day}")
    for drug in profile.drugs:
        if drug.holds_on(day):
            until = str(drug.until or "")
            add_row(table, drug.hcpcs, drug.category, str(drug.since), until, "; ".join(drug.cited.sources))
    return table


_ACTIONS: dict[str, Callable[[Namespace], int]] = {"new": _new, "list": _list, "check": _check, "show": _show}
