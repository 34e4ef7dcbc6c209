"""A PBX with its webhooks, and everything that a webhook touches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.test import Client

from dashboard.contacts.process import process_close
from dashboard.contacts.services import hook_ensure
from dashboard.models import Contact, ContactNumber, Hook, Pbx
from dashboard.polling import nudge

CALLER = "777123456"
CANONICAL = "+420777123456"


@pytest.fixture(autouse=True)
def _fresh_process(redis_client: redis.Redis) -> Iterator[None]:
    """Connections and outages of one test are not those of the next."""
    process_close()
    yield
    process_close()


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
def hook(pbx: Pbx) -> Hook:
    return hook_ensure(pbx)


@pytest.fixture
def contact(db: None) -> Contact:
    contact = Contact.objects.create(name="Daktela s.r.o.", address="Pod Krejcarkem 975", note="Platí pozdě.")
    ContactNumber.objects.create(contact=contact, number=CANONICAL)
    return contact


class Door:
    """Calls the PBX's webhooks as its dialplan would."""

    def __init__(self, hook: Hook) -> None:
        self.address = f"/hooks/{hook.secret}/"
        self._client = Client(enforce_csrf_checks=True)

    def __call__(self, query: str, *, path: str = "") -> Any:
        """The answer to a GET whose query is sent exactly as it stands here."""
        answer = self._client.get(self.address + path, QUERY_STRING=query)
        assert answer.status_code == 200
        return answer.json()

    def post(self, body: str, *, content_type: str = "application/x-www-form-urlencoded") -> Any:
        answer = self._client.post(self.address, body, content_type=content_type)
        assert answer.status_code == 200
        return answer.json()


@pytest.fixture
def door(hook: Hook) -> Door:
    return Door(hook)


@pytest.fixture
def polls_asked(redis_client: redis.Redis) -> Callable[..., int]:
    """How many polls wait in Celery's queue, once there are as many as expected and a moment has passed."""

    def count(*, expected: int) -> int:
        until = time.monotonic() + 5
        while time.monotonic() < until and redis_client.llen("live") < expected:
            time.sleep(0.01)
        time.sleep(2 * nudge.APART_MS / 1000)
        return int(redis_client.llen("live"))

    return count
