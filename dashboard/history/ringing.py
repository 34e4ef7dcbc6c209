"""Does the PBX's waiting_time go on while a telephone rings? Calls that the poller saw live tell whether the setting is right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from dashboard.domain.terms import Outcome
from dashboard.models import CallRecord, HistoryPolicy, Pbx

RANG_S: Final = 4
"""Calls that rang for less say nothing: the polls are a second or more apart."""
NEAR_S: Final = 2
KEPT_AT_MOST: Final = 200
"""Then both counts are halved, so that a PBX that changes its mind is noticed."""
SEEN_AT_LEAST: Final = 20
SHARE: Final = 0.9


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the calls say; `is_contradicted`: nine in ten of at least twenty say the opposite of what is set."""

    seen: int
    with_ringing: int
    is_contradicted: bool


def ringing_compare(pbx: Pbx, pairs: Iterable[tuple[CallRecord, CallRecord]]) -> None:
    """Count what calls tell, each as it was seen and as the PBX lists it. Within a transaction, in one's turn."""
    told = [pair for pair in pairs if _is_telling(*pair)]
    if not told:
        return
    policy = HistoryPolicy.objects.get(pbx=pbx)
    for was, record in told:
        includes = _includes_ringing(was, record, policy)
        if includes is not None:
            policy.seen_with_ringing += includes
            policy.seen_without_ringing += not includes
    if policy.seen_with_ringing + policy.seen_without_ringing > KEPT_AT_MOST:
        policy.seen_with_ringing //= 2
        policy.seen_without_ringing //= 2
    policy.save(update_fields=["seen_with_ringing", "seen_without_ringing"])


def ringing_verdict(policy: HistoryPolicy) -> Verdict:
    """What has been seen so far."""
    seen = policy.seen_with_ringing + policy.seen_without_ringing
    against = policy.seen_without_ringing if policy.waiting_includes_ringing else policy.seen_with_ringing
    return Verdict(
        seen=seen,
        with_ringing=policy.seen_with_ringing,
        is_contradicted=seen >= SEEN_AT_LEAST and against >= SHARE * seen,
    )


def _is_telling(was: CallRecord, record: CallRecord) -> bool:
    is_answered = was.outcome == record.outcome == Outcome.ANSWERED
    return was.is_provisional and not record.is_provisional and is_answered and record.ringing_s is not None


def _includes_ringing(was: CallRecord, record: CallRecord, policy: HistoryPolicy) -> bool | None:
    """None if the wait that was seen is near neither of both, or they are too near each other."""
    ringing_s = record.ringing_s or 0
    if ringing_s < RANG_S:
        return None
    waiting_s = record.wait_s - (0 if policy.waiting_includes_ringing else ringing_s)
    off_with, off_without = abs(was.wait_s - waiting_s), abs(was.wait_s - waiting_s - ringing_s)
    if min(off_with, off_without) > NEAR_S or off_with == off_without:
        return None
    return off_with < off_without
