"""What the tests of this room are given."""

from __future__ import annotations

import pytest

from tests.store.examples import plain_user_folder
from tests.store.people import CHEAP

user_folder = pytest.fixture(plain_user_folder, name="user_folder")


@pytest.fixture
def cheap_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a guess cost little; what it costs stands in each slot, so that nothing else differs."""
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
