"""The biller's handbook is whole, true to the program, and written anew by one command."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chores import environment
from chores import handbook as chore
from desktop_app.coding.ndc import display, resolve
from desktop_app.coding.options import Default
from desktop_app.coding.reasons import Coding
from desktop_app.coding.refusals import CaseError
from desktop_app.coding.tables import TableKind
from desktop_app.core.orders import Setting
from handbook import __main__ as writer
from handbook.answers import answered, answered_in, chosen, rules_of
from handbook.entries import default_for
from handbook.pages import pages
from handbook.source import ROOT, TEXT, Example, Told, read_pages
from handbook.tables import LONGEST_IN_TABLE, TEMPLATE
from tests.coding.given import RULES, coded, hydration, infusion, push, units

FOLDER = TEXT.parent
WRITTEN = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
PAGES = read_pages()
EXAMPLES = [example for page in PAGES for example in page.examples]
RULES_TOLD = {told.name: told for page in PAGES for told in page.rules}
OPTIONS_TOLD = {told.name: told for page in PAGES for told in page.options}
FINDINGS_TOLD = {told.name: told for page in PAGES for told in page.findings}


def answer(example: Example) -> Coding:
    return answered_in(example)[1]


def section(name: str) -> str:
    """Return the entry of a rule, option or finding, as it is written."""
    page = next(text for text in WRITTEN.values() if f"\n### {name}\n" in text)
    return re.split(r"\n##", page.split(f"\n### {name}\n")[1])[0]


def test_the_pages_are_what_the_rulebook_the_text_and_the_coder_make_now() -> None:
    assert pages() == WRITTEN, "run `python3 packaging/dev.py handbook`"


def test_every_rule_of_the_rulebook_has_an_entry_and_no_other_has() -> None:
    assert set(RULES_TOLD) == set(RULES.rulebook.rules)
    assert set(OPTIONS_TOLD) == set(RULES.rulebook.options)


@pytest.mark.parametrize("told", RULES_TOLD.values(), ids=lambda told: told.name)
def test_every_rule_has_an_example_in_whose_answer_it_is_named(told: Told) -> None:
    assert any(told.name in rules_of(answer(example)) for example in told.examples)
    assert f"`{told.name}`" in section(told.name)


@pytest.mark.parametrize("told", RULES_TOLD.values(), ids=lambda told: told.name)
def test_every_rule_is_told_with_what_it_says_and_its_sources(told: Told) -> None:
    rule = RULES.rulebook.rules[told.name]
    entry = section(told.name).replace("\\", "")
    assert f"> {rule.says}" in entry
    assert all(source in entry for source in rule.sources)
    assert len(told.text) > 60


@pytest.mark.parametrize("told", OPTIONS_TOLD.values(), ids=lambda told: told.name)
def test_every_value_of_an_option_stands_with_who_wants_it_and_with_its_answer(told: Told) -> None:
    option = RULES.rulebook.options[told.name]
    assert set(told.values) == set(option.values)
    meant, *answers = section(told.name).split(f"| `{told.name}` | The answer |")
    assert len(answers) == len(told.examples) >= 1
    for value in option.values:
        assert f"| `{value}` | {told.values[value]} | {default_for(option, value)} |" in meant
        assert all(f"| `{value}` | " in text for text in answers)


@pytest.mark.parametrize("told", OPTIONS_TOLD.values(), ids=lambda told: told.name)
def test_who_wants_a_value_is_somebody_the_rulebook_cites(told: Told) -> None:
    sources = "; ".join(RULES.rulebook.options[told.name].dated[-1].cited.sources)
    for who in re.findall(r"\((.*?)\)", " ".join(told.values.values())):
        parts = [part for part in re.split(r"[,;:] ", who) if part != "by contractor"]
        assert [part for part in parts if part not in sources] == []


def default(since: str, facility: str, physician: str) -> Default:
    values = {Setting.FACILITY: facility, Setting.PHYSICIAN: physician}
    cited = RULES.rulebook.options["overlap"].dated[0].cited
    return Default(date.fromisoformat(since), values, cited)


def test_a_default_is_told_with_the_dates_between_which_it_holds() -> None:
    dated = (
        default("2009-01-01", "deduct", "deduct"),
        default("2020-01-01", "majority", "deduct"),
        default("2024-07-01", "majority", "any"),
    )
    option = replace(RULES.rulebook.options["overlap"], dated=dated)
    told = [default_for(option, value) for value in ("deduct", "majority", "any")]
    assert told == [
        "hospital, from 2009-01-01 until 2019-12-31; office, from 2009-01-01 until 2024-06-30",
        "hospital, from 2020-01-01",
        "office, from 2024-07-01",
    ]
    assert default_for(replace(option, dated=dated[:1]), "majority") == ""
    assert default_for(replace(option, dated=dated[:1]), "deduct") == "hospital and office, from 2009-01-01"


@pytest.mark.parametrize("told", OPTIONS_TOLD.values(), ids=lambda told: told.name)
def test_every_payer_that_chooses_a_value_stands_with_it_but_the_template(told: Told) -> None:
    chosen_by = {
        f"`{profile.name}` chooses `{value}` from {dated.since}"
        for profile in RULES.profiles.values()
        for dated in profile.options
        for name, value in dated.choices
        if name == told.name and profile.name != TEMPLATE
    }
    assert set(re.findall(r"`[\w-]+` chooses `[\w-]+` from [\d-]+", section(told.name))) == chosen_by


def test_the_template_chooses_every_option_as_it_is_by_default_as_the_table_says() -> None:
    template, options = RULES.profiles[TEMPLATE], RULES.rulebook.options
    row = next(row for row in WRITTEN["14-tables.md"].splitlines() if row.startswith(f"| `{TEMPLATE}` |"))
    (dated,) = template.options
    assert f"from {dated.since} every option, each as it is by default for a hospital" in row
    assert dict(dated.choices) == {name: o.defaults[Setting.FACILITY] for name, o in options.items()}


@pytest.mark.parametrize("told", OPTIONS_TOLD.values(), ids=lambda told: told.name)
def test_the_values_of_an_option_answer_differently(told: Told) -> None:
    for example in told.examples:
        values = RULES.rulebook.options[told.name].values
        answers = [answered(chosen(example.case, told.name, value))[1] for value in values]
        lines = {
            tuple((line.code, line.modifiers, line.units, line.date) for line in a.lines) for a in answers
        }
        assert len(lines) == len(values)


@pytest.mark.parametrize("told", OPTIONS_TOLD.values(), ids=lambda told: told.name)
def test_an_option_names_the_rules_it_touches_and_they_point_to_it(told: Told) -> None:
    assert told.rules
    assert all(f"[{told.name}](#{told.name})" in section(rule) for rule in told.rules)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case["id"])
def test_every_example_is_a_case_with_a_caption(example: Example) -> None:
    visit, coding = answered_in(example)
    assert example.caption.endswith(".")
    assert not example.profile or coding.profile == example.profile
    assert len(visit.services) == len(example.case["services"]) > 0
    assert coding.lines or coding.not_billed


def test_an_example_that_is_no_case_is_named() -> None:
    with pytest.raises(CaseError) as fault:
        answered({"id": "slip", "setting": "facility", "date": "2026-03-02", "services": 7})
    assert fault.value.__notes__ == ["This is the example slip."]


def test_no_two_examples_have_one_name() -> None:
    names = [example.case["id"] for example in EXAMPLES]
    assert sorted(set(names)) == sorted(names)


FINDERS = {"find": 1, "_warn": 1, "_no_line": 2}
"""What writes a finding down, and which of its arguments is the finding's name."""


