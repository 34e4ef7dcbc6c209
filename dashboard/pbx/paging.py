"""All rows of a long list, page by page, for the actions that give at most 1000 rows."""

from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from dashboard.pbx.errors import PbxRefused, PbxWrongToken
from dashboard.pbx.groups.base import Sender
from dashboard.pbx.request import Request
from dashboard.pbx.shapes import Page

MOST_ROWS = 1000
SHORTEST = timedelta(seconds=1)


class KeyedRow(Protocol):
    @property
    def row_key(self) -> Hashable: ...


RowT = TypeVar("RowT", bound=KeyedRow)


class PageOf(Protocol[RowT]):
    def __call__(
        self, *, datetime_from: str, datetime_to: str, skip: int, take: int
    ) -> Request[Page[RowT]]: ...


def each_row(
    client: Sender, page_of: PageOf[RowT], *, datetime_from: str, datetime_to: str, take: int = MOST_ROWS
) -> Iterator[RowT]:
    """Every row of the interval once, in no order to rely on.

    `page_of` builds the request of one page, e.g. `partial(Statistics.calls, queues=[...])`. When the PBX refuses,
    the interval is halved: some count the rows that match, not the rows asked for, and refuse above 1000.
    """
    if not 1 <= take <= MOST_ROWS:
        raise ValueError(f"A page holds 1 to {MOST_ROWS} rows.")
    seen: set[Hashable] = set()
    # Halves share the second between them, and rows move between pages while calls come in: each is given once.
    for row in _rows(client, page_of, datetime_from=datetime_from, datetime_to=datetime_to, take=take):
        if row.row_key not in seen:
            seen.add(row.row_key)
            yield row


def _rows(
    client: Sender, page_of: PageOf[RowT], *, datetime_from: str, datetime_to: str, take: int
) -> Iterator[RowT]:
    skip = 0
    while True:
        request = page_of(datetime_from=datetime_from, datetime_to=datetime_to, skip=skip, take=take)
        try:
            page = client.send(request)
        except PbxWrongToken:
            raise
        except PbxRefused:
            middle = _middle(datetime_from, datetime_to)
            if middle is None:
                raise
            yield from _rows(client, page_of, datetime_from=datetime_from, datetime_to=middle, take=take)
            yield from _rows(client, page_of, datetime_from=middle, datetime_to=datetime_to, take=take)
            return
        yield from page.rows
        skip += len(page.rows)
        if _is_last(page, skip=skip, take=take):
            return


def _is_last(page: Page[RowT], *, skip: int, take: int) -> bool:
    if not page.rows:
        return True
    return len(page.rows) < take if page.total is None else skip >= page.total


def _middle(datetime_from: str, datetime_to: str) -> str | None:
    start, end = datetime.fromisoformat(datetime_from), datetime.fromisoformat(datetime_to)
    if end - start <= SHORTEST:
        return None
    return (start + (end - start) // 2).isoformat(sep=" ", timespec="seconds")
