"""Everybody is asked of every changed file of claims and messages: who finds it is who is said to."""

from __future__ import annotations

import re
from pathlib import Path

from tests.exchange import claim_mutations, hl7_mutations
from tests.exchange.claim_files import rows_of_number, write_claims
from tests.exchange.hl7_files import write_charges
from tests.exchange.hl7_validators import who_refuses as who_refuses_charges
from tests.exchange.month import correction_rows
from tests.exchange.validators import who_refuses as who_refuses_claims


def test_every_changed_file_of_claims_is_found_by_whom_it_is_said_to_be(tmp_path: Path) -> None:
    good = write_claims(tmp_path, *map(rows_of_number, (0, 1, 2, 8, 4)))
    for name, file, pattern, instead, by in claim_mutations.MUTATIONS:
        text = re.sub(pattern, instead, good[file], count=1)
        (tmp_path / file).write_text(text, encoding="utf-8")
        assert who_refuses_claims(tmp_path / file) == by, name


def test_every_changed_file_of_messages_is_found_by_whom_it_is_said_to_be(tmp_path: Path) -> None:
    good = write_charges(tmp_path, *map(rows_of_number, (0, 1, 8, 16)), correction_rows()[0])
    for name, pattern, instead, by in hl7_mutations.MUTATIONS:
        text = re.sub(pattern, instead, good, count=1, flags=re.DOTALL)
        (tmp_path / "charges.hl7").write_bytes(text.encode("utf-8"))
        assert who_refuses_charges(tmp_path / "charges.hl7") == by, name
