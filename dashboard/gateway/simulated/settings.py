"""What can be chosen about a simulated call centre."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SimulationSettings:
    """Size and manner of the simulation; the same settings always give the same call centre.

    `start_at` is the virtual moment (ms) at which serving begins; None takes the machine's clock.
    `activity` multiplies all arrivals. With `is_quiet` nothing happens unless it is asked for.
    With `is_always_mid_shift` the profile of arrivals and shifts is shifted so that it is never night;
    without it days have mornings, evenings and weekends in `timezone`. So have the `history_days` before
    `start_at` in either case; a call centre where nothing happens has had none.
    """

    agents: int = 40
    queues: int = 8
    seed: int = 1
    speed: float = 1.0
    activity: float = 1.0
    start_at: int | None = None
    warm_up_s: int = 7200
    timezone: str = "Europe/Prague"
    is_quiet: bool = False
    is_always_mid_shift: bool = True
    queues_per_agent: int = 10
    history_days: int = 0

    def __post_init__(self) -> None:
        """Refuse sizes that make no call centre."""
        if self.agents < 1 or self.queues < 1:
            raise ValueError("A simulated PBX needs at least one agent and one queue.")
        if min(self.speed, self.activity, self.warm_up_s, self.history_days) < 0:
            raise ValueError("Speed, activity, warm-up and history cannot be negative.")
