"""Calls the poller saw end become provisional rows, until the PBX lists them.

The poller only puts them into a list in Redis, in one command; whoever writes history takes them from there. What cannot be
written stays in the list.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import msgspec
import redis
from django.db import transaction

from dashboard import conf
from dashboard.domain.rows import LiveState
from dashboard.domain.seen import SeenCall, calls_seen
from dashboard.history.fitting import misfit
from dashboard.history.records import Rules
from dashboard.history.services import HISTORY_BEFORE, rules_of
from dashboard.history.writing import calls_write, policy_ensure, turn_take
from dashboard.history.zone import quarter_of
from dashboard.hub.store import connect
from dashboard.models import CallRecord, Pbx

KEPT_AT_MOST: Final = 100_000
TAKEN_AT_ONCE: Final = 500

log = logging.getLogger(__name__)

_decoder: Final = msgspec.json.Decoder(SeenCall)


def _key(slug: str) -> str:
    return f"wallboard:history:{{{slug}}}:seen"


@cache
def _client() -> redis.Redis:
    """One per process; made at the first poll, so never before a fork."""
    return connect(conf.redis_url())


def calls_follow(stream: str, before: LiveState, after: LiveState, at: int) -> None:
    """Follows a poller's commit. `at` is the PBX's time in ms. Raises `redis.RedisError`."""
    seen_keep(_client(), stream=stream, before=before, after=after, at=at)


def seen_keep(client: redis.Redis, *, stream: str, before: LiveState, after: LiveState, at: int) -> int:
    """Keep the calls whose wait has ended, for whoever writes them; how many. Raises `redis.RedisError`."""
    if before.calls == after.calls:
        return 0
    texts = [msgspec.json.encode(call) for call in calls_seen(before.calls, after.calls, at=at)]
    if texts:
        pipeline = client.pipeline(transaction=False)
        pipeline.rpush(_key(stream), *texts)
        pipeline.ltrim(_key(stream), -KEPT_AT_MOST, -1)
        pipeline.execute()
    return len(texts)


def seen_write(pbx: Pbx, *, now_at: datetime) -> int:
    """Write the calls that were kept; how many. Raises `redis.RedisError`, `UnusableKey` and what the database raises."""
    client = connect(conf.redis_url())
    count = 0
    try:
        while True:
            texts: Any = client.lrange(_key(pbx.slug), 0, TAKEN_AT_ONCE - 1)
            if not texts:
                return count
            _write(pbx, [_decoder.decode(text) for text in texts], now_at=now_at)
            if not seen_take_out(client, _key(pbx.slug), texts):
                return count
            count += len(texts)
    finally:
        client.close()


def seen_take_out(client: redis.Redis, key: str, texts: list[bytes]) -> bool:
    """Take what was written out of the list; False if another writer has: nobody may have written what is at its head now."""

    def trim(pipeline: Any) -> Any:
        is_there = bool(pipeline.lindex(key, 0) == texts[0])
        pipeline.multi()
        if is_there:
            pipeline.ltrim(key, len(texts), -1)
        return is_there

    return bool(client.transaction(trim, key, value_from_callable=True))


@transaction.atomic
def _write(pbx: Pbx, calls: Iterable[SeenCall], *, now_at: datetime) -> None:
    policy_ensure(pbx, since=now_at - HISTORY_BEFORE)
    policy = turn_take(pbx)
    rules = rules_of(pbx, policy, now_at=now_at)
    latest = {call.call_id: call for call in calls}
    records = [provisional_record(call, rules=rules) for call in latest.values()]
    calls_write(pbx, [record for record in records if _fits(pbx, record)])


def _fits(pbx: Pbx, record: CallRecord) -> bool:
    """One that cannot be stored is left out, so that it holds up no other; the PBX's own record will say what is wrong with it."""
    told = misfit(record)
    if told:
        log.warning("%s: a call that was seen cannot be stored. %s", pbx.slug, told)
    return not told


def provisional_record(call: SeenCall, *, rules: Rules) -> CallRecord:
    """The row of a call that only the poller saw. How long it was on hold is not known, so its talk may include that."""
    entered_at = datetime.fromtimestamp(call.entered_at // 1000, UTC)
    wait_until = call.answered_at or call.ended_at or call.entered_at
    ended_at = None if call.ended_at is None else datetime.fromtimestamp(call.ended_at // 1000, UTC)
    talk_s = 0 if call.answered_at is None else None
    if call.answered_at is not None and call.ended_at is not None:
        talk_s = max(0, (call.ended_at - call.answered_at) // 1000)
    number = rules.callers.number(call.caller)
    return CallRecord(
        pbx_id=rules.pbx_id,
        call_id=call.call_id,
        queue_id=call.queue_id or "",
        direction=call.direction or "",
        outcome=call.outcome.value,
        entered_at=entered_at,
        interval_at=quarter_of(entered_at),
        day=rules.zone.day(entered_at),
        ended_at=ended_at,
        wait_s=max(0, (wait_until - call.entered_at) // 1000),
        ringing_s=None if call.ringing_at is None else max(0, (wait_until - call.ringing_at) // 1000),
        talk_s=talk_s,
        hold_s=None,
        agent_id=call.agent_id or "",
        number=number,
        caller_key=rules.callers.key(number),
        is_provisional=True,
    )
