"""Who is still logged in through the session with which a socket was opened."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.utils import timezone


class Login(msgspec.Struct, frozen=True):
    """Through which session and as which user a socket was opened."""

    session_key: str
    user_id: int


def users_logged_in(logins: Collection[Login]) -> dict[Login, AbstractBaseUser]:
    """The active users whose sessions have neither ended nor expired; the others are absent. Two queries for all of them."""
    keys = {login.session_key for login in logins}
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    users = get_user_model().objects.in_bulk({login.user_id for login in logins})
    return {
        login: user
        for login in logins
        if login.session_key in alive and (user := users.get(login.user_id)) is not None and user.is_active
    }
