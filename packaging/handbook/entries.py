"""The entry of a rule and of an option: what it says, where that was read, and the answer to an example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from desktop_app.coding.options import Cited, Default, Option
from desktop_app.commands.coded_markdown import plain, row
from desktop_app.core.orders import Setting
from handbook.answers import Case, answered, chosen, in_short, picture, worked
from handbook.practice import RULES
from handbook.source import PageText, Told
from handbook.tables import EVIDENCE, SETTINGS, TEMPLATE, with_links

_POINTS_TO_OPTION = re.compile(r"(?:Sources|Payers) differ: option \w+\. ?")
_ONE_DAY = timedelta(days=1)


def rule_entry(told: Told, page: PageText) -> Iterator[str]:
    """Yield a rule: what it says, our prose, its sources, and its examples with their answers."""
    rule = RULES.rulebook.rules[told.name]
    began = f", for dates of service from {rule.since}" if rule.since > RULES.rulebook.eras[0].since else ""
    touched = [f"[{option.name}](#{option.name})" for option in page.options if told.name in option.rules]
    yield f"### {told.name}\n"
    yield f"> {rule.says}\n"
    yield told.text + "\n"
    yield f"- Step {rule.step}{began}. Sources: {plain('; '.join(rule.sources))}."
    yield _checked(rule.cited)
    yield from _note(_POINTS_TO_OPTION.sub("", rule.note, count=1), page)
    if touched:
        yield f"- Payers differ: {', '.join(touched)}."
    yield ""
    for example in told.examples:
        yield from worked(example)
        yield ""


def _checked(cited: Cited) -> str:
    if cited.sources[0].startswith("Our own"):
        return f"- Checked {cited.checked}."
    return f"- Evidence: *{cited.evidence}*, {EVIDENCE[cited.evidence]}; checked {cited.checked}."


def _note(note: str, page: PageText | None = None) -> Iterator[str]:
    """Yield a note, the options in it as links to their entries."""
    if note:
        yield f"- Note: {with_links(note, page)}"


def option_entry(told: Told) -> Iterator[str]:
    """Yield an option: its values with who wants them, its dated defaults, and what each value answers."""
    option = RULES.rulebook.options[told.name]
    yield f"### {told.name}\n"
    yield f"> {option.says}\n"
    yield told.text + "\n"
    yield row(("Value", "What it does, and who wants it", "Default for"))
    yield row(("---",) * 3)
    for value in option.values:
        yield row((f"`{value}`", told.values[value], default_for(option, value)))
    yield ""
    for dated in option.dated:
        yield from _cited(option, dated)
    yield from _set_by(option)
    yield ""
    for example in told.examples:
        yield example.caption + "\n"
        yield from picture(*answered(example.case))
        yield from _answers(told.name, option, example.case)
        if example.after:
            yield example.after + "\n"


def _answers(name: str, option: Option, case: Case) -> Iterator[str]:
    yield row((f"`{name}`", "The answer"))
    yield row(("---", "---"))
    for value in option.values:
        yield row((f"`{value}`", in_short(*answered(chosen(case, name, value)))))
    yield ""


def _cited(option: Option, dated: Default) -> Iterator[str]:
    of = f" of the default from {dated.since}" if len(option.dated) > 1 else ""
    yield f"- Sources{of}: {plain('; '.join(dated.cited.sources))}."
    yield _checked(dated.cited)
    yield from _note(dated.cited.note)


def default_for(option: Option, value: str) -> str:
    """Return for whom a value is the default, and from when until when."""
    told: dict[str, list[str]] = {}
    for setting, name in SETTINGS.items():
        for since, until in _spans(option, value, setting):
            told.setdefault(f"from {since}" + (f" until {until}" if until else ""), []).append(name)
    return "; ".join(f"{' and '.join(names)}, {when}" for when, names in told.items())


def _spans(option: Option, value: str, setting: Setting) -> list[tuple[date, date | None]]:
    """Return from when until when a value is the default of a setting."""
    found: list[tuple[date, date | None]] = []
    ends = [later.since - _ONE_DAY for later in option.dated[1:]]
    for dated, until in zip(option.dated, [*ends, None], strict=True):
        if dated.values[setting] != value:
            continue
        goes_on = bool(found) and found[-1][1] == dated.since - _ONE_DAY
        since = found.pop()[0] if goes_on else dated.since
        found.append((since, until))
    return found


def _set_by(option: Option) -> Iterator[str]:
    """Yield which payers choose a value themselves; the template, which sets every option, is none."""
    chosen_by = [
        f"`{profile.name}` chooses `{value}` from {dated.since}"
        for profile in RULES.profiles.values()
        for dated in profile.options
        for name, value in dated.choices
        if name == option.name and profile.name != TEMPLATE
    ]
    if chosen_by:
        yield f"- Profiles: {', '.join(chosen_by)}."
