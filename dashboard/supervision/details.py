"""An agent's day, as the PBX tells it: read when the supervisor asks for it, kept for some seconds, limited by his scope."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import redis
from django.contrib.auth.models import User
from django.core.cache import cache

from dashboard.access import Scope, scope_of
from dashboard.connection import client_of
from dashboard.domain.moments import Clock, LocalTimes
from dashboard.domain.rows import LiveState
from dashboard.models import Pbx
from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxError
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.ids import Login, QueueId, UserId
from dashboard.pbx.paging import each_row
from dashboard.supervision import sentences
from dashboard.supervision.refusal import Refusal
from dashboard.supervision.scene import evidence_of
from dashboard.supervision.timeline import timeline_rows

LIMIT_S: Final = 5.0
KEPT_S: Final = 10
CALLS_AT_MOST: Final = 20

Answer = dict[str, Any]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Whose day it is, seen by whom, and today by the PBX's clock."""

    stream: str
    agent_id: str
    login: str
    state: LiveState
    scope: Scope
    times: LocalTimes
    today: str
    from_at: int
    now_at: int

    @property
    def starts(self) -> str:
        return f"{self.today} 00:00:00"

    @property
    def ends(self) -> str:
        """The end of the day: what is still to come does no harm, and no clock has to agree."""
        return f"{self.today} 23:59:59"

    def at(self, text: str | None) -> int | None:
        return Clock(None).moment((text, None), times=self.times)


Part = Callable[[PbxClient, Day, float], Answer]


def timeline(client: PbxClient, day: Day, limit_s: float) -> Answer:
    """What the agent did. Numbers of calls are shown only to who sees all queues: the trace does not tell whose calls they were."""
    steps = client.statistics.trace(
        user=Login(day.login), datetime_from=day.starts, datetime_to=day.ends, deadline_s=limit_s
    )
    rows = timeline_rows(steps, at=day.at)
    if not day.scope.all_queues:
        rows = [
            row for row in rows if row["kind"] != "queue" or day.scope.has_queue(day.stream, row["about"])
        ]
        rows = [{**row, "title": "", "about": ""} if row["kind"] in {"call", "ring"} else row for row in rows]
    return {"rows": rows, "from_at": day.from_at, "to_at": day.now_at}


def sessions(client: PbxClient, day: Day, limit_s: float) -> Answer:
    page_of = partial(Statistics.users_sessions, users=[UserId(day.agent_id)], deadline_s=limit_s)
    stays = each_row(client, page_of, datetime_from=day.starts, datetime_to=day.ends)
    return {"rows": _in_order(_stay(day, row.start_time, row.end_time, row.duration) for row in stays)}


def pauses(client: PbxClient, day: Day, limit_s: float) -> Answer:
    page_of = partial(Statistics.users_pauses, users=[UserId(day.agent_id)], deadline_s=limit_s)
    stays = each_row(client, page_of, datetime_from=day.starts, datetime_to=day.ends)
    return {
        "rows": _in_order(
            {
                "pause_id": row.pause,
                "title": _pause_title(day, row.pause),
                **_stay(day, row.start_time, row.end_time, row.duration),
            }
            for row in stays
        )
    }


def calls(client: PbxClient, day: Day, limit_s: float) -> Answer:
    """The last calls, of the queues in scope."""
    own = day.scope.queue_ids(day.stream)
    page = client.statistics.calls(
        users=[UserId(day.agent_id)],
        queues=None if own is None else [QueueId(id_) for id_ in own],
        take=CALLS_AT_MOST,
        datetime_from=day.starts,
        datetime_to=day.ends,
        deadline_s=limit_s,
    )
    rows = [
        {
            "call_id": str(row.call_id),
            "at": day.at(row.call_time),
            "direction": row.direction,
            "queue_id": row.queue,
            "queue_title": _queue_title(day, row.queue),
            "caller": row.clid,
            "is_answered": row.answered,
            "wait_s": row.waiting_time,
            "talk_s": row.duration,
        }
        for row in page.rows
        if day.scope.has_queue(day.stream, row.queue)
    ]
    return {"rows": sorted(rows, key=lambda row: row["at"] or 0, reverse=True)}


PARTS: Final[dict[str, Part]] = {"timeline": timeline, "sessions": sessions, "pauses": pauses, "calls": calls}


