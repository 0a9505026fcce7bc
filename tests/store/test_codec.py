"""Every kind of event goes to text and back unchanged, and nothing else passes for one."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.events import KINDS, BatchSent, Event, NoteAdded, ServiceStarted
from desktop_app.store import codec
from desktop_app.store.faults import UnreadableEvent
from tests.store.examples import NINE, VANCOMYCIN, started

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: st.dates(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a class, a union or a generic
    """Return a strategy for any type that an event may hold."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    kinds = get_args(hint)
    if get_origin(hint) in (UnionType, Union):
        return st.one_of(*(st.none() if kind is NoneType else values(kind) for kind in kinds))
    if get_origin(hint) is tuple and kinds[1:] == (Ellipsis,):
        return st.lists(values(kinds[0]), max_size=3).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(values, kinds))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: values(hints[field.name]) for field in fields(hint)})


def back(event: Event) -> Event:
    return codec.decode(event.KIND, event.SCHEMA, event.at_us, codec.encode(event), name="1")


def decode_with(**changed: object) -> Event:
    body = {**json.loads(codec.encode(started())), **changed}
    return codec.decode("service-started", 1, NINE, json.dumps(body), name="event-7")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_kind_of_event_comes_back_as_it_was(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(values(kind))
    read = back(event)
    assert read == event
    assert codec.encode(read) == codec.encode(event)


def test_a_body_is_plain_ascii_with_its_keys_in_order_and_without_the_instant() -> None:
    body = codec.encode(NoteAdded(at_us=NINE, text="très bien"))
    assert body == '{"how":"pressed","service":"","text":"tr\\u00e8s bien"}'


def test_a_decimal_keeps_every_digit() -> None:
    order = replace(VANCOMYCIN, volume_ml=Decimal("0.10"))
    read = back(ServiceStarted(at_us=NINE, service="1", order=order))
    assert isinstance(read, ServiceStarted)
    assert str(read.order.volume_ml) == "0.10"


def test_half_a_character_from_a_script_is_kept_as_it_came() -> None:
    event = NoteAdded(at_us=NINE, text="\ud800")
    assert back(event) == event


def test_a_batch_sent_before_there_were_notes_is_read_without_one() -> None:
    read = codec.decode("batch-sent", 1, NINE, '{"batch":"b","how":"pressed"}', name="1")
    assert read == BatchSent(at_us=NINE, batch="b", note="")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"colour": "red"}, "colour is not a field this version of Chairtime knows"),
        ({"service": 1}, "service is not text"),
        ({"how": "guessed"}, "how is not one of the words of HowKnown"),
        ({"order": None}, "order is not a JSON object"),
        ({"order": {"drug": "x"}}, "order.category is missing"),
    ],
)
def test_a_body_that_does_not_fit_is_named_with_its_event_and_field(
    changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UnreadableEvent) as caught:
        decode_with(**changed)
    assert str(caught.value) == f"Event event-7 (service-started) cannot be read: {sentence}."


@pytest.mark.parametrize("number", ["ten", "NaN", "Infinity", " 1", "1_0", 5, 0.5, None])
def test_only_a_decimal_in_its_own_spelling_is_a_dose(number: object) -> None:
    order = json.loads(codec.encode(started()))["order"]
    container = {"size": number, "count": 1, "single_dose": True}
    dose = {"hcpcs": "", "containers": [container]}
    with pytest.raises(UnreadableEvent, match=r"order\.dose\.containers\.size is not a decimal number"):
        decode_with(order={**order, "dose": dose})


@pytest.mark.parametrize("body", ["", "[]", "{", "null", "[" * 100_000])
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    with pytest.raises(UnreadableEvent, match="body is not"):
        codec.decode("session-ended", 1, NINE, body, name="event-7")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnreadableEvent, match=r"Event event-7 \(moon-landed\)"):
        codec.decode("moon-landed", 1, NINE, "{}", name="event-7")


def test_an_event_of_a_newer_program_is_refused() -> None:
    with pytest.raises(UnreadableEvent, match="a newer version of Chairtime wrote it"):
        codec.decode("session-ended", 2, NINE, "{}", name="event-7")


def test_an_old_schema_nobody_can_lift_is_refused() -> None:
    with pytest.raises(UnreadableEvent, match="schema 0 is not known"):
        codec.decode("note-added", 0, NINE, "{}", name="event-7")


def test_an_event_of_an_old_schema_is_lifted_to_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(codec.UPCASTS, ("note-added", 0), lambda body: {"text": body["words"]})
    read = codec.decode("note-added", 0, NINE, '{"words": "itching"}', name="event-7")
    assert read == NoteAdded(at_us=NINE, text="itching")


@pytest.mark.parametrize("text", [None, 7, b"bytes"])
def test_a_value_of_a_wrong_type_is_refused_before_it_is_stored(text: object) -> None:
    note = NoteAdded(at_us=NINE, text=cast("str", text))
    with pytest.raises(UnreadableEvent, match=r"A note-added event cannot be stored: text is not text"):
        codec.encode(note)
