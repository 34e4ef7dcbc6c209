"""What can be chosen about the API as it is served, where the documentation leaves it open."""

from dataclasses import dataclass
from enum import StrEnum


class TokenPlace(StrEnum):
    """Where the access token is accepted."""

    BOTH = "both"
    COOKIE = "cookie"
    QUERY = "query"


class WaitingRule(StrEnum):
    """Which calls `calls_wait` counts: all inbound calls not yet answered, or only those that ring."""

    UNANSWERED = "unanswered"
    RINGING = "ringing"


class OpenInterval(StrEnum):
    """What stands for the end of a session, pause or stay in a queue that lasts; `hidden` ones are not listed yet."""

    NULL = "null"
    EMPTY = "empty"
    ZERO = "zero"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class ApiSettings:
    """The account, and readings of what is not documented.

    An empty map is `[]` as PHP prints it, or `{}`. `hold_s` is how long a held request waits for a change. Lists of
    calls and attempts fail if more than 1000 rows are asked for, or (`row_limit_strict`) if more match.
    """

    login: str = "api"
    password: str = "demo"  # noqa: S105 - the password of a simulation
    timezone: str = "Europe/Prague"
    token_in: TokenPlace = TokenPlace.BOTH
    empty_map_is_object: bool = False
    waiting_rule: WaitingRule = WaitingRule.UNANSWERED
    hold_s: float = 60.0
    row_limit_strict: bool = False
    open_interval: OpenInterval = OpenInterval.NULL
