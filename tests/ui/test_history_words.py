"""The history speaks people's words: what the file calls things stands in the event as it is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core import events as e
from desktop_app.core.moments import HowKnown
from desktop_app.core.record.chronicle import chronicle_of
from desktop_app.core.record.plain import Change, change_words
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.history.event_model import event_view, shown_facts
from tests.core.every_event import made
from tests.fakes import InMemoryJournal
from tests.store.examples import NINE, put, seated, started


@pytest.mark.parametrize("kind", e.KINDS.values(), ids=lambda kind: kind.KIND)
def test_a_row_has_no_name_that_only_the_program_uses_and_no_bare_word_of_the_file(
    kind: type[e.Event],
) -> None:
    journal, event = InMemoryJournal(), replace(made(kind), how=HowKnown.PUMP)
    for one in (seated(), started(), event):
        put(journal, "session/s", one)
    told = chronicle_of(journal, "s").told[-1]
    ids = [
        getattr(event, name)
        for name in ("session", "mark", "touch", "outage", "boot")
        if hasattr(event, name)
    ]
    said = event_view(told, Names.INITIALS).spoken
    sheet = [text for _, text in shown_facts(told, Names.INITIALS)]
    assert [one for one in ids if one and (one in said or one in sheet)] == []
    assert "nothing →" not in said
    assert "→ nothing" not in said
    assert not {"facility", "physician"} & set(said.replace(",", " ").split())


def test_a_change_says_what_is_new_and_what_is_gone() -> None:
    assert change_words(Change("HCPCS", "", "J1756")) == "HCPCS: J1756 (new)"
    assert change_words(Change("lot", "A1", "")) == "lot: A1 (taken away)"
    assert change_words(Change("rate, mL/h", "100", "125")) == "rate, mL/h: 100 → 125"


def test_a_look_is_told_by_who_and_where_and_no_name_of_the_file() -> None:
    journal, event = InMemoryJournal(), e.RecordViewed(at_us=NINE, session="s", person="BN", where="board")
    put(journal, "session/s", seated())
    put(journal, e.views_stream("s"), event)
    looked = chronicle_of(journal, "s").told[-1]
    view = event_view(looked, Names.INITIALS)
    assert view.what == "Record looked at by BN, board"
    assert view.detail == ""
