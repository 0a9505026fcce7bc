"""``chairtime code`` from outside: files in, answers out, the right exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from desktop_app.cli import main
from desktop_app.commands.coded_markdown import markdown_page
from desktop_app.commands.coded_page import print_page
from tests.coding.given import coded, hydration, infusion, push

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "tests" / "coding" / "cases" / "published.json"


def case(name: str = "vancomycin", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    services = [infusion("vancomycin", "09:00", "11:20", id="a")]
    return {"id": name, "setting": "facility", "date": "2026-03-02", "services": services} | more


def written(folder: Path, content: object) -> str:
    path = folder / "cases.json"
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    path.write_text(text, encoding="utf-8")
    return str(path)


def lines(answer: dict[str, Any]) -> list[tuple[str, int]]:
    return [(line["code"], line["units"]) for line in answer["lines"]]


def test_a_case_is_shown_to_people_with_its_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["code", written(tmp_path, case())]) == 0
    shown = capsys.readouterr().out
    assert "96365" in shown
    assert "Vancomycin ran 09:00 to 11:20 (140 minutes)" in " ".join(shown.split())
    assert "140 minutes infused, 2 billable hours" in shown


def test_one_case_in_is_one_answer_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--json", written(tmp_path, case())]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["id"], lines(answer)) == ("vancomycin", [("96365", 1), ("96366", 1)])


def test_a_case_a_line_in_is_an_answer_a_line_out_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = case("bad", services=[infusion("drug", "09:00", "08:00")])
    texts = [json.dumps(case("one")), "{broken", "", json.dumps(bad), "[1]", json.dumps(case("last"))]
    assert main(["code", "--jsonl", written(tmp_path, "\n".join(texts))]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", None, "bad", None, "last"]
    assert [answer.get("error") for answer in answers] == [
        None,
        "Line 2: the text is not JSON: expecting property name enclosed in double quotes.",
        "Line 4: services[0].stop is before the start.",
        "Line 5: The case must be an object in braces.",
        None,
    ]


def test_a_run_of_good_lines_is_a_success(tmp_path: Path) -> None:
    assert main(["code", "--jsonl", written(tmp_path, json.dumps(case()) + "\n")]) == 0


def test_a_line_that_is_not_utf_8_is_answered_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n')
    assert main(["code", "--jsonl", str(path)]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "Line 1: the text is not UTF-8."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "line 1: the text is not JSON: expecting property name enclosed in double quotes."),
        ("", "line 1: the text is not JSON: expecting value."),
        ("7", "line 1: The case must be an object in braces."),
        (case(colour="red"), "line 15: colour is not a known key."),
        (
            case(services=[infusion("x", "09:00", "10:00", dose="5")]),
            "line 12: services[0].dose must be a number.",
        ),
        ('{"id": "a",\n"id": "b"}', "line 1: id stands twice."),
        ("[" * 100_000, "line 1: the text is nested too deeply."),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"], ["--markdown"]])
def test_a_file_that_is_no_case_is_one_sentence_and_nothing_else(
    form: list[str], content: object, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, content)
    assert main(["code", *form, path]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"chairtime: {path}, {sentence}\n")


def test_a_file_that_is_not_utf_8_is_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(b'{\n"id": "\xff"}')
    assert main(["code", str(path)]) == 2
    assert capsys.readouterr().err == f"chairtime: {path}, line 2: the text is not UTF-8.\n"


@pytest.mark.parametrize("form", [[], ["--jsonl"]])
def test_a_file_that_cannot_be_read_is_one_sentence(
    form: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["code", *form, str(tmp_path / "none.json")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"chairtime: {tmp_path / 'none.json'} cannot be read: no such file or directory.\n"


def test_a_list_of_cases_is_answered_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, [case("one"), case("bad", date="x"), case("two")])
    assert main(["code", "--json", path]) == 1
    answers = json.loads(capsys.readouterr().out)
    assert [answer["id"] for answer in answers] == ["one", "bad", "two"]
    assert answers[1]["error"] == "Case 2: date must be a date such as 2026-03-02."
    assert main(["code", path]) == 1
    told = capsys.readouterr()
    assert told.err == "chairtime: bad: Case 2: date must be a date such as 2026-03-02.\n"
    assert "two" in told.out


@pytest.mark.parametrize("form", [[], ["--markdown"]])
def test_a_list_with_no_case_in_it_is_said_to_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    file = written(tmp_path, [])
    assert main(["code", *form, file]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"chairtime: {file} holds no case: the list in it is empty.\n"
    assert main(["code", "--json", file]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_published_cases_are_a_list_of_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--json", str(PUBLISHED)]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert len(answers) == 77


def test_a_test_table_may_say_either_where_both_settings_agree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["code", "--json", written(tmp_path, case(setting="either"))]) == 0
    assert lines(json.loads(capsys.readouterr().out)) == [("96365", 1), ("96366", 1)]
    twice = case(setting="either", services=[push("drug", "09:00"), push("drug", "12:00")])
    assert main(["code", "--json", written(tmp_path, twice)]) == 2
    assert "setting must be facility or physician: here they give different lines." in capsys.readouterr().err


def test_a_case_may_come_through_standard_input() -> None:
    for form, text in (("--json", json.dumps(case(), indent=1)), ("--jsonl", json.dumps(case()))):
        answer = subprocess.run(  # this Python, our own program
            [sys.executable, "-m", "desktop_app", "code", form, "-"],
            input=text.encode(),
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert json.loads(answer.stdout)["id"] == "vancomycin"


def shown(*services: dict[str, Any], **more: Any) -> str:  # noqa: ANN401
    page = StringIO()
    print_page(coded(*services, **more), Console(file=page, width=200))
    return page.getvalue()


def test_the_page_shows_lines_reasons_what_is_not_billed_and_findings() -> None:
    page = shown(
        infusion("drug", "09:00", "10:28"), hydration("09:00", "09:20", id="h"), place_of_service="11"
    )
    for part in (
        "96365",
        "Why",
        "Not billed",
        "h  ",
        "Findings",
        "note  ",
    ):
        assert part in page


def test_the_page_of_a_visit_without_lines_says_so() -> None:
    assert "No lines." in shown()
    assert "No lines." in markdown_page(coded())


def test_a_drug_name_is_never_read_as_markup() -> None:
    assert "[red]drug" in shown(push("[red]drug", "09:00"))
    assert "\\[red\\]\\*drug\\*" in markdown_page(coded(push("[red]*drug*", "09:00")))


def test_a_case_may_be_a_page_for_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    services = [infusion("drug", "09:00", "10:28"), hydration("09:00", "09:20", id="h")]
    assert main(["code", "--markdown", written(tmp_path, case(services=services))]) == 0
    page = capsys.readouterr().out.splitlines()
    assert page[0] == "## vancomycin"
    assert "| 96365 | 1 |  | 2026-03-02 | 88 | Drug infusion, first hour | 1 |" in page
    assert {"**Why**", "**Not billed**", "**Findings**"} <= set(page)


def test_one_of_anything_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    an_hour = case(services=[infusion("vancomycin", "09:00", "10:00")])
    assert main(["code", written(tmp_path, an_hour)]) == 0
    assert "60 minutes infused, 1 billable hour\n" in capsys.readouterr().out


def test_each_answer_says_what_one_minute_would_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, case(services=[infusion("drug", "09:00", "10:30")]))
    told = "One minute more and 96366 x1 would be added; one less changes no line."
    main(["code", "--json", file])
    assert json.loads(capsys.readouterr().out)["lines"][0]["one_minute"] == told
    main(["code", file])
    assert told in " ".join(capsys.readouterr().out.split())
