"""Queues, users and pauses written through the API, and who may do so."""

import hashlib
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.gateway.commanding import LUNCH, SALES, SUPPORT, Desk

NO_USER = "Tento uživatel nebyl nalezen"
WRONG_TOKEN = "Uživatel neexistuje"
NOT_ALLOWED = "Uživatel nemá k této akci oprávnění"
NEW_USER = {"name": "operator1", "title": "Pepa Novák", "role": "role_a", "profile": "profile_a"}


def token(login: str, password: str) -> str:
    return hashlib.sha1((login + password).encode(), usedforsecurity=False).hexdigest()


@pytest.fixture
def desk_as(desk: Desk) -> Iterator[Callable[[str, str], Desk]]:
    """The same PBX, commanded by a user."""
    clients = []

    def acting(login: str, password: str) -> Desk:
        cookies = {"access_token": token(login, password)}
        clients.append(httpx.Client(base_url=desk.pbx.url, cookies=cookies, timeout=10))
        return Desk(desk.pbx, clients[-1])

    yield acting
    for client in clients:
        client.close()


def test_a_new_queue_is_listed_joined_called_and_counted(desk: Desk) -> None:
    answer = desk.answer("3.0/CreateQueue", number="2777", title="Nová", direction="in", wrapuptime="30")
    assert answer == {"status": 1, "error": None, "result": None}
    queue_id, queue = next(
        (key, row) for key, row in desk.tell("3.0/GetQueues").items() if row["name"] == "2777"
    )
    assert (queue["title"], queue["direction"], queue["wrapuptime"]) == ("Nová", "in", "30")
    assert desk.tell("3.9/RTQueuePresence", queue="2777") == {"count_users": 0, "online_presence": False}
    user = desk.user(queue_id=SALES)
    desk.tell("3.0/LoginQueue", user=user.login, queue="2777")
    call_id = desk.call_in(int(queue_id))
    assert desk.user_of(call_id).id == user.id
    counts = desk.tell("3.5/RTStatsQueues")[queue_id]
    assert (counts["users_total"], counts["calls_count"]) == (1, 1)
    row = desk.tell("4.1/RTUsersState")[str(user.id)]
    assert {"2777"} <= {entry["name"] for entry in row["login_oqueues"] if entry["rt_logged"]}


def test_a_queue_is_edited_by_its_number_or_id(desk: Desk) -> None:
    desk.tell("3.1/CreateQueue", number="12345678", title="Support", direction="out", outbounder="true")
    desk.tell("3.0/CreateQueue", number="12345678", title="Podpora", direction="out", outboundcid="226")
    found = [row for row in desk.tell("3.0/GetQueues").values() if row["name"] == "12345678"]
    assert [(row["title"], row["outbounder"], row["outboundcid"]) for row in found] == [
        ("Podpora", "1", "226")
    ]
    desk.tell(f"3.0/CreateQueue/{found[0]['queue']}", number="555", title="Jiná", direction="out")
    assert desk.tell(f"3.0/GetQueues/{found[0]['queue']}")["name"] == "555"


def test_queues_that_make_no_sense_are_refused(desk: Desk) -> None:
    good = {"number": "2777", "title": "Nová", "direction": "in"}
    for changes, part in (
        ({"direction": "up"}, "direction"),
        ({"number": "abc"}, "number"),
        ({"outbounder": "true"}, "outbounder"),
        ({"title": ""}, "title"),
        ({"wrapuptime": "-1"}, "wrapuptime"),
        ({"number": "2001", "direction": "out"}, "používá"),
    ):
        assert part in desk.refusal("3.0/CreateQueue", **{**good, **changes}), changes
    assert desk.refusal("3.0/CreateQueue/99", **good) == "Fronta neexistuje"
    assert "2002" in desk.refusal("3.0/CreateQueue/1", number="2002", title="x", direction="in")


