"""`manage.py pbx`: asking a PBX by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.models import Pbx
from dashboard.pbx.client import access_token

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[PbxServer]:
    with running_pbx(SimulationSettings(agents=10, warm_up_s=600)) as server:
        yield server


@pytest.fixture
def entered(db: None, server: PbxServer) -> Pbx:
    token = access_token(server.login, server.password)
    return Pbx.objects.create(slug="main", title="PBX", base_url=server.url, token=token)


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("pbx", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_answer_is_printed_as_json(entered: Pbx) -> None:
    assert set(json.loads(said("call", "rtstatsqueues"))) == {str(number) for number in range(1, 9)}
    assert json.loads(said("call", "GetQueues", "id=2"))["queue"] == "2"


def test_passwords_are_not_printed(entered: Pbx) -> None:
    assert "password" not in said("call", "GetUsers").lower()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["call", "Nonsense"], "not a documented action"),
        (["call", "Hangup"], "needs one of"),
        (["call", "Hangup", "user=nobody"], "Say --yes"),
        (["call", "RTStatsCalls", "--pbx", "brno"], "There is no PBX brno; known are main"),
        (["call", "GetRecording", "recording_hash=1"], "--save FILE"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(entered: Pbx, words: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        said(*words)


def test_refusal_of_the_pbx_is_told_in_its_words(entered: Pbx) -> None:
    Pbx.objects.update(token="")
    entered.token = "0" * 40
    entered.save()
    with pytest.raises(CommandError, match="Uživatel neexistuje"):
        said("call", "RTStatsCalls")


def test_without_a_pbx_it_says_where_to_enter_one(db: None) -> None:
    with pytest.raises(CommandError, match="enter one in the administration"):
        said("call", "RTStatsCalls")


def test_actions_are_listed_and_described() -> None:
    assert "RTStatsCalls@3.5" in said("list", "rtstats")
    text = said("show", "Transfer")
    assert "one of" in text
    assert "needs --yes" in text
