"""From the bytes of an answer to its value: the envelope, and the shapes a result comes in.

`{"status": 1, "error": null, "result": ...}`: status alone decides. An empty map may arrive as [], {}, "", null or
not at all, and a map with the keys 0..n-1 as a list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from dashboard.pbx.errors import PbxBadAnswer, refusal
from dashboard.pbx.loose import LooseBool, LooseInt, decode_loose

T = TypeVar("T")
Row = TypeVar("Row", bound=msgspec.Struct)
RowT = TypeVar("RowT")
Result = TypeVar("Result")


class Envelope(msgspec.Struct, Generic[Result], frozen=True):
    status: LooseBool
    error: Any = None
    # Absent is None, whatever the type; a union with None would shut out msgspec.Raw.
    result: Result = None  # type: ignore[assignment]


class Head(msgspec.Struct, frozen=True):
    """The envelope without its result, for answers whose result has no business to be read."""

    status: LooseBool
    error: Any = None


_Top: Any = dict[str, msgspec.Raw] | list[msgspec.Raw] | str | None
_TOP = msgspec.json.Decoder(_Top)
_HEAD = msgspec.json.Decoder(Head, dec_hook=decode_loose)


@dataclass(frozen=True)
class Page(Generic[RowT]):
    """Part of a long list: `total` rows match in all; None if the PBX does not say."""

    rows: list[RowT]
    total: int | None


class WirePage(msgspec.Struct, Generic[RowT], frozen=True):
    data: list[RowT] | dict[str, RowT] | None
    total: LooseInt = None


class Shape(NamedTuple, Generic[T]):
    """What a result looks like on the wire, and how that becomes the value that the caller gets."""

    decoder: msgspec.json.Decoder[Envelope[Any]]
    tidy: Callable[[Any], T]

    def decode(self, body: bytes, *, action: str, secret: str) -> T:
        """Raises PbxRefused for status 0 and PbxBadAnswer for all that cannot be read.

        `secret` is taken out of the PBX's own words, should it repeat the access token in them.
        """
        try:
            envelope = self.decoder.decode(body)
            _check_status(envelope, action=action, secret=secret)
            return self.tidy(envelope.result)
        except msgspec.ValidationError as exc:
            _check_refusal(body, action=action, secret=secret)
            sentence = f"The answer has another shape than documented: {exc}."
            raise PbxBadAnswer(action, sentence) from exc
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
            raise PbxBadAnswer(action, "The answer is not JSON or was cut off.", retryable=True) from exc


def _check_refusal(body: bytes, *, action: str, secret: str) -> None:
    """A refusal may carry any result, so the status is looked at once more, alone."""
    try:
        head = _HEAD.decode(body)
    except msgspec.DecodeError:
        return
    _check_status(head, action=action, secret=secret)


def _check_status(answer: Envelope[Any] | Head, *, action: str, secret: str) -> None:
    if answer.status:
        return
    if answer.status is None:
        raise PbxBadAnswer(action, "The answer says neither that it succeeded nor that it failed.")
    error = refusal(action, _as_text(answer.error))
    raise type(error)(action, pbx_text=error.pbx_text.replace(secret, "***"))


def _as_text(error: object) -> str:
    if error is None or error == "":
        return "no reason given"
    return error if isinstance(error, str) else msgspec.json.encode(error).decode()


def _shape(wire: Any, tidy: Callable[[Any], T]) -> Shape[T]:
    return Shape(msgspec.json.Decoder(Envelope[wire], dec_hook=decode_loose), tidy)


def nothing() -> Shape[None]:
    """Success without data; what stands in `result` then differs by action and means nothing."""
    return _shape(msgspec.Raw, lambda _: None)


def one(row: type[Row]) -> Shape[Row]:
    return _shape(row | None, _must_be_there)


def optional(row: type[Row]) -> Shape[Row | None]:
    """One object, or one of the ways to say nothing."""

    def tidy(result: Any) -> Row | None:
        return result if isinstance(result, row) else next(iter(_to_map(result, key=None).values()), None)

    return _shape(row | list[row] | str | None, tidy)  # type: ignore[valid-type]


def maps_of(row: type[Row]) -> Shape[list[dict[str, Row]]]:
    """A list of maps of rows."""
    return _shape(list[dict[str, row]] | str | None, lambda result: _checked(result) or [])  # type: ignore[valid-type]


def rows(row: type[Row]) -> Shape[list[Row]]:
    """A list of rows; a map of rows is read as its values."""
    return _shape(_many(row), lambda result: list(_to_map(result, key=None).values()))


def rows_by_id(row: type[Row], *, key: str) -> Shape[dict[Any, Row]]:
    """A map of rows by ID. `key` is the row's field with its own ID, used when the map came as a list."""
    return _shape(_many(row), lambda result: _to_map(result, key=key))


def found(row: type[Row], *, key: str) -> Shape[Row | None]:
    """One record, given as itself or as a map with one entry; `key` is the PBX's name of its ID. None if empty."""
    single = msgspec.json.Decoder(row, dec_hook=decode_loose)
    many = msgspec.json.Decoder(_many(row), dec_hook=decode_loose)

    def tidy(result: msgspec.Raw | None) -> Row | None:
        if result is None:
            return None
        top = _TOP.decode(result)
        if isinstance(top, dict) and key in top:
            return single.decode(result)
        return next(iter(_to_map(many.decode(result), key=None).values()), None)

    return _shape(msgspec.Raw, tidy)


def page(row: type[Row]) -> Shape[Page[Row]]:
    """`{"data": [...], "total": "7"}`; a bare list is read as a page that does not say its total."""

    def tidy(result: Any) -> Page[Row]:
        if isinstance(result, WirePage):
            return Page(list(_to_map(result.data, key=None).values()), result.total)
        return Page(list(_to_map(result, key=None).values()), None)

    return _shape(WirePage[row] | list[row] | str | None, tidy)  # type: ignore[valid-type]


def anything(wire: Any) -> Shape[Any]:
    """A result that is plain JSON of a known type rather than rows."""
    return _shape(wire, lambda result: result)


class Binary:
    """A result that is no JSON, with the envelope only for a refusal."""

    def decode(self, body: bytes, *, action: str, secret: str) -> bytes:
        if body.startswith(b"{"):
            nothing().decode(body, action=action, secret=secret)
            raise PbxBadAnswer(action, "The answer is an envelope where binary data was promised.")
        return body


def _many(row: type[Row]) -> Any:
    return dict[str, row] | list[row] | str | None  # type: ignore[valid-type]


def _checked(result: Any) -> Any:
    """Refuses what msgspec had to let through for the sake of an empty list or text."""
    if isinstance(result, str) and result:
        raise msgspec.ValidationError("Expected an object, got `str` - at `$.result`")
    return result


def _must_be_there(result: Row | None) -> Row:
    if result is None:
        raise msgspec.ValidationError("Expected an object, got none")
    return result


def _to_map(result: dict[str, Row] | list[Row] | str | None, *, key: str | None) -> dict[Any, Row]:
    if isinstance(result, dict):
        return result
    if isinstance(result, list):
        return dict(_keyed(result, key=key))
    _checked(result)
    return {}


def _keyed(result: list[Row], *, key: str | None) -> Iterator[tuple[Any, Row]]:
    """Pairs for a map that came as a list: the row's own ID is the key that PHP dropped."""
    return enumerate(result) if key is None else zip(map(attrgetter(key), result), result, strict=True)
