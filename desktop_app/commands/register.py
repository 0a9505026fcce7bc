"""``chairtime register``: what a registration system tells, put to the sessions that wait for it."""

from __future__ import annotations

import sys
from argparse import Namespace

from desktop_app.commands.attending import working
from desktop_app.commands.days import today
from desktop_app.commands.progress import seen_progress
from desktop_app.commands.registering import PatientFile, told_in
from desktop_app.core.registering import Came, NotTaken

MOST_STRANGERS = 50
"""A registration system tells of everybody; as many as a person reads are named."""


def run(arguments: Namespace) -> int:
    """Take what the file tells and say what came of it; status 1 when anything was refused."""
    read = told_in(arguments.file, today())
    with working(arguments) as parts:
        file = PatientFile(read, parts.desk, parts.folder.journal)
        came = file.result()
        with seen_progress() as tell:
            for done in file.looking(came) if arguments.dry_run else file.taking(came):
                tell("Patients", done, file.patients)
    _say(came)
    if arguments.dry_run:
        print("Nothing was changed: this was a dry run.")
    return 1 if came.refused else 0


def _say(came: Came) -> None:
    for one in came.taken:
        print(f"{one.mrn} in chair {one.chair}: {', '.join(one.what)}")
    strangers = list(came.not_here)
    for mrn in strangers[:MOST_STRANGERS]:
        print(f"{mrn}: no session that waits for it")
    if len(strangers) > MOST_STRANGERS:
        print(f"and {len(strangers) - MOST_STRANGERS:,} more without a session")
    if came.passed_over:
        counted = sorted(came.passed_over.items())
        kinds = ", ".join(f"{count} {kind or 'of no kind'}" for kind, count in counted)
        print(f"Passed over, because they register nobody: {kinds}")
    counts = [
        f"{len(came.taken)} taken",
        f"{len(came.unchanged)} known already",
        f"{len(came.not_here)} without a session",
        f"{came.patients_refused} refused",
    ]
    print(f"{', '.join(counts)}.")
    for refused in came.refused:
        print(f"chairtime: {_refused_words(refused)}", file=sys.stderr)


def _refused_words(refused: NotTaken) -> str:
    if not refused.place:
        return f"{_begun(refused.why)}."
    of_whom = f", {refused.mrn} in chair {refused.chair}:" if refused.chair else f": MRN {refused.mrn}"
    return f"{_begun(refused.place)}{of_whom} {refused.why}."


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
