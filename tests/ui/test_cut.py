"""Long words in little room: a dose and a time are whole, or they are not there."""

from __future__ import annotations

import re

import pytest

from desktop_app.ui.cut import beside, drug_forms, fitting, keeping_time
from desktop_app.ui.theme import Scheme, Theme
from desktop_app.ui.widgets.letters import Letters

GLOBULIN = "Immune globulin (Gammagard liquid) 40000 mg"


@pytest.fixture
def metrics(qapp: object) -> Letters:
    assert qapp is not None
    return Theme(scheme=Scheme.LIGHT).letters(13)


@pytest.mark.parametrize("width", range(20, 330, 10))
def test_no_width_shows_a_part_of_a_dose(metrics: Letters, width: int) -> None:
    shown = fitting(drug_forms(GLOBULIN), metrics, width)
    assert "40000 mg" in shown or not re.search(r"\d", shown)


@pytest.mark.parametrize("width", range(60, 330, 10))
def test_what_stands_beside_a_drug_begins_with_the_whole_dose(metrics: Letters, width: int) -> None:
    name = "Immune globulin (Gammagard liquid)"
    drug, how = beside((name, metrics), ("40000 mg left antecubital fossa", metrics), "40000 mg", width)
    assert how.startswith("40000 mg")
    assert drug in name or drug.endswith("…") or drug == "Immune globulin"


def test_words_without_a_dose_are_cut_at_their_end(metrics: Letters) -> None:
    drug, how = beside(("No dose", metrics), ("Acetaminophen, Diphenhydramine, Flush", metrics), "", 160)
    assert drug == "No dose"
    assert how.startswith("Acetamin")
    assert how.endswith("…")


def test_a_line_loses_whole_words_before_its_times(metrics: Letters) -> None:
    line = "Cyclophosphamide 1290 mg 10:10–10:42"
    width = metrics.horizontalAdvance("Cyclophosphamide… 10:10–10:42") + 4
    assert keeping_time(line, metrics, width) == "Cyclophosphamide… 10:10–10:42"
    assert keeping_time(line, metrics, 1000) == line


def test_a_line_that_ends_without_a_time_loses_its_end(metrics: Letters) -> None:
    assert keeping_time("Reaction: rate held, physician called", metrics, 120).startswith("Reaction: ra")


def test_a_drug_is_known_by_its_name_before_its_brand(metrics: Letters) -> None:
    width = metrics.horizontalAdvance("Immune globulin 40000 mg")
    assert fitting(drug_forms(GLOBULIN), metrics, width) == "Immune globulin 40000 mg"
