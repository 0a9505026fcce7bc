"""The code map: every role has a number, every number a role, and a practice may replace the file."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from desktop_app.coding.code_map_text import LONGEST_LABEL
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.roles import HOUR_ROLES, LATER_ROLES, ROLES
from desktop_app.coding.rulebook import Rulebook
from desktop_app.coding.rulebook_text import CODE_MAP, load_rulebook
from tests.coding.given import RULES, Service, care, coded, hydration, infusion, push
from tests.coding.test_rulebook import TEXTS

DECLOT = '[declot]\ncode = "36593"\nlabel = "Clotted line cleared with a drug"\nfrom = 2009-01-01\n'
OWN = "/data/rules/codes.toml"


def own(text: str) -> Rulebook:
    return load_rulebook(TEXTS | {OWN: text}, code_map=OWN)


def own_version(text: str) -> str:
    return text.replace('version = "2026.1"', 'version = "ours-1"')


CHEMO = {"category": "chemo"}
EVERY_ROLE: tuple[tuple[Service, ...], ...] = (
    (infusion("a", "09:00", "11:00"), infusion("b", "11:00", "12:00"), infusion("c", "09:00", "10:00")),
    (push("a", "09:00"), push("b", "09:10"), push("a", "10:00")),
    (hydration("09:00", "11:00"),),
    (
        infusion("a", "09:00", "11:00", **CHEMO),
        infusion("b", "11:00", "12:00", **CHEMO),
        infusion("c", "11:00", "12:00", **CHEMO),
    ),
    (push("a", "09:00", **CHEMO), push("b", "09:10", **CHEMO)),
    (care("im", "09:00"), care("sc", "09:10", **CHEMO), care("im", "09:20", hormonal=True, **CHEMO)),
    (infusion("a", "09:00", "11:00", route="sc-infusion"),),
    (care("ia-push", "09:00"), care("ia-push", "09:10", **CHEMO)),
    (infusion("a", "09:00", "11:00", route="ia-infusion", **CHEMO),),
    (infusion("a", "09:00", pump=True, **CHEMO),),
    (infusion("a", "09:00", pump=True, route="ia-infusion", **CHEMO),),
    (care("pump-refill", "09:00"),),
    (care("declot", "09:00"),),
    (care("port-flush", "09:00"),),
    (infusion("blood", "09:00", "11:00", category="transfusion"),),
)
"""Visits on whose lines, by one choice of options or another, every role of the map stands."""
CHOICES: tuple[dict[str, str], ...] = ({}, {"concurrent_chemo": "96549", "pump_start": "G0498"})


def test_every_role_is_made_by_some_visit_and_every_line_has_a_role_of_the_map() -> None:
    made = {
        line.role
        for services, options in product(EVERY_ROLE, CHOICES)
        for line in coded(*services, options=options).lines
    }
    assert made == ROLES == set(RULES.rulebook.eras[-1].codes)


def test_the_hours_are_the_programs_and_the_numbers_the_maps() -> None:
    codes = load_rulebook(TEXTS).eras[-1].codes
    for role, code in codes.items():
        assert code.hour == (role in HOUR_ROLES)
        assert code.cited.sources
    assert codes["pump-start-home"].cited.evidence == "read"


def test_two_roles_never_share_a_number() -> None:
    for era in RULES.rulebook.eras:
        numbers = [code.number for code in era.codes.values()]
        assert len(numbers) == len(set(numbers))


def test_only_a_role_that_an_option_leads_to_may_begin_after_the_rules() -> None:
    led_to = {role for option in RULES.rulebook.options.values() for role in option.roles.values()}
    usual = {
        option.roles[value]
        for option in RULES.rulebook.options.values()
        if option.roles
        for value in option.defaults.values()
    }
    assert led_to - usual == LATER_ROLES


def test_a_code_number_may_follow_another() -> None:
    later = (
        '[[declot]]\ncode = "36593"\nlabel = "Old"\nfrom = 2009-01-01\n'
        '[[declot]]\ncode = "36999"\nlabel = "New"\nfrom = 2030-01-01\n'
    )
    book = load_rulebook(TEXTS | {CODE_MAP: TEXTS[CODE_MAP].replace(DECLOT, later)})
    assert [era.codes["declot"].number for era in (book.eras[0], book.eras[-1])] == ["36593", "36999"]


def test_a_map_of_the_practices_own_takes_the_place_of_the_programs_whole() -> None:
    text = own_version(TEXTS[CODE_MAP]).replace('"Clotted line cleared with a drug"', '"Declot"')
    book = own(text)
    assert book.version == "2026.1+ours-1"
    assert book.eras[-1].codes["declot"].label == "Declot"
    assert RULES.rulebook.eras[-1].codes["declot"].label != "Declot"


def test_a_map_of_the_practices_own_has_a_version_of_its_own() -> None:
    with pytest.raises(RulebookError) as fault:
        own(TEXTS[CODE_MAP])
    assert str(fault.value) == (
        f"{OWN}, line 10: version should be another than 2026.1, which names the code map of the program."
    )


def test_a_map_that_is_named_and_not_there_is_refused() -> None:
    with pytest.raises(RulebookError, match=r"codes\.toml, line 1: the file should be there"):
        load_rulebook(TEXTS, code_map=OWN)


def test_numbers_may_change_places_from_one_day_to_the_next() -> None:
    swapped = TEXTS[CODE_MAP]
    for role, old, new in (("infusion-first", "96365", "96374"), ("push-first", "96374", "96365")):
        begins = swapped.index(f"[{role}]")
        block = swapped[begins : swapped.index("\n\n", begins)]
        later = block.replace(old, new).replace("2009-01-01", "2030-01-01")
        both = f"{block}\n\n{later}".replace(f"[{role}]", f"[[{role}]]")
        swapped = swapped.replace(block, both)
    codes = load_rulebook(TEXTS | {CODE_MAP: swapped}).eras[-1].codes
    assert (codes["infusion-first"].number, codes["push-first"].number) == ("96374", "96365")
    assert load_rulebook(TEXTS | {CODE_MAP: swapped}).on(date(2029, 12, 31)) is not None


REFUSED = [
    ('code = "96365"', "code = 96365", "[infusion-first] code should be a code of five digits or capital"),
    ('code = "96365"', 'code = "9636"', "[infusion-first] code should be a code of five digits or capital"),
    ('code = "96365"', 'code = "96365 "', "[infusion-first] code should be a code of five digits or capital"),
    ('code = "96366"', 'code = "96365"', "code should be a number of its own: infusion-first has 96365 on"),
    ('label = "Transfusion"', 'label = ""', "[transfusion] label should be a text in quotes, of 1 to 48"),
    ('label = "Transfusion"', f'label = "{"x" * (LONGEST_LABEL + 1)}"', "label should be a text in quotes"),
    ('label = "Transfusion"', "label = 5", "label should be a text in quotes"),
    ("[declot]", "[unclot]", "unclot should be gone: it is not a key of this table"),
    (DECLOT, "", "line 1: declot should be there: a table of this name is missing"),
    ("[declot]\ncode", "[declot]\nhour = true\ncode", "[declot] hour should be gone"),
    (DECLOT, DECLOT.replace("2009", "2010"), "[declot] from should be 2009-01-01 or earlier, when the rules"),
    (DECLOT, DECLOT.replace("[declot]", "[[declot]]") * 2, "[[declot]] from should be after the date of"),
    ("[infusion-more]", "infusion-more = 5\n[x]", "x should be gone: it is not a key of this table"),
    ("[declot]", "[declot.inner]", "[declot] inner should be gone"),
    ("sources = [", "source = [", "line 11: source should be gone"),
    ("checked = 2026-11-25", "", "line 1: checked should be a date"),
    ('evidence = "read"\n', "", "[pump-start-home] evidence should be one of read, restated, unread"),
    ('version = "2026.1"', 'version = "new version"', "line 10: version should be a short name"),
]


@pytest.mark.parametrize("file", [CODE_MAP, OWN])
@pytest.mark.parametrize(("old", "new", "expected"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_code_map_is_refused_the_programs_or_the_practices(
    file: str, old: str, new: str, expected: str
) -> None:
    text = TEXTS[CODE_MAP]
    assert old in text
    bad = text.replace(old, new, 1)
    with pytest.raises(RulebookError) as fault:
        own(own_version(bad)) if file == OWN else load_rulebook(TEXTS | {CODE_MAP: bad})
    assert str(fault.value).startswith(f"{file}, line ")
    assert expected in str(fault.value)


def declots(*numbers_and_days: str) -> str:
    blocks = [
        f'[[declot]]\ncode = "{number}"\nlabel = "Declot"\nfrom = {day}\n'
        for number, day in map(str.split, numbers_and_days)
    ]
    return TEXTS[CODE_MAP].replace(DECLOT, "".join(blocks))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (declots("96365 2009-01-01", "36593 2030-01-01"), "2009-01-01"),
        (declots("36593 2009-01-01", "96365 2030-01-01"), "2030-01-01"),
    ],
    ids=["until a later block", "from the last block on"],
)
def test_a_number_that_two_roles_have_on_some_day_is_refused(text: str, day: str) -> None:
    with pytest.raises(RulebookError) as fault:
        own(own_version(text))
    assert fault.value.key == "[[declot]] code"
    assert fault.value.expected == f"a number of its own: infusion-first has 96365 on {day}"


def test_every_block_of_a_role_is_later_than_the_one_above_it() -> None:
    text = declots("36593 2009-01-01", "36594 2030-01-01", "36595 2020-01-01")
    with pytest.raises(
        RulebookError, match=r"\[\[declot\]\] from should be after the date of the block above"
    ):
        own(own_version(text))


def test_of_several_missing_roles_the_first_by_name_is_told() -> None:
    text = TEXTS[CODE_MAP].partition("[declot]")[0]
    with pytest.raises(
        RulebookError, match="line 1: declot should be there: a table of this name is missing"
    ):
        own(own_version(text))


def test_a_label_may_be_as_long_as_a_card_is_wide() -> None:
    label = "x" * LONGEST_LABEL
    text = own_version(TEXTS[CODE_MAP]).replace('label = "Transfusion"', f'label = "{label}"')
    assert own(text).eras[-1].codes["transfusion"].label == label


def test_an_empty_code_map_is_refused() -> None:
    with pytest.raises(RulebookError, match="line 1: the file should be filled"):
        own("")
