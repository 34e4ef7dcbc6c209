"""Compares a list with the contacts, and takes it over once somebody has confirmed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from dashboard.contacts.sheet import Line, Problem, Sheet
from dashboard.models import Contact, ContactImport, ContactNumber
from dashboard.models.contact import text_folded

T = TypeVar("T")

KEPT: Final = timedelta(hours=6)
"""A list that nobody confirms is thrown away."""

AT_ONCE: Final = 500
"""Values in one statement; SQLite's limit is the narrowest."""

FIELDS: Final = ("name", "company", "address", "note")


class Change(msgspec.Struct, frozen=True):
    """A contact that the list changes: some field differs, or it gets these numbers."""

    contact_id: int
    line: Line
    numbers: tuple[str, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What would happen to each line."""

    new: list[Line]
    changed: list[Change]
    unchanged: int
    problems: list[Problem]


class Known(msgspec.Struct, frozen=True):
    """A contact as it is kept."""

    id: int
    name: str
    company: str
    address: str
    note: str


def import_store(sheet: Sheet, *, file_name: str, user_id: int) -> ContactImport:
    """Keep the list until it is confirmed. Old ones go."""
    ContactImport.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    content = zlib.compress(msgspec.json.encode(sheet), 1)
    return ContactImport.objects.create(created_by_id=user_id, file_name=file_name[:200], content=content)


def sheet_stored(upload: ContactImport) -> Sheet:
    return msgspec.json.decode(zlib.decompress(bytes(upload.content)), type=Sheet)


def import_plan(sheet: Sheet) -> Plan:
    """What taking the list over would do now."""
    lines, problems = _merged(sheet.lines)
    owners = _owners(number for line in lines for number in line.numbers)
    known = _known(set(owners.values()))
    new: list[Line] = []
    changed: list[Change] = []
    unchanged = 0
    taken: dict[int, Line] = {}
    for line in lines:
        ids = {owners[number] for number in line.numbers if number in owners}
        if problem := _conflict(line, ids, known=known, taken=taken):
            problems.append(problem)
        elif not ids:
            new.append(line)
        else:
            id_ = ids.pop()
            taken[id_] = line
            change = Change(id_, line, tuple(number for number in line.numbers if number not in owners))
            is_changed = bool(change.numbers) or _merged_fields(known[id_], line) != known[id_]
            changed += [change] if is_changed else []
            unchanged += not is_changed
    problems = sorted([*sheet.problems, *problems], key=lambda row: row.line)
    return Plan(new=new, changed=changed, unchanged=unchanged, problems=problems)


def import_apply(id_: UUID) -> Plan:
    """Take the good lines over, all or none, and throw the list away. The plan is made anew: contacts may have changed.

    Raises `ContactImport.DoesNotExist` if the list is gone, or was taken over already.
    """
    with transaction.atomic():
        upload = ContactImport.objects.select_for_update().get(pk=id_)
        plan = import_plan(sheet_stored(upload))
        contacts = [_contact(line) for line in plan.new]
        Contact.objects.bulk_create(contacts, batch_size=AT_ONCE)
        numbers = [(contact.pk, line.numbers) for contact, line in zip(contacts, plan.new, strict=True)]
        _update(plan.changed)
        numbers += [(change.contact_id, change.numbers) for change in plan.changed]
        ContactNumber.objects.bulk_create(
            [ContactNumber(contact_id=id_, number=number) for id_, row in numbers for number in row],
            batch_size=AT_ONCE,
        )
        upload.delete()
    return plan


def _merged(lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    """Lines with a number in common are one contact if they name the same one, else the later one is a problem."""
    kept: dict[int, Line] = {}
    owners: dict[str, int] = {}
    problems = []
    for line in lines:
        others = {owners[number] for number in line.numbers if number in owners}
        other = kept[min(others)] if others else line
        if len(others) > 1 or (other is not line and _folded(other) != _folded(line)):
            number = next(number for number in line.numbers if number in owners)
            problems.append(
                Problem(
                    line.line, f"The number {number} stands on line {other.line} already, with another name."
                )
            )
            continue
        numbers = tuple(dict.fromkeys((*other.numbers, *line.numbers)))
        more = {field: getattr(other, field) or getattr(line, field) for field in FIELDS}
        kept[other.line] = msgspec.structs.replace(other, numbers=numbers, **more)
        owners |= dict.fromkeys(numbers, other.line)
    return list(kept.values()), problems


def _folded(line: Line) -> tuple[str, str]:
    return text_folded(line.name), text_folded(line.company or "")


def _conflict(
    line: Line, ids: set[int], *, known: dict[int, Known], taken: dict[int, Line]
) -> Problem | None:
    if len(ids) > 1:
        names = ", ".join(sorted(known[id_].name for id_ in ids))
        return Problem(line.line, f"Its numbers belong to more than one contact: {names}.")
    if ids and (other := taken.get(min(ids))):
        name = known[min(ids)].name
        return Problem(line.line, f"It would change the same contact as line {other.line} does: {name}.")
    return None


def _owners(numbers: Iterable[str]) -> dict[str, int]:
    """The contacts that have these numbers."""
    rows = ContactNumber.objects.order_by().values_list("number", "contact_id")
    return {number: id_ for part in _parts(numbers) for number, id_ in rows.filter(number__in=part)}


def _known(ids: Iterable[int]) -> dict[int, Known]:
    rows = Contact.objects.order_by().values_list("id", *FIELDS)
    return {row[0]: Known(*row) for part in _parts(ids) for row in rows.filter(id__in=part)}


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def _merged_fields(known: Known, line: Line) -> Known:
    """An empty cell takes nothing away."""
    values = {field: getattr(line, field) for field in FIELDS}
    return msgspec.structs.replace(known, **{field: text for field, text in values.items() if text})


def _contact(line: Line) -> Contact:
    values = {field: getattr(line, field) or "" for field in FIELDS}
    contact = Contact(**values, changed_at=timezone.now())
    contact.search_text_fill()
    return contact


def _update(changes: list[Change]) -> None:
    """As inserts that meet their own rows: many times faster than an update for each field and row."""
    known = _known(change.contact_id for change in changes)
    rows = []
    for change in changes:
        values = msgspec.structs.asdict(_merged_fields(known[change.contact_id], change.line))
        contact = Contact(**values, changed_at=timezone.now())
        contact.search_text_fill()
        rows.append(contact)
    Contact.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*FIELDS, "search_text", "changed_at"],
    )
