"""Our request for every documented example against the printed one, and every documented parameter.

`DIFFERENCES` lists where we differ from the printed URL on purpose, with the reason by the name of the anomaly.
A difference that is not listed fails, and so does one that is listed and not there.
"""

import json
import re
from pathlib import Path

import pytest

from dashboard.pbx import (
    CdrDirection,
    Direction,
    Effect,
    Host,
    MonitoringMode,
    PauseId,
    Pauses,
    PauseType,
    PlaybackCommand,
    RecordAction,
    Trace,
    TransferType,
)
from tests.pbx.full_requests import FULL

OWN_WORDS = {"own_text": "$message", "own_id": "$id", "own_direction": "$direction"}
CALLBACK = "http://MojeVU.daktela.com/CRM/sms?own_number=$number"
WHOLE_CALLBACK = f"{CALLBACK}&own_text=$message&own_id=$id&own_direction=$direction"
OLDER = ("version", "3.1", "3.0")
# For parameters: what is printed and not sent, and what is sent and not printed.
DIFFERENCES = {
    1: {OLDER, ("format", "xml", "json")},  # B1, B3
    15: {("format", "xml", "json")},  # B3: only json is ever shown
    17: {OLDER},  # B1: exactly the required version is sent
    18: {OLDER},
    21: {("version", "3.0", "3.1")},  # B1, C15: 3.0 is the variant for extensions
    23: {OLDER},
    24: {OLDER},
    26: {OLDER},
    37: {OLDER},
    39: {("params", (("billable", "no"), ("name", "Obed")), (("paid", "no"), ("title", "Obed")))},  # C12
    40: {("params", (("billable", "yes"), ("name", "Svacina")), (("paid", "yes"), ("title", "Svacina")))},
    44: {("params", (("dst_channels", "SIP/gsm"),), (("dst_channels[]", "SIP/gsm"),))},  # B14
    45: {("params", (("answered", "yes"),), (("answered", "true"),))},  # B13: the literal of the list
    54: {("version", "3.9", "4.0")},  # B1, A11: at 3.9 the hash would do nothing
    69: {
        (
            "params",
            (("incoming_callback", CALLBACK), *OWN_WORDS.items()),
            (("incoming_callback", WHOLE_CALLBACK),),
        )
    },
    74: {("action", "SendGroupSMS", "SendGroupSMSConnect")},  # C10
    98: {("action", "TicketUpdate", "ActivityUpdate")},  # C24
}
# Defaults that we say and the documented request leaves out: the page.
PAGE = {("skip", "0"), ("take", "100")}


def test_there_is_a_request_for_every_documented_example(examples, documented_requests):
    assert set(documented_requests) == set(examples)


@pytest.mark.parametrize("number", range(1, 103))
def test_request_is_the_documented_one_but_for_the_listed_differences(number, examples, documented_requests):
    printed, request = examples[number]["request"], documented_requests[number]
    # The order of parameters means nothing, and the token travels as the client was told (B6).
    printed_params = {(name, value) for name, value in printed["params"] if name != "access_token"}
    sent_params = set(request.params)
    pairs = {
        "action": (printed["action"], request.action),
        "version": (printed["version"], request.version),
        "id": (printed["id"], request.id),
        "format": (printed["format"], request.path().rsplit("/", 1)[1]),
        "params": (
            tuple(sorted(_canonical(printed_params) - _canonical(sent_params))),
            tuple(sorted(_canonical(sent_params) - _canonical(printed_params))),
        ),
    }
    found = {(what, ours, theirs) for what, (ours, theirs) in pairs.items() if ours != theirs}
    listed = {
        (what, *(tuple(sorted(side)) if what == "params" else side for side in sides))
        for what, *sides in DIFFERENCES.get(number, set())
    }
    assert found == listed
    assert len(request.params) == len(sent_params)


def _canonical(params: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(name, value) for name, value in params if (name, value) not in PAGE}