def test_a_new_user_works_at_a_spare_line_until_deleted(desk: Desk) -> None:
    made = desk.tell("4.0/CreateUser", **NEW_USER, password="tajneheslo")
    assert made == {
        "user": made["user"],
        "role": "role_a",
        "profile": "profile_a",
        "name": "operator1",
        "title": "Pepa Novák",
        "description": None,
        "password": "heslo",
        "email": None,
        "deleted": None,
    }
    assert "již existuje" in desk.refusal("4.0/CreateUser", **NEW_USER, password="x")
    assert "extension" in desk.refusal("3.4/Login", user="operator1")
    line = desk.spare()
    desk.tell("3.4/Login", user="operator1", extension=line)
    desk.tell("3.0/LoginQueue", user="operator1", queue="2001")
    desk.tell("3.0/PauseOn", user="operator1", pause=LUNCH)
    (row,) = desk.tell("4.1/GetExtensionUsers", extension=line)["data"]
    assert (row["name"], row["deleted"]) == ("operator1", "0")
    assert desk.answer(f"3.0/DeleteUser/{made['user']}") == {"status": 1, "error": None}
    assert str(made["user"]) not in desk.tell("3.5/RTStatsSessions")
    assert desk.tell(f"3.0/GetUsers/{made['user']}")["deleted"] == "1"
    assert desk.refusal("3.4/Login", user="operator1", extension=line) == NO_USER
    assert desk.refusal(f"3.0/DeleteUser/{made['user']}") == NO_USER
    assert "id" in desk.refusal("3.0/DeleteUser")


def test_a_deleted_agent_takes_no_more_calls_and_stays_away_for_good(desk: Desk) -> None:
    call_id, user = desk.talk()
    assert desk.refusal(f"3.0/DeleteUser/{user.id}") == "Agent má hovor"
    desk.tell("3.0/Hangup", call=call_id)
    desk.tell(f"3.0/DeleteUser/{user.id}")
    rung = {desk.user_of(desk.call_in()).id for _ in desk.users()}
    assert user.id not in rung
    desk.pbx.engine.restart()
    desk.pbx.skip(3600)
    assert desk.session(user) is None


def test_update_changes_what_is_sent_and_nothing_else(desk: Desk) -> None:
    user = desk.user()
    changed = desk.tell("4.0/UpdateUser", name=user.login, title="Nové Jméno", description="z Brna")
    assert (changed["title"], changed["description"], changed["role"]) == ("Nové Jméno", "z Brna", user.role)
    assert desk.tell("4.1/RTUsersState")[str(user.id)]["agent_title"] == "Nové Jméno"
    assert desk.refusal("4.0/UpdateUser", name="nobody", title="x") == NO_USER
    for login in ("", "dvě slova", "x" * 65):
        wrong = {**NEW_USER, "name": login}
        assert "name" in desk.refusal("4.0/CreateUser", **wrong, password="x")


def test_a_new_pause_can_be_taken_and_renamed(desk: Desk) -> None:
    known = set(desk.tell("3.3/GetPauses"))
    answer = desk.answer("3.3/CreatePause", name="Obed", type="normal", billable="no")
    assert answer == {"status": 1, "error": None, "result": None}
    (pause_id,) = set(desk.tell("3.3/GetPauses")) - known
    user = desk.user()
    desk.tell("3.0/PauseOn", user=user.login, pause=pause_id)
    desk.tell(f"3.3/CreatePause/{pause_id}", title="Svacina", type="normal", paid="yes", code="77")
    row = desk.tell("3.3/GetPauses")[pause_id]
    assert (row["title"], row["paid"], row["name"], row["type"]) == ("Svacina", "1", "77", None)
    assert desk.tell("3.5/RTStatsPauses")[pause_id]["users"] == [str(user.id)]


def test_pauses_that_make_no_sense_are_refused(desk: Desk) -> None:
    for parameters, part in (
        ({"title": "x", "type": "wrap", "paid": "yes"}, "Systémová"),
        ({"title": "x", "type": "long", "paid": "yes"}, "type"),
        ({"title": "x", "type": "normal"}, "paid"),
        ({"type": "normal", "paid": "no"}, "title"),
        ({"title": "x", "type": "normal", "paid": "perhaps"}, "paid"),
    ):
        assert part in desk.refusal("3.3/CreatePause", **parameters), parameters
    assert "nebyla nalezena" in desk.refusal("3.3/CreatePause/99", title="x", type="normal", paid="no")
    assert "Systémová" in desk.refusal("3.3/CreatePause/2", title="x", type="normal", paid="no")


