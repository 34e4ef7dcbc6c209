"""What will happen when: the heap of a discrete-event simulation."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Appointment:
    """Something that will be done, unless it is cancelled first."""

    act: Callable[[], None] | None

    def cancel(self) -> None:
        """Make sure it is not done."""
        self.act = None


class Agenda:
    """Appointments by moment; those of the same moment in the order in which they were made."""

    def __init__(self, *, now_at: int) -> None:
        self.now_at = now_at
        self.done = 0
        self._made = 0
        self._heap: list[tuple[int, int, Appointment]] = []

    def after(self, delay_ms: int, act: Callable[[], None]) -> Appointment:
        """Do this in so many milliseconds; a delay below zero counts as zero."""
        appointment = Appointment(act)
        self._made += 1
        heapq.heappush(self._heap, (self.now_at + max(delay_ms, 0), self._made, appointment))
        return appointment

    def run_until(self, moment_at: int) -> None:
        """Do all that is due up to this moment, and make it now. An earlier moment changes nothing."""
        while self._heap and self._heap[0][0] <= moment_at:
            due_at, _, appointment = heapq.heappop(self._heap)
            if appointment.act is not None:
                self.now_at = due_at
                self.done += 1
                appointment.act()
        self.now_at = max(self.now_at, moment_at)

    def clear(self) -> None:
        """Forget all appointments."""
        self._heap.clear()
