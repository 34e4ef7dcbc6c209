"""Webhooks in the administration: the lines to paste, a new secret, the CRM."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from dashboard.contacts.services import hook_ensure
from dashboard.models import Hook, Pbx

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "", "admin"))
    return client


def text_of(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return unescape(page.content.decode())


def test_page_of_a_pbx_shows_the_four_lines_to_paste(admin: Client, pbx: Pbx) -> None:
    text = text_of(admin, f"/admin/dashboard/pbx/{pbx.pk}/change/")
    address = f"http://testserver/hooks/{Hook.objects.get().secret}/"
    rest = "callerId=${CALLERID(num)}&calleeId=${FROM_DID}&line=${REAL_EXTEN}&idcall=${ID_CALL}"
    assert f'AGI(notify_crm_api.agi,"{address}?callid=${{CALLERID(num)}}&dnd=${{FROM_DID}}","CRMAPI")' in text
    for action in ("ringing", "answer", "hangup"):
        assert f'AGI(notify_crm_api.agi,"{address}?{rest}&action={action}","CRMAPI")' in text


def test_lines_have_the_public_address_where_one_is_set(admin: Client, hook: Hook, settings) -> None:
    settings.PUBLIC_URL = "https://board.example.com"
    for path in (f"/admin/dashboard/pbx/{hook.pk}/change/", f"/admin/dashboard/hook/{hook.pk}/change/"):
        text = text_of(admin, path)
        assert f"https://board.example.com/hooks/{hook.secret}/?callid=" in text
        assert "testserver/hooks" not in text


def test_page_of_a_new_pbx_has_no_lines_yet(admin: Client) -> None:
    assert "when the PBX is saved" in text_of(admin, "/admin/dashboard/pbx/add/")


@pytest.mark.parametrize("right", ["view_pbx", "change_pbx", "view_hook"])
def test_secret_is_shown_only_to_those_who_may_change_webhooks(
    client: Client, hook: Hook, right: str
) -> None:
    user = get_user_model().objects.create_user("eva", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[right, "view_pbx"]))
    client.force_login(user)
    assert hook.secret not in text_of(client, f"/admin/dashboard/pbx/{hook.pk}/change/")
    assert client.get(f"/admin/dashboard/hook/{hook.pk}/change/").status_code == 403


def test_new_secret_is_made_by_a_form_with_its_token_and_not_by_a_link(admin: Client, hook: Hook) -> None:
    path = f"/admin/dashboard/hook/{hook.pk}/renew/"
    assert path in text_of(admin, f"/admin/dashboard/hook/{hook.pk}/change/")
    assert admin.get(path).status_code == 405
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = admin.cookies
    assert careful.post(path).status_code == 403
    assert Hook.objects.get().secret == hook.secret
    page = admin.post(path, follow=True)
    assert "secret is new" in page.content.decode()
    assert Hook.objects.get().secret != hook.secret


def test_new_secret_is_refused_to_those_who_may_not(client: Client, hook: Hook) -> None:
    client.force_login(get_user_model().objects.create_user("eva", is_staff=True))
    assert client.post(f"/admin/dashboard/hook/{hook.pk}/renew/").status_code == 403


def test_secret_of_another_secret_key_is_not_shown_and_the_pages_stay_usable(
    admin: Client, hook: Hook, settings
) -> None:
    session = admin.cookies
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one, which is long enough as well"
    admin.cookies = session
    text = text_of(admin, f"/admin/dashboard/hook/{hook.pk}/change/")
    assert "another SECRET_KEY" in text
    assert "AGI(" not in text
    assert Client().get(f"/hooks/{hook.secret}/").status_code == 200


def test_address_of_a_crm_is_checked_and_kept_encrypted(admin: Client, hook: Hook) -> None:
    path = f"/admin/dashboard/hook/{hook.pk}/change/"
    page = admin.post(path, {"crm_url": "ftp://crm.example.com/{number}"})
    assert "must begin with http" in page.content.decode()
    url = "https://crm.example.com/caller?number={number}&key=s3cret"
    assert admin.post(path, {"crm_url": url}).status_code == 302
    assert Hook.objects.get().crm_url == url
    stored = Hook.objects.extra(select={"raw": "crm_url"}).values_list("raw", flat=True).get()
    assert "s3cret" not in stored


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.example.com:8443/caller?number={number}&key=s3cret",
        "https://eva:s3cret@crm.example.com:8443/{number}",
        "https://crm.example.com:8443/s3cret/{number}",
    ],
)
def test_stored_address_of_a_crm_is_shown_without_login_and_key(admin: Client, hook: Hook, url: str) -> None:
    path = f"/admin/dashboard/hook/{hook.pk}/change/"
    admin.post(path, {"crm_url": url})
    text = text_of(admin, path)
    assert "https://crm.example.com:8443/…" in text
    assert "s3cret" not in text
    assert "s3cret" not in text_of(admin, f"/admin/dashboard/hook/{hook.pk}/history/")


def test_address_of_a_crm_is_kept_when_left_empty_and_forgotten_when_asked_to(
    admin: Client, hook: Hook
) -> None:
    path = f"/admin/dashboard/hook/{hook.pk}/change/"
    url = "https://crm.example.com/caller?number={number}&key=s3cret"
    admin.post(path, {"crm_url": url})
    assert admin.post(path, {"crm_url": ""}).status_code == 302
    assert Hook.objects.get().crm_url == url
    assert "not both" in admin.post(path, {"crm_url": url, "crm_forget": "on"}).content.decode()
    assert admin.post(path, {"crm_url": "", "crm_forget": "on"}).status_code == 302
    assert Hook.objects.get().crm_url == ""


def test_hooks_are_neither_added_nor_deleted_by_hand(admin: Client, hook: Hook) -> None:
    assert admin.get("/admin/dashboard/hook/add/").status_code == 403
    assert admin.get(f"/admin/dashboard/hook/{hook.pk}/delete/").status_code == 403


def test_pbx_with_webhooks_can_be_deleted(pbx: Pbx) -> None:
    hook_ensure(pbx)
    pbx.delete()
    assert not Hook.objects.exists()
