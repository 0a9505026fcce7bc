"""All changed files together: how many there are of each format, and who finds them."""

from __future__ import annotations

from tests.exchange import claim_mutations, fhir_mutations, hl7_mutations, table_mutations

BOTH = table_mutations.BOTH

CHANGES: dict[str, tuple[str, list[set[str]]]] = {
    "csv": ("`lines.csv`", [change[-1] for change in table_mutations.TEXT]),
    "xlsx": (
        "`lines.xlsx`",
        [change[-1] for change in table_mutations.SHEETS] + [BOTH] * len(table_mutations.CUTS),
    ),
    "x12": ("`claims-837p.x12`, `claims-837i.x12`", [change[-1] for change in claim_mutations.MUTATIONS]),
    "hl7": ("`charges.hl7`", [change[-1] for change in hl7_mutations.MUTATIONS]),
    "fhir": ("`charges.fhir.json`", [change[-1] for change in fhir_mutations.MUTATIONS]),
}
"""By format: its files, and for each change exactly who finds it. A new format has a line here."""


def counted() -> list[str]:
    """Return the rows of the table that docs/export.md has of it, the sum at the end."""
    rows = [(file, *_counts(finders)) for file, finders in CHANGES.values()]
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
    return [f"| {' | '.join(map(str, row))} |" for row in (*rows, ("all", *sums))]


def _counts(finders: list[set[str]]) -> tuple[int, int, int, int]:
    """Return how many changes there are, found by us and others, by us alone, by others alone."""
    by_us = [by for by in finders if "ours" in by]
    alone = [by for by in by_us if len(by) == 1]
    return len(finders), len(by_us) - len(alone), len(alone), len(finders) - len(by_us)
