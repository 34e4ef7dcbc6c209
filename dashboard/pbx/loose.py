"""Types for fields in which the API is loose: they decode to clean values and refuse the rest.

mypy sees the clean type (`LooseInt` is `int | None`). At run time each name is a marker class that msgspec
does not know, so it hands the raw JSON value to `decode_loose`. That costs a fifth of a microsecond a field.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TYPE_CHECKING, Any

import msgspec

from dashboard.pbx.ids import (
    CallId,
    Extension,
    FieldId,
    Login,
    MessageGroupId,
    MessageId,
    PauseId,
    Phone,
    QueueId,
    QueueNumber,
    RecordId,
    StatusId,
    UserId,
)

NO_TIME = "0000-00-00 00:00:00"
TIME_LENGTH = len("2012-03-21 13:44:02")
NOT_A_TIME = "Expected a moment as YYYY-MM-DD HH:MM:SS"
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


class _Kind(type):
    """Metaclass of the markers: msgspec checks what the hook returned, and any clean value is right."""

    read: Callable[[Any], Any]

    def __instancecheck__(cls, value: object) -> bool:
        return True


def _kind(name: str, read: Callable[[Any], Any]) -> _Kind:
    return _Kind(name, (), {"read": staticmethod(read)})


def decode_loose(kind: type, value: Any) -> Any:
    """Hook for msgspec decoders; a ValueError becomes msgspec's ValidationError with the path of the field."""
    return kind.read(value)  # type: ignore[attr-defined]


def read_text(value: Any) -> str | None:
    if value is None or value.__class__ is str:
        return value
    if value.__class__ is int:
        return str(value)
    raise ValueError(f"Expected a text, got `{value.__class__.__name__}`")


def read_word(value: Any) -> str | None:
    """A text that is a name or number; the empty one means that there is none."""
    return read_text(value) or None


def read_key(value: Any) -> str:
    """An ID that must be there."""
    word = read_word(value)
    if word is None:
        raise ValueError("Expected an ID, got none")
    return word


def read_id(value: Any) -> str | None:
    """An ID, where null, false, "" and "0" say that there is none."""
    if value is False:
        return None
    word = read_text(value)
    return None if word in ("", "0") else word


def read_int(value: Any) -> int | None:
    kind = value.__class__
    if kind is str:
        return _int_of_text(value)
    if value is None or kind is int:
        number: int | None = value
        return number
    if kind is float:
        return _whole(value)
    raise ValueError(f"Expected a number, got `{kind.__name__}`")


def _int_of_text(value: str) -> int | None:
    if value.isdecimal():
        return int(value)
    if not value.strip():
        return None
    if value.strip().lstrip("+-").replace(".", "", 1).isdecimal():
        return _whole(float(value))
    raise ValueError("Expected a number, got a text that is none")


def _whole(value: float) -> int:
    if not isfinite(value):
        raise ValueError("Expected a number, got one out of range")
    return int(value)


def read_bool(value: Any) -> bool | None:
    if value is None or value is True or value is False:
        return value
    if value.__class__ in (str, int):
        word = str(value).strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        if not word:
            return None
    raise ValueError("Expected a yes or no, got something else")


def read_time(value: Any) -> str | None:
    """Checks that the moment exists in a calendar; its time zone is the caller's business."""
    if value is None or value in ("", NO_TIME):
        return None
    if value.__class__ is str and len(value) == TIME_LENGTH and value[10] == " ":
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(NOT_A_TIME) from None
        moment: str = value
        return moment
    raise ValueError(NOT_A_TIME)


def read_direction(value: Any) -> str | None:
    word = read_word(value)
    return word.lower() if word else None


def read_ids(value: Any) -> list[str]:
    """A list of IDs. PHP prints one with gaps in its keys as a map, and an empty one in several ways."""
    if value is None or value == "":
        return []
    values = value.values() if value.__class__ is dict else value
    if value.__class__ not in (list, dict):
        raise ValueError(f"Expected a list of IDs, got `{value.__class__.__name__}`")
    return [word for word in map(read_id, values) if word is not None]


