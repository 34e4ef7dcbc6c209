"""Erlang C: how many agents a flow of calls needs. An estimate: it takes callers for endlessly patient.

`load` is offered traffic in Erlangs: calls per second times average handle time.
"""

from __future__ import annotations

import math
from typing import Final

AGENTS_AT_MOST: Final = 10_000


def erlang_waiting(*, load: float, agents: int) -> float:
    """Pw: the share of callers who have to wait; 1 if there are not more agents than Erlangs."""
    if load <= 0:
        return 0.0
    if agents <= load:
        return 1.0
    blocked = 1.0
    for count in range(1, agents + 1):
        blocked = load * blocked / (count + load * blocked)
    return agents * blocked / (agents - load * (1 - blocked))


def erlang_service_level(*, load: float, agents: int, aht_s: float, threshold_s: float) -> float:
    """SL = 1 − Pw · exp(−(N − U) · T / AHT); 0 if the queue would grow without end."""
    if load <= 0:
        return 1.0
    if agents <= load:
        return 0.0
    waiting = erlang_waiting(load=load, agents=agents)
    return 1 - waiting * math.exp(-(agents - load) * threshold_s / aht_s)


def erlang_asa_s(*, load: float, agents: int, aht_s: float) -> float | None:
    """ASA = Pw · AHT / (N − U); None if the queue would grow without end."""
    if agents <= load:
        return None
    return erlang_waiting(load=load, agents=agents) * aht_s / (agents - load)


def agents_needed(
    *, calls: int, interval_s: float, aht_s: float | None, threshold_s: float, goal: float
) -> int | None:
    """The fewest agents whose service level reaches the goal. None without calls or handle time, or if no number does."""
    if not calls or not aht_s or goal >= 1:
        return None
    load = calls / interval_s * aht_s
    if load >= AGENTS_AT_MOST:
        return None
    # One pass: Erlang B for N agents follows from that for N − 1.
    blocked = 1.0
    for agents in range(1, AGENTS_AT_MOST + 1):
        blocked = load * blocked / (agents + load * blocked)
        if agents <= load:
            continue
        waiting = agents * blocked / (agents - load * (1 - blocked))
        if 1 - waiting * math.exp(-(agents - load) * threshold_s / aht_s) >= goal:
            return agents
    return None
