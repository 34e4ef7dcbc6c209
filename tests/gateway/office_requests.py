"""For each action beside the calls a request that succeeds, and the door through which the tests ask it."""

from collections.abc import Callable
from typing import Any

import httpx

from dashboard.gateway.engine import LiveAgent
from dashboard.gateway.server import PbxServer

Ask = Callable[..., Any]
CAMPAIGN, CAMPAIGN_ID, EMAILS = "3506", 6, "4508"

REQUESTS: dict[str, tuple[str, dict[str, str]]] = {
    "GetSMSSettings@3.1": ("3.1/GetSMSSettings", {}),
    "SetSMSSettings@3.1": ("3.1/SetSMSSettings", {"allowed_hour_begin": "8", "allowed_hour_end": "16"}),
    "GetSMS@3.1": ("3.1/GetSMS", {}),
    "SendSMS@3.1": ("3.1/SendSMS", {"number": "123456789", "message": "Ahoj"}),
    "SendGroupSMS@3.1": (
        "3.1/SendGroupSMS",
        {"number[0]": "123456789", "message[0]": "Ahoj1", "number[1]": "987654321", "message[1]": "Ahoj2"},
    ),
    "StatusGroupSMS@3.1": ("3.1/StatusGroupSMS", {"waiting": "true"}),
    "StatusSMS@3.1": ("3.1/StatusSMS", {}),
    "GetSMSConnect@4.1": ("4.1/GetSMSConnect", {}),
    "SendGroupSMSConnect@3.1": (
        "3.1/SendGroupSMSConnect",
        {
            "number[0]": "+420123456789",
            "message[0]": "Ahoj1",
            "number[1]": "+420987654321",
            "message[1]": "Ahoj2",
        },
    ),
    "SendSMSConnect@4.1": ("4.1/SendSMSConnect", {"number": "+420123456789", "message": "Ahoj"}),
    "StatusSMSConnect@4.1": ("4.1/StatusSMSConnect", {}),
    "CopyRecords@3.3": ("3.3/CopyRecords", {"id": "9", "dst_queue": CAMPAIGN}),
    "MoveRecords@3.3": ("3.3/MoveRecords", {"id": "9", "dst_queue": "2003"}),
    "CreateRecord@4.1": (
        "4.1/CreateRecord",
        {"queue": CAMPAIGN, "fields[3]": "Tohle je importovano pres API", "phonenumber": "226211245"},
    ),
    "UpdateRecord@4.1": (
        "4.1/UpdateRecord",
        {"record": "4", "queue": "6", "phonenumber": "226211246", "fields[3]": "42"},
    ),
    "DeleteRecord@4.1": ("4.1/DeleteRecord", {"record": "4"}),
    "GetRecords@4.1": ("4.1/GetRecords", {}),
    "GetRecordSnapshots@4.1": ("4.1/GetRecordSnapshots", {"record": "4"}),
    "GetRecordAttempts@4.1": ("4.1/GetRecordAttempts", {"record": "4"}),
    "ExportData@3.8": ("3.8/ExportData", {"queue": CAMPAIGN}),
    "GetStatuses@3.8": ("3.8/GetStatuses", {}),
    "GetStatuses@4.0": ("4.0/GetStatuses", {}),
    "SimpleSearchContact@3.2": ("3.2/SimpleSearchContact", {"phonenumber": "226211246"}),
    "CreateEvent@3.8": (
        "3.8/CreateEvent",
        {
            "event": "Custom_SendSMS",
            "params[number]": "226211245",
            "params[message]": "Ahoj",
            "params[foo][bar]": "examplevalue",
        },
    ),
    "ActivityClose@4.0": ("4.0/ActivityClose", {"activity": "activity_100", "status": "objednavka"}),
    "ActivityUpdate@4.0": ("4.0/ActivityUpdate", {"activities[]": "activity_100", "status": "objednavka"}),
    "CheckNumber@4.0": ("4.0/CheckNumber", {"number": "777888999"}),
    "EmailCreate@4.1": (
        "4.1/EmailCreate",
        {"queue": EMAILS, "subject": "Muj predmet", "from": "osoba@email.cz", "body": "Dlouhy text emailu"},
    ),
}


def refusal(client: httpx.Client, path: str, **parameters: str) -> str:
    """The text of the error that this must be."""
    response = client.get(f"/api/{path}/json", params=parameters)
    assert response.status_code == 200
    answer = response.json()
    assert set(answer) == {"error", "status"}, answer
    assert answer["status"] == 0
    return str(answer["error"])


def agent_with_script(pbx: PbxServer, *, is_talking: bool = False) -> tuple[LiveAgent, str]:
    """An agent who is in after-call work (or still talking) with the script open, and their login."""
    for _ in range(600):
        pbx.skip(2)
        for agent in pbx.engine.floor().agents.values():
            if agent.script_id is not None and (agent.call_id is not None) is is_talking:
                return agent, pbx.engine.directory().users[agent.user_id].login
    raise AssertionError("No agent of the campaign had a script open.")
