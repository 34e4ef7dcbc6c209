"""Rows of queues: names from the directory, counts from agents and calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import msgspec

from dashboard.domain.kpi import Rules, RulesOf
from dashboard.domain.rows import AgentRow, CallRow, LiveState, QueueRow
from dashboard.pbx.ids import QueueId
from dashboard.pbx.wire.live import RtQueue
from dashboard.translate.answers import Answers
from dashboard.translate.calls import WAITING_STATES
from dashboard.translate.directory import Directory

BUSY_STATES: Final = frozenset({"calling", "ringing", "speaking", "on_hold"})
PAUSED_STATES: Final = frozenset({"paused", "acw"})


class _Counts(msgspec.Struct):
    """Distinct agents logged in to one queue, by what they do."""

    total: int = 0
    ready: int = 0
    busy: int = 0
    paused: int = 0


def _agent_counts(agents: Mapping[str, AgentRow]) -> dict[str, _Counts]:
    counts: dict[str, _Counts] = defaultdict(_Counts)
    for agent in agents.values():
        state = agent.state
        for queue_id in agent.queue_ids:
            count = counts[queue_id]
            count.total += 1
            count.ready += state == "idle"
            count.busy += state in BUSY_STATES
            count.paused += state in PAUSED_STATES
    return counts


class _Waiting(msgspec.Struct):
    count: int = 0
    oldest_at: int | None = None


def _waiting(calls: Mapping[str, CallRow]) -> dict[str, _Waiting]:
    """Inbound calls per queue that nobody has answered yet."""
    waiting: dict[str, _Waiting] = defaultdict(_Waiting)
    for call in calls.values():
        if call.queue_id is None or call.direction == "out" or call.state not in WAITING_STATES:
            continue
        row = waiting[call.queue_id]
        row.count += 1
        if call.entered_at is not None and (row.oldest_at is None or call.entered_at < row.oldest_at):
            row.oldest_at = call.entered_at
    return waiting


def queue_rows(
    before: LiveState,
    answers: Answers,
    *,
    directory: Directory,
    agents: Mapping[str, AgentRow],
    calls: Mapping[str, CallRow],
    rules_of: RulesOf,
) -> dict[str, QueueRow]:
    counted: dict[QueueId, RtQueue] = answers.queues.value if answers.queues else {}
    ids = _queue_ids(before, answers, directory)
    counts, waiting = _agent_counts(agents), _waiting(calls)
    rows = {}
    for id_ in ids:
        was = before.queues.get(id_)
        row = _queue_row(id_, was, directory, rules_of(id_))
        changes: dict[str, object] = {}
        if answers.sessions is not None:
            count = counts.get(id_) or _Counts()
            changes.update(
                agents_total=count.total,
                agents_ready=count.ready,
                agents_busy=count.busy,
                agents_paused=count.paused,
            )
        if answers.calls is not None:
            now = waiting.get(id_) or _Waiting()
            changes.update(calls_waiting=now.count, oldest_waiting_at=now.oldest_at)
        active = counted.get(QueueId(id_))
        if active is not None:
            changes.update(calls_active=active.calls_count)
        rows[id_] = msgspec.structs.replace(row, **changes)
    return rows


def _queue_ids(before: LiveState, answers: Answers, directory: Directory) -> list[str]:
    """Queues of the directory and those that RTStatsQueues counts beside them; those of before while neither is known."""
    listed = directory.queues.keys() if directory.queues is not None else set[str]()
    counted = answers.queues.value.keys() if answers.queues else set[str]()
    if directory.queues is None and answers.queues is None:
        return sorted(before.queues)
    kept = before.queues.keys() - listed if answers.queues is None else set[str]()
    return sorted(listed | counted | kept)


def _queue_row(id_: str, was: QueueRow | None, directory: Directory, rules: Rules) -> QueueRow:
    """The row with its names and rules, and the counts it had."""
    info = (directory.queues or {}).get(id_)
    return QueueRow(
        number=info.number if info else None,
        title=info.title if info else (was.title if was else id_),
        direction=info.direction if info else None,
        type=info.type if info else None,
        agents_total=was.agents_total if was else None,
        agents_ready=was.agents_ready if was else None,
        agents_busy=was.agents_busy if was else None,
        agents_paused=was.agents_paused if was else None,
        calls_active=was.calls_active if was else None,
        calls_waiting=was.calls_waiting if was else None,
        oldest_waiting_at=was.oldest_waiting_at if was else None,
        threshold_s=rules.threshold_s,
        short_s=rules.short_s,
        goal=rules.goal,
        variant=rules.variant,
    )
