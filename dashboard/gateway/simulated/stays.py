"""Sessions, stays in queues, or pauses: what an agent begins and ends."""

from itertools import count

import msgspec

from dashboard.gateway.history import Stay
from dashboard.gateway.simulated.timeline import Timeline

STAYS_KEPT = 200_000


class Stays:
    """All stays of one kind; those that last are among them without an end."""

    def __init__(self) -> None:
        self.timeline: Timeline[Stay] = Timeline(kept=STAYS_KEPT)
        self._numbers = count(1)
        self._lasting: dict[tuple[int, int], Stay] = {}

    def began(self, user_id: int, *, subject_id: int, at: int) -> None:
        """One more."""
        stay = Stay(
            number=next(self._numbers), user_id=user_id, subject_id=subject_id, start_at=at, end_at=None
        )
        self._lasting[user_id, subject_id] = stay
        self.timeline.add(at, stay)

    def ended(self, user_id: int, *, subject_id: int, at: int) -> int:
        """It is over; since when it lasted."""
        stay = self._lasting.pop((user_id, subject_id))
        self.timeline.replace(stay.start_at, msgspec.structs.replace(stay, end_at=at))
        return stay.start_at
