"""A new passphrase by the recovery key at the window over a real folder: told, and nobody is accused."""

from __future__ import annotations

import pytest

from desktop_app.core import events as e
from desktop_app.core.access import Role, Secret
from desktop_app.store import slots
from desktop_app.store.keys import Cost
from desktop_app.store.verify_slots import foreign_slot
from desktop_app.ui.signin import deeds
from desktop_app.ui.signin.recovered import RecoveredForm
from tests.ui.office import Office

WORDS, OTHER_WORDS = "four words in a row", "another long sentence"


def test_a_passphrase_by_the_recovery_key_is_told_as_given_by_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "COST", Cost(memory_kib=64, passes=1, lanes=1))
    station, folder = office.window.station, office.parts.folder
    first = deeds.First("AK", "Ada King", (Role.ADMINISTRATOR, Role.NURSE), WORDS)
    assert deeds.name_first(station, first, deeds.draft_recovery_key(station)) == ""
    station.secrets.opened_with = Secret.RECOVERY_KEY
    office.window.locking.lock()
    form = office.window.locking.screen.door.recovered
    assert isinstance(form, RecoveredForm)
    form.who.take("AK")
    for field in (form.passphrase.first, form.passphrase.second):
        field.set_text(OTHER_WORDS)
    form.knock()
    assert (office.window.locking.is_locked, office.parts.desk.actor) == (False, "AK")
    assert folder.sign_in.check("AK", OTHER_WORDS)
    told = folder.journal.load(e.PEOPLE_STREAM)[-1]
    assert isinstance(told.event, e.SecretChanged)
    assert (told.event.person, told.event.slot) == ("AK", folder.sign_in.slot_of("AK"))
    assert told.stamp.actor == "the recovery key"
    assert foreign_slot(folder) == ""
