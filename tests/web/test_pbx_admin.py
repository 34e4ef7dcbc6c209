"""PBXs in the administration: entered, tested, paused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from django.test import Client

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.models import Pbx
from dashboard.pbx.client import access_token
from dashboard.polling import services

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[PbxServer]:
    with running_pbx(SimulationSettings(agents=10, warm_up_s=600)) as server:
        yield server


@pytest.fixture(autouse=True)
def _no_faults(server: PbxServer) -> None:
    server.faults.clear()


def form(server: PbxServer, **fields: str) -> dict[str, str]:
    """What a browser posts."""
    return {
        "title": "Brno",
        "slug": "brno",
        "is_enabled": "on",
        "base_url": server.url,
        "login": server.login,
        "password": server.password,
        "token_in": "cookie",
        "timezone": "Europe/Prague",
        "deadline_s": "3",
        "every_s": "{}",
        **fields,
    }


def findings(
    client: Client, data: dict[str, str], path: str = "/admin/dashboard/pbx/test/"
) -> list[tuple[bool, str]]:
    answer = client.post(path, data)
    assert answer.status_code == 200
    return [(row["is_good"], row["text"]) for row in answer.json()["findings"]]


def test_test_of_a_good_connection_says_what_it_found(admin: Client, server: PbxServer) -> None:
    (reached, clock) = findings(admin, form(server))
    assert reached[0] is True
    assert reached[1].startswith("Reached in ")
    assert "8 queues" in reached[1]
    assert clock == (True, "Its clock agrees with ours.")
    assert not Pbx.objects.exists(), "a test must not save"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "wrong"}, "does not accept login and password"),
        ({"base_url": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"base_url": "nonsense"}, "base_url"),
        ({"base_url": "https://api:s3cret@pbx.example"}, "may hold no login"),
        ({"base_url": "https://pbx.example/?key=s3cret"}, "may hold no login"),
        ({"base_url": "https://pbx.example/#s3cret"}, "may hold no login"),
        ({"timezone": "Europe/Brno"}, "timezone"),
        ({"timezone": "America/New_York"}, "6 h 0 min"),
        ({"login": ""}, "go together"),
        ({"every_s": '{"RTStatsWhat": 1}'}, "not polled"),
        ({"ca_file": "/nowhere.pem", "base_url": "https://127.0.0.1:9"}, "trusted certificates"),
    ],
)
def test_test_says_in_words_what_is_wrong(admin: Client, server: PbxServer, fields: dict, said: str) -> None:
    found = findings(admin, form(server, **fields))
    assert any(not is_good and said in text for is_good, text in found), found


def test_test_tells_a_wrong_clock(admin: Client, server: PbxServer) -> None:
    server.faults.set("*", Fault(kind=FaultKind.CLOCK, seconds=90))
    assert any("behind" in text or "ahead of" in text for _, text in findings(admin, form(server)))


def test_address_may_end_in_api_and_a_slash(admin: Client, server: PbxServer) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server, base_url=f"{server.url}/api/"))
    assert Pbx.objects.get().base_url == server.url


def test_only_the_token_is_stored(admin: Client, server: PbxServer) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server))
    assert Pbx.objects.get().token == access_token(server.login, server.password)


def test_token_is_kept_when_login_and_password_stay_empty(admin: Client, server: PbxServer) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server))
    pbx = Pbx.objects.get()
    answer = admin.post(
        f"/admin/dashboard/pbx/{pbx.pk}/change/", form(server, title="Praha", login="", password="")
    )
    assert answer.status_code == 302
    pbx.refresh_from_db()
    assert (pbx.title, pbx.token) == ("Praha", access_token(server.login, server.password))
    stored = findings(admin, form(server, login="", password=""), f"/admin/dashboard/pbx/{pbx.pk}/test/")
    assert stored[0][0] is True, "the stored token was not used"


def test_slug_does_not_change_any_more(admin: Client, server: PbxServer) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server))
    pbx = Pbx.objects.get()
    admin.post(f"/admin/dashboard/pbx/{pbx.pk}/change/", form(server, slug="praha"))
    pbx.refresh_from_db()
    assert pbx.slug == "brno"


def test_new_pbx_without_login_is_refused_in_words(admin: Client, server: PbxServer) -> None:
    page = admin.post("/admin/dashboard/pbx/add/", form(server, login="", password=""))
    assert "asks for a login and a password" in page.content.decode()


def test_test_is_closed_to_viewers(viewer: Client, server: PbxServer) -> None:
    assert viewer.post("/admin/dashboard/pbx/test/", form(server)).status_code == 302


def test_status_tells_what_the_last_poll_found(
    admin: Client, server: PbxServer, redis_client: redis.Redis
) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server))
    pbx = Pbx.objects.get()
    change = f"/admin/dashboard/pbx/{pbx.pk}/change/"
    assert "Not polled yet." in admin.get(change).content.decode()
    assert services.poll_once(slug="brno")
    page = admin.get(change).content.decode()
    assert "Answers." in page
    assert "RTStatsSessions" in page


def test_polling_is_paused_and_resumed_from_the_list(
    admin: Client, server: PbxServer, redis_client: redis.Redis
) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server))
    pbx = Pbx.objects.get()
    for action, is_enabled in (("polling_pause", False), ("polling_resume", True)):
        admin.post("/admin/dashboard/pbx/", {"action": action, "_selected_action": [pbx.pk]})
        pbx.refresh_from_db()
        assert pbx.is_enabled is is_enabled
        assert services.poll_once(slug="brno") is is_enabled


def test_settings_that_cannot_be_used_are_told_as_the_reason(
    admin: Client, server: PbxServer, redis_client: redis.Redis
) -> None:
    admin.post("/admin/dashboard/pbx/add/", form(server))
    Pbx.objects.update(token="")
    services.poll_once(slug="brno")
    page = admin.get(f"/admin/dashboard/pbx/{Pbx.objects.get().pk}/change/").content.decode()
    assert "enter login and password again" in page
