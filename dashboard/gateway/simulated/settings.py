"""What can be chosen about a simulated call centre."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SimulationSettings:
    """Size and manner of the simulation; the same settings always give the same call centre.

    `start_at` is the virtual moment (ms) at which serving begins; None takes the machine's clock.
    `activity` multiplies all arrivals. With `is_quiet` nothing happens unless it is asked for.
    With `is_always_mid_shift` the profile of arrivals and shifts is shifted so that it is never night;
    without it days have mornings, evenings and weekends in `timezone`.
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

    def __post_init__(self) -> None:
        """Refuse sizes that make no call centre."""
        if self.agents < 1 or self.queues < 1:
            raise ValueError("A simulated PBX needs at least one agent and one queue.")
        if self.speed < 0 or self.activity < 0 or self.warm_up_s < 0:
            raise ValueError("Speed, activity and warm-up cannot be negative.")
