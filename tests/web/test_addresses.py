"""Behind a proxy every limit counts the address that the proxy adds; those before it are the sender's own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import redis
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.contacts import guesses
from dashboard.views.api.door import GUESSES_AT_MOST
from dashboard.views.tv import CODES_AT_MOST
from wallboard import settings as site

pytestmark = pytest.mark.django_db

Attempt = Callable[[str], int]


@pytest.fixture(autouse=True)
def _behind_a_proxy(redis_client: redis.Redis, settings) -> None:
    """With counters that begin anew."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def webhook(forwarded: str) -> int:
    return Client().get("/hooks/guess/", HTTP_X_FORWARDED_FOR=forwarded).status_code


def token(forwarded: str) -> int:
    headers = {"authorization": "Bearer wb_guess", "x-forwarded-for": forwarded}
    return Client().get("/api/v1/queues", headers=headers).status_code


def code(forwarded: str) -> int:
    return Client().get("/tv/", HTTP_X_FORWARDED_FOR=forwarded).status_code


def login(forwarded: str) -> int:
    guess = {"username": "viewer", "password": "guess"}
    return Client().post("/accounts/login/", guess, HTTP_X_FORWARDED_FOR=forwarded).status_code


@pytest.mark.parametrize(
    ("attempt", "at_most"),
    [
        (webhook, guesses.AT_MOST),
        (token, 2 * GUESSES_AT_MOST),  # the minute may turn meanwhile
        (code, CODES_AT_MOST),
        (login, site.AXES_FAILURE_LIMIT),
    ],
)
def test_whoever_names_another_address_each_time_is_stopped_all_the_same(
    attempt: Attempt, at_most: int
) -> None:
    get_user_model().objects.create_user("viewer", "", "viewer")
    statuses = [attempt(f"203.0.113.{number}, 198.51.100.4") for number in range(at_most + 2)]
    assert statuses[0] != 429
    assert 429 in statuses
    assert attempt("203.0.113.1, 198.51.100.5") != 429  # somebody else's, though he is named alike
