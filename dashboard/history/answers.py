"""What the selectors of the history answer with. Seconds are whole; moments are aware, in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec


class Days(msgspec.Struct, frozen=True):
    """Local days of the PBX, both included."""

    first: date
    last: date

    def each(self) -> Iterator[date]:
        """In order."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


class AgentFigures(msgspec.Struct, frozen=True, kw_only=True):
    """An agent's calls and time. Stays count as far as they lie within the days asked for, open ones until now.

    `paused_s` is without pauses of type wrap, which are in `acw_s` as far as they follow a call.
    """

    agent_id: str
    name: str
    answered: int
    missed: int
    """Attempts that the agent let ring without an answer."""
    outbound: int
    talk_s: int
    hold_s: int
    acw_s: int
    work_s: int
    """Talk, hold and after-call work of all the agent's calls, whatever queue they were in: what occupancy is of."""
    logged_in_s: int
    paused_s: int
    ready_s: int
    """Logged in, not paused, not with a call and not after one."""


class PauseFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of pause of one agent."""

    agent_id: str
    agent_name: str
    pause_id: str
    title: str
    type: str
    is_paid: bool | None
    count: int
    total_s: int
    longest_s: int


class LostCaller(msgspec.Struct, frozen=True, kw_only=True):
    """A number whose calls to one queue were lost. `recovered_at` is when it was answered later, or reached by an outbound call.

    Calls without a number each stand alone, with `caller_key` None.
    """

    caller_key: int | None
    number: str
    """"" if the call had none, or if it was taken away."""
    queue_id: str
    call_ids: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    longest_wait_s: int
    recovered_at: datetime | None
    recovered_by: str | None
    """The call that did."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that an action has not been read for yet. `reason` tells why, if trying failed."""

    action: str
    begins_at: datetime
    ends_at: datetime
    reason: str | None
    failing_since: datetime | None


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the calls since `since` has been read, 0.0 to 1.0; None if nothing was ever read."""

    since: datetime | None
    share: float | None
    read_until: datetime | None
    """The end of the latest stretch read: how current the records are."""
    is_complete: bool
