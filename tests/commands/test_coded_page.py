"""The page of a coded visit, as wide as a terminal is, and the document that says the same."""

from __future__ import annotations

import json
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import pytest
from rich.console import Console

from desktop_app.cli import main
from desktop_app.coding.coder import code
from desktop_app.commands.coded_markdown import markdown_page
from desktop_app.commands.coded_page import print_page
from desktop_app.commands.drawn_visit import Drawing, drawn
from tests.coding.given import RULES, Service, coded, hydration, infusion, push, visit

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[1] / "coding" / "cases" / "published.json").read_text(encoding="utf-8")
)


def page(case: dict[str, Any], width: int, *, colour: bool = False) -> str:
    case = case | {"setting": "facility" if case["setting"] == "either" else case["setting"]}
    keys = {"services", "setting", "id", "date", "options", "timezone", "place_of_service"}
    return told(*case["services"], width=width, colour=colour, **{k: case[k] for k in keys & set(case)})


def told(*services: Service, width: int = 100, colour: bool = False, **more: Any) -> str:  # noqa: ANN401
    """Return the page of a visit, as a terminal of a width would show it."""
    more = {key: value for key, value in more.items() if key != "services"}
    made = visit(*services, **more)
    coding = code(made, RULES.rulebook, RULES.profile_for(made.setting))
    out = StringIO()
    colours: Literal["standard"] | None = "standard" if colour else None
    screen = Console(file=out, width=width, force_terminal=colour, color_system=colours, markup=False)

    def draw(columns: int) -> Drawing:
        return drawn(made, coding, width=columns)

    print_page(coding, screen, draw)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 100, 160, 200])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_published_case_has_room_on_a_terminal(case: dict[str, Any], width: int) -> None:
    rows = page(case, width).splitlines()
    assert max(len(row) for row in rows) <= width
    assert {"Why", "Not billed"} & set(rows)


def test_the_page_has_its_parts_in_order() -> None:
    text = told(infusion("drug", "09:00", "10:28", id="a"), hydration("09:00", "09:20", id="h"))
    parts = ["visit ─", "rulebook ", "a  drug", "═ counts by the hour", " Code ", "Why", "initial-by-rank:"]
    parts += ["Not billed", "Findings", "note  ", "88 minutes infused, 1 billable hour"]
    assert sorted(parts, key=text.index) == parts


def test_blockers_come_first_in_words_and_in_red() -> None:
    services = infusion("one", "09:00", "10:28"), infusion("two", "12:00")
    rows = [row.split("  ")[0] for row in told(*services).splitlines()]
    assert rows.index("blocker") < rows.index("note")
    assert "1 blocker: it cannot be signed as it stands\n" in told(*services)
    assert "\x1b[1;31mblocker" in told(*services, colour=True)
    assert "blocker" not in told(services[0])


def test_colour_is_for_a_terminal_alone() -> None:
    assert "\x1b[32m╞══" in told(infusion("drug", "09:00", "10:00"), colour=True)
    assert "\x1b" not in told(infusion("drug", "09:00", "10:00"))


def test_nothing_a_person_typed_is_markup_on_the_page_or_ends_a_block_of_the_document() -> None:
    odd = infusion("[red]`````[/red] :smile:", "09:00", "10:00", id="```")
    assert "[red]`````[/red] :smile:" in told(odd)
    made = visit(odd, id="*x*")
    text = markdown_page(coded(odd, id="*x*"), drawn(made).text())
    assert text.startswith("## \\*x\\*\n")
    assert "\n``````text\n" in text
    assert text.count("\n``````\n") == 1


def test_the_document_shows_the_drawing_as_the_page_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = [
        infusion("drug", "09:00", "10:28", id="a"),
        push("other", "09:30", id="p"),
        infusion("x", "11:00"),
    ]
    case = {"id": "c", "setting": "either", "date": "2026-03-02", "services": services}
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    printed = {}
    for form in ((), ("--markdown",)):
        assert main(["code", *form, str(path)]) == 0
        printed[form] = capsys.readouterr().out
    block = printed["--markdown",].split("```text\n")[1].split("\n```")[0]
    assert block.splitlines()[3].startswith("p  other")
    assert all(row in [line.rstrip() for line in printed[()].splitlines()] for row in block.splitlines())
    assert "**1 blocker: it cannot be signed as it stands.**" in printed["--markdown",]


def test_a_page_without_a_drawing_is_the_lines_alone() -> None:
    out = StringIO()
    show = partial(print_page, coded(infusion("drug", "09:00", "10:00")))
    show(Console(file=out, width=100))
    assert "counts by the hour" not in out.getvalue()
