"""Parameters as values: texts, numbers, moments and yes or no, refused in words when they are something else."""

import re
from collections.abc import Collection

from dashboard.gateway.surface.asking import ApiError, Ask

WHOLE_NUMBER = re.compile(r"^[0-9]{1,15}$")
YES = frozenset({"yes", "true", "1"})
NO = frozenset({"no", "false", "0"})
DEFAULT_TAKE = 100


def text(ask: Ask, name: str) -> str | None:
    """The value, "" if it was sent empty, None if it was not sent."""
    value = ask.parameters.get(name)
    if value is None and ask.parameters.has(name):
        raise ApiError(f"Parametr {name} musí být jedna hodnota, ne pole")
    return value


def needed(ask: Ask, name: str) -> str:
    """The value of a parameter that must be sent and not be empty."""
    value = text(ask, name)
    if not value:
        raise ApiError(f"Chybí povinný parametr {name}")
    return value


def number(ask: Ask, name: str) -> int | None:
    """A whole number of zero or more; None if it was not sent or sent empty."""
    value = text(ask, name)
    return number_of(value, name=name) if value else None


def number_of(value: str, *, name: str) -> int:
    """This text as a whole number of zero or more."""
    if WHOLE_NUMBER.match(value) is None:
        raise ApiError(f"Parametr {name} musí být celé číslo")
    return int(value)


def moment(ask: Ask, name: str) -> int | None:
    """A moment of the PBX's local time in milliseconds since 1970 UTC; None if it was not sent or sent empty."""
    value = text(ask, name)
    if not value:
        return None
    try:
        return ask.time.moment_at(value)
    except ValueError as error:
        raise ApiError(f"Parametr {name} musí být datum a čas ve tvaru RRRR-MM-DD HH:MM:SS") from error


def is_yes(ask: Ask, name: str) -> bool | None:
    """Yes or no in any of the documented spellings; None if it was not sent or sent empty."""
    value = text(ask, name)
    if not value:
        return None
    if value.lower() not in YES | NO:
        raise ApiError(f"Parametr {name} musí být yes nebo no")
    return value.lower() in YES


def one_of(ask: Ask, name: str, *, allowed: Collection[str]) -> str | None:
    """One of these words; None if it was not sent or sent empty."""
    value = text(ask, name)
    if value and value not in allowed:
        raise ApiError(f"Parametr {name} musí být jedna z hodnot: {', '.join(allowed)}")
    return value or None


def pairs(ask: Ask, name: str) -> dict[str, str] | None:
    """A map such as `fields[3]=42` by its keys; None if it was not sent."""
    if ask.parameters.get(name):
        raise ApiError(f"Parametr {name} musí být pole, například {name}[1]=x")
    return ask.parameters.items(name) or None


def page(ask: Ask, *, most: int) -> tuple[int, int]:
    """How many rows to skip and how many to take: none and a hundred unless the caller says otherwise."""
    take = number(ask, "take")
    if take is not None and take > most:
        raise ApiError(f"Najednou lze vrátit nejvýše {most} záznamů")
    return number(ask, "skip") or 0, DEFAULT_TAKE if take is None else take
