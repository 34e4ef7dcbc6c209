"""Random draws, all from one seeded source, so that a run can be repeated."""

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def words(text: str) -> tuple[str, ...]:
    """A list of words written as one text."""
    return tuple(text.split())


MOBILE = words(
    "601 602 603 604 605 606 607 608 702 720 721 723 724 728 730 731 734 736 737 739 770 773 775 777"
)
FIXED = words("22 23 24 26 28 31 35 37 38 46 47 48 49 53 54 58 59")


class Draws:
    """The shapes the simulation needs. Durations come in seconds and leave in whole milliseconds."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a simulation, nothing secret

    def chance(self, probability: float) -> bool:
        """Whether something with this probability happens."""
        return self._random.random() < probability

    def uniform_ms(self, low_s: float, high_s: float) -> int:
        """Any duration between the two."""
        return round(1000 * self._random.uniform(low_s, high_s))

    def exponential_ms(self, mean_s: float) -> int:
        """A memoryless duration."""
        return round(1000 * self._random.expovariate(1 / mean_s))

    def lognormal_ms(self, median_s: float, spread: float) -> int:
        """A duration with a long tail; `spread` is the sigma of its logarithm."""
        return round(1000 * self._random.lognormvariate(math.log(median_s), spread))

    def weibull_ms(self, scale_s: float, shape: float) -> int:
        """A patience: how long somebody waits before giving up."""
        return round(1000 * self._random.weibullvariate(scale_s, shape))

    def number(self, low: int, high: int) -> int:
        """Any whole number from `low` to `high`."""
        return self._random.randint(low, high)

    def share(self) -> float:
        """Any number from 0 up to 1."""
        return self._random.random()

    def one_of(self, options: Sequence[T]) -> T:
        """Any of the options."""
        return self._random.choice(options)

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """Any of the options, those of greater weight more often."""
        return self._random.choices(options, weights)[0]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """All of the options in any order."""
        return self._random.sample(options, len(options))

    def phone(self) -> str:
        """A Czech telephone number of nine digits, mostly mobile."""
        if self.chance(0.8):
            return self.one_of(MOBILE) + f"{self._random.randrange(10**6):06d}"
        return self.one_of(FIXED) + f"{self._random.randrange(10**7):07d}"