def agent_part(user: User, stream: str, agent_id: str, part: str, *, limit_s: float = LIMIT_S) -> Answer:
    """One part of the agent's day. Raises `Refusal` for agents out of scope; never for the PBX's faults, which are in `error`."""
    pbx = _pbx(stream)
    day = _day(user, pbx, agent_id)
    key = f"supervision:{stream}:{agent_id}:{part}:{_scope_mark(day)}"
    kept = _kept(key)
    if kept is not None:
        return kept
    answer = _answered(pbx, lambda client: PARTS[part](client, day, limit_s))
    if answer["error"] is None:
        _keep(key, answer)
    return answer


def absent_agents(user: User, stream: str, *, limit_s: float = LIMIT_S) -> Answer:
    """The PBX's users who are not logged in; only for who sees all queues, since these are in none."""
    pbx = _pbx(stream)
    if not scope_of(user).all_queues:
        raise Refusal("login_out_of_scope")
    evidence = _evidence(stream)

    def read(client: PbxClient) -> Answer:
        users = client.operators.all(deadline_s=limit_s)
        rows = [
            {"agent_id": str(id_), "login": row.name, "name": row.title or row.name}
            for id_, row in users.items()
            if not row.deleted and row.name and str(id_) not in evidence.state.agents
        ]
        return {"rows": sorted(rows, key=lambda row: str(row["name"]).casefold())}

    return _answered(pbx, read)


def _answered(pbx: Pbx, read: Callable[[PbxClient], Answer]) -> Answer:
    answer: Answer = {"rows": [], "error": None, "at": int(time.time() * 1000)}
    try:
        with client_of(pbx) as client:
            return answer | read(client)
    except PbxError as exc:
        return answer | {"error": {"code": exc.code, "text": sentences.told_error(exc)}}
    except (ValueError, OSError) as exc:
        return answer | {"error": {"code": "settings", "text": str(exc)}}


def _pbx(stream: str) -> Pbx:
    pbx = Pbx.objects.filter(slug=stream, is_enabled=True).first()
    if pbx is None:
        raise Refusal("no_pbx")
    return pbx


def _evidence(stream: str) -> Any:
    try:
        evidence = evidence_of(stream)
    except redis.RedisError as exc:
        raise Refusal("no_live_state") from exc
    if evidence is None:
        raise Refusal("no_live_state")
    return evidence


def _day(user: User, pbx: Pbx, agent_id: str) -> Day:
    evidence, scope = _evidence(pbx.slug), scope_of(user)
    row = evidence.state.agents.get(agent_id)
    if row is None or not row.login:
        raise Refusal("agent_gone")
    if not scope.has_agent(pbx.slug, row.queue_ids):
        raise Refusal("out_of_scope")
    zone = ZoneInfo(pbx.timezone)
    now_at = int(time.time() * 1000) + evidence.source.skew_ms
    now = datetime.fromtimestamp(now_at / 1000, tz=zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Day(
        stream=pbx.slug,
        agent_id=agent_id,
        login=row.login,
        state=evidence.state,
        scope=scope,
        times=LocalTimes(pbx.timezone),
        today=f"{now:%Y-%m-%d}",
        from_at=int(midnight.timestamp() * 1000),
        now_at=now_at,
    )


def _scope_mark(day: Day) -> str:
    """Who sees the same may share what was read."""
    ids = day.scope.queue_ids(day.stream)
    return "all" if ids is None else ",".join(ids)


def _stay(day: Day, start: str | None, end: str | None, duration: int | None) -> Answer:
    from_at, to_at = day.at(start), day.at(end)
    lasts_s = duration if to_at is not None else None
    if to_at is None and from_at is not None:
        lasts_s = max(0, (day.now_at - from_at) // 1000)
    return {"from_at": from_at, "to_at": to_at, "duration_s": lasts_s}


def _in_order(rows: Iterable[Answer]) -> list[Answer]:
    """As they began."""
    return sorted(rows, key=lambda row: row["from_at"] or 0)


def _pause_title(day: Day, pause_id: str | None) -> str:
    row = day.state.pauses.get(pause_id or "")
    return row.title if row else pause_id or ""


def _queue_title(day: Day, queue_id: str | None) -> str:
    row = day.state.queues.get(queue_id or "")
    return row.title if row else queue_id or ""


def _kept(key: str) -> Answer | None:
    try:
        kept: Answer | None = cache.get(key)
    except redis.RedisError:
        return None
    return kept


def _keep(key: str, answer: Answer) -> None:
    try:
        cache.set(key, answer, KEPT_S)
    except redis.RedisError:
        return
