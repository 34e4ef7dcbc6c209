"""What is read when. Every function may be broken off and run again at any time, by several workers at once.

The PBX's client and its time are arguments: whoever calls knows how a PBX is reached, and how far its clock is from ours.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db import Error as DatabaseError
from django.db import transaction

from dashboard import conf
from dashboard.domain.stretches import Stretch, holes
from dashboard.history.callers import Callers
from dashboard.history.open_stays import beginnings
from dashboard.history.reading import SOURCES, Source, stretch_read
from dashboard.history.records import Rules
from dashboard.history.writing import Written, failure_end, failure_note, policy_ensure, turn_take
from dashboard.history.zone import zone_of
from dashboard.models import Coverage, HistoryPolicy, Pbx
from dashboard.pbx.errors import PbxError
from dashboard.pbx.groups.base import Sender

log = logging.getLogger(__name__)

OVERLAP: Final = timedelta(minutes=15)
"""Each reading goes back over this: calls are listed when they end, and most are short."""
LATEST: Final = timedelta(hours=1)
"""What lies further back is a gap, and left to whoever fills gaps."""
TRAIL: Final = timedelta(hours=4)
CHUNK: Final = timedelta(hours=3)
SETTLED: Final = timedelta(minutes=3)
"""Time not read for less than this is no gap yet."""
HISTORY_BEFORE: Final = timedelta(hours=12)
"""How far back a new PBX is read if nobody asked for more."""


def rules_of(pbx: Pbx, policy: HistoryPolicy, *, now_at: datetime) -> Rules:
    """How the PBX's rows are read at present. Raises `UnusableKey`."""
    zone = zone_of(pbx.timezone)
    return Rules(
        pbx_id=pbx.pk,
        zone=zone,
        callers=Callers(key=policy.digest_key, country=conf.phone_country()),
        waiting_includes_ringing=policy.waiting_includes_ringing,
        duration_includes_hold=policy.duration_includes_hold,
        now_at=now_at.replace(microsecond=0),
        numbers_from=zone.begin(policy.numbers_until) if policy.numbers_until else None,
    )


def latest_read(pbx: Pbx, *, client: Sender, now_at: datetime) -> Written:
    """Read what is new in all actions. A failing action is noted, and the others are read all the same."""
    policy = policy_ensure(pbx, since=now_at - HISTORY_BEFORE)
    rules = rules_of(pbx, policy, now_at=now_at)
    written = Written()
    for source in SOURCES.values():
        stretch = _latest(pbx, source, policy, now_at=rules.now_at)
        written = written.plus(_tried(pbx, client, source, rules, stretch).written)
    return written


def trail_read(pbx: Pbx, *, client: Sender, now_at: datetime) -> Written:
    """Read the last hours again: calls that were long are listed only now, and stays that were open have ended."""
    policy = policy_ensure(pbx, since=now_at - HISTORY_BEFORE)
    rules = rules_of(pbx, policy, now_at=now_at)
    written = Written()
    for source in SOURCES.values():
        trail = (max(policy.since, rules.now_at - TRAIL), rules.now_at)
        for stretch in [trail, *beginnings(pbx, action=source.action, before=trail[0])]:
            written = written.plus(_tried(pbx, client, source, rules, stretch).written)
    return written


