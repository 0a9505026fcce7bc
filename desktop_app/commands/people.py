"""``chairtime people``: who works here and as what; the first one named is an administrator."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial

from desktop_app.commands.attending import working
from desktop_app.commands.keys import name_as_kept, new_passphrase
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.access import Right, Role
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.emergencies import emergencies_of
from desktop_app.core.events import EMERGENCY_STREAM, PEOPLE_STREAM
from desktop_app.core.guard import sentence
from desktop_app.core.moments import time_words
from desktop_app.core.staff import People, fold_people
from desktop_app.core.staffing import add_person, change_person, of_people, remove_person
from desktop_app.store.folder import Folder

NOBODY_NAMED = "Nobody is named yet: everybody may do everything. `chairtime people add` names the first."


def run(arguments: Namespace) -> int:
    """List, add, change or remove. Raises NothingDone with one sentence."""
    if arguments.what == "list":
        return _list(arguments)
    with working(arguments, rules_later=True) as parts:
        desk, folder = parts.desk, parts.folder
        desk.actor = folder.opened_by or arguments.as_name or desk.actor
        plan = of_people(partial(_DECIDE[arguments.what], desk.now(), arguments))
        _require_taken(desk.acting.why_not(Right.PEOPLE), plan(desk.suite))
        with_secrets = not folder.is_anybodys
        name = name_as_kept(parts, arguments.name)
        if with_secrets and arguments.what == "add" and arguments.name not in folder.sign_in.names():
            folder.sign_in.enrol(arguments.name, new_passphrase(arguments))
        _require_taken(desk.take(plan))
        if with_secrets and arguments.what == "remove" and name in folder.sign_in.names():
            folder.sign_in.revoke(name)
        _print(desk.suite.people)
    return 0


def _require_taken(*answers: object) -> None:
    """Raise NothingDone where something was refused."""
    for answer in answers:
        if isinstance(answer, Refusal):
            raise NothingDone(sentence(answer))


def _add(when: When, arguments: Namespace, people: People) -> Decision:
    return add_person(
        people, when, name=arguments.name, full_name=arguments.full_name, roles=map(Role, arguments.role)
    )


def _change(when: When, arguments: Namespace, people: People) -> Decision:
    person = people.named(arguments.name)
    full_name = arguments.full_name or (person.full_name if person else "")
    roles = map(Role, arguments.role) if arguments.role else (person.roles if person else ())
    return change_person(people, when, name=arguments.name, full_name=full_name, roles=roles)


def _remove(when: When, arguments: Namespace, people: People) -> Decision:
    return remove_person(people, when, name=arguments.name)


_DECIDE: dict[str, Callable[[When, Namespace, People], Decision]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
}


def _list(arguments: Namespace) -> int:
    folder = open_to_read(arguments)
    try:
        _print(fold_people(folder.journal.load(PEOPLE_STREAM)))
        _print_emergencies(folder)
    finally:
        folder.close()
    return 0


def _print(people: People) -> None:
    if not people.are_named:
        print(NOBODY_NAMED)
        return
    table = table_of("Name", "In full", "Roles")
    for person in people.persons.values():
        add_row(table, person.name, person.full_name, ", ".join(role.words for role in person.roles))
    for name in sorted(people.gone):
        add_row(table, name, "", "not here any more")
    Page().print(table)


def _print_emergencies(folder: Folder) -> None:
    zone = folder.settings.get("zone")
    for one in emergencies_of(folder.journal.load(EMERGENCY_STREAM)):
        opened, seen = one.opened, one.seen
        at = time_words(opened.at_us, zone)
        by = f"seen by {seen.by}, {time_words(seen.at_us, zone)}" if seen else "not marked as seen yet"
        print(f"{opened.access}: {opened.person}, {at}, “{opened.reason}”, {by}")
