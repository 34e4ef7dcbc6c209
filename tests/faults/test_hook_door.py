"""Webhooks through the real web server, by the way in that they have for themselves."""

from __future__ import annotations

import socket

import httpx
import pytest

from tests.stack import Stack, wait_until

pytestmark = pytest.mark.faults

CALLER = "777123456"
MAKE = """
from dashboard.contacts.services import hook_ensure
from dashboard.models import Contact, ContactNumber, Pbx
contact, _ = Contact.objects.get_or_create(name="Door Ltd")
ContactNumber.objects.get_or_create(contact=contact, number="+420777123456")
print(hook_ensure(Pbx.objects.get()).secret)
"""


@pytest.fixture(scope="module")
def secret(whole_stack: Stack) -> str:
    return whole_stack.manage("shell", "--no-imports", "-c", MAKE).stdout.strip()


@pytest.fixture
def address(stack: Stack, secret: str) -> str:
    return f"{stack.url}/hooks/{secret}/"


def test_answer_is_as_new_as_the_contacts_although_connections_are_kept(stack: Stack, address: str) -> None:
    for name in ("Door Ltd", "Door & Sons", "Door Ltd"):
        stack.sql("UPDATE dashboard_contact SET name = ? WHERE name LIKE 'Door%'", name)
        for _ in range(5):
            answer = httpx.get(address, params={"callid": CALLER})
            assert (answer.status_code, answer.json()) == (200, {"NAME": name})


def test_form_is_taken_and_no_cookie_is_given(address: str) -> None:
    answer = httpx.post(address, content=f"callid={CALLER}&dnd=1", headers={"Content-Type": "text/plain"})
    assert answer.json()["NAME"].startswith("Door")
    assert "set-cookie" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]


def test_hook_is_answered_whatever_host_the_pbx_calls_the_server_by(address: str) -> None:
    answer = httpx.get(address, params={"callid": CALLER}, headers={"Host": "wallboard.intranet"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", "x/", "x", "%FF%FE/", "%00/", "x" * 3000, "ž/"])
def test_wrong_secret_is_not_found(stack: Stack, path: str) -> None:
    assert httpx.get(f"{stack.url}/hooks/{path}").status_code in {404, 429}


def test_form_that_is_far_too_long_is_refused(address: str) -> None:
    assert httpx.post(address, content=b"callid=1&" + b"x" * 10_000_000).status_code == 413


def test_request_that_breaks_off_is_forgotten(stack: Stack, address: str) -> None:
    with socket.create_connection(("127.0.0.1", stack.port)) as half:
        half.sendall(b"POST /hooks/x/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncallid=")
    assert httpx.get(address, params={"callid": CALLER}).status_code == 200


def test_refused_hook_is_logged_without_its_secret(stack: Stack, address: str, secret: str) -> None:
    mark = stack.log_mark()
    assert httpx.put(address).status_code == 405
    wait_until(lambda: stack.log_lines("hooks/…", since=mark), within_s=10, what="A line about the refusal")
    assert secret not in stack.log_text()
