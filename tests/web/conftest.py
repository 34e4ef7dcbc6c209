"""People and boards for the tests of pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.boards.services import overview_ensure
from dashboard.models import Board, Pbx, Team


@pytest.fixture(autouse=True)
def _static_files(settings, tmp_path: Path) -> None:
    """Pages are rendered without the manifest that `prepare` makes."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def pbx(db: None) -> Pbx:
    return Pbx.objects.create(slug="main", title="Ústředna", base_url="http://127.0.0.1:1", token="f" * 40)


@pytest.fixture
def overview(pbx: Pbx) -> Board:
    return overview_ensure()


@pytest.fixture
def viewer(db: None, client: Client) -> Client:
    """A browser in which a viewer is logged in."""
    user = get_user_model().objects.create_user("viewer", "", "viewer")
    Team.objects.create(name="Everyone", all_queues=True).members.add(user)
    client.force_login(user)
    return client


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "", "admin"))
    return client
