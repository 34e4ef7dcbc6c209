"""No token, password or webhook secret stands anywhere: not in a log, a page, a frame or a file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

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
    "/admin/dashboard/hook/",
    "/admin/dashboard/hook/1/change/",
    "/admin/dashboard/hook/1/history/",
    "/admin/dashboard/board/",
    "/admin/auth/user/",
    "/admin/axes/accesslog/",
    "/healthz",
    "/metrics",
    "/nothing/",
)
PBX_PAGE = "/admin/dashboard/pbx/1/change/"
HOOK_PAGE = "/admin/dashboard/hook/1/change/"
SHOWN_ON = {"the webhooks' secret": (PBX_PAGE, HOOK_PAGE)}
"""Where a secret has to be shown, to those who may change webhooks: in the lines for the PBX's settings."""
LEFT_OUT = ("/static/", "/accounts/logout", "/admin/logout", "/hooks/")
PAGES_AT_MOST = 250
FAULTS = (
    Fault(kind=FaultKind.WRONG_TOKEN),
    Fault(kind=FaultKind.HTTP_ERROR),
    Fault(kind=FaultKind.GARBAGE),
    Fault(kind=FaultKind.REFUSED),
)


def posted(browser: httpx.Client, path: str, data: dict[str, str], *, page: str) -> httpx.Response:
    """A form of this page, sent as a browser does it."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(page).text)
    assert token is not None
    sent = {"csrfmiddlewaretoken": token[1]} | data
    answer = browser.post(path, data=sent, headers={"Referer": f"{browser.base_url}{page}"})
    assert answer.status_code == 200
    return answer


@pytest.fixture
def admin(stack: Stack) -> Iterator[httpx.Client]:
    cookies = stack.cookies("admin")
    with httpx.Client(base_url=stack.url, cookies=cookies, follow_redirects=True, timeout=30) as browser:
        yield browser


@pytest.fixture
def webhooks(stack: Stack, admin: httpx.Client) -> Iterator[dict[str, str]]:
    """Secrets of webhooks that were used, also the CRM's behind them, which nobody answers for."""
    lines = re.search(r"/hooks/([\w-]{40,})/", admin.get(PBX_PAGE).text)
    assert lines is not None
    login, key = "crm-s3cret-login", "crm-s3cret-key"
    crm = f"http://eva:{login}@127.0.0.1:9/caller?number={{number}}&key={key}"
    assert login not in posted(admin, HOOK_PAGE, {"crm_url": crm}, page=HOOK_PAGE).text
    assert httpx.get(f"{stack.url}/hooks/{lines[1]}/?callid=605700800").json() == {}
    yield {"the webhooks' secret": lines[1], "the CRM's password": login, "the CRM's key": key}
    posted(admin, HOOK_PAGE, {"crm_url": "", "crm_forget": "on"}, page=HOOK_PAGE)


@pytest.fixture
def secrets(stack: Stack, webhooks: dict[str, str]) -> dict[str, str]:
    return webhooks | {
        "the PBX's token": access_token(stack.pbx.login, stack.pbx.password),
        "the PBX's password": stack.pbx.password,
        "Django's secret key": (stack.place.data / "secret_key").read_text().strip(),
    }


def found(secrets: dict[str, str], text: str, *, page: str = "") -> list[str]:
    """Which secrets stand in the text as a word of their own (the demo's password is a common one), though not shown there."""
    return [
        name
        for name, secret in secrets.items()
        if page not in SHOWN_ON.get(name, ()) and re.search(rf"(?<![\w-]){re.escape(secret)}(?![\w-])", text)
    ]


def test_secrets_stand_in_no_page_frame_or_log(
    stack: Stack, admin: httpx.Client, secrets: dict[str, str]
) -> None:
    form = {"title": "PBX", "login": stack.pbx.login, "password": stack.pbx.password, "token_in": "query"}
    form |= {"timezone": "Europe/Prague", "deadline_s": "3", "every_s": "{}", "is_enabled": "on"}
    refused = "http://eva:pbx-s3cret@127.0.0.1:9"
    with stack.board(user="admin") as board:
        for fault in FAULTS:
            stack.pbx.faults.set("*", fault)
            board.wait(lambda b: not is_fresh(b), within_s=30, what="An outage")
            for page in PAGES:
                assert found(secrets, admin.get(page).text, page=page) == [], page
            for address in (stack.pbx.url, refused):
                data = form | {"base_url": address}
                answer = posted(admin, "/admin/dashboard/pbx/1/test/", data, page=PBX_PAGE)
                assert found(secrets | {"the PBX's login": "pbx-s3cret"}, answer.text) == []
            stack.pbx.faults.clear()
            board.wait(is_fresh, within_s=30, what="The end of an outage")
        frames = "\n".join(str(received.message) for received in board.received)
    posted(admin, PBX_PAGE, form | {"base_url": refused}, page=PBX_PAGE)
    assert "pbx-s3cret" not in admin.get("/admin/dashboard/pbx/").text + admin.get(PBX_PAGE).text
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
    admin: httpx.Client, secrets: dict[str, str]
) -> None:
    texts = crawled(admin)
    assert len(texts) > 2 * len(PAGES), sorted(texts)
    places = {path: found(secrets, text, page=path) for path, text in texts.items()}
    assert {path: names for path, names in places.items() if names} == {}


def test_secrets_stand_in_no_file_but_the_one_made_for_it(stack: Stack, secrets: dict[str, str]) -> None:
    secret_key = secrets.pop("Django's secret key")
    for path in stack.place.data.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode(errors="replace")
            assert found(secrets, text) == [], path
            assert secret_key not in text or path.name == "secret_key", path
