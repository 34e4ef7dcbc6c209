"""Role x action x scope: every forbidden pair is refused, leaves a row in the audit log, and never reaches the PBX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import QuerySet

from dashboard.models import ActionEvent, ActionRule, PbxAccount
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.selectors import options_of, supervision_views
from tests.supervision.conftest import SPARE_LINE, Desk

pytestmark = pytest.mark.django_db

ROLES = ("viewer", "manager", "supervisor", "administrator")
MAY = {"supervisor", "administrator"}
SCOPES = ("all queues", "own queue", "another queue")
PBX_ACTIONS = (
    *("Monitoring", "PauseOn", "PauseOff", "Transfer", "Hangup", "Answer", "PickupFromQueue", "LoginQueue"),
    *("LogoutQueue", "Login", "Logout", "CreateCall", "ControlPlayback"),
)
PARAMETERS: dict[str, dict[str, Any]] = {
    "monitoring": {"mode": "spy"},
    "pause_on": {},
    "pause_after_call": {},
    "transfer": {"number": "800123456"},
    "queue_login": {},
    "queue_logout": {},
    "call": {"number": "777123456"},
    "playback": {"command": "stop"},
}


def asked_in_all(desk: Desk) -> int:
    return sum(desk.asked(action) for action in PBX_ACTIONS)


def tried(desk: Desk, user: User, action: ActionName, *, agent_id: str, call_id: str, queue_id: str) -> dict:
    """What becomes of the action, on an agent who speaks."""
    parameters = dict(PARAMETERS.get(action, {}))
    if action in {"pause_on", "pause_after_call"}:
        parameters["pause_id"] = desk.pause()
    if action in {"queue_login", "queue_logout"}:
        parameters["queue_id"] = queue_id
    return desk.do(action, agent_id=agent_id, call_id=call_id, reason="Test", user=user, **parameters)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what_to_whom(desk: Desk, user_new: Callable[..., User], role: str, scope: str) -> None:
    agent_id, call_id = desk.speaking()
    queue_id = str(desk.state.calls[call_id].queue_id)
    elsewhere = next(
        id_ for id_ in sorted(desk.state.queues) if id_ not in desk.state.agents[agent_id].queue_ids
    )
    queue_ids = {"all queues": None, "own queue": [queue_id], "another queue": [elsewhere]}[scope]
    user = user_new("jan", role, queue_ids=queue_ids)
    PbxAccount.objects.create(user=user, pbx=desk.pbx, extension=SPARE_LINE)
    sees = scope != "another queue" or role == "administrator"
    forbidden = [name for name in ACTIONS if role not in MAY or not sees]
    before = asked_in_all(desk)
    for number, name in enumerate(forbidden, start=1):
        record = tried(desk, user, name, agent_id=agent_id, call_id=call_id, queue_id=queue_id)
        assert record["state"] == "refused", (name, record)
        if role not in MAY:
            assert record["code"] == "forbidden"
        else:
            assert record["code"] in {"out_of_scope", "login_out_of_scope"}, (name, record)
            assert record["agent_name"] is None
        assert ActionEvent.objects.filter(actor_id=user.pk, state="refused").count() == number
    assert asked_in_all(desk) == before
    if not forbidden:
        record = tried(
            desk, user, ActionName.MONITORING, agent_id=agent_id, call_id=call_id, queue_id=queue_id
        )
        assert record["state"] == "accepted", record
        login = tried(desk, user, ActionName.LOGIN, agent_id=agent_id, call_id=call_id, queue_id=queue_id)
        is_whole = scope == "all queues" or role == "administrator"
        assert login["code"] == ("logged_in_already" if is_whole else "login_out_of_scope")


def test_each_action_needs_its_own_permission(desk: Desk, user_new: Callable[..., User]) -> None:
    agent_id, call_id = desk.speaking()
    queue_id = str(desk.state.calls[call_id].queue_id)
    user_id = user_new("jan", None).pk
    every = Permission.objects.filter(content_type__app_label="dashboard", content_type__model="actionevent")

    def code(name: ActionName, permissions: QuerySet[Permission]) -> str:
        User.objects.get(pk=user_id).user_permissions.set(permissions)
        user = User.objects.get(pk=user_id)
        record = tried(desk, user, name, agent_id=agent_id, call_id=call_id, queue_id=queue_id)
        return str(record["code"])

    for name, spec in ACTIONS.items():
        assert code(name, every.exclude(codename=spec.permission)) == "forbidden", name
    # Hanging up comes last: after it there is nothing to try the others on.
    for name in sorted(ACTIONS, key=lambda name: name is ActionName.HANGUP):
        own = every.filter(codename__in=[ACTIONS[name].permission, "use_supervision"])
        assert code(name, own) != "forbidden", name
        assert name.value in options_of(User.objects.get(pk=user_id))["actions"]


def test_a_call_of_another_teams_queue_is_left_alone_though_its_agent_is_ones_own(
    desk: Desk, user_new: Callable[..., User]
) -> None:
    agent_id, call_id = desk.speaking(queues=2)
    own = next(
        id_ for id_ in desk.state.agents[agent_id].queue_ids if id_ != desk.state.calls[call_id].queue_id
    )
    user = user_new("jan", "supervisor", queue_ids=[own])
    PbxAccount.objects.create(user=user, pbx=desk.pbx, extension=SPARE_LINE)

    def code(action: str, **parameters: Any) -> str:
        record = desk.do(action, agent_id=agent_id, call_id=call_id, reason="Test", user=user, **parameters)
        return str(record["code"])

    assert code("monitoring", mode="spy") == "out_of_scope"
    assert code("hangup") == "out_of_scope"
    assert code("transfer", number="800123456") == "out_of_scope"
    assert code("pause_on", pause_id=desk.pause(), force=True) == "out_of_scope"
    assert code("pause_after_call", pause_id=desk.pause()) == "out_of_scope"


def test_a_call_cannot_be_sent_where_the_supervisor_sees_nothing(
    desk: Desk, user_new: Callable[..., User]
) -> None:
    agent_id, call_id = desk.speaking()
    queue_id = str(desk.state.calls[call_id].queue_id)
    user = user_new("jan", "supervisor", queue_ids=[queue_id])
    elsewhere = next(id_ for id_ in sorted(desk.state.queues) if id_ != queue_id)
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, queue_id=elsewhere, user=user)
    assert record["code"] == "out_of_scope"
    assert desk.asked("Transfer") == 0


def test_logging_in_an_agent_is_offered_only_to_those_who_see_all_queues(
    desk: Desk, user_new: Callable[..., User]
) -> None:
    assert "login" in options_of(desk.user)["actions"]
    narrow = options_of(user_new("jan", "supervisor", queue_ids=["2", "4"]))["actions"]
    assert "login" not in narrow
    assert "logout" in narrow
    administrator = user_new("petra", "administrator", queue_ids=["2"])
    assert "login" in options_of(administrator)["actions"]


def test_an_action_that_is_switched_off_is_nobodys(desk: Desk) -> None:
    _, call_id = desk.speaking()
    ActionRule.objects.filter(action="hangup").update(is_enabled=False)
    assert desk.do("hangup", call_id=call_id)["code"] == "disabled"
    assert "hangup" not in options_of(desk.user)["actions"]


def test_a_reason_is_asked_for_where_the_site_wants_one(desk: Desk) -> None:
    _, call_id = desk.speaking()
    ActionRule.objects.filter(action="hangup").update(is_reason_required=True)
    assert options_of(desk.user)["actions"]["hangup"]["is_reason_required"]
    assert desk.do("hangup", call_id=call_id)["code"] == "reason_missing"
    record = desk.do("hangup", call_id=call_id, reason="He asked for it")
    assert record["state"] == "accepted"
    event = ActionEvent.objects.filter(state="accepted").get()
    assert (event.reason, event.address, event.actor_name) == ("He asked for it", "192.0.2.7", "eva")


def test_who_is_not_staff_or_in_no_team_has_no_supervision_page(
    desk: Desk, user_new: Callable[..., User]
) -> None:
    assert supervision_views(desk.user) is not None
    teamless = user_new("jan", "supervisor", queue_ids=[])
    assert supervision_views(teamless) is None
    desk.user.is_staff = False
    assert supervision_views(desk.user) is None


def test_a_locked_user_can_do_nothing(desk: Desk) -> None:
    _, call_id = desk.speaking()
    desk.user.is_active = False
    assert desk.do("hangup", call_id=call_id)["code"] == "forbidden"


def test_the_view_is_narrowed_to_the_teams_queues(desk: Desk, user_new: Callable[..., User]) -> None:
    views = supervision_views(user_new("jan", "supervisor", queue_ids=["2", "4"]))
    assert views is not None
    assert views["main"].queue_ids == ("2", "4")
    assert not views["main"].queueless
