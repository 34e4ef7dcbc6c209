"""Pages of which one broken row does not spoil the rest: for whoever must not lose a row."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from dashboard.pbx.errors import PbxBadAnswer
from dashboard.pbx.loose import decode_loose
from dashboard.pbx.shapes import Page, Shape, page

RowT = TypeVar("RowT", bound=msgspec.Struct)

_PLAIN = page(dict)  # type: ignore[type-var]  # rows as they came


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that cannot be read, as it came, and why."""

    row_key: str
    raw: dict[str, Any]
    reason: str


class TolerantPage(Generic[RowT]):
    """Reads a page as `shape` does; if a value of a row cannot be read, that row becomes a `BadRow`.

    `key` is the PBX's name of the row's ID: what has none is no row, and the answer is refused as before.
    """

    def __init__(self, shape: Shape[Page[RowT]], row: type[RowT], *, key: str) -> None:
        self._shape, self._row, self._key = shape, row, key

    def decode(self, body: bytes, *, action: str, secret: str) -> Page[RowT | BadRow]:
        try:
            strict = self._shape.decode(body, action=action, secret=secret)
            return Page(list(strict.rows), strict.total)
        except PbxBadAnswer as exc:
            if exc.retryable:
                raise
            plain = self._plain(body, action=action, secret=secret, because=exc)
        return Page([self._read(row) for row in plain.rows], plain.total)

    def _plain(self, body: bytes, *, action: str, secret: str, because: PbxBadAnswer) -> Page[dict[str, Any]]:
        try:
            plain: Page[Any] = _PLAIN.decode(body, action=action, secret=secret)
        except PbxBadAnswer:
            raise because from None
        if not all(isinstance(row, dict) and row.get(self._key) for row in plain.rows):
            raise because
        return plain

    def _read(self, raw: dict[str, Any]) -> RowT | BadRow:
        try:
            return msgspec.convert(raw, self._row, dec_hook=decode_loose)
        except msgspec.ValidationError as exc:
            return BadRow(row_key=str(raw[self._key]), raw=raw, reason=str(exc))
