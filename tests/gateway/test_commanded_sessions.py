"""Log-ins, log-outs and pauses by command, seen in the real-time answers."""

import msgspec
import pytest

from dashboard.gateway.engine import AgentState
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.commanding import BREAK, CAMPAIGN, LUNCH, OUTBOUND, START_AT, SUPPORT, WRAP, Desk

NOT_LOGGED_IN = "Agent není přihlášen do call centra"


def number(desk: Desk, queue_id: int) -> str:
    return desk.pbx.engine.directory().queues[queue_id].number


def test_login_takes_the_own_line_and_joins_the_automatic_queues(desk: Desk) -> None:
    user = desk.user(is_in=False)
    assert desk.answer("3.4/Login", user=user.login) == {"status": 1, "error": None, "result": None}
    session = desk.session(user)
    assert session is not None
    assert session["extension"] == user.extension
    assert session["queues"] == [str(skill.queue_id) for skill in user.skills if skill.is_automatic]
    assert (session["state"], session["login_time_relative"]) == ("Idle", "0")
    assert desk.device(user.extension) == "AVAILABLE"


def test_login_at_another_line_is_seen_there_and_the_line_is_free_after_the_logout(desk: Desk) -> None:
    user, line = desk.user(is_in=False), desk.spare()
    desk.tell("3.4/Login", user=user.login, extension=line)
    session = desk.session(user)
    assert session is not None
    assert session["extension"] == line
    assert desk.tell("3.9/RTUserState", extension=line)["agent_name"] == user.login
    other = next(known for known in desk.users(is_in=False) if known.id != user.id)
    assert line in desk.refusal("3.4/Login", user=other.login, extension=line)
    assert desk.answer("3.4/Logout", user=user.login)["result"] is None
    assert desk.session(user) is None
    desk.tell("3.4/Login", user=other.login, extension=line)


def test_login_is_refused_in_words(desk: Desk) -> None:
    inside, outside = desk.user(), desk.user(is_in=False)
    assert inside.extension in desk.refusal("3.4/Login", user=inside.login)
    assert desk.refusal("3.4/Login", user="nobody") == "Tento uživatel nebyl nalezen"
    assert "admin" in desk.refusal("3.4/Login", user="admin")
    assert desk.refusal("3.4/Login", user=outside.login, extension="77") == "Linka 77 neexistuje"
    assert inside.extension in desk.refusal("3.4/Login", user=outside.login, extension=inside.extension)
    assert "user" in desk.refusal("3.4/Login")
    assert desk.session(outside) is None


def test_agent_who_logs_in_takes_the_call_that_waits(desk: Desk) -> None:
    for user in desk.users():
        desk.tell("3.0/PauseOn", user=user.login, pause=BREAK)
    call_id = desk.call_in()
    assert desk.calls()[call_id]["state"] == "Waiting"
    user = next(
        user
        for user in desk.users(is_in=False)
        if SUPPORT in {skill.queue_id for skill in user.skills if skill.is_automatic}
    )
    desk.tell("3.4/Login", user=user.login)
    assert desk.calls()[call_id]["users"] == [str(user.id)]


def test_logout_is_refused_during_a_call_and_with_an_open_script(desk: Desk) -> None:
    call_id, user = desk.talk()
    assert desk.refusal("3.4/Logout", user=user.login) == "Agent má hovor"
    desk.tell("3.0/Hangup", call=call_id)
    with desk.pbx.engine.acting() as world:
        world.agents[user.id].script_id = 7
    assert desk.refusal("3.4/Logout", user=user.login) == "Agent má otevřený scénář hovoru"
    with desk.pbx.engine.acting() as world:
        world.agents[user.id].script_id = None
    desk.tell("3.4/Logout", user=user.login)
    assert desk.refusal("3.4/Logout", user=user.login) == NOT_LOGGED_IN


