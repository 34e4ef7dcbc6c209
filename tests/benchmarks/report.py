"""What a benchmark is, and how its figure is told: one JSON line on stdout, words on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from math import ceil

import msgspec


class Benchmark(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `against` says in words what it is measured against; more than `at_most` is a failure."""

    name: str
    unit: str
    against: str
    at_most: float
    measure: Callable[[], float]


class NotMeasured(Exception):
    """What was to be measured did not happen; the message says what."""


def tell(benchmark: Benchmark, value: float) -> bool:
    """Print the figure; True if it is within its limit."""
    is_ok = value <= benchmark.at_most
    figure = {
        "name": benchmark.name,
        "value": round(value, 4),
        "unit": benchmark.unit,
        "against": benchmark.against,
        "at_most": benchmark.at_most,
        "ok": is_ok,
    }
    print(json.dumps(figure, ensure_ascii=False), flush=True)
    return is_ok


def say(words: str) -> None:
    """Progress, for whoever waits."""
    print(words, file=sys.stderr, flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]
