"""Pages: who gets which, and what they say."""

from __future__ import annotations

import json
import re

import pytest
import redis
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.models import Board, Pbx

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/boards/", "/boards/overview/"])
def test_who_is_not_logged_in_is_led_to_the_login(client: Client, overview: Board, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={path}"


def test_login_leads_to_the_page_that_was_asked_for(client: Client, overview: Board) -> None:
    get_user_model().objects.create_user("viewer", "", "viewer")
    answer = client.post(
        "/accounts/login/?next=/boards/overview/", {"username": "viewer", "password": "viewer"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/boards/overview/"


def test_wrong_password_is_told_in_words(client: Client) -> None:
    answer = client.post("/accounts/login/", {"username": "viewer", "password": "wrong"})
    assert answer.status_code == 200
    assert "password" in answer.content.decode().lower()


def test_guessing_passwords_is_stopped(client: Client) -> None:
    get_user_model().objects.create_user("viewer", "", "viewer")
    statuses = [
        client.post("/accounts/login/", {"username": "viewer", "password": f"guess {number}"}).status_code
        for number in range(9)
    ]
    assert statuses[-1] == 429
    assert client.post("/accounts/login/", {"username": "viewer", "password": "viewer"}).status_code == 429


def test_home_is_the_only_board(viewer: Client, overview: Board) -> None:
    assert viewer.get("/")["Location"] == "/boards/overview/"


def test_home_is_the_list_when_there_are_several_boards(viewer: Client, overview: Board) -> None:
    Board.objects.create(slug="sales", title="Prodej")
    assert viewer.get("/")["Location"] == "/boards/"
    page = viewer.get("/boards/").content.decode()
    assert "Prodej" in page
    assert "/boards/sales/" in page


def test_list_without_boards_says_what_to_do(viewer: Client) -> None:
    page = viewer.get("/boards/").content.decode().lower()
    assert "no board" in page or "not yet" in page


def test_board_page_tells_the_browser_where_its_socket_is(viewer: Client, overview: Board) -> None:
    page = viewer.get("/boards/overview/").content.decode()
    found = re.search(r'<script id="wb-config" type="application/json">(.*?)</script>', page)
    assert found is not None
    config = json.loads(found[1])
    assert config["socket"] == "/ws/boards/overview/"
    assert config["streams"] == ["main"]
    board = config["board"]
    assert (board["slug"], board["title"], board["layout"]) == ("overview", "Overview", None)
    assert [widget["type"] for widget in board["automatic"]] == [
        "callers",
        "ready",
        "waiting",
        "queues",
        "agents",
    ]


def test_unknown_board_is_not_found(viewer: Client, overview: Board) -> None:
    assert viewer.get("/boards/nothing/").status_code == 404


def test_pages_allow_only_their_own_scripts_and_styles(viewer: Client, overview: Board) -> None:
    policy = viewer.get("/boards/overview/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_health_is_ok_when_database_and_redis_answer(
    client: Client, pbx: Pbx, redis_client: redis.Redis
) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["streams"] == {"main": None}


def test_health_says_when_redis_does_not_answer(client: Client, pbx: Pbx, settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["redis"]) == (True, False)


def test_figures_for_prometheus_are_served(client: Client) -> None:
    assert b"python_info" in client.get("/metrics").content


def test_administration_never_shows_the_token(admin: Client, pbx: Pbx) -> None:
    for path in ("/admin/dashboard/pbx/", f"/admin/dashboard/pbx/{pbx.pk}/change/"):
        page = admin.get(path)
        assert page.status_code == 200
        assert "f" * 40 not in page.content.decode()


def test_administration_is_closed_to_viewers(viewer: Client, pbx: Pbx) -> None:
    assert viewer.get("/admin/dashboard/pbx/")["Location"].startswith("/admin/login/")
