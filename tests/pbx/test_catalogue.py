"""Actions by name: the catalogue is the document's, and wrong calls are refused in words."""

import ast
import json
from pathlib import Path

import pytest

from dashboard.pbx import catalogue
from dashboard.pbx.catalogue import (
    VARIANTS,
    UnknownAction,
    WrongParameters,
    request_by_hand,
    variant,
    without_secrets,
)
from dashboard.pbx.request import Effect

DOCUMENTED = json.loads((Path(__file__).parent / "actions.json").read_text())


def test_catalogue_has_every_documented_variant() -> None:
    assert {(row.action, row.version) for row in VARIANTS} == {
        (row["action"], row["required_version"]) for row in DOCUMENTED
    }


@pytest.mark.parametrize("documented", DOCUMENTED, ids=lambda row: row["variant"])
def test_parameters_and_effect_are_the_documented_ones(documented: dict) -> None:
    row = variant(documented["action"], version=documented["required_version"])
    every = documented["required_params"] + documented["optional_params"] + documented["undocumented_params"]
    assert set(row.parameters) == {parameter["name"] for parameter in every}
    assert (row.effect is Effect.READ) == (documented["effect"] == "read")


def test_hosts_are_those_of_the_typed_methods() -> None:
    """Read off the code of the groups, so that the two cannot drift apart."""
    found = {}
    for path in Path(catalogue.__file__).parent.glob("groups/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Request":
                words = {word.arg: word.value for word in node.keywords}
                action = ast.literal_eval(words["action"])
                host = ast.unparse(words["host"]).rpartition(".")[2].lower() if "host" in words else "pbx"
                found.setdefault(action, set()).add(host)
    assert found == {action: {row.host.value for row in VARIANTS if row.action == action} for action in found}
    assert len(found) == 76


def test_newest_version_is_taken_unless_another_is_named() -> None:
    assert variant("getpauses").version == "3.3"
    assert variant("GetPauses", version="3.0").version == "3.0"


@pytest.mark.parametrize(
    ("action", "version", "said"),
    [
        ("RTStatCalls", None, "Did you mean RTStatsCalls"),
        ("Nonsense", None, "not a documented action"),
        ("GetPauses", "9.9", "version 3.3 and 3.0, not 9.9"),
    ],
)
def test_unknown_action_is_refused_with_what_is_near(action: str, version: str | None, said: str) -> None:
    with pytest.raises(UnknownAction, match=said):
        variant(action, version=version)


@pytest.mark.parametrize(
    ("action", "parameters", "said"),
    [
        ("StatsCalls", [("datetime_from", "2026-01-01 00:00:00")], "StatsCalls needs datetime_to"),
        ("Hangup", [], "Hangup needs one of"),
        ("Hangup", [("user", "a"), ("call", "1.1")], "exactly one of"),
        ("RTStatsCalls", [("queue", "1")], "does not know queue; it has no parameters"),
        ("GetUser", [("access_token", "x")], "comes from the settings"),
    ],
)
def test_wrong_parameters_are_refused_in_words(action: str, parameters: list, said: str) -> None:
    with pytest.raises(WrongParameters, match=said):
        request_by_hand(variant(action), tuple(parameters))


def test_record_goes_into_the_path_and_arrays_keep_their_brackets() -> None:
    assert request_by_hand(variant("GetQueues"), (("id", "3"),)).path() == "/api/3.0/GetQueues/3/json"
    assert request_by_hand(variant("RTStatsSessions"), (("queues[0]", "3"),)).query() == "queues[0]=3"


def test_passwords_are_left_out_however_deep_they_are() -> None:
    assert without_secrets({"1": {"name": "a", "Password": "x"}, "list": [{"password": "y"}]}) == {
        "1": {"name": "a"},
        "list": [{}],
    }
