"""What is kept in the database, and how it gets there."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from dashboard.boards.selectors import board_views
from dashboard.boards.services import overview_ensure
from dashboard.domain.privacy import Names, Numbers
from dashboard.models import Board, Pbx
from dashboard.pbx.client import access_token
from dashboard.polling.connection import connection_findings

pytestmark = pytest.mark.django_db


def stored_token() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM dashboard_pbx")
        return str(cursor.fetchone()[0])


def test_token_is_encrypted_in_the_table(pbx: Pbx) -> None:
    assert "f" * 40 not in stored_token()
    pbx.refresh_from_db()
    assert pbx.token == "f" * 40


def test_token_cannot_be_read_with_another_secret_key(pbx: Pbx, settings) -> None:
    settings.SECRET_KEY = "another one, which is long enough as well"
    assert Pbx.objects.get().token == ""
    (finding,) = connection_findings(Pbx.objects.get())
    assert "another SECRET_KEY" in finding.text


def test_time_zone_that_does_not_exist_is_refused_in_words(pbx: Pbx) -> None:
    pbx.timezone = "Europe/Brno"
    with pytest.raises(ValidationError, match="Europe/Prague"):
        pbx.full_clean()


@pytest.mark.parametrize("timezone", ["../etc/passwd", "", "Europe/Prague\n"])
def test_odd_time_zones_are_refused(pbx: Pbx, timezone: str) -> None:
    pbx.timezone = timezone
    with pytest.raises(ValidationError):
        pbx.full_clean()


def test_board_shows_all_polled_pbxs_unless_it_names_its_own(pbx: Pbx, overview: Board) -> None:
    Pbx.objects.create(slug="second", title="Druhá", base_url="http://127.0.0.1:2")
    Pbx.objects.create(slug="off", title="Vypnutá", base_url="http://127.0.0.1:3", is_enabled=False)
    assert set(board_views(overview)) == {"main", "second"}
    overview.all_pbxs = False
    overview.pbxs.add(pbx)
    assert set(board_views(overview)) == {"main"}


def test_board_of_a_pbx_that_is_deleted_shows_no_other(pbx: Pbx, overview: Board) -> None:
    Pbx.objects.create(slug="second", title="Druhá", base_url="http://127.0.0.1:2")
    overview.all_pbxs = False
    overview.pbxs.add(pbx)
    pbx.delete()
    assert board_views(overview) == {}


def test_board_masks_numbers_unless_told_otherwise(overview: Board) -> None:
    view = board_views(overview)["main"]
    assert (view.queue_ids, view.numbers, view.names, view.caller_names) == (
        None,
        Numbers.MASKED,
        Names.FULL,
        False,
    )


def test_board_with_queues_shows_none_of_a_pbx_that_it_does_not_name(pbx: Pbx, overview: Board) -> None:
    overview.queue_ids = {"elsewhere": ["1"]}
    assert board_views(overview)["main"].queue_ids == ()


def test_overview_is_made_once_and_left_as_it_was_changed(overview: Board) -> None:
    overview.title = "Brno"
    overview.save()
    assert overview_ensure().title == "Brno"


@pytest.fixture
def prepared(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PBX_URL, settings.PBX_LOGIN, settings.PBX_PASSWORD = "http://127.0.0.1:1", "api", "secret"
    return settings


def test_prepare_stores_only_the_token_of_the_pbx(prepared) -> None:
    call_command("prepare")
    pbx = Pbx.objects.get(slug="main")
    assert pbx.token == access_token("api", "secret")
    assert "secret" not in repr(vars(pbx)).replace(pbx.token, "")


def test_prepare_changes_the_pbx_but_not_what_was_set_in_the_administration(prepared) -> None:
    call_command("prepare")
    Pbx.objects.update(title="Brno", deadline_s=5)
    prepared.PBX_URL = "http://127.0.0.1:2"
    call_command("prepare")
    pbx = Pbx.objects.get(slug="main")
    assert (pbx.base_url, pbx.title, pbx.deadline_s) == ("http://127.0.0.1:2", "Brno", 5)


def test_prepare_makes_the_administrator_once(prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "eva")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "first password")
    call_command("prepare")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "second password")
    call_command("prepare")
    assert get_user_model().objects.get(username="eva").check_password("first password")


@pytest.mark.parametrize(
    ("missing", "named"),
    [("PBX_URL", "PBX_URL"), ("PBX_LOGIN", "PBX_LOGIN"), ("PBX_PASSWORD", "PBX_PASSWORD")],
)
def test_prepare_names_the_setting_that_is_missing(prepared, missing: str, named: str) -> None:
    setattr(prepared, missing, "")
    with pytest.raises(CommandError, match=named):
        call_command("prepare")


def test_demo_has_four_logins_whose_password_is_the_name(prepared) -> None:
    prepared.DEMO = True
    call_command("prepare")
    users = {user.username: user for user in get_user_model().objects.all()}
    assert set(users) == {"admin", "supervisor", "manager", "viewer"}
    assert all(user.check_password(name) for name, user in users.items())
    assert [name for name, user in users.items() if user.is_superuser] == ["admin"]
    assert users["supervisor"].groups.get().name == "supervisor"
