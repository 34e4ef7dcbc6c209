"""What a handler gets: the call centre at one moment, and the request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.gateway.commands import Commands
from dashboard.gateway.engine import Directory, Engine, Floor, Queue, User
from dashboard.gateway.history import History
from dashboard.gateway.surface.accounts import Accounts
from dashboard.gateway.surface.parameters import Parameters
from dashboard.gateway.surface.queue_cards import QueueCards
from dashboard.gateway.surface.settings import ApiSettings
from dashboard.gateway.surface.times import PbxTime

Result = Any
# The result of an action whose answer has no `result` at all, not even null.
ABSENT: Final = object()


class ApiError(Exception):
    """The request fails with this text in the answer's `error`."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    What a handler prints of the live call centre comes from `floor` and `directory`, seen at `floor.at`; actions
    that change something, and everything that is not live, go to the `engine`. `history` is what has been, which
    may go on after `floor.at`. `caller_id` is the user whose token came with the request, None for the API's
    account.
    """

    engine: Engine
    commands: Commands
    accounts: Accounts
    caller_id: int | None
    floor: Floor
    directory: Directory
    history: History
    parameters: Parameters
    record_id: str | None
    time: PbxTime
    cards: QueueCards
    settings: ApiSettings

    def text(self, moment_at: int | None) -> str | None:
        """The moment in the PBX's local time."""
        return None if moment_at is None else self.time.text(moment_at)

    def since(self, moment_at: int | None, *, until_at: int | None = None) -> str:
        """Seconds since the moment as a string; "0" if there is none."""
        if moment_at is None:
            return "0"
        now_at = self.floor.at if until_at is None else until_at
        return str(self.time.elapsed_s(since_at=moment_at, now_at=now_at))

    def map(self, rows: Mapping[str, Any]) -> Result:
        """The rows by id; an empty map as the PBX prints it."""
        return rows if rows or self.settings.empty_map_is_object else []

    def ids(self, name: str) -> frozenset[int] | None:
        """A filter: the ids in this list parameter, or None if it was not sent."""
        if not self.parameters.has(name):
            return None
        return frozenset(_numbers(self.parameters.values(name), name=name))

    def queue(self, queue_id: int) -> Queue:
        """The queue of a call or session."""
        return self.directory.queues[queue_id]

    def user(self, user_id: int) -> User:
        """The user of a session."""
        return self.directory.users[user_id]


def id_text(value: int | None) -> str | None:
    """An id as the API prints it."""
    return None if value is None else str(value)


def flag(value: bool) -> str:  # noqa: FBT001 - the value is the subject
    """A flag as the API prints it."""
    return "1" if value else "0"


def _numbers(values: Iterable[str], *, name: str) -> list[int]:
    try:
        return [int(value) for value in values]
    except ValueError as error:
        raise ApiError(f"Parametr {name} musí obsahovat čísla") from error
