"""Call scripts: open from the customer's answer until somebody saves the form."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard.gateway.engine import LiveAgent
from dashboard.gateway.server import PbxServer
from tests.gateway.office_requests import agent_with_script, refusal

Ask = Callable[..., Any]
LUNCH_ID = "7"


def test_the_script_of_a_call_is_open_until_its_agent_saves_it(ask: Ask, pbx: PbxServer) -> None:
    agent, login = agent_with_script(pbx, is_talking=True)
    record_id = str(agent.script_id)
    opened = ask("4.0/CallScriptOpened", user=login)
    assert opened["record"]["record"] == record_id
    assert (opened["record"]["action"], opened["record"]["user"]) == ("4", str(agent.user_id))
    assert opened["record"]["call_id"] == agent.call_id
    assert ask("3.9/RTUserState", user=login)["callscript_opened"] == record_id
    for _ in range(1000):
        pbx.skip(2)
        state = ask("3.9/RTUserState", user=login)
        if state["callscript_opened"] != record_id:
            break
        assert state["calls"] or state["agent_state"] == "Paused", "The script outlived the after-call work."
    snapshots = ask("4.1/GetRecordSnapshots", record=record_id)["data"]
    assert snapshots[-1]["created_by"] == str(agent.user_id)
    assert snapshots[-1]["action"] in {"5", "6"}
    assert snapshots[-1]["status"] is not None
    assert (snapshots[-1]["nextcall"] is None) is (snapshots[-1]["action"] == "5")


def test_without_an_open_script_there_is_no_record_and_no_form(ask: Ask, client: httpx.Client) -> None:
    assert ask("4.0/CallScriptOpened", user="admin") == {"record": None}
    assert refusal(client, "4.0/CallScriptOpened", user="nobody") == "Tento uživatel nebyl nalezen"


def test_closing_by_the_record_saves_the_form_and_ends_the_after_call_work(ask: Ask, pbx: PbxServer) -> None:
    agent, login = agent_with_script(pbx)
    assert ask("3.5/RTStatsSessions")[str(agent.user_id)]["state"] == "Paused"
    answer = ask(
        "4.0/CallScriptClose",
        record=str(agent.script_id),
        status="objednavka",
        **{"fields[field_poznamka]": "Nabídku slyšel"},
    )
    assert answer["cc"] == {"result": True, "error": None}
    assert (answer["record"]["status"], answer["record"]["action"]) == ("9", 5)
    assert ask("4.0/CallScriptOpened", user=login) == {"record": None}
    assert ask("3.5/RTStatsSessions")[str(agent.user_id)]["state"] != "Paused"
    found = ask("4.1/GetRecords", q=answer["record"]["name"])["data"][0]
    assert found["fields"]["3"] == ["Nabídku slyšel"]
    assert (found["action"], found["edited"]) == ("5", answer["record"]["edited"])


@pytest.mark.parametrize("pause", ["10", "pause_10", "obed"])
def test_closing_by_the_call_plans_the_next_one_and_switches_the_pause(
    ask: Ask, pbx: PbxServer, pause: str
) -> None:
    agent, login = agent_with_script(pbx)
    opened = ask("4.0/CallScriptOpened", user=login)["record"]
    answer = ask(
        "4.0/CallScriptClose",
        call_id=opened["call_id"],
        status="prevolavka",
        nextcall="2026-12-01 18:00:00",
        user="",
        number="602000111",
        pause=pause,
    )
    row = answer["record"]
    assert answer["cc"] == {"result": True, "error": None}
    assert (row["action"], row["nextcall"], row["user"]) == (6, "2026-12-01 18:00:00", None)
    assert (row["number"], row["call_id"]) == ("602000111", opened["call_id"])
    session = ask("3.5/RTStatsSessions")[str(agent.user_id)]
    assert (session["state"], session["pause"]) == ("Paused", LUNCH_ID)


def test_a_pause_while_talking_begins_after_the_call(ask: Ask, pbx: PbxServer) -> None:
    agent, _ = agent_with_script(pbx, is_talking=True)
    answer = ask("4.0/CallScriptClose", record=str(agent.script_id), status="nezajem", pause="10")
    assert answer["cc"]["result"] is True
    for _ in range(1000):
        session = ask("3.5/RTStatsSessions")[str(agent.user_id)]
        if session["pause"] == LUNCH_ID:
            return
        assert session["state"] in {"Speaking", "On Hold"} or session["pause"] == "2"
        pbx.skip(2)
    raise AssertionError("The pause never began.")


def log_out_of_all_queues(client: httpx.Client, agent: LiveAgent, login: str) -> None:
    queues = client.get("/api/3.0/GetQueues/json").json()["result"]
    for queue_id in agent.queue_ids:
        given = {"user": login, "queue": queues[str(queue_id)]["name"]}
        answer = client.get("/api/3.0/LogoutQueue/json", params=given).json()
        assert answer["status"] == 1, answer


def test_an_open_script_prevents_ending_the_pause_and_logging_out(
    ask: Ask, client: httpx.Client, pbx: PbxServer
) -> None:
    agent, login = agent_with_script(pbx)
    assert "otevřený scénář" in refusal(client, "3.0/PauseOff", user=login)
    assert "otevřený scénář" in refusal(client, "3.4/Logout", user=login)
    ask("4.0/CallScriptClose", record=str(agent.script_id), status="objednavka", pause="pause_10")
    assert client.get("/api/3.0/PauseOff/json", params={"user": login}).json()["status"] == 1
    assert ask("3.5/RTStatsSessions")[str(agent.user_id)]["state"] != "Paused"


def test_an_agent_in_no_queue_gets_no_pause_but_the_form_is_saved(
    ask: Ask, client: httpx.Client, pbx: PbxServer
) -> None:
    agent, login = agent_with_script(pbx)
    log_out_of_all_queues(client, agent, login)
    assert ask("4.0/CallScriptOpened", user=login)["record"]["record"] == str(agent.script_id)
    answer = ask("4.0/CallScriptClose", record=str(agent.script_id), status="objednavka", pause="pause_10")
    assert answer["cc"] == {
        "result": False,
        "error": "Agent není přihlášen do žádné z front, tedy není možné ho dát na pauzu",
    }
    assert answer["record"]["action"] == 5
    assert ask("4.0/CallScriptOpened", user=login) == {"record": None}


def test_an_unknown_pause_is_told_inside_the_answer(ask: Ask, pbx: PbxServer) -> None:
    agent, _ = agent_with_script(pbx)
    answer = ask("4.0/CallScriptClose", record=str(agent.script_id), status="objednavka", pause="volno")
    assert answer["cc"] == {"result": False, "error": "Tato pauza nebyla nalezena"}


def test_closing_is_refused_in_words(ask: Ask, client: httpx.Client, pbx: PbxServer) -> None:
    made = {"queue": "3506", "phonenumber": "602123123"}
    ask("4.1/CreateRecord", **made)
    pbx.skip(120)
    agent, login = agent_with_script(pbx)
    for _ in range(300):
        if ask("4.0/CallScriptOpened", user=login)["record"]["status"] is None:
            break
        pbx.skip(30)
        agent, login = agent_with_script(pbx)
    script = str(agent.script_id)

    def closing(**parameters: str) -> str:
        return refusal(client, "4.0/CallScriptClose", **parameters)

    assert closing(record=script) == "Stav musí být vyplněn"
    assert closing(record=script, status="neni") == "Stav neexistuje"
    assert closing(record=script, status="objednavka", call_id="1.1") != ""
    assert closing(record=script, status="objednavka", user="nobody") == "Tento uživatel nebyl nalezen"
    assert "field_neni" in closing(record=script, status="objednavka", **{"fields[field_neni]": "x"})
    assert closing(record="99999", status="objednavka") == "Záznam neexistuje"
    assert closing(call_id="1.1", status="objednavka") == "Záznam není otevřený"
    assert "record, call_id" in closing(status="objednavka")
    assert ask("4.0/CallScriptOpened", user=login)["record"]["record"] == script, (
        "Nothing of it closed the script."
    )
    assert refusal(client, "4.1/DeleteRecord", record=script) == "Záznam má právě otevřený agent"
    assert refusal(client, "4.1/UpdateRecord", record=script, status="9") == "Záznam má právě otevřený agent"


def test_a_restart_closes_all_scripts(ask: Ask, pbx: PbxServer) -> None:
    agent, login = agent_with_script(pbx)
    pbx.engine.restart()
    with pbx.engine.office() as office:
        assert not office.has_open_script(agent.user_id)
    assert ask("4.0/CallScriptOpened", user=login) == {"record": None}
    rows = ask("4.1/GetRecords", take="1000")["data"]
    assert not {row["action"] for row in rows} & {"1", "4"}