def _names_of_findings() -> set[str]:
    """Return the name of every finding the coder writes down, as its source has them."""
    found = set()
    for path in (ROOT / "desktop_app" / "coding").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called)) if called in FINDERS:
                    found |= _texts(node.args[FINDERS[called]], path)
                case ast.keyword(arg="name", value=ast.Constant(value=str(name))):
                    found.add(name)
    return found


def _texts(node: ast.expr, path: Path) -> set[str]:
    """Return a text that stands in the source, or either one that a variable of the file may be."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=wanted):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            return set().union(*(_either(statement, wanted) for statement in nodes))
    return set()


def _either(node: ast.AST, wanted: str) -> set[str]:
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))),
        ) if name == wanted:
            return {one, other}
    return set()


SEEN_IN_NO_CASE = {"add-on-without-primary", "minute-counted-twice", "dose-out-of-bounds"}
"""Guards against a rulebook at odds with itself, and an old journal: no case brings them about."""


def test_every_finding_has_an_entry_and_is_seen_in_its_example() -> None:
    named = {finding.name for example in EXAMPLES for finding in answer(example).findings}
    assert named <= set(FINDINGS_TOLD)
    assert _names_of_findings() == set(FINDINGS_TOLD)
    for name, told in FINDINGS_TOLD.items():
        seen = {finding.name for example in told.examples for finding in answer(example).findings}
        assert (name in seen) != (name in SEEN_IN_NO_CASE), name


@pytest.mark.parametrize("name", FINDINGS_TOLD)
def test_a_finding_is_told_with_the_weight_it_has(name: str) -> None:
    told = FINDINGS_TOLD[name]
    levels = {f.level.value for example in told.examples for f in answer(example).findings if f.name == name}
    weight = told.text.split("**")[1].strip(".").lower()
    assert levels <= {weight}
    assert "*Do:*" in told.text


def test_every_link_of_the_handbook_leads_somewhere() -> None:
    for name, text in WRITTEN.items():
        links = re.findall(r"\]\(([^)#]*)#?([^)]*)\)", text)
        assert links
        for page, anchor in links:
            target = (FOLDER / (page or name)).read_text(encoding="utf-8")
            headings = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", target, flags=re.MULTILINE)}
            assert not anchor or anchor in headings, f"{name}: {page}#{anchor}"


def test_an_option_that_a_note_names_is_a_link_to_its_entry() -> None:
    notes = re.findall(r"^- Note: .*$", "\n".join(WRITTEN.values()), flags=re.MULTILINE)
    named = [option for note in notes for option in OPTIONS_TOLD if f"option [{option}](" in note]
    assert named
    assert [note for note in [*notes, WRITTEN["14-tables.md"]] if re.search(r"option \w+\\_", note)] == []


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_the_sixteen_steps_lead_to_the_pages_of_their_rules() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\]\((.*?)\) \|$", WRITTEN["README.md"], flags=re.MULTILINE)
    page_of = {int(step): page.removesuffix(".md") for step, page in rows}
    assert sorted(page_of) == list(range(1, 17))
    for page in PAGES:
        assert {page_of[RULES.rulebook.rules[told.name].step] for told in page.rules} <= {page.slug}


def test_a_code_number_stands_only_with_our_own_words_for_it() -> None:
    labels = {code.number: code.label for code in RULES.rulebook.eras[-1].codes.values()}
    rows = [row for text in WRITTEN.values() for row in text.splitlines() if row.startswith("| ")]
    for row in rows:
        first, second, *_ = [cell.strip() for cell in row.strip("|").split(" | ")]
        code = re.fullmatch(r"\**(\w{5})(?:-\w\w)*(?: x\d+)?\**(?: [\d-]+)?", first)
        if code and code[1] in labels and "," not in second:
            assert second == labels[code[1]] or second in labels or re.match(r"\d|J\d{4}$", second), row


@pytest.mark.parametrize(
    "telling",
    ["list separately", "each additional", "specify substance", "single or initial", "up to 1 hour"],
)
def test_no_words_of_the_code_set_stand_in_the_handbook(telling: str) -> None:
    assert [name for name, text in WRITTEN.items() if telling in " ".join(text.lower().split())] == []


def test_no_drawing_is_wider_than_a_page() -> None:
    for text in WRITTEN.values():
        for block in re.findall(r"```text\n(.*?)\n```", text, flags=re.DOTALL):
            assert max(len(row) for row in block.splitlines()) <= 100


def test_the_table_of_minutes_is_what_the_coder_gives() -> None:
    table = WRITTEN["14-tables.md"].split("## Minutes to units")[1].split("\n## ")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines() if "…" in row]
    reached = 0
    for minutes, drug, fluid, behind in rows:
        low, high = (int(number) for number in minutes.split(" … "))
        assert low == reached + 1
        reached = high
        for length in {low, high}:
            assert (drug, fluid, behind) == _units_of(length), length
    assert reached >= LONGEST_IN_TABLE


LIMITS = RULES.rulebook.eras[-1].thresholds
PUSH, HOUR, MORE = LIMITS.push_longest_minutes, LIMITS.hour_minutes, LIMITS.added_hour_more_than_minutes


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("README", f"a push ({PUSH} minutes or less) or an infusion ({PUSH + 1} or more)"),
        ("README", f"Count added hours: more than {MORE} minutes past the last full hour"),
        (
            "README",
            f"96366 x1 would be added; one less changes no line* stands behind {HOUR + MORE} minutes",
        ),
        ("02-running-time", f"more than {LIMITS.longest_computed_hours} hours after the start"),
        ("03-outside-the-iv-order", f"{PUSH + 1} to {HOUR + MORE} minutes are the first unit"),
        (
            "04-push-or-infusion",
            f"{PUSH} minutes or less is a push, whatever it was ordered as; from {PUSH + 1}",
        ),
        ("04-push-or-infusion", f"a count within {LIMITS.near_threshold_minutes} minutes of it"),
        ("06-further-infusions", f"The first unit covers up to {HOUR + MORE} minutes"),
        ("06-further-infusions", f"{HOUR + MORE + 1} to {2 * HOUR + MORE} minutes give one added unit"),
        ("07-pushes", f"**more than {LIMITS.repeat_push_gap_minutes} minutes** lie between"),
        (
            "08-hydration",
            f"{MORE + 1} to {HOUR + MORE} minutes are one unit, {HOUR + MORE + 1} to {2 * HOUR + MORE} two",
        ),
        ("10-findings", f"within {LIMITS.near_threshold_minutes} minutes of one that would give other units"),
    ],
)
def test_a_number_in_the_prose_is_that_of_the_rulebook(page: str, said: str) -> None:
    assert said in " ".join(WRITTEN[f"{page}.md"].split())


def test_the_digits_of_an_ndc_are_read_as_the_table_says() -> None:
    rows = re.findall(
        r"^\| ([\d-]{12}) \| (\S+) \| ([\d-]+) \|$", WRITTEN["09-drug-lines.md"], flags=re.MULTILINE
    )
    assert len(rows) == 3
    for printed, form, billed in rows:
        assert "-".join(str(len(part)) for part in printed.split("-")) == form
        assert display(resolve(printed)) == billed


def test_every_table_that_can_be_imported_is_told() -> None:
    told = WRITTEN["09-drug-lines.md"].split("## What chairtime import adds")[1]
    assert [kind for kind in TableKind if f"`{kind}`" not in told] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case["id"])
def test_what_a_practice_added_to_an_example_changes_its_answer(example: Example) -> None:
    if example.own_profile or example.is_session or example.tables or example.ndcs:
        plain = answered(example.case)[1]
        added = answer(example)
        assert (added.lines, added.findings) != (
            plain.lines,
            plain.findings,
        ) or added.profile != plain.profile


def _units_of(minutes: int) -> tuple[str, str, str]:
    stop = f"{8 + minutes // 60:02}:{minutes % 60:02}"
    drug, fluid = units(coded(infusion("drug", "08:00", stop))), units(coded(hydration("08:00", stop)))
    behind = units(coded(hydration("08:00", stop), push("drug", "07:00"))).get("96361")
    first = "none: a push" if "96374" in drug else _told(drug, "96365", "96366")
    return first, _told(fluid, "96360", "96361"), str(behind or "none")


def _told(found: dict[str, int], first: str, more: str) -> str:
    if first not in found:
        return "none"
    return f"{found[first]} and {found[more]} added" if more in found else str(found[first])


def test_every_published_case_that_is_not_scored_is_told_with_our_reason() -> None:
    cases = ROOT / "tests" / "coding" / "cases" / "not_scored.toml"
    reasons: dict[str, Any] = tomllib.loads(cases.read_text(encoding="utf-8"))
    for name, told in reasons.items():
        assert told["why"] in section(name).replace("\\", "")


def test_the_handbook_is_written_only_where_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(writer, "TEXT", tmp_path / "text")
    (tmp_path / "old.md").write_text("a page that is no more", encoding="utf-8")
    assert writer.main() == 0
    assert {path.name for path in tmp_path.glob("*.md")} == set(WRITTEN)
    assert "old.md (gone)" in capsys.readouterr().out
    (tmp_path / "README.md").write_text("spoilt", encoding="utf-8")
    writer.main()
    assert capsys.readouterr().out == f"docs/handbook: {len(WRITTEN)} pages; changed: README.md.\n"
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == WRITTEN["README.md"]


def test_the_word_runs_the_writer_in_the_projects_own_python(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[list[Any], dict[str, Any]]] = []

    def call(command: list[Any], **more: Any) -> int:  # noqa: ANN401
        ran.append((command, more))
        return 0

    monkeypatch.setattr(chore, "call", call)
    monkeypatch.setattr(environment, "ready", lambda *_: Path("python"))
    assert chore.handbook([]) == 0
    (command, more) = ran[0]
    assert [str(part) for part in command] == ["python", "-m", "handbook"]
    assert more["extra"] == {"PYTHONPATH": str(ROOT / "packaging")}
