"""``chairtime code``: one case, or a case a line, into coded lines with their reasons."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from functools import partial

from desktop_app.coding.case import read_case
from desktop_app.coding.case_out import Json, answer_of
from desktop_app.coding.case_text import NotJson, line_of, read_json
from desktop_app.coding.coder import code
from desktop_app.coding.one_minute import with_one_minute
from desktop_app.coding.reasons import Coding
from desktop_app.coding.refusals import CaseError
from desktop_app.commands.coded_markdown import markdown_page
from desktop_app.commands.coded_page import print_page
from desktop_app.commands.drawn_visit import WIDTH, Drawing, drawn
from desktop_app.commands.streams import NothingDone, content_of, lines_of, require_folder, shown
from desktop_app.core.orders import Setting
from desktop_app.rulebook_files import StandardRules, load_rules

OK = 0
SOMETHING_WRONG = 1


def run(arguments: Namespace) -> int:
    """Code a file of cases in the form asked for.

    Status 1 when a case among others is bad; 2, one sentence on standard error and nothing on
    standard output, when the file is no case at all.
    """
    require_folder(arguments.data_dir)
    rules = load_rules(arguments.data_dir)
    if arguments.profile and arguments.profile not in rules.profiles:
        known = ", ".join(sorted(rules.profiles))
        raise NothingDone(f"There is no payer profile {arguments.profile}, only {known}.")
    if arguments.jsonl:
        return _each_line(arguments.file, rules, arguments.profile)
    return _whole_file(arguments, rules)


def _each_line(name: str, rules: StandardRules, profile: str) -> int:
    """Answer every line that is not blank, in order, as soon as it is read."""
    status = OK
    with lines_of(name) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            answer = line_answer(line, number, rules, profile)
            status = SOMETHING_WRONG if "error" in answer else status
            print(json.dumps(answer), flush=True)
    return status


def line_answer(line: bytes, number: int, rules: StandardRules, profile: str) -> Json:
    """Return the answer to one line of a file of cases: its coding, or an error that names the line."""
    raw: object = None
    try:
        raw = read_json(line.decode("utf-8"))
        return answer_of(coded(raw, rules, profile))
    except UnicodeDecodeError:
        return {"id": None, "error": f"Line {number}: the text is not UTF-8."}
    except NotJson as fault:
        return {"id": None, "error": f"Line {number}: {fault}."}
    except CaseError as fault:
        return {"id": _id_of(raw), "error": f"Line {number}: {fault}"}


def _id_of(raw: object) -> str | None:
    name = raw.get("id") if isinstance(raw, dict) else None
    return name if isinstance(name, str) else None


def coded(raw: object, rules: StandardRules, profile: str = "") -> Coding:
    """Return the coding of a case as parsed from JSON, by a profile or the standard one of its setting.

    A test table may say ``either`` for the setting: then both must give the same lines. Raises
    CaseError for anything the format does not allow.
    """
    if isinstance(raw, dict) and raw.get("setting") == "either":
        return _in_both_settings(raw, rules, profile)
    visit = read_case(raw, rules.rulebook)
    if fault := rules.profile_fault(profile, visit.setting):
        raise CaseError(("setting",), f"does not fit: {fault}")
    payer = rules.profile_for(visit.setting, profile)
    return with_one_minute(code(visit, rules.rulebook, payer), visit, rules.rulebook, payer)


def _in_both_settings(raw: Mapping[str, object], rules: StandardRules, profile: str) -> Coding:
    one, other = (coded({**raw, "setting": setting.value}, rules, profile) for setting in Setting)
    if _units(one) != _units(other):
        raise CaseError(("setting",), "must be facility or physician: here they give different lines")
    return one


def _units(coding: Coding) -> dict[tuple[str, tuple[str, ...]], int]:
    units: dict[tuple[str, tuple[str, ...]], int] = {}
    for line in coding.lines:
        units[line.code, line.modifiers] = units.get((line.code, line.modifiers), 0) + line.units
    return units


def _whole_file(arguments: Namespace, rules: StandardRules) -> int:
    """Answer a file that holds one case, or a list of them."""
    name = shown(arguments.file)
    text = _text(name, content_of(arguments.file))
    try:
        raw = read_json(text)
        if not isinstance(raw, list):
            _print([(raw, coded(raw, rules, arguments.profile))], arguments, rules)
            return OK
    except NotJson as fault:
        raise NothingDone(f"{name}, line {fault.line}: {fault}.") from None
    except CaseError as fault:
        raise NothingDone(f"{name}, line {line_of(text, fault.path)}: {fault}") from None
    return _listed(raw, arguments, rules)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise NothingDone(f"{name}, line {line}: the text is not UTF-8.") from None


def _listed(items: list[object], arguments: Namespace, rules: StandardRules) -> int:
    """Answer a list of cases; a bad one is told on standard error and the run goes on."""
    if not items and not arguments.json:
        raise NothingDone(f"{shown(arguments.file)} holds no case: the list in it is empty.")
    answers = list(_answers(items, rules, arguments.profile))
    if arguments.json:
        print(json.dumps([answer_of(a) if isinstance(a, Coding) else a for a in answers], indent=2))
    else:
        told = zip(items, answers, strict=True)
        _print([(raw, coding) for raw, coding in told if isinstance(coding, Coding)], arguments, rules)
        for answer in answers:
            if not isinstance(answer, Coding):
                print(f"chairtime: {answer['id']}: {answer['error']}", file=sys.stderr)
    return OK if all(isinstance(answer, Coding) for answer in answers) else SOMETHING_WRONG


def _answers(items: list[object], rules: StandardRules, profile: str) -> Iterator[Coding | Json]:
    for place, raw in enumerate(items):
        try:
            yield coded(raw, rules, profile)
        except CaseError as fault:
            yield {"id": _id_of(raw), "error": f"Case {place + 1}: {fault}"}


def _print(told: list[tuple[object, Coding]], arguments: Namespace, rules: StandardRules) -> None:
    for raw, coding in told:
        draw = partial(_drawing, raw, coding, rules)
        if arguments.json:
            print(json.dumps(answer_of(coding), indent=2))
        elif arguments.markdown:
            print(markdown_page(coding, draw(WIDTH).text()))
        else:
            print_page(coding, draw=draw)


def _drawing(raw: object, coding: Coding, rules: StandardRules, width: int) -> Drawing:
    """Return the drawn visit of a case that was coded; its setting plays no part in that."""
    if isinstance(raw, dict):
        raw = {**raw, "setting": Setting.FACILITY.value}
    return drawn(read_case(raw, rules.rulebook), coding, width=width)
