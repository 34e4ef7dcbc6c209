"""Webhooks of a PBX whose customer has a CRM, over real HTTP."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from dashboard.contacts.selectors import caller_names
from dashboard.models import Contact, Hook
from tests.contacts.conftest import CrmServer
from tests.hooks.conftest import CALLER, Door

pytestmark = pytest.mark.django_db

EVA = {"NAME": "Eva z CRM"}


@pytest.fixture
def crm_server(hook: Hook) -> Iterator[CrmServer]:
    server = CrmServer()
    server.says(b'{"name": "Eva z CRM"}')
    hook.crm_url = server.url
    hook.save()
    yield server
    server.close()


def ringing(call_id: str = "1.1", action: str = "ringing") -> str:
    return f"callerId={CALLER}&calleeId=226211245&line=200&idcall={call_id}&action={action}"


def test_crm_is_asked_for_callers_who_are_no_contacts(door: Door, crm_server: CrmServer) -> None:
    assert door(f"callid={CALLER}") == EVA
    assert caller_names("main", {"1.1": CALLER}) == {"1.1": "Eva z CRM"}


def test_contact_is_known_without_asking_the_crm(door: Door, crm_server: CrmServer, contact: Contact) -> None:
    assert door(f"callid={CALLER}")["NAME"] == "Daktela s.r.o."
    assert crm_server.paths == []


def test_later_hooks_of_a_call_do_not_ask_again(door: Door, crm_server: CrmServer) -> None:
    door(f"callid={CALLER}")
    assert [door(ringing()), door(ringing()), door(ringing(action="answer"))] == [EVA] * 3
    assert door(ringing(action="hangup")) == {}
    assert len(crm_server.paths) == 1
    assert door(f"callid={CALLER}") == EVA
    assert len(crm_server.paths) == 2, "the next call is not looked up anew"


def test_caller_whom_the_crm_does_not_know_is_asked_for_once_a_call(
    door: Door, crm_server: CrmServer
) -> None:
    crm_server.says(b"{}")
    assert door(f"callid={CALLER}") == {}
    assert [door(ringing()) for _ in range(3)] == [{}] * 3
    assert len(crm_server.paths) == 1


@pytest.mark.parametrize("query", ["callid=", "callid=anonymous", "action=hangup&callerId=" + CALLER])
def test_crm_is_not_asked_without_a_number_nor_at_the_hang_up(
    door: Door, crm_server: CrmServer, query: str
) -> None:
    assert door(query) == {}
    assert crm_server.paths == []


def test_useless_crm_is_an_empty_answer_and_one_line(
    door: Door, crm_server: CrmServer, caplog: pytest.LogCaptureFixture, hook: Hook
) -> None:
    caplog.set_level(logging.DEBUG)
    crm_server.says(b"<html>Login</html>")
    assert [door(f"callid={CALLER}") for _ in range(4)] == [{}] * 4
    crm_server.says(b'{"NAME": "Eva z CRM"}')
    assert door(f"callid={CALLER}") == EVA
    lines = [record.getMessage() for record in caplog.records if record.name == "dashboard.contacts"]
    assert len(lines) == 2
    assert "s3cret" not in caplog.text
    assert hook.secret not in caplog.text


def test_slow_crm_is_an_empty_answer(door: Door, crm_server: CrmServer) -> None:
    crm_server.drips(every_s=0.05)
    assert door(f"callid={CALLER}") == {}


def test_another_address_of_the_crm_is_used_at_once(door: Door, crm_server: CrmServer, hook: Hook) -> None:
    door(f"callid={CALLER}")
    hook.crm_url = crm_server.url.replace("/caller", "/other")
    hook.save()
    door(f"callid={CALLER}")
    assert [path.partition("?")[0] for path in crm_server.paths] == ["/caller", "/other"]
