"""Pictures of boards: what is taken, from whom, and how it is given."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dashboard.models import Picture

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def upload(client: Client, content: bytes, name: str = "logo.png") -> tuple[int, dict[str, str]]:
    answer = client.post("/boards/pictures/", {"picture": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else {}


def test_picture_comes_back_as_it_was_and_nothing_in_it_runs(admin: Client) -> None:
    status, answer = upload(admin, PNG)
    assert status == 200
    given = Client().get(f"/boards/pictures/{answer['key']}/")
    assert given.content == PNG
    assert given["Content-Type"] == "image/png"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no PNG"),
        (b"<html><script>alert(1)</script>", "no PNG"),
        (b"", "no PNG"),
        (PNG + b"\0" * 1_000_000, "KB"),
    ],
    ids=["svg", "html", "empty", "large"],
)
def test_what_is_no_small_picture_is_refused_in_words(admin: Client, content: bytes, said: str) -> None:
    status, answer = upload(admin, content)
    assert status == 400
    assert said in answer["error"] or (content == b"" and "file" in answer["error"])
    assert Picture.objects.count() == 0


def test_only_who_may_change_boards_uploads(client: Client) -> None:
    assert client.post("/boards/pictures/").status_code == 302
    client.force_login(get_user_model().objects.create_user("viewer"))
    assert upload(client, PNG)[0] == 403
    assert Picture.objects.count() == 0


def test_unknown_key_is_not_found(client: Client) -> None:
    assert client.get("/boards/pictures/0123456789abcdef/").status_code == 404
