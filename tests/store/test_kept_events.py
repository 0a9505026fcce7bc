"""Every form of an event that was ever stored is read by today's program."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.core.events import KINDS
from desktop_app.store.codec import decode, encode
from tests.store.kept_events import forms_kept, forms_of_today, kept


def test_every_form_of_today_was_kept() -> None:
    missing = [form.kind for form, _ in forms_of_today() if form not in forms_kept()]
    assert missing == [], "python -m tests.store.kept_events adds them"


@pytest.mark.parametrize("line", kept(), ids=lambda line: f"{line['kind']}-{line['schema']}")
def test_what_was_stored_once_is_read_for_ever(line: dict[str, Any]) -> None:
    event = decode(line["kind"], line["schema"], line["at_us"], line["body"], name="kept")
    assert isinstance(event, KINDS[line["kind"]])
    assert decode(event.KIND, event.SCHEMA, event.at_us, encode(event), name="kept") == event


def test_an_event_of_a_newer_program_is_refused_by_name() -> None:
    line = kept()[0]
    with pytest.raises(Exception, match=r"Event kept .* a newer version of Chairtime wrote it"):
        decode(line["kind"], line["schema"] + 1, line["at_us"], line["body"], name="kept")