def read_decimal(value: Any) -> Decimal | None:
    word = read_word(str(value) if value.__class__ is float else value)
    with contextlib.suppress(InvalidOperation):
        number = None if word is None else Decimal(word)
        if number is None or number.is_finite():
            return number
    raise ValueError("Expected a decimal number, got a text that is none")


def read_price(value: Any) -> Decimal | None:
    """Prices carry noise of floating point (4.94999987), so they are rounded to the cent."""
    price = read_decimal(value)
    with contextlib.suppress(InvalidOperation):
        return None if price is None else price.quantize(Decimal("0.01"))
    raise ValueError("Expected a price, got a number that is too large")


def read_words(value: Any) -> list[str]:
    """A list of texts; one text stands for a list of one, and an empty one comes in several ways."""
    if value.__class__ in (str, int):
        return [str(value)] if value != "" else []
    if value is None or value.__class__ in (list, dict):
        values = value.values() if value.__class__ is dict else value or []
        return [read_text(word) or "" for word in values]
    raise ValueError(f"Expected a list of texts, got `{value.__class__.__name__}`")


def read_fields(value: Any) -> dict[str, list[str]]:
    """Values of a form by the ID of the field."""
    if value is None or value in ("", []):
        return {}
    if value.__class__ is dict:
        return {key: read_words(words) for key, words in value.items()}
    raise ValueError(f"Expected a map of fields, got `{value.__class__.__name__}`")


def read_options_type(value: Any) -> str | None:
    """The queue's type out of its options, which come as an object or as JSON in a string."""
    if value.__class__ is str and value:
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            # Options are informative and never required: a broken one only hides the type.
            return None
    return read_word(value.get("type")) if value.__class__ is dict else None


if TYPE_CHECKING:
    LooseText = str | None
    LooseInt = int | None
    LooseBool = bool | None
    LooseTime = str | None
    LooseDirection = str | None
    OptionsType = str | None

    QueueKey = QueueId
    UserKey = UserId
    CallKey = CallId
    PauseKey = PauseId
    RecordKey = RecordId
    StatusKey = StatusId
    MessageKey = MessageId
    MessageGroupKey = MessageGroupId
    IdKey = str

    LooseQueueId = QueueId | None
    LooseUserId = UserId | None
    LooseCallId = CallId | None
    LoosePauseId = PauseId | None
    LooseStatusId = StatusId | None
    LooseMessageGroupId = MessageGroupId | None
    LooseId = str | None
    LooseQueueNumber = QueueNumber | None
    LooseLogin = Login | None
    LooseExtension = Extension | None
    LoosePhone = Phone | None
    LooseQueueIds = list[QueueId]
    LooseUserIds = list[UserId]
    LooseDecimal = Decimal | None
    LoosePrice = Decimal | None
    LooseWords = list[str]
    LooseFields = dict[FieldId, list[str]]
else:
    LooseText = _kind("text", read_text)
    LooseInt = _kind("number", read_int)
    LooseBool = _kind("yes or no", read_bool)
    LooseTime = _kind("moment", read_time)
    LooseDirection = _kind("direction", read_direction)
    OptionsType = _kind("options", read_options_type)

    QueueKey = UserKey = CallKey = PauseKey = _kind("ID", read_key)
    RecordKey = StatusKey = MessageKey = MessageGroupKey = IdKey = QueueKey
    LooseQueueId = LooseUserId = LooseCallId = LoosePauseId = LooseId = _kind("ID or none", read_id)
    LooseStatusId = LooseMessageGroupId = LooseId
    LooseQueueNumber = LooseLogin = LooseExtension = LoosePhone = _kind("word", read_word)
    LooseQueueIds = LooseUserIds = _kind("list of IDs", read_ids)
    LooseDecimal = _kind("decimal", read_decimal)
    LoosePrice = _kind("price", read_price)
    LooseWords = _kind("list of texts", read_words)
    LooseFields = _kind("fields", read_fields)