@pytest.mark.parametrize("number", [39, 40])
def test_a_pause_can_be_created_with_the_names_of_the_examples(number, examples):
    sent = Pauses.create(
        title="Obed" if number == 39 else "Svacina",
        type=PauseType.NORMAL,
        paid=number == 40,
        pause=PauseId("9") if number == 40 else None,
        old_names=True,
    )
    printed = examples[number]["request"]
    assert sent.id == printed["id"]
    assert set(sent.params) == {tuple(pair) for pair in printed["params"][1:]}


ACTIONS = {
    entry["variant"]: entry for entry in json.loads((Path(__file__).parent / "actions.json").read_text())
}
KINDS = ("required_params", "optional_params", "undocumented_params")


def test_every_documented_variant_has_a_method():
    assert set(FULL) == set(ACTIONS)
    assert len(FULL) == 81


@pytest.mark.parametrize("variant", ACTIONS)
def test_exactly_the_documented_parameters_can_be_sent_at_the_required_version(variant):
    documented = {param["name"]: param for kind in KINDS for param in ACTIONS[variant][kind]}
    sent = {(re.sub(r"\[.*", "", name), value) for request in FULL[variant] for name, value in request.params}
    ids = {"id" for request in FULL[variant] if request.id is not None}
    assert {name for name, _ in sent} | ids == set(documented)
    assert {f"{request.action}@{request.version}" for request in FULL[variant]} == {variant}
    for name, value in sent:
        if allowed := documented[name].get("enum"):
            words = {str(word["value"] if isinstance(word, dict) else word) for word in allowed}
            assert value in words, name


@pytest.mark.parametrize("variant", ACTIONS)
def test_ids_stand_where_the_document_puts_them(variant):
    in_path = any(request.id is not None for request in FULL[variant])
    assert in_path == ACTIONS[variant]["id_in_path"]


@pytest.mark.parametrize("variant", ACTIONS)
def test_only_reads_may_be_repeated(variant):
    effects = {request.effect for request in FULL[variant]}
    documented = Effect.READ if ACTIONS[variant]["effect"] == "read" else Effect.ACTION
    # Asking whether a playback runs is a read among the actions.
    assert effects == ({Effect.READ, Effect.ACTION} if variant == "ControlPlayback@3.6" else {documented})


@pytest.mark.parametrize("variant", ACTIONS)
def test_central_services_have_their_own_host(variant):
    central = ACTIONS[variant]["document_host"] == ["central API host"]
    hosts = {request.host for request in FULL[variant]}
    if variant == "PickupFromQueue@4.0":  # B15: an action of the PBX, whatever its example says
        assert hosts == {Host.PBX}
    elif "Autodialer" in ACTIONS[variant]["sections"]:
        assert hosts == {Host.AUTODIALER}
    else:
        assert hosts == {Host.SMS if central else Host.PBX}


@pytest.mark.parametrize(
    ("enum", "variant", "name"),
    [
        (MonitoringMode, "Monitoring@3.1", "mode"),
        (TransferType, "Transfer@3.0", "type"),
        (Trace, "StatsTrace@3.5", "trace"),
        (CdrDirection, "CDR@3.5", "direction"),
        (Direction, "CreateQueue@3.0", "direction"),
        (RecordAction, "ExportData@3.8", "actions"),
    ],
)
def test_words_of_an_enum_are_the_documented_ones(enum, variant, name):
    params = [param for kind in KINDS for param in ACTIONS[variant][kind] if param["name"] == name]
    words = {str(word["value"] if isinstance(word, dict) else word) for word in params[0]["enum"]}
    assert {str(word) for word in enum} == words


def test_commands_of_a_playback_are_the_documented_ones():
    [command] = [p for p in ACTIONS["ControlPlayback@3.6"]["required_params"] if p["name"] == "command"]
    words = {str(word["value"] if isinstance(word, dict) else word) for word in command["enum"]}
    assert {str(word) for word in PlaybackCommand} | {"status"} == words
