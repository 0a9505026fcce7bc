"""Only who may sends: the exporter asks by itself, whoever calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core import events as e
from desktop_app.core.access import Right, Role
from desktop_app.core.decisions import Refusal
from tests.core.rights_page import rights_told
from tests.core.staffed import EVERYBODY, NAMES, name_all
from tests.exchange.signed import SuiteOfChairs, exported, kinds, refused, visible


@pytest.fixture
def suite() -> SuiteOfChairs:
    suite = SuiteOfChairs()
    suite.signed("s1")
    name_all(suite.desk)
    return suite


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_a_batch_is_sent_by_those_alone_whose_role_has_the_right(
    suite: SuiteOfChairs, tmp_path: Path, who: Role | None
) -> None:
    exporter = suite.exporter()
    exporter.actor = NAMES[who]
    outcome = exporter.export(suite.sessions, tmp_path)
    if Right.SEND in rights_told()[who]:
        assert exported(outcome).is_sent
    else:
        assert "biller" in refused(outcome)
        assert visible(tmp_path) == []
        assert kinds(suite) == []


def test_what_was_cut_off_is_settled_whoever_starts_the_program(suite: SuiteOfChairs, tmp_path: Path) -> None:
    exporter = suite.exporter()
    exporter.actor = "BI"
    exported(exporter.export(suite.sessions, tmp_path))
    told = suite.journal.load(e.EXPORT_STREAM)
    again = suite.exporter()
    again.actor = NAMES[None]
    assert again.settle() == ()
    assert [recorded.stamp.actor for recorded in told] == ["BI", "BI"]
    assert isinstance(again.export(suite.sessions, tmp_path), Refusal)
