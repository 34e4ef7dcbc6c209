"""Whose sockets stay open: the sweep asks what Django asks at each request."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from dashboard.consumers.sessions import Login, users_logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva() -> User:
    return User.objects.create_user("eva", "", "eva's password")


@pytest.fixture
def login(eva: User) -> Login:
    """That of an open socket."""
    client = Client()
    client.force_login(eva)
    key = client.session.session_key
    assert key is not None
    return Login(key, eva.pk)


def test_a_user_who_is_logged_in_keeps_the_socket(eva: User, login: Login) -> None:
    assert users_logged_in({login}) == {login: eva}


def test_a_changed_password_ends_the_sockets_that_were_open(eva: User, login: Login) -> None:
    eva.set_password("another password")
    eva.save()
    assert Session.objects.filter(session_key=login.session_key).exists()
    assert users_logged_in({login}) == {}


def test_a_key_that_was_replaced_still_holds_while_it_is_named(login: Login, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert set(users_logged_in({login})) == {login}
    settings.SECRET_KEY_FALLBACKS = []
    assert users_logged_in({login}) == {}


def test_a_session_of_somebody_else_is_nobodys(login: Login) -> None:
    other = User.objects.create_user("jan", "", "jan's password")
    assert users_logged_in({Login(login.session_key, other.pk)}) == {}


def test_a_locked_user_and_one_who_logged_out_lose_the_socket(eva: User, login: Login) -> None:
    eva.is_active = False
    eva.save()
    assert users_logged_in({login}) == {}
    eva.is_active = True
    eva.save()
    Session.objects.all().delete()
    assert users_logged_in({login}) == {}
