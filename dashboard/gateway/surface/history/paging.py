"""`skip` and `take`, and the limit on rows."""

from collections.abc import Sequence
from typing import TypeVar

from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask

ROW_LIMIT = 1000
TAKE = 100
T = TypeVar("T")


def page(ask: Ask, rows: Sequence[T], *, is_newest_first: bool = False) -> Sequence[T]:
    """The rows asked for, of all that match, which are oldest first."""
    skip, take = _number(ask, "skip", default=0), _number(ask, "take", default=TAKE)
    if not is_newest_first:
        return rows[skip : skip + take]
    end = max(0, len(rows) - skip)
    return rows[max(0, end - take) : end][::-1]


def limit_check(ask: Ask, *, matched: int) -> None:
    """Fail if more rows are asked for, or match, than this PBX gives."""
    is_over = matched > ROW_LIMIT and ask.settings.row_limit_strict
    if is_over or _number(ask, "take", default=TAKE) > ROW_LIMIT:
        raise ApiError(f"Počet vrácených záznamů nesmí být větší než {ROW_LIMIT}")


def _number(ask: Ask, name: str, *, default: int) -> int:
    value = values.number(ask, name)
    return default if value is None else value
