"""A supervisor before a simulated PBX on real HTTP, with the poller in the test's hand."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
import redis
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.utils import timezone

from dashboard.domain.rows import LiveState
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.models import ActionEvent, AuditRetention, OpenAction, Pbx, PbxAccount, Queue, Team
from dashboard.pbx.client import access_token
from dashboard.supervision import services
from dashboard.supervision.follow_up import follow_up
from dashboard.supervision.parameters import ActionName, Ask
from tests.polling.conftest import Bench

START = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp() * 1000)
LIMIT_S = 0.6
ADDRESS = "192.0.2.7"
SPARE_LINE = "132"

Record = dict[str, Any]


class Desk:
    """What a supervisor does and sees."""

    def __init__(self, bench: Bench, pbx: Pbx, user: User) -> None:
        self.bench = bench
        self.simulation: PbxServer = bench.pbx
        self.pbx = pbx
        self.user = user

    # What is live

    def poll(self, seconds: float = 1.0) -> None:
        """Time passes, the PBX is polled, and the follow-up looks."""
        self.bench.poll(seconds)
        follow_up("main", limit_s=LIMIT_S, listening_every_s=0)

    @property
    def state(self) -> LiveState:
        state = self.bench.store.load().state
        assert state is not None
        return state

    def agent(self, *states: str, queue_id: str | None = None) -> str:
        """An agent in one of these states, and in some queue (or this one); passes time until there is one."""
        for _ in range(240):
            for id_, row in self.state.agents.items():
                in_queue = bool(row.queue_ids) if queue_id is None else queue_id in row.queue_ids
                if row.state in states and in_queue:
                    return id_
            self.bench.poll()
        raise AssertionError(f"No agent came to be {' or '.join(states)}.")

    def call_of(self, agent_id: str) -> str:
        (call_id,) = self.state.agents[agent_id].call_ids
        return call_id

    def speaking(self, *, queues: int = 1) -> tuple[str, str]:
        """An agent in so many queues at least who speaks on the telephone, and the call."""
        for _ in range(240):
            for id_, call in self.state.calls.items():
                is_call = call.queue_id and self.state.queues[call.queue_id].type not in {"chat", "email"}
                if call.state != "speaking" or not call.agent_id or not is_call:
                    continue
                if len(self.state.agents[call.agent_id].queue_ids) >= queues:
                    return call.agent_id, id_
            self.bench.poll()
        raise AssertionError("Nobody came to speak.")

    def writing(self, queue_type: str) -> tuple[str, str]:
        """An agent who writes in a contact of a queue of this type, and the contact."""
        queue_id = next(id_ for id_, row in sorted(self.state.queues.items()) if row.type == queue_type)
        agent_id = self.agent("idle")
        call_id = self.simulation.engine.call_inject(queue_id=int(queue_id), kept_waiting_s=300)
        telephony = self.simulation.engine.commands.telephony
        telephony.pick_up(call_id=call_id, user_id=int(agent_id))
        telephony.answer(user_id=int(agent_id))
        self.bench.poll()
        assert self.state.calls[call_id].state == "speaking"
        return agent_id, call_id

    def waiting_call(self, queue_id: str) -> str:
        """A call that waits in this queue: everybody in it is sent on a pause before."""
        for id_, row in self.state.agents.items():
            if queue_id in row.queue_ids and row.state == "idle":
                self.simulation.engine.agent_pause_on(user_id=int(id_), pause_id=int(self.pause()))
        call_id = self.simulation.engine.call_inject(queue_id=int(queue_id), kept_waiting_s=300)
        self.bench.poll()
        return call_id

    def pause(self) -> str:
        """A pause that can be chosen."""
        return next(id_ for id_, row in sorted(self.state.pauses.items()) if row.type == "normal")

    def asked(self, action: str) -> int:
        """How often the PBX was asked for this."""
        return self.simulation.requests[action]

    # What is done

    def do(
        self,
        action: str,
        *,
        agent_id: str | None = None,
        call_id: str | None = None,
        reason: str = "",
        key: str | None = None,
        user: User | None = None,
        limit_s: float = LIMIT_S,
        **parameters: Any,
    ) -> Record:
        ask = Ask(
            key=key or str(uuid.uuid4()),
            stream="main",
            action=ActionName(action),
            agent_id=agent_id,
            call_id=call_id,
            parameters=json.dumps(parameters).encode(),  # type: ignore[arg-type]  # msgspec.Raw takes bytes
            reason=reason,
        )
        return services.action_do(user or self.user, ask, address=ADDRESS, limit_s=limit_s)

    def now(self, record: Record) -> Record:
        """How the action stands."""
        from dashboard.supervision.records import record_of

        found = record_of(uuid.UUID(record["id"]))
        assert found is not None
        return found

    def until(self, record: Record, *states: str, polls: int = 20) -> Record:
        """How the action stands once it is in one of these states."""
        for _ in range(polls):
            found = self.now(record)
            if found["state"] in states:
                return found
            self.poll()
        raise AssertionError(f"The action stays {self.now(record)}.")

    def states(self, record: Record) -> list[str]:
        """All that became of it."""
        events = ActionEvent.objects.filter(request=record["id"]).order_by("step")
        return list(events.values_list("state", flat=True))


def deadline_pass(record: Record) -> None:
    """As if the time to wait were over."""
    OpenAction.objects.filter(request=record["id"]).update(due_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as pool:
        yield pool


@pytest.fixture
def bench(redis_client: redis.Redis, pool: ThreadPoolExecutor) -> Iterator[Bench]:
    simulation = SimulationSettings(speed=0, start_at=START, warm_up_s=1800, agents=20)
    with running_pbx(simulation) as pbx:
        bench = Bench(pbx, redis_client, pool)
        bench.clock.at = int(time.time() * 1000)  # what is recorded goes by the real clock
        bench.poll()
        yield bench
        bench.close()


@pytest.fixture
def pbx(db: None, bench: Bench) -> Pbx:
    token = access_token(bench.pbx.login, bench.pbx.password)
    return Pbx.objects.create(slug="main", title="Main", base_url=bench.pbx.url, token=token)


@pytest.fixture
def user_new(pbx: Pbx) -> Callable[..., User]:
    """Makes a user of a role, in a team over these queues (None: all of them)."""

    def make(name: str, role: str | None, *, queue_ids: list[str] | None = None) -> User:
        user = User.objects.create_user(name, "", name, is_staff=True)
        if role is not None:
            user.groups.add(Group.objects.get(name=role))
        team = Team.objects.create(name=f"Team of {name}", all_queues=queue_ids is None)
        team.members.add(user)
        for queue_id in queue_ids or []:
            queue, _ = Queue.objects.get_or_create(pbx=pbx, queue_id=queue_id, defaults={"title": queue_id})
            team.queues.add(queue)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def desk(bench: Bench, pbx: Pbx, user_new: Callable[..., User]) -> Desk:
    user = user_new("eva", "supervisor")
    PbxAccount.objects.create(user=user, pbx=pbx, extension=SPARE_LINE)
    return Desk(bench, pbx, user)


@pytest.fixture
def _roles_anew(transactional_db: None) -> None:
    """What migrations have put into the tables, which a test that commits has emptied before this one."""
    audit = import_module("dashboard.migrations.0009_audit")
    import_module("dashboard.migrations.0002_groups").roles_create(apps, None)
    audit.roles_permit(apps, None)
    audit.rules_make(apps, None)


@pytest.fixture
def _audit_log_emptied(transactional_db: None) -> Iterator[None]:
    """For tests that commit: what empties the database after them could not get past the triggers."""
    yield
    mark = AuditRetention.objects.create(deletes_before=datetime(9000, 1, 1, tzinfo=UTC))
    ActionEvent.objects.all().delete()
    mark.delete()


def refused(desk: Desk, record: Record, code: str, *, action: str) -> None:
    """We refused with this reason, one row of the audit log says so, and the PBX was not asked."""
    assert (record["state"], record["code"], record["is_over"]) == ("refused", code, True)
    assert desk.states(record) == ["refused"]
    assert desk.asked(action) == 0
    assert "%(" not in record["text"]
