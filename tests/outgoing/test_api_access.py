"""The API for programs: who gets in, and what a token shows."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from dashboard.models import ApiToken
from dashboard.outgoing.tokens import token_revoke
from dashboard.views.api.door import AT_MOST, GUESSES_AT_MOST
from tests.outgoing.program import DAY, Program

pytestmark = pytest.mark.django_db


def test_a_token_shows_no_more_than_its_owner_sees(program: Program, monday: None) -> None:
    assert [queue["id"] for queue in program.read("queues")["queues"]] == ["4"]
    assert {call["queue"] for call in program.read(f"calls?{DAY}")["calls"]} == {"4"}
    for address in (
        f"figures?{DAY}&queue=main/5",
        f"calls?{DAY}&queue=main/5",
        f"calls?{DAY}&queue=main/999",
    ):
        assert program.get(address).status_code == 404
    assert b"Support" not in program.get("live").content


def test_without_a_valid_token_nobody_gets_in(
    client: Client, token: tuple[ApiToken, str], manager: User
) -> None:
    row, text = token
    assert client.get("/api/v1/queues").status_code == 401
    client.force_login(manager)
    assert client.get("/api/v1/queues").status_code == 401, "a session is no token"
    assert Program("wb_wrong").get("queues").status_code == 401
    row.expires_at = timezone.now() - timedelta(seconds=1)
    row.save()
    assert Program(text).get("queues").status_code == 401, "its time is over"
    row.expires_at = None
    row.save()
    assert Program(text).get("queues").status_code == 200
    token_revoke(row)
    assert Program(text).get("queues").status_code == 401, "it was revoked"


def test_an_owner_who_may_not_see_reports_reads_nothing(program: Program, manager: User) -> None:
    manager.user_permissions.clear()
    answer = program.get("queues")
    assert (answer.status_code, json.loads(answer.content)["error"]["code"]) == (403, "forbidden")


def test_an_owner_who_left_reads_nothing(program: Program, manager: User) -> None:
    manager.is_active = False
    manager.save()
    assert program.get("queues").status_code == 401


def test_only_a_digest_of_the_token_is_kept_and_when_it_was_used(
    program: Program, token: tuple[ApiToken, str]
) -> None:
    program.read("queues")
    row = ApiToken.objects.get()
    assert row.used_at is not None
    assert token[1] not in {row.digest, row.beginning, row.name}
    assert token[1].startswith(row.beginning)


def test_the_api_changes_nothing(token: tuple[ApiToken, str], client: Client) -> None:
    headers = {"authorization": f"Bearer {token[1]}"}
    for method in (client.post, client.put, client.delete, client.patch):
        assert method("/api/v1/queues", headers=headers).status_code == 405


def test_too_many_requests_are_told_to_wait(program: Program) -> None:
    statuses = [program.get("catalogue").status_code for _ in range(2 * AT_MOST + 2)]
    assert 429 in statuses
    assert "Retry-After" in program.get("catalogue").headers or statuses.count(200) <= 2 * AT_MOST


def test_tokens_cannot_be_guessed_without_end(program: Program) -> None:
    statuses = [Program("wb_guess").get("queues").status_code for _ in range(2 * GUESSES_AT_MOST + 2)]
    assert 429 in statuses
