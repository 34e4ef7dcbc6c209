"""Call detail records: one row for a call, and one for each telephone that rang in vain."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.gateway.engine import Direction
from dashboard.gateway.history import AttemptRecord, CallRecord

ANSWERED, NO_ANSWER = "ANSWERED", "NO ANSWER"
# Attempts have unique ids of their own, out of the way of those of calls of the same second.
FIRST_ATTEMPT = 1_000_000
MOBILE_DIGITS = frozenset("67")


@dataclass(frozen=True, slots=True)
class Leg:
    """One row: the call itself, or one `attempt` to connect it that came to nothing."""

    call: CallRecord
    attempt: AttemptRecord | None = None

    @property
    def start_at(self) -> int:
        """When it began."""
        return self.call.entered_at if self.attempt is None else self.attempt.start_at

    @property
    def end_at(self) -> int:
        """When it was over."""
        return self.call.ended_at if self.attempt is None else self.attempt.end_at

    @property
    def answered_at(self) -> int | None:
        """When it was answered; only the call itself ever is."""
        return self.call.answered_at if self.attempt is None else None

    @property
    def user_id(self) -> int | None:
        """The agent."""
        return self.call.user_id if self.attempt is None else self.attempt.user_id

    @property
    def extension(self) -> str:
        """The agent's telephone."""
        return self.call.extension if self.attempt is None else self.attempt.extension

    @property
    def disposition(self) -> str:
        """Whether it was answered, in the API's words."""
        return NO_ANSWER if self.answered_at is None else ANSWERED

    @property
    def unique_id(self) -> str:
        """The id of the row: that of the call, or one of the attempt."""
        if self.attempt is None:
            return self.call.id
        return f"{self.attempt.start_at // 1000}.{FIRST_ATTEMPT + self.attempt.number}"

    @property
    def source(self) -> str:
        """The number that calls."""
        is_ours = self.call.direction is Direction.OUTBOUND and self.extension
        return self.extension if is_ours else self.call.caller

    @property
    def channels(self) -> tuple[str, str]:
        """The channels of the two ends, that of the calling one first."""
        line = 2 * (self.call.number if self.attempt is None else self.attempt.number)
        is_mobile = self.call.direction is Direction.OUTBOUND and self.call.called[:1] in MOBILE_DIGITS
        trunk = "SIP/gsm" if is_mobile else "SIP/proxy"
        outside, inside = trunk, f"SIP/{self.extension}" if self.extension else "Local/queue"
        ends = (inside, outside) if self.call.direction is Direction.OUTBOUND else (outside, inside)
        return f"{ends[0]}-{line:08x}", f"{ends[1]}-{line + 1:08x}"


def legs(calls: Iterable[CallRecord], attempts: Iterable[AttemptRecord]) -> list[Leg]:
    """The rows of these calls, by the moment they began. The attempts may be those of other calls, too."""
    known = {call.id: call for call in calls}
    found = [Leg(call) for call in known.values()]
    found += [
        Leg(known[attempt.call_id], attempt)
        for attempt in attempts
        if not attempt.is_answered and attempt.call_id in known
    ]
    return sorted(found, key=lambda leg: (leg.start_at, leg.call.number))
