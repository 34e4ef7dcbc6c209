"""Every command answers in the form of its documented example, to the last JSON type, and refuses like it."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.gateway.commands import Reason
from dashboard.gateway.simulated.commands.playback import LENGTHS_MS
from dashboard.gateway.surface.actions import VARIANTS
from dashboard.gateway.surface.commands import VARIANTS as COMMANDS
from dashboard.gateway.surface.commands.refusals import TEXTS
from tests.gateway.commanding import CLICK, LUNCH, OUTBOUND, SUPPORT, Desk

EXAMPLES = json.loads((Path(__file__).parent / "command_examples.json").read_text(encoding="utf-8"))
DOCUMENTED = [example for example in EXAMPLES if example["answer"]["status"] == 1]
REFUSED = [example for example in EXAMPLES if example["answer"]["status"] == 0]
NEW_USER = {"name": "operator1", "title": "Pepa", "role": "a", "profile": "b", "password": "tajne"}


def shape(value: Any) -> Any:
    """The value with its JSON types in place of what it says."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__


def prepared(desk: Desk, action: str, version: str) -> tuple[str, dict[str, str]]:
    """A request of this action that succeeds, and what has to happen before."""
    name = f"{action}@{version}"
    if name in {"Answer@3.7", "PickupFromQueue@4.0"}:
        call_id = desk.call_in()
        user = desk.user_of(call_id) if action == "Answer" else desk.user()
        more = {"call_id": call_id} if action == "PickupFromQueue" else {}
        return name, {"user": user.login, **more}
    if name in CALL_NEEDED:
        _, user = desk.talk()
        fields = {
            key: value.format(user=user, spare=desk.spare()) for key, value in CALL_NEEDED[name].items()
        }
        return name, fields
    inside, outside = desk.user(queue_id=SUPPORT), desk.user(is_in=False)
    if name in {"PauseOff@3.0"}:
        desk.tell("3.0/PauseOn", user=inside.login, pause=LUNCH)
    if name == "UpdateUser@4.0":
        desk.tell("4.0/CreateUser", **NEW_USER)
    queues = desk.pbx.engine.directory().queues
    simple: dict[str, dict[str, str]] = {
        "Login@3.4": {"user": outside.login},
        "Logout@3.4": {"user": inside.login},
        "LoginQueue@3.0": {"user": inside.login, "queue": queues[SUPPORT].number, "priority": "0"},
        "LogoutQueue@3.0": {"user": inside.login, "queue": queues[SUPPORT].number},
        "PauseOn@3.0": {"user": inside.login, "pause": LUNCH},
        "PauseOff@3.0": {"user": inside.login},
        "CreateCall@3.1": {"user": desk.user(queue_id=OUTBOUND).login, "number": "800123456"},
        "CreateCall@3.0": {"extension": desk.spare(), "number": "800123456"},
        "ClickToCall@3.9": {"queue": queues[CLICK].number, "number": "226211245"},
        "CreateRemoteCall@3.8": {"primarynumber": "226211245", "secondarynumber": "468008585"},
        "CreateQueue@3.0": {
            "number": "12345678",
            "title": "Support",
            "direction": "out",
            "outbounder": "true",
        },
        "CreateUser@4.0": NEW_USER,
        "UpdateUser@4.0": {"name": "operator1", "password": "jine"},
        "DeleteUser@3.0": {"id": str(outside.id)},
        "CreatePause@3.3": {"name": "Obed", "type": "normal", "billable": "no"},
        "GetExtensionUsers@4.1": {"extension": inside.extension},
        "RTQueuePresence@3.9": {"queue": queues[SUPPORT].number},
    }
    return name, simple[name]


CALL_NEEDED = {
    "Hangup@3.0": {"user": "{user.login}"},
    "Transfer@3.0": {"user": "{user.login}", "number": "800123456", "type": "attended"},
    "Monitoring@3.0": {"exten": "{user.extension}", "listener": "{spare}", "mode": "whisper"},
    "Monitoring@3.1": {"user": "{user.login}", "listener": "{spare}", "mode": "spy"},
    "ControlPlayback@3.6": {"user": "{user.login}", "command": "play", "recording": next(iter(LENGTHS_MS))},
}


@pytest.mark.parametrize("example", DOCUMENTED, ids=lambda e: f"{e['action']}@{e['version']}")
def test_an_answer_has_the_form_and_the_types_of_its_documented_example(
    desk: Desk, example: dict[str, Any]
) -> None:
    name, parameters = prepared(desk, example["action"], example["version"])
    action, version = name.split("@")
    assert shape(desk.answer(f"{version}/{action}", **parameters)) == shape(example["answer"])


def test_every_command_is_among_the_examples_and_in_the_table() -> None:
    served = {(variant.action, variant.version) for variant in COMMANDS}
    assert served == {(example["action"], example["version"]) for example in DOCUMENTED}
    assert len(served) == 24
    assert served <= {(variant.action, variant.version) for variant in VARIANTS}


def test_the_whole_document_is_served() -> None:
    actions = json.loads((Path(__file__).parents[1] / "pbx" / "actions.json").read_text(encoding="utf-8"))
    documented = {(entry["action"], entry["required_version"]) for entry in actions}
    assert documented == {(variant.action, variant.version) for variant in VARIANTS}
    assert len(VARIANTS) == len(documented) == 81


def test_refusals_have_the_documented_texts(desk: Desk) -> None:
    _, user = desk.talk(caller="468008585")
    said = {
        ("LogoutQueue", desk.answer("3.0/LogoutQueue", user=user.login, queue="2001")["error"]),
        ("CreateCall", desk.answer("3.1/CreateCall", user=desk.user().login, number="800123456")["error"]),
        ("PauseOn", desk.answer("3.0/PauseOn", user=desk.user().login, pause="100")["error"]),
    }
    assert said == {(example["action"], example["answer"]["error"]) for example in REFUSED}


def test_there_are_words_for_every_reason() -> None:
    assert set(TEXTS) == set(Reason)
    assert len(set(TEXTS.values())) == len(TEXTS)
