"""One request of the API as a value: what to ask, how it is written into a URL, how its answer is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote

from dashboard.pbx.loose import read_time
from dashboard.pbx.words import Blank

T = TypeVar("T")
Key = TypeVar("Key", bound=str)
T_co = TypeVar("T_co", covariant=True)
Params = tuple[tuple[str, str], ...]


class Effect(Enum):
    """Reads may be repeated. Actions never: a second hang-up may hit the next call."""

    READ = "read"
    ACTION = "action"


class Host(Enum):
    """Which server answers: the customer's own PBX, or one of the central services."""

    PBX = "pbx"
    SMS = "sms"
    AUTODIALER = "autodialer"


class Decodes(Protocol[T_co]):
    def decode(self, body: bytes, *, action: str, secret: str) -> T_co: ...


@dataclass(frozen=True, kw_only=True)
class Request(Generic[T]):
    """Parameters stay out of the repr: they hold phone numbers and, in two actions, passwords."""

    action: str
    version: str
    shape: Decodes[T] = field(repr=False)
    effect: Effect = Effect.READ
    host: Host = Host.PBX
    id: str | None = field(default=None, repr=False)
    params: Params = field(default=(), repr=False)
    deadline_s: float | None = None
    # Where a refusal means that there is nothing to tell: gives the value for that. A wrong token still raises.
    if_refused: Callable[[], T] | None = field(default=None, repr=False)

    def path(self) -> str:
        record = "" if self.id is None else f"/{quote(self.id, safe='')}"
        return f"/api/{self.version}/{self.action}{record}/json"

    def query(self) -> str:
        """Everything is encoded, a blank as %20; the brackets of arrays stay as the document prints them."""
        return "&".join(f"{quote(name, safe='[]')}={quote(value, safe='')}" for name, value in self.params)


def given(values: Mapping[str, str | int | Blank | None]) -> Params:
    """The parameters that have a value. RELEASE is sent as an empty one; None and UNCHANGED are not sent."""
    plain = {name: value.value if isinstance(value, Blank) else value for name, value in values.items()}
    return tuple((name, str(value)) for name, value in plain.items() if value is not None)


def one_of(**values: str | None) -> Params:
    """Exactly one of these: with two of them the document does not say which one counts."""
    params = given(values)
    if len(params) != 1:
        raise ValueError(f"Give exactly one of {', '.join(values)}.")
    return params


def array(name: str, values: Iterable[str] | None) -> Params:
    """`queues[0]=3&queues[1]=1`; None sends nothing."""
    return tuple((f"{name}[{index}]", value) for index, value in enumerate(_not_empty(name, values)))


def brackets(name: str, values: Iterable[str] | None) -> Params:
    """`queues[]=3&queues[]=1`; None sends nothing."""
    return tuple((f"{name}[]", value) for value in _not_empty(name, values))


def mapping(name: str, values: Mapping[Key, object] | None) -> Params:
    """`fields[3]=42`, and `params[foo][bar]=1` for a map within the map."""
    params: Params = ()
    for key, value in (values or {}).items():
        inner = f"{name}[{key}]"
        params += mapping(inner, value) if isinstance(value, Mapping) else ((inner, str(value)),)
    return params


def interval(datetime_from: str, datetime_to: str) -> Params:
    return (("datetime_from", moment(datetime_from)), ("datetime_to", moment(datetime_to)))


def moment(text: str) -> str:
    """Refuses what is not YYYY-MM-DD HH:MM:SS before the PBX guesses at it."""
    checked = read_time(text)
    if checked is None:
        raise ValueError("Expected a moment, got none")
    return checked


def moments(**values: str | None) -> Params:
    """Optional moments."""
    return tuple((name, moment(value)) for name, value in values.items() if value is not None)


def yes_no(value: bool | None) -> str | None:  # noqa: FBT001
    return None if value is None else ("yes" if value else "no")


def true_false(value: bool | None) -> str | None:  # noqa: FBT001
    return None if value is None else ("true" if value else "false")


def flag(value: bool, word: str) -> str | None:  # noqa: FBT001
    """A switch for which the document shows only the word that turns it on."""
    return word if value else None


def _not_empty(name: str, values: Iterable[str] | None) -> list[str]:
    listed = list(values or ())
    if values is not None and not listed:
        raise ValueError(f"An empty list of {name} would ask for all of them.")
    return listed
