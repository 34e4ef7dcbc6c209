"""No token, password or webhook secret stands anywhere: not in a log, a page, a frame or a file."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.pbx.client import access_token
from tests.faults.checks import is_fresh
from tests.stack import Stack

pytestmark = pytest.mark.faults

PAGES = (
    "/",
    "/boards/",
    "/boards/overview/",
    "/admin/",
    "/admin/dashboard/pbx/",
    "/admin/dashboard/pbx/1/change/",
    "/admin/dashboard/pbx/1/history/",
    "/admin/dashboard/board/",
    "/admin/auth/user/",
    "/admin/axes/accesslog/",
    "/healthz",
    "/metrics",
    "/nothing/",
)
LEFT_OUT = ("/static/", "/accounts/logout", "/admin/logout", "/hooks/")
PAGES_AT_MOST = 250
FAULTS = (
    Fault(kind=FaultKind.WRONG_TOKEN),
    Fault(kind=FaultKind.HTTP_ERROR),
    Fault(kind=FaultKind.GARBAGE),
    Fault(kind=FaultKind.REFUSED),
)


@pytest.fixture
def secrets(stack: Stack) -> dict[str, str]:
    return {
        "the PBX's token": access_token(stack.pbx.login, stack.pbx.password),
        "the PBX's password": stack.pbx.password,
        "Django's secret key": (stack.place.data / "secret_key").read_text().strip(),
    }


def found(secrets: dict[str, str], text: str) -> list[str]:
    """Which secrets stand in the text as a word of their own (the demo's password is a common one)."""
    return [
        name
        for name, secret in secrets.items()
        if re.search(rf"(?<![\w-]){re.escape(secret)}(?![\w-])", text)
    ]


def test_secrets_stand_in_no_page_frame_or_log(stack: Stack, secrets: dict[str, str]) -> None:
    with (
        stack.board(user="admin") as board,
        httpx.Client(base_url=stack.url, cookies=stack.cookies("admin"), follow_redirects=True) as browser,
    ):
        for fault in FAULTS:
            stack.pbx.faults.set("*", fault)
            board.wait(lambda b: not is_fresh(b), within_s=30, what="An outage")
            for page in PAGES:
                text = browser.get(page).text
                assert found(secrets, text) == [], page
            test = browser.get("/admin/dashboard/pbx/1/change/")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', test.text)
            assert token is not None
            answer = browser.post(
                "/admin/dashboard/pbx/1/test/",
                data={"csrfmiddlewaretoken": token[1], "title": "PBX", "base_url": stack.pbx.url}
                | {"login": stack.pbx.login, "password": stack.pbx.password, "token_in": "query"}
                | {"timezone": "Europe/Prague", "deadline_s": "3", "every_s": "{}", "is_enabled": "on"},
                headers={"Referer": f"{stack.url}/admin/dashboard/pbx/1/change/"},
            )
            assert answer.status_code == 200
            assert found(secrets, answer.text) == []
            stack.pbx.faults.clear()
            board.wait(is_fresh, within_s=30, what="The end of an outage")
        frames = "\n".join(str(received.message) for received in board.received)
    assert found(secrets, frames) == []
    assert found(secrets, stack.log_text()) == []


def crawled(browser: httpx.Client) -> dict[str, str]:
    """Every page that links lead to from the first pages, by its path, with its text; nothing is posted."""
    texts: dict[str, str] = {}
    waiting = list(PAGES)
    while waiting and len(texts) < PAGES_AT_MOST:
        path = waiting.pop(0)
        if path in texts or path.startswith(LEFT_OUT):
            continue
        texts[path] = browser.get(path).text
        waiting += [html.unescape(link) for link in re.findall(r'href="(/[^"#?]*)', texts[path])]
    return texts


def test_secrets_stand_on_no_page_that_an_administrator_can_reach(
    stack: Stack, secrets: dict[str, str]
) -> None:
    cookies = stack.cookies("admin")
    with httpx.Client(base_url=stack.url, cookies=cookies, follow_redirects=True, timeout=30) as browser:
        texts = crawled(browser)
    assert len(texts) > 2 * len(PAGES), sorted(texts)
    assert {path: found(secrets, text) for path, text in texts.items() if found(secrets, text)} == {}


def test_secrets_stand_in_no_file_but_the_one_made_for_it(stack: Stack, secrets: dict[str, str]) -> None:
    secret_key = secrets.pop("Django's secret key")
    for path in stack.place.data.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode(errors="replace")
            assert found(secrets, text) == [], path
            assert secret_key not in text or path.name == "secret_key", path
