"""Roles: what each may do, in words; the four that the site knows stay as they are."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]


def test_administrator_reads_roles_and_cannot_change_them(
    administrator: Client, roles: dict[str, Group]
) -> None:
    page = administrator.get("/admin/auth/group/").content.decode()
    assert "Each act is recorded" in page
    group = roles["administrator"]
    everything = [permission.pk for permission in Permission.objects.all()]
    data = {"name": "administrator", "permissions": everything}
    assert administrator.post(f"/admin/auth/group/{group.pk}/change/", data).status_code == 403
    assert (
        administrator.post("/admin/auth/group/add/", {"name": "root", "permissions": everything}).status_code
        == 403
    )


def test_the_rights_of_a_role_are_said_in_words_and_kept(superuser: Client) -> None:
    log_entries = Permission.objects.get(codename="view_logentry")
    group = Group.objects.create(name="night shift")
    group.permissions.add(log_entries)
    address = f"/admin/auth/group/{group.pk}/change/"
    page = superuser.get(address, headers={"accept-language": "cs"}).content.decode()
    assert "Poslech" in page
    assert re.search(r">\s*Pauza\s*<", page), "two actions share this right"
    assert "Otevřít stránku supervize" in page
    assert "Can add" not in page
    assert "Can view log entry" not in superuser.get("/admin/auth/group/add/").content.decode()
    listening = Permission.objects.get(codename="act_monitoring")
    boards = Permission.objects.get(codename="view_board")
    wanted = [listening.pk, boards.pk, log_entries.pk]
    assert superuser.post(address, {"name": "night shift", "permissions": wanted}).status_code == 302
    assert sorted(group.permissions.values_list("pk", flat=True)) == sorted(wanted)


def test_even_a_superuser_neither_renames_nor_deletes_the_four_roles(
    superuser: Client, roles: dict[str, Group]
) -> None:
    for group in roles.values():
        superuser.post(f"/admin/auth/group/{group.pk}/change/", {"name": "other"})
        assert superuser.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"}).status_code == 403
        group.refresh_from_db()
    assert sorted(group.name for group in roles.values()) == sorted(roles)