def test_login_queue_joins_one_more_queue_and_the_call_centre_if_need_be(desk: Desk) -> None:
    user = desk.user(is_in=False)
    queue_id = next(skill.queue_id for skill in user.skills if not skill.is_automatic)
    answer = desk.answer("3.0/LoginQueue", user=user.login, queue=number(desk, queue_id))
    assert answer == {"status": 1, "error": None}
    session = desk.session(user)
    assert session is not None
    assert (session["queues"], session["state"]) == ([str(queue_id)], "Idle")
    before = desk.tell("3.9/RTQueuePresence", queue=number(desk, queue_id))
    desk.tell("3.0/LogoutQueue", user=user.login, queue=number(desk, queue_id))
    assert desk.state(user) == "Logged"
    after = desk.tell("3.9/RTQueuePresence", queue=number(desk, queue_id))
    assert after["count_users"] == before["count_users"] - 1


def test_priority_in_a_queue_decides_who_is_asked_first(desk: Desk) -> None:
    users = desk.users()
    for user in users:
        desk.tell("3.0/LoginQueue", user=user.login, queue=number(desk, SUPPORT), priority="2")
    first = users[-1]
    desk.tell("3.0/LoginQueue", user=first.login, queue=number(desk, SUPPORT), priority="0")
    assert desk.user_of(desk.call_in()) == first
    assert "priority" in desk.refusal(
        "3.0/LoginQueue", user=first.login, queue=number(desk, SUPPORT), priority="3"
    )


def test_login_queue_is_refused_for_a_second_outbound_queue_and_an_unknown_one(desk: Desk) -> None:
    user = desk.user(queue_id=OUTBOUND)
    assert "jiné odchozí" in desk.refusal("3.0/LoginQueue", user=user.login, queue=number(desk, CAMPAIGN))
    assert desk.refusal("3.0/LoginQueue", user=user.login, queue="9999") == "Fronta neexistuje"


def test_a_queue_to_which_the_user_has_no_right_is_refused(desk: Desk) -> None:
    user = desk.user()
    with desk.pbx.engine.acting() as world:
        agent = world.agents[user.id]
        agent.user = msgspec.structs.replace(user, skills=())
    assert "nemá právo" in desk.refusal("3.0/LoginQueue", user=user.login, queue=number(desk, SUPPORT))


def test_logout_of_a_queue_during_its_call_is_refused_with_the_documented_text_and_the_number(
    desk: Desk,
) -> None:
    _, user = desk.talk(caller="468008585")
    assert desk.refusal("3.0/LogoutQueue", user=user.login, queue=number(desk, SUPPORT)) == (
        "Nelze se odhlasit z fronty/kampaně, ve které probíhá hovor s číslem 468008585"
    )
    assert "není přihlášen do fronty" in desk.refusal(
        "3.0/LogoutQueue", user=user.login, queue=number(desk, CAMPAIGN)
    )


def test_leaving_the_last_queue_ends_the_pause(desk: Desk) -> None:
    user = desk.user()
    desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH)
    session = desk.session(user)
    assert session is not None
    for queue_id in session["queues"]:
        desk.tell("3.0/LogoutQueue", user=user.login, queue=number(desk, int(queue_id)))
    session = desk.session(user)
    assert session is not None
    assert (session["state"], session["pause"]) == ("Logged", None)
    assert desk.refusal("3.0/PauseOn", user=user.login, pause=LUNCH) == (
        "Agent není přihlášen do žádné z front, tedy není možné ho dát na pauzu"
    )


def test_pause_on_and_off_are_seen_at_once_and_a_pause_is_changed_for_another(desk: Desk) -> None:
    user = desk.user()
    assert desk.answer("3.0/PauseOn", user=user.login, pause=LUNCH) == {"status": 1, "error": None}
    desk.pbx.skip(5)
    desk.tell("3.0/PauseOn", extension=user.extension, pause=BREAK)
    session = desk.session(user)
    assert session is not None
    assert (session["state"], session["pause"], session["state_time_relative"]) == ("Paused", BREAK, "0")
    pauses = desk.tell("3.5/RTStatsPauses")
    assert str(user.id) in pauses[BREAK]["users"]
    desk.pbx.skip(8 * 3600)
    assert desk.state(user) == "Paused"
    assert desk.answer("3.0/PauseOff", user=user.login) == {"status": 1, "error": None}
    assert desk.state(user) == "Idle"
    assert desk.refusal("3.0/PauseOff", user=user.login) == "Agent nemá nastavenou pauzu"


