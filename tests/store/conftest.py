"""What the tests of this room are given."""

from __future__ import annotations

import pytest

from tests.store.examples import plain_user_folder

user_folder = pytest.fixture(plain_user_folder, name="user_folder")
