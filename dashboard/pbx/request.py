"""One request of the API as a value: what to ask, how it is written into a URL, how its answer is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar
from urllib.parse import quote

from dashboard.pbx.shapes import Shape

T = TypeVar("T")
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


@dataclass(frozen=True, kw_only=True)
class Request(Generic[T]):
    """Parameters stay out of the repr: they hold phone numbers and, in two actions, passwords."""

    action: str
    version: str
    shape: Shape[T] = field(repr=False)
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


def array(name: str, values: Iterable[str] | None) -> Params:
    """`queues[0]=3&queues[1]=1`; None sends nothing."""
    return tuple((f"{name}[{index}]", value) for index, value in enumerate(values or ()))


def given(values: Mapping[str, str | None]) -> Params:
    """The parameters that have a value."""
    return tuple((name, value) for name, value in values.items() if value is not None)
