"""An administrator who is no superuser, and people to look after."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from dashboard.access.roles import administrators_permit
from dashboard.models import Pbx, Queue, Team


@pytest.fixture(autouse=True)
def _static_files(settings, tmp_path: Path) -> None:
    """Pages are rendered without the manifest that `prepare` makes."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def roles(db: None) -> dict[str, Group]:
    """Tests that empty the database take the roles of the migration with them."""
    administrators_permit()
    names = ("viewer", "manager", "supervisor", "administrator")
    return {name: Group.objects.get_or_create(name=name)[0] for name in names}


@pytest.fixture
def ada(roles: dict[str, Group]) -> User:
    """In the role administrator, and nothing more."""
    user = User.objects.create_user("ada", "", "ada's password", is_staff=True)
    user.groups.add(roles["administrator"])
    return user


@pytest.fixture
def administrator(ada: User) -> Client:
    """Ada's browser."""
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root", "", "root's password")


@pytest.fixture
def superuser(root: User) -> Client:
    client = Client()
    client.force_login(root)
    return client


@pytest.fixture
def eva(roles: dict[str, Group]) -> User:
    """A supervisor, who may open the administration but has nothing to manage there."""
    user = User.objects.create_user(
        "eva", "", "eva's password", is_staff=True, first_name="Eva", last_name="Malá"
    )
    user.groups.add(roles["supervisor"])
    return user


@pytest.fixture
def supervisor(eva: User) -> Client:
    client = Client()
    client.force_login(eva)
    return client


@pytest.fixture
def pbx(db: None) -> Pbx:
    return Pbx.objects.create(slug="main", title="Ústředna", base_url="http://127.0.0.1:1", token="f" * 40)


@pytest.fixture
def queues(pbx: Pbx) -> list[Queue]:
    """Two that are there and one that is gone."""
    rows = [("1", "Prodej", False), ("2", "Servis", False), ("9", "Zrušená", True)]
    return [
        Queue.objects.create(pbx=pbx, queue_id=id_, title=title, is_gone=gone) for id_, title, gone in rows
    ]


@pytest.fixture
def sales(queues: list[Queue]) -> Team:
    team = Team.objects.create(name="Prodej Brno")
    team.queues.add(queues[0])
    return team
