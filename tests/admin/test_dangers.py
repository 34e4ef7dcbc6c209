"""What could do harm: deletions say what is lost, and a PBX's token goes to no other server."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from dashboard.boards.services import overview_ensure
from dashboard.models import Announcement, Board, Pbx, Queue, Screen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]


def form(pbx: Pbx, **fields: Any) -> dict[str, Any]:
    return {
        "title": pbx.title,
        "is_enabled": "on",
        "base_url": pbx.base_url,
        "login": "",
        "password": "",
        "token_in": "cookie",
        "timezone": "Europe/Prague",
        "deadline_s": "3",
        "every_s": "{}",
        **fields,
    }


def test_the_stored_token_is_sent_to_no_other_server(administrator: Client, pbx: Pbx) -> None:
    elsewhere = form(pbx, base_url="http://127.0.0.1:9")
    page = administrator.post(f"/admin/dashboard/pbx/{pbx.pk}/change/", elsewhere)
    assert "leads to another server" in page.content.decode()
    tested = administrator.post(f"/admin/dashboard/pbx/{pbx.pk}/test/", elsewhere).json()
    assert "leads to another server" in tested["findings"][0]["text"]
    pbx.refresh_from_db()
    assert pbx.base_url == "http://127.0.0.1:1"
    again = form(pbx, base_url="http://127.0.0.1:9", login="api", password="other")
    assert administrator.post(f"/admin/dashboard/pbx/{pbx.pk}/change/", again).status_code == 302


def test_no_page_of_a_pbx_shows_its_token(administrator: Client, superuser: Client, pbx: Pbx) -> None:
    for client in (administrator, superuser):
        for path in ("/admin/dashboard/pbx/", f"/admin/dashboard/pbx/{pbx.pk}/change/"):
            assert "f" * 40 not in client.get(path).content.decode()


def test_deletion_of_a_pbx_says_what_goes_with_it(
    administrator: Client, pbx: Pbx, queues: list[Queue]
) -> None:
    board = overview_ensure()
    board.all_pbxs = False
    board.save()
    board.pbxs.add(pbx)
    page = administrator.get(f"/admin/dashboard/pbx/{pbx.pk}/delete/").content.decode()
    for told in (
        "cannot be undone",
        "3 queues",
        "whole history",
        "show nothing at all then: Overview",
        "pause it instead",
    ):
        assert told in page, told
    assert Pbx.objects.exists(), "looking deletes nothing"


def test_deletion_of_a_board_names_the_screens_that_go_dark(administrator: Client, pbx: Pbx) -> None:
    board = overview_ensure()
    Screen.objects.create(name="Hall left", key_hash="x", paired_at=timezone.now(), board=board)
    announcement = Announcement.objects.create(
        text="Meeting at ten", starts_at=timezone.now(), everywhere=False
    )
    announcement.boards.add(board)
    page = administrator.get(f"/admin/dashboard/board/{board.pk}/delete/").content.decode()
    assert "/boards/overview/" in page
    assert "Hall left" in page
    assert "shown nowhere then: “Meeting at ten”" in page
    assert (
        administrator.post(f"/admin/dashboard/board/{board.pk}/delete/", {"post": "yes"}).status_code == 302
    )
    assert not Board.objects.exists()


def test_several_boards_are_deleted_after_a_confirmation_for_each(administrator: Client, pbx: Pbx) -> None:
    boards = [overview_ensure(), Board.objects.create(title="Second", slug="second")]
    chosen = {"action": "delete_selected", "_selected_action": [board.pk for board in boards]}
    page = administrator.post("/admin/dashboard/board/", chosen).content.decode()
    assert "/boards/overview/" in page
    assert "/boards/second/" in page
    assert Board.objects.count() == 2
    administrator.post("/admin/dashboard/board/", {**chosen, "post": "yes"})
    assert not Board.objects.exists()


def test_list_of_pbxs_says_how_it_goes_and_leads_to_the_queues(
    administrator: Client, pbx: Pbx, queues: list[Queue]
) -> None:
    page = administrator.get("/admin/dashboard/pbx/").content.decode()
    assert "▲ Not polled yet." in page
    assert f"/admin/dashboard/queue/?pbx__id__exact={pbx.pk}" in page


def test_who_may_not_open_the_administration_is_told_so_and_not_sent_in_circles(db: None) -> None:
    client = Client()
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert (
        client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")
    )


def test_a_viewer_gets_no_login_form_but_a_sentence(roles: Any) -> None:
    client = Client()
    client.force_login(User.objects.create_user("viewer", "", "viewer"))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "You may not see this" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/admin/dashboard/team/", "Without a team only administrators see anything"),
        ("/admin/dashboard/queue/", "appear here by themselves"),
        ("/admin/dashboard/contact/", "import a list as CSV"),
        ("/admin/dashboard/pbx/", "tests the connection"),
        ("/admin/dashboard/board/", "Add a board"),
        ("/admin/dashboard/actionevent/", "No supervisor has done anything yet"),
        ("/admin/dashboard/screen/", "nothing here yet"),
        ("/admin/dashboard/team/?q=zzz", "Nothing matches"),
    ],
)
def test_an_empty_list_says_what_comes_next(administrator: Client, path: str, said: str) -> None:
    page = administrator.get(path).content.decode()
    assert said in page


def test_every_list_and_every_empty_form_opens_for_an_administrator(
    administrator: Client, pbx: Pbx, queues: list[Queue]
) -> None:
    """Also those of models that were added since: nobody may forget their rights or break their pages."""
    for model, page in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert administrator.get(base).status_code == 200, base
        assert administrator.get(f"{base}?q=x").status_code in {200, 302}, base
        if page.has_add_permission(administrator.get(base).wsgi_request):
            assert administrator.get(f"{base}add/").status_code == 200, base
