"""Who is still logged in through the session with which a socket was opened."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare


class Login(msgspec.Struct, frozen=True):
    """Through which session and as which user a socket was opened."""

    session_key: str
    user_id: int


def users_logged_in(logins: Collection[Login]) -> dict[Login, AbstractBaseUser]:
    """The active users whose sessions still hold; the others are absent. Two queries for all of them.

    A session ends, expires, or is void because the password was changed since.
    """
    keys = {login.session_key for login in logins}
    sessions = {
        session.session_key: session
        for session in Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    }
    users = get_user_model().objects.in_bulk({login.user_id for login in logins})
    return {
        login: user
        for login in logins
        if (session := sessions.get(login.session_key)) is not None
        and (user := users.get(login.user_id)) is not None
        and user.is_active
        and _is_of(session, user)
    }


def _is_of(session: Session, user: AbstractBaseUser) -> bool:
    """As Django asks at each request: whether the session was made for this user's password of today."""
    kept = session.get_decoded()
    if str(kept.get(SESSION_KEY)) != str(user.pk):
        return False
    shown = str(kept.get(HASH_SESSION_KEY, ""))
    valid = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(shown, one) for one in valid)
