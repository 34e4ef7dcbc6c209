"""Pauses after a call: kept, withdrawn, replaced, and carried out only if their author may still do it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.models import ActionEvent, ActionRule, OpenAction, Team
from dashboard.supervision.services import plan_cancel
from tests.supervision.conftest import Desk, Record, deadline_pass

pytestmark = pytest.mark.django_db


def planned(desk: Desk) -> tuple[Record, str, str]:
    """A pause after a call that runs, the agent, and the call."""
    agent_id, call_id = desk.speaking()
    record = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    assert record["state"] == "planned"
    return record, agent_id, call_id


def test_a_plan_is_withdrawn_and_then_not_carried_out(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    cancelled = plan_cancel(desk.user, uuid.UUID(record["id"]), address="192.0.2.8")
    assert cancelled is not None
    assert (cancelled["state"], cancelled["is_over"], cancelled["can_cancel"]) == ("cancelled", True, False)
    desk.simulation.engine.call_hang_up(call_id=call_id)
    for _ in range(5):
        desk.poll()
    assert desk.asked("PauseOn") == 0
    assert not OpenAction.objects.exists()


def test_a_plan_ends_when_the_agent_logs_out(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    desk.simulation.engine.call_hang_up(call_id=call_id)
    desk.simulation.engine.commands.sessions.log_out(user_id=int(agent_id))
    found = desk.until(record, "cancelled")
    assert found["code"] == "plan_agent_gone"
    assert desk.asked("PauseOn") == 0


def test_a_plan_that_waited_too_long_is_cancelled(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    deadline_pass(record)
    assert desk.until(record, "cancelled", polls=3)["code"] == "plan_too_old"


def test_a_second_plan_for_an_agent_takes_the_place_of_the_first(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    first = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    assert (desk.now(first)["state"], desk.now(first)["code"]) == ("cancelled", "plan_replaced")
    assert OpenAction.objects.count() == 1


def _locked(desk: Desk) -> None:
    desk.user.is_active = False
    desk.user.save()


def _without_right(desk: Desk) -> None:
    desk.user.groups.clear()


def _without_team(_desk: Desk) -> None:
    for team in Team.objects.all():
        team.members.clear()


def _switched_off(_desk: Desk) -> None:
    ActionRule.objects.update_or_create(action="pause_after_call", defaults={"is_enabled": False})


def _deleted(desk: Desk) -> None:
    desk.user.delete()


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (_locked, "plan_forbidden", "eva may not do this any more."),
        (_without_right, "plan_forbidden", "eva may not do this any more."),
        (_deleted, "plan_forbidden", "eva may not do this any more."),
        (_without_team, "plan_out_of_scope", "outside the queues of the teams of eva"),
        (_switched_off, "plan_disabled", "switched off on this site meanwhile"),
    ],
)
def test_a_plan_whose_author_may_not_do_it_any_more_is_not_carried_out(
    desk: Desk, change: Callable[[Desk], None], code: str, text: str
) -> None:
    record, _, call_id = planned(desk)
    change(desk)
    desk.simulation.engine.call_hang_up(call_id=call_id)
    found = desk.until(record, "cancelled", polls=60)
    assert (found["code"], found["is_over"]) == (code, True)
    assert text in found["text"]
    assert desk.asked("PauseOn") == 0
    assert not OpenAction.objects.exists()
    assert ActionEvent.objects.filter(request=record["id"]).count() == 2


def test_a_plan_waits_while_the_login_of_its_agent_is_not_known(desk: Desk) -> None:
    record, agent_id, call_id = planned(desk)
    for action in ("GetUsers", "RTUsersState"):
        desk.simulation.faults.set(action, Fault(kind=FaultKind.GARBAGE))
    desk.bench.store.client.flushall()
    desk.bench.poller = desk.bench.poller_new()
    desk.simulation.engine.call_hang_up(call_id=call_id)
    for _ in range(4):
        desk.poll()
    assert desk.state.agents[agent_id].login is None
    assert desk.now(record)["state"] == "planned"
    desk.simulation.faults.clear()
    desk.until(record, "confirmed", polls=120)
