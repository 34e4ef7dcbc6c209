"""Compares what is counted here with the PBX's own totals."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import msgspec

from dashboard.domain.checks import TIMES, differing_now, totals_counted
from dashboard.domain.rows import LiveState
from dashboard.polling.endpoints import SUMMARY
from dashboard.polling.fetch import Outcome
from dashboard.polling.memory import Memory

log = logging.getLogger(__name__)

COUNTED_FROM = ("RTStatsSessions", "RTStatsCalls")


def checked(
    memory: Memory, state: LiveState, outcomes: Mapping[str, Outcome], *, stream: str, at: int
) -> Memory:
    """The memory after a comparison, if everything was asked at once. One line in the log when a total begins to differ."""
    asked = [outcomes.get(name) for name in (SUMMARY, *COUNTED_FROM)]
    if any(outcome is None or outcome.error is not None for outcome in asked):
        return memory
    told = outcomes[SUMMARY].value
    theirs = {"agents_total": told.users_total, "calls_in": told.calls_in, "calls_out": told.calls_out}
    differing = differing_now(memory.differing, ours=totals_counted(state), theirs=theirs, at=at)
    for code, row in differing.items():
        if row.times == TIMES:
            text = "%s: the PBX counts %d %s, its lists hold %d"
            log.warning(text, stream, row.check.theirs, code, row.check.ours)
    return msgspec.structs.replace(memory, differing=differing)