def gaps_fill(
    pbx: Pbx,
    *,
    client: Sender,
    now_at: datetime,
    for_s: float = 45.0,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Read what was missed, latest first, for about this long; True if nothing is left.

    Stops if the PBX or the database is not there. A stretch that the PBX cannot tell in any usable form does not hold up the rest.
    """
    policy = HistoryPolicy.objects.filter(pbx=pbx).first()
    if policy is None:
        return True
    rules, until = rules_of(pbx, policy, now_at=now_at), clock() + for_s
    is_complete = True
    for stretch, source in _missing(pbx, policy, rules):
        if clock() >= until:
            return False
        tried = _tried(pbx, client, source, rules, stretch)
        is_complete = is_complete and not tried.has_failed
        if tried.can_help_later:
            return False
    return is_complete


def day_begin(pbx: Pbx, moment: datetime) -> datetime:
    """The moment at which the PBX's local day of this moment begins."""
    zone = zone_of(pbx.timezone)
    return zone.begin(zone.day(moment))


def span_read(
    pbx: Pbx, *, client: Sender, now_at: datetime, span: Stretch, advance: Callable[[Written], None]
) -> None:
    """Read a span again whether or not it was read, latest first, and have everything since read. Raises `PbxError`."""
    policy = policy_ensure(pbx, since=span[0])
    with transaction.atomic():
        policy = turn_take(pbx)
        if span[0] < policy.since:
            policy.since = span[0]
            policy.save(update_fields=["since"])
    rules = rules_of(pbx, policy, now_at=now_at)
    for stretch, source in span_steps(pbx, now_at=now_at, span=span):
        advance(stretch_read(pbx, client=client, source=source, rules=rules, stretch=stretch))


def span_steps(pbx: Pbx, *, now_at: datetime, span: Stretch) -> list[tuple[Stretch, Source]]:
    """The readings that `span_read` makes."""
    within = (span[0], min(span[1], now_at.replace(microsecond=0)))
    chunks = list(zone_of(pbx.timezone).chunks(within, length=CHUNK))
    return [(chunk, source) for chunk in chunks for source in SOURCES.values()]


class _Tried(msgspec.Struct, frozen=True):
    """What became of a reading; `can_help_later` if it failed for want of the PBX or the database."""

    written: Written
    has_failed: bool = False
    can_help_later: bool = False


def _tried(pbx: Pbx, client: Sender, source: Source, rules: Rules, stretch: Stretch) -> _Tried:
    """One reading. A failure is noted, and logged once."""
    if stretch[0] >= stretch[1]:
        return _Tried(Written())
    try:
        written = stretch_read(pbx, client=client, source=source, rules=rules, stretch=stretch)
        has_ended = failure_end(pbx, action=source.action)
    except (PbxError, DatabaseError) as exc:
        _failure(pbx, source, exc)
        is_temporary = exc.retryable if isinstance(exc, PbxError) else True
        return _Tried(Written(), has_failed=True, can_help_later=is_temporary)
    if has_ended:
        log.info("%s: %s can be read again", pbx.slug, source.action)
    return _Tried(written)


def _failure(pbx: Pbx, source: Source, exc: PbxError | DatabaseError) -> None:
    text = exc.sentence if isinstance(exc, PbxError) else f"The database does not write: {exc}".strip()
    try:
        is_new = failure_note(pbx, action=source.action, text=text)
    except DatabaseError:
        is_new = True
    if is_new:
        log.error("%s: %s cannot be read. %s", pbx.slug, source.action, text)


def _latest(pbx: Pbx, source: Source, policy: HistoryPolicy, *, now_at: datetime) -> Stretch:
    """From a little before the end of what has been read. After a long break only the end: the rest is a gap."""
    last = Coverage.objects.filter(pbx=pbx, action=source.action).order_by("-ends_at").first()
    earliest = now_at - LATEST
    begins_at = earliest if last is None else max(earliest, min(last.ends_at, now_at) - OVERLAP)
    return max(policy.since, begins_at), now_at


def _missing(pbx: Pbx, policy: HistoryPolicy, rules: Rules) -> list[tuple[Stretch, Source]]:
    """What has to be read to fill all gaps, in pieces, latest first."""
    found = []
    for number, source in enumerate(SOURCES.values()):
        covered = Coverage.objects.filter(pbx=pbx, action=source.action).values_list("begins_at", "ends_at")
        for hole in holes(covered, within=(policy.since, rules.now_at - SETTLED)):
            chunks = list(rules.zone.chunks(hole, length=CHUNK))
            # What entered before the hole and lasted into it was not listed when the time before it was read.
            chunks[-1] = max(policy.since, chunks[-1][0] - TRAIL), chunks[-1][1]
            found += [(chunk, number, source) for chunk in chunks]
    found.sort(key=lambda row: (-row[0][1].timestamp(), row[1]))
    return [(chunk, source) for chunk, _, source in found]
