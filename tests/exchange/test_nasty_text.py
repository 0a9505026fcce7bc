"""Nasty text comes back as it was from every field of every format, or is refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop_app.core.decisions import Refusal
from desktop_app.exchange.formats import FORMATS
from desktop_app.exchange.place import Place
from desktop_app.exchange.sending import STANDARD, CannotBeSent
from tests.exchange.nasty_fields import FIELDS, HOSPITAL, OFFICE, TEXTS, TOGETHER, Mail, mail_with
from tests.exchange.nasty_places import HOSPITALS, KEPT, PLACES
from tests.exchange.signed import SuiteOfChairs

LONGEST_SENTENCE = 300


def test_every_format_has_its_places() -> None:
    assert PLACES.keys() == KEPT.keys() == FORMATS.keys()
    assert all(places.keys() <= FIELDS.keys() for places in PLACES.values())


def write(name: str, mail: Mail, folder: Path) -> str:
    """Write a mail in a format; return why it was refused, or nothing."""
    place = Place(folder)
    try:
        writer = FORMATS[name]().begin(place, mail.sending)
        writer.add(mail.rows)
        writer.close()
    except CannotBeSent as refusal:
        return str(refusal)
    except UnicodeEncodeError:
        return "has a text that cannot be written as UTF-8"
    finally:
        place.give_up()
    return ""


def wrong_fields(name: str, text: str, fields: Sequence[str], number: int = OFFICE) -> dict[str, str]:
    """Write a text into fields, in one mail; return those that say neither it nor why they do not."""
    places = HOSPITALS if number == HOSPITAL else PLACES[name]
    kept = {field: KEPT[name](text, field) for field in fields}
    with TemporaryDirectory() as folder:
        refusal = write(name, mail_with(text, *fields, number=number), Path(folder))
        if refusal:
            is_right = None in kept.values() and refusal.isprintable() and len(refusal) < LONGEST_SENTENCE
            return {} if is_right else dict.fromkeys(fields, refusal)
        said = {field: places[field](Path(folder)) for field in fields}
    return {field: said[field] for field in fields if said[field] != kept[field]}


def mails(name: str, text: str) -> Iterator[tuple[str, ...]]:
    """Yield which fields share a mail: one each, but in a workbook, which takes long, all that can."""
    together = TOGETHER if name == "xlsx" and KEPT[name](text, "MRN") is not None else ()
    if shared := tuple(field for field in together if field in PLACES[name]):
        yield shared
    yield from ((field,) for field in PLACES[name] if field not in shared)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_text_comes_back_from_every_field_or_is_refused_with_a_sentence(name: str, text: str) -> None:
    wrong = [wrong_fields(name, TEXTS[text], fields) for fields in mails(name, TEXTS[text])]
    assert list(filter(None, wrong)) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_hospitals_claim_says_a_text_or_refuses_it(text: str) -> None:
    wrong = [wrong_fields("x12", TEXTS[text], (field,), HOSPITAL) for field in HOSPITALS]
    assert list(filter(None, wrong)) == []


def test_most_texts_are_taken() -> None:
    """A format that refused everything would say nothing wrong."""
    for name, least in {"csv": 0.95, "xlsx": 0.9, "x12": 0.4, "hl7": 0.9, "fhir": 0.75}.items():
        kept = [KEPT[name](text, field) is not None for text in TEXTS.values() for field in PLACES[name]]
        assert sum(kept) > least * len(kept), name


@pytest.mark.parametrize("name", FORMATS)
def test_a_field_that_a_format_has_no_place_for_is_nowhere_in_its_file(name: str) -> None:
    for field in FIELDS.keys() - PLACES[name].keys():
        first, second = (content(name, mail_with(text, field)) for text in ("Ordinary", "Otherwise"))
        assert first == second, field


def content(name: str, mail: Mail) -> dict[str, bytes]:
    """Return the files of a mail, which must be taken."""
    with TemporaryDirectory() as folder:
        assert write(name, mail, Path(folder)) == ""
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


REFUSED_BY_SOME = {"10,000 characters", "control characters", "NUL", "no character", "half a character"}
"""What at least one format has no place for."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_batch_in_every_format_is_sent_or_refused_with_one_sentence_that_can_be_shown(
    tmp_path: Path, text: str
) -> None:
    """In the name a sentence begins with, in the settings, and in what a layout is called."""
    suite = SuiteOfChairs()
    mail = mail_with(
        TEXTS[text], "initials", "chair", "reason of the line", "receiving facility", "who sends"
    )
    session = replace(mail.session, signatures=(replace(mail.rows[0].signature, lines=(mail.rows[0].line,)),))
    exporter = suite.exporter()
    exporter.practice, exporter.actor = mail.sending.practice, TEXTS[text]
    exporter.layout = replace(STANDARD, name=TEXTS[text])
    outcome = exporter.export([session], tmp_path, tuple(FORMATS))
    if isinstance(outcome, Refusal):
        assert outcome.text.endswith("nothing was sent")
        assert outcome.text.isprintable()
        assert len(outcome.text) < LONGEST_SENTENCE
        assert list(tmp_path.iterdir()) == []
        assert suite.exporter().sent() == frozenset()
    else:
        told = json.loads((outcome.folder / "manifest.json").read_bytes())
        assert (told["made_by"], told["layout"]) == (TEXTS[text], TEXTS[text])
    assert isinstance(outcome, Refusal) == (text in REFUSED_BY_SOME)
