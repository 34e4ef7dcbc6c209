"""A TV and its administrator, page by page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256

import pytest
import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from dashboard.models import Board, Pairing, Pbx, Playlist, Screen
from dashboard.screens.selectors import is_on
from dashboard.screens.services import screen_revoke

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters(redis_client: redis.Redis) -> None:
    """Counters of codes and wrong codes begin anew."""


@pytest.fixture
def tv() -> Client:
    """A browser without a keyboard."""
    return Client()


def code_on(tv: Client) -> str:
    """The code on the screen."""
    page = tv.get("/tv/")
    assert page.status_code == 200
    found = re.search(r"<title>(\w{6}) ·", page.content.decode())
    assert found is not None
    return found[1]


def shows(board: Board) -> str:
    return f"board/{board.pk}"


def approve(admin: Client, code: str, board: Board, *, name: str = "Hall") -> object:
    return admin.post("/tv/approve/", {"code": code, "name": name, "shows": shows(board), "language": "cs"})


def config_of(page: str) -> dict:
    found = re.search(r'<script id="wb-config" type="application/json">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


def test_an_approved_tv_shows_its_board(tv: Client, admin: Client, overview: Board) -> None:
    code = code_on(tv)
    assert tv.get("/tv/status/").json() == {"state": "waiting"}
    assert approve(admin, code, overview).status_code == 302
    assert tv.get("/tv/status/").json() == {"state": "paired"}
    page = tv.get("/tv/").content.decode()
    config = config_of(page)
    assert list(config["boards"]) == ["overview"]
    assert config["boards"]["overview"]["streams"] == ["main@overview"]
    assert config["screen"] == {"name": "Hall"}


def test_the_cookie_of_a_screen_cannot_be_read_by_scripts(tv: Client, admin: Client, overview: Board) -> None:
    approve(admin, code_on(tv), overview)
    tv.get("/tv/status/")
    cookie = tv.cookies["wallboard_screen"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in {Screen.objects.get().key_hash, ""}


def test_the_qr_code_leads_to_the_approval(tv: Client) -> None:
    page = tv.get("/tv/").content.decode()
    assert 'class="qr" src="data:image/svg+xml' in page
    assert "http://testserver/tv/approve/" in page


def test_another_browser_does_not_get_the_key(tv: Client, admin: Client, overview: Board) -> None:
    approve(admin, code_on(tv), overview)
    stranger = Client()
    assert stranger.get("/tv/status/").json() == {"state": "expired"}
    assert "wallboard_screen" not in stranger.cookies


def test_an_expired_code_is_replaced_on_the_screen(tv: Client) -> None:
    first = code_on(tv)
    Pairing.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tv.get("/tv/status/").json() == {"state": "expired"}
    assert code_on(tv) != first


def test_a_revoked_screen_gets_a_code_and_loses_its_cookie(
    tv: Client, admin: Client, overview: Board
) -> None:
    approve(admin, code_on(tv), overview)
    tv.get("/tv/status/")
    screen = Screen.objects.get()
    data = {"action": "revoke", "_selected_action": [screen.pk]}
    page = admin.post("/admin/dashboard/screen/", data)
    assert "Hall" in page.content.decode()
    screen.refresh_from_db()
    assert screen.revoked_at is None, "it asks first"
    admin.post("/admin/dashboard/screen/", {**data, "confirmed": "yes"})
    screen.refresh_from_db()
    assert screen.revoked_at is not None
    code_on(tv)
    assert tv.cookies["wallboard_screen"].value == ""


@pytest.mark.parametrize("code", ["ABC", "ABC10L", "ABCDEFG", ""])
def test_what_can_be_no_code_is_refused_in_words(admin: Client, overview: Board, code: str) -> None:
    page = approve(admin, code, overview).content.decode()
    assert "six letters" in page or "required" in page
    assert not Screen.objects.exists()


def test_a_wrong_code_is_refused_in_words_and_guessing_is_stopped(
    tv: Client, admin: Client, overview: Board
) -> None:
    code = code_on(tv)
    wrong = "ZZZZZZ" if code != "ZZZZZZ" else "YYYYYY"
    assert "No screen waits with this code" in approve(admin, wrong, overview).content.decode()
    for _ in range(10):
        approve(admin, wrong, overview)
    assert "Too many wrong codes" in approve(admin, code, overview).content.decode()
    assert not Screen.objects.exists()


def test_two_screens_with_one_name_are_refused_in_words(tv: Client, admin: Client, overview: Board) -> None:
    approve(admin, code_on(tv), overview)
    page = approve(admin, code_on(Client()), overview).content.decode()
    assert "Another screen has this name" in page


def test_a_screen_that_was_shut_out_is_let_in_again_under_its_name(
    tv: Client, admin: Client, overview: Board
) -> None:
    approve(admin, code_on(tv), overview)
    tv.get("/tv/status/")
    old_key = tv.cookies["wallboard_screen"].value
    screen_revoke(Screen.objects.get())
    assert approve(admin, code_on(tv), overview).status_code == 302
    assert tv.get("/tv/status/").json() == {"state": "paired"}
    assert config_of(tv.get("/tv/").content.decode())["screen"] == {"name": "Hall"}
    old = Client()
    old.cookies["wallboard_screen"] = old_key
    assert code_on(old), "its old cookie does not let it in"


def test_a_tv_keeps_its_secret_for_as_long_as_an_approval_waits_for_it(tv: Client) -> None:
    code_on(tv)
    assert tv.cookies["wallboard_pairing"]["max-age"] == 2 * 600, "approved in the last second of ten minutes"


def test_asking_for_codes_without_end_is_stopped() -> None:
    answers = [Client().get("/tv/").status_code for _ in range(31)]
    assert answers[:30] == [200] * 30
    assert answers[30] == 429


def test_who_may_not_let_screens_in_is_told_so(viewer: Client, tv: Client, overview: Board) -> None:
    code = code_on(tv)
    assert viewer.get("/tv/approve/").status_code == 403
    assert approve(viewer, code, overview).status_code == 403
    assert not Screen.objects.exists()


def test_who_is_not_logged_in_is_led_to_the_login_and_back_with_the_code(overview: Board) -> None:
    answer = Client().get("/tv/approve/?code=ABC234")
    assert answer["Location"] == "/accounts/login/?next=/tv/approve/%3Fcode%3DABC234"


def test_the_permission_alone_is_enough_to_let_screens_in(
    client: Client, tv: Client, overview: Board
) -> None:
    user = get_user_model().objects.create_user("eva")
    user.user_permissions.add(Permission.objects.get(codename="add_screen"))
    client.force_login(user)
    assert approve(client, code_on(tv), overview).status_code == 302


def test_a_playlist_brings_all_its_boards(tv: Client, admin: Client, overview: Board) -> None:
    sales = Board.objects.create(slug="sales", title="Sales")
    playlist = Playlist.objects.create(name="Hall")
    for position, board in enumerate((overview, sales, overview)):
        playlist.entries.create(board=board, position=position, seconds=20, weekdays=["mon"])
    data = {"code": code_on(tv), "name": "Hall", "shows": f"playlist/{playlist.pk}", "language": ""}
    assert admin.post("/tv/approve/", data).status_code == 302
    tv.get("/tv/status/")
    config = config_of(tv.get("/tv/").content.decode())
    assert set(config["boards"]) == {"overview", "sales"}
    assert [turn["board"] for turn in config["programme"]["turns"]] == ["overview", "sales", "overview"]


def test_a_screen_without_a_board_says_what_to_do(tv: Client, admin: Client, overview: Board) -> None:
    approve(admin, code_on(tv), overview)
    tv.get("/tv/status/")
    Screen.objects.update(board=None, language="")
    assert "This screen is in, but has nothing to show yet" in tv.get("/tv/").content.decode()


def test_a_screen_none_of_whose_boards_has_a_pbx_says_so_until_one_has(
    tv: Client, admin: Client, overview: Board
) -> None:
    approve(admin, code_on(tv), overview)
    tv.get("/tv/status/")
    Screen.objects.update(language="en")
    Pbx.objects.update(is_enabled=False)
    page = tv.get("/tv/").content.decode()
    assert "This board has no PBX" in page
    assert "This screen is in, but has nothing" not in page
    assert "data-again-s=" in page
    assert "screen.js" not in page
    assert is_on(Screen.objects.get()), "nobody is to look for its power or its network"
    Pbx.objects.update(is_enabled=True)
    page = tv.get("/tv/").content.decode()
    assert "This board has no PBX" not in page
    assert "screen.js" in page


def test_an_announcement_must_end_after_it_begins(admin: Client) -> None:
    data = {
        "text": "Meeting at ten",
        "level": "info",
        "starts_at_0": "2026-11-24",
        "starts_at_1": "10:00",
        "ends_at_0": "2026-11-24",
        "ends_at_1": "09:00",
    }
    page = admin.post("/admin/dashboard/announcement/add/", data).content.decode()
    assert "It must end after it begins" in page


def test_a_screen_cannot_have_a_board_and_a_playlist(tv: Client, admin: Client, overview: Board) -> None:
    approve(admin, code_on(tv), overview)
    screen, playlist = Screen.objects.get(), Playlist.objects.create(name="Hall")
    data = {"name": "Hall", "board": overview.pk, "playlist": playlist.pk, "language": ""}
    page = admin.post(f"/admin/dashboard/screen/{screen.pk}/change/", data).content.decode()
    assert "a board or a playlist, not both" in page


def test_a_night_that_ends_when_it_begins_is_refused_in_words(
    tv: Client, admin: Client, overview: Board
) -> None:
    approve(admin, code_on(tv), overview)
    screen = Screen.objects.get()
    data = {"name": "Hall", "board": overview.pk, "language": ""}
    hours = {"blank_from": "00:00", "blank_until": "00:00"}
    page = admin.post(f"/admin/dashboard/screen/{screen.pk}/change/", data | hours).content.decode()
    assert "The night must end at another hour than it begins" in page


def test_the_demo_has_a_tv_that_is_let_in_already(tv: Client, overview: Board, settings) -> None:
    assert tv.get("/tv/demo/").status_code == 404, "nowhere else"
    settings.DEMO = True
    assert tv.get("/tv/demo/")["Location"] == "/tv/"
    config = config_of(tv.get("/tv/").content.decode())
    assert config["screen"] == {"name": "Demo TV"}
    assert list(config["boards"]) == ["overview"]


def test_no_page_loads_itself_anew_without_asking_first_whether_the_server_is_there(
    rf: RequestFactory,
) -> None:
    pages = ("500.html", "screens/too_many.html", "screens/screen.html", "boards/board.html")
    for name in pages:
        text = render_to_string(name, {"screen": {"name": "Hall"}, "config": {}}, request=rf.get("/tv/"))
        assert "http-equiv" not in text
        [script] = re.findall(r"<script data-again-s=.*?>(.*?)</script>", text, re.DOTALL)
        digest = b64encode(sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]
        assert text.index(script) < text.index("<link"), "before all that may fail to load"
