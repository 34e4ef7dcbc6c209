"""A long poll of one agent that cannot spin."""

import time
from collections.abc import Callable, Iterator

from dashboard.pbx.groups.base import Sender
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.groups.statistics_live import LONG_POLL_DEADLINE_S
from dashboard.pbx.ids import Extension, Login
from dashboard.pbx.wire.live import UserState

REST_S = 1.0
REST_AFTER_CHANGE_S = 0.1


def watch_user_state(
    client: Sender,
    *,
    user: Login | None = None,
    extension: Extension | None = None,
    deadline_s: float = LONG_POLL_DEADLINE_S,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> Iterator[UserState | None]:
    """The agent's state, again after every change or every 60 s; None while not logged in. Ends only with an error.

    An answer that comes at once and says nothing new (a PBX that ignores the hash, an agent who is not logged in)
    is followed by a rest, so that there is at most one request a second; news that come at once, ten a second.
    """
    known: str | None = None
    while True:
        started = monotonic()
        state = client.send(
            Statistics.user_state_poll(user=user, extension=extension, hash=known, deadline_s=deadline_s)
        )
        yield state
        latest = state.hash if state else None
        elapsed_s = monotonic() - started
        rest_s = (REST_S if latest in (None, known) else REST_AFTER_CHANGE_S) - elapsed_s
        if rest_s > 0:
            sleep(rest_s)
        known = latest