@pytest.mark.parametrize(
    ("pause", "text"), [("100", "nebyla nalezena"), ("5", "nebyla nalezena"), ("x", "pause")]
)
def test_unknown_and_deleted_pauses_are_refused(desk: Desk, pause: str, text: str) -> None:
    assert text in desk.refusal("3.0/PauseOn", user=desk.user().login, pause=pause)


def test_pause_during_a_call_is_refused_and_forced_it_begins_after_the_call_without_after_call_work(
    desk: Desk,
) -> None:
    call_id, user = desk.talk()
    assert "force=yes" in desk.refusal("3.0/PauseOn", user=user.login, pause=LUNCH)
    assert "force=yes" in desk.refusal("3.0/PauseOn", user=user.login, pause=LUNCH, force="no")
    assert "force" in desk.refusal("3.0/PauseOn", user=user.login, pause=LUNCH, force="maybe")
    desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH, force="yes")
    assert desk.state(user) == "Speaking"
    desk.tell("3.0/Hangup", call=call_id)
    session = desk.session(user)
    assert session is not None
    assert (session["state"], session["pause"]) == ("Paused", LUNCH)


def test_a_forced_pause_takes_away_the_call_that_rings(desk: Desk) -> None:
    call_id = desk.call_in()
    user = desk.user_of(call_id)
    desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH, force="yes")
    assert desk.state(user) == "Paused"
    call = desk.calls()[call_id]
    assert call["state"] == "Ringing"
    assert str(user.id) not in call["users"]


def test_a_forced_pause_can_be_called_off_during_the_call(desk: Desk) -> None:
    call_id, user = desk.talk()
    desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH, force="yes")
    desk.tell("3.0/PauseOff", user=user.login)
    desk.tell("3.0/Hangup", call=call_id)
    session = desk.session(user)
    assert session is not None
    assert session["pause"] in {None, WRAP}


def test_an_open_call_script_blocks_the_end_of_a_pause(desk: Desk) -> None:
    user = desk.user()
    desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH)
    with desk.pbx.engine.acting() as world:
        world.agents[user.id].script_id = 7
    assert desk.refusal("3.0/PauseOff", user=user.login) == "Agent má otevřený scénář hovoru"
    assert desk.state(user) == "Paused"


def test_user_and_extension_that_do_not_go_together_are_refused(desk: Desk) -> None:
    one, other = desk.users()[:2]
    assert "odporují" in desk.refusal("3.0/PauseOn", user=one.login, extension=other.extension, pause=LUNCH)
    assert "user, extension" in desk.refusal("3.0/PauseOn", pause=LUNCH)
    assert desk.refusal("3.0/PauseOff", extension="77") == "Linka 77 neexistuje"
    away = desk.user(is_in=False)
    assert desk.refusal("3.0/PauseOff", user=away.login) == NOT_LOGGED_IN
    assert desk.refusal("3.0/PauseOff", extension=desk.spare()) == NOT_LOGGED_IN


def test_an_agent_paused_by_command_goes_home_only_when_the_pause_is_ended_by_command() -> None:
    engine = SimulatedEngine(SimulationSettings(speed=0, start_at=START_AT, agents=12, activity=1))
    user_id = next(
        agent.user_id for agent in engine.floor().agents.values() if agent.state is AgentState.IDLE
    )
    engine.commands.sessions.pause_on(user_id=user_id, pause_id=4, is_forced=True)
    for hour in range(1, 25):
        engine.advance_to(START_AT + hour * 3_600_000)
        agent = engine.floor().agents[user_id]
        assert (agent.state, agent.pause_id, agent.state_since_at) == (AgentState.PAUSED, 4, START_AT)
    engine.commands.sessions.pause_off(user_id=user_id)
    engine.advance_to(START_AT + 24 * 3_600_000 + 60_000)
    assert user_id not in engine.floor().agents
