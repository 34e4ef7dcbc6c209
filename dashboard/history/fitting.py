"""What the database can hold. PostgreSQL refuses a whole page for one value that it cannot; SQLite takes anything."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

INTEGERS_BELOW: Final = 2**31


def misfit(record: models.Model) -> str:
    """In a sentence what cannot be stored of the record; "" if all can."""
    for field in record._meta.concrete_fields:  # noqa: SLF001  # the documented way to a model's fields
        told = _misfit(field, getattr(record, field.attname))
        if told:
            return told
    return ""


def _misfit(field: models.Field[Any, Any], value: object) -> str:
    if isinstance(value, dict):
        return next((told for one in value.values() if (told := _misfit(field, one))), "")
    if isinstance(value, str):
        if storable(value) != value:
            return f"{field.name} has a character that cannot be stored."
        if field.max_length and len(value) > field.max_length:
            return f"{field.name} has {len(value)} characters; {field.max_length} can be stored."
    is_number = isinstance(field, models.IntegerField) and not isinstance(field, models.BigIntegerField)
    if is_number and isinstance(value, int) and not -INTEGERS_BELOW <= value < INTEGERS_BELOW:
        return f"{field.name} is {value}."
    return ""


def storable(value: Any) -> Any:
    """The value, whatever is in it, with every character that cannot be stored as a question mark."""
    if isinstance(value, str):
        return value.replace("\x00", "?").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value