def test_presence_and_users_of_a_line(desk: Desk) -> None:
    count = len([1 for row in desk.tell("3.5/RTStatsSessions").values() if str(SUPPORT) in row["queues"]])
    assert desk.tell("3.9/RTQueuePresence", queue="2001") == {"count_users": count, "online_presence": True}
    assert desk.refusal("3.9/RTQueuePresence", queue="1") == "Fronta neexistuje"
    assert desk.tell("4.1/GetExtensionUsers", extension=desk.spare()) == {"data": []}
    assert desk.refusal("4.1/GetExtensionUsers", extension="77") == "Linka 77 neexistuje"
    (row,) = desk.tell("4.1/GetExtensionUsers", extension="100")["data"]
    assert (row["name"], "password" in row) == ("admin", False)


def test_a_user_may_act_for_themselves_only(desk: Desk, desk_as: Callable[[str, str], Desk]) -> None:
    me, other = desk.users()[:2]
    assert desk_as(me.login, "tajne").refusal("4.0/GetUser") == WRONG_TOKEN
    desk.tell("4.0/UpdateUser", name=me.login, password="tajne")
    mine = desk_as(me.login, "tajne")
    assert mine.tell("4.0/GetUser")["name"] == me.login
    assert desk.tell("4.0/GetUser") == ""
    mine.tell("3.0/PauseOn", user=me.login, pause=LUNCH)
    mine.tell("3.0/PauseOff", extension=me.extension)
    mine.tell("4.0/UpdateUser", name=me.login, title="Já Sám")
    line = desk.spare()
    call_id, speaker = desk.talk(SALES)
    assert speaker.id != me.id
    for path, parameters in (
        ("3.0/PauseOn", {"user": other.login, "pause": LUNCH}),
        ("3.0/PauseOn", {"extension": other.extension, "pause": LUNCH}),
        ("3.4/Logout", {"user": other.login}),
        ("3.0/Hangup", {"call": call_id}),
        ("3.0/Hangup", {"extension": line}),
        ("3.1/Monitoring", {"user": me.login, "listener": line, "mode": "spy"}),
        ("3.0/Monitoring", {"exten": me.extension, "listener": line, "mode": "spy"}),
        ("3.0/CreateCall", {"extension": line, "number": "800123456"}),
        ("3.8/CreateRemoteCall", {"primarynumber": "800123456", "secondarynumber": "800123457"}),
        ("3.9/ClickToCall", {"queue": "3809", "number": "800123456"}),
        ("4.0/CreateUser", {**NEW_USER, "password": "x"}),
        ("4.0/UpdateUser", {"name": other.login, "title": "x"}),
        ("4.0/UpdateUser", {"name": me.login, "role": "role_admin"}),
        (f"3.0/DeleteUser/{me.id}", {}),
        ("3.0/CreateQueue", {"number": "1", "title": "x", "direction": "in"}),
        ("3.3/CreatePause", {"title": "x", "type": "normal", "paid": "no"}),
        ("3.1/SetSMSSettings", {"incoming_callback": "http://crm.example/"}),
    ):
        assert mine.refusal(path, **parameters) == NOT_ALLOWED, path
    assert call_id in desk.calls()
    mine.tell("3.0/CreateCall", extension=me.extension, number="800123456")
    mine.tell("3.0/Hangup", user=me.login)
    plain = mine.tell("3.0/CreateCall", extension=me.extension, number="800123456")["id_call"]
    assert "odporuje" in desk.refusal("3.0/Hangup", call=plain, user=other.login)
    mine.tell("3.0/Hangup", call=plain, extension=me.extension)
    assert "neexistuje" in desk.refusal("3.0/Hangup", call=plain)


def test_a_new_password_ends_the_old_token_and_a_deleted_user_has_none(
    desk: Desk, desk_as: Callable[[str, str], Desk]
) -> None:
    made = desk.tell("4.0/CreateUser", **NEW_USER, password="tajneheslo")
    desk_as("operator1", "tajneheslo").tell("4.0/GetUser")
    desk.tell("4.0/UpdateUser", name="operator1", password="jine")
    assert desk_as("operator1", "tajneheslo").refusal("4.0/GetUser") == WRONG_TOKEN
    desk_as("operator1", "jine").tell("4.0/GetUser")
    desk.tell(f"3.0/DeleteUser/{made['user']}")
    assert desk_as("operator1", "jine").refusal("4.0/GetUser") == WRONG_TOKEN
    assert "jine" not in desk.client.get("/api/3.0/GetUsers/json").text
