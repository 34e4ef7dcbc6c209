"""How a screen without a keyboard gets in: it shows a code, an administrator approves it, and it takes its key.

The waiting browser holds a secret of its own in a cookie; the code alone lets nobody in. A code works once and for ten minutes;
after the approval its browser has ten minutes to come for its key.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from dashboard.models import Board, Pairing, Playlist, Screen

CODE_LENGTH: Final = 6
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which look alike from a distance."""
LASTS: Final = timedelta(minutes=10)
SECRET_LASTS: Final = 2 * LASTS
"""How long the waiting browser has to keep its secret: approved at the last moment, it may come for its key at the last moment."""
TRIES: Final = 5
UNSEEN: Final[dict[str, Any]] = {
    "seen_at": None,
    "width": None,
    "height": None,
    "build": "",
    "sound": "",
    "last_error": "",
    "error_at": None,
}
"""What is known of a device that never came."""


class WrongCode(Exception):
    """No screen waits with this code."""


class NameTaken(Exception):
    """Another screen has this name."""


class Waiting(msgspec.Struct, frozen=True):
    """What a browser that waits has to know; `secret` goes into its cookie."""

    code: str
    secret: str


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """What the administrator chose for the screen."""

    code: str
    name: str
    board: Board | None
    playlist: Playlist | None
    language: str
    approved_by: str


def key_hash(secret: str) -> str:
    """By which a secret is found. It is random and long, so a plain hash gives nothing away."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def code_read(text: str) -> str:
    """The code as it is stored, from what somebody typed: blanks and dashes do not count, nor does the case."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def pairing_new() -> Waiting:
    """A code that waits; those that have expired are forgotten."""
    now = timezone.now()
    Pairing.objects.filter(expires_at__lt=now).delete()
    for _ in range(TRIES):
        waiting = Waiting(
            code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
            secret=secrets.token_urlsafe(32),
        )
        try:
            with transaction.atomic():
                Pairing.objects.create(
                    code=waiting.code,
                    key_hash=key_hash(waiting.secret),
                    made_at=now,
                    expires_at=now + LASTS,
                )
        except IntegrityError:  # another screen shows this code just now
            continue
        return waiting
    raise RuntimeError("No free pairing code was found.")


def pairing_of(secret: str) -> Pairing | None:
    """The pairing this browser waits for; None once it expired or was taken."""
    return (
        Pairing.objects.select_related("screen")
        .filter(key_hash=key_hash(secret), expires_at__gt=timezone.now())
        .first()
    )


def pairing_waiting(code: str) -> Pairing | None:
    """The screen that shows this code and was not approved yet."""
    return Pairing.objects.filter(code=code_read(code), expires_at__gt=timezone.now(), screen=None).first()


def pairing_approve(approval: Approval) -> Screen:
    """Let the screen in; its browser takes the key at its next question. Raises `WrongCode` and `NameTaken`."""
    now = timezone.now()
    try:
        with transaction.atomic():
            pairing = Pairing.objects.select_for_update().get(
                code=code_read(approval.code), expires_at__gt=now, screen=None
            )
            pairing.screen = _screen_let_in(approval, now)
            pairing.expires_at = now + LASTS
            pairing.save(update_fields=["screen", "expires_at"])
    except Pairing.DoesNotExist as exc:
        raise WrongCode from exc
    except IntegrityError as exc:
        raise NameTaken from exc
    return pairing.screen


def _screen_let_in(approval: Approval, now: datetime) -> Screen:
    """A new screen, or the one of this name that was revoked: its night stays, and what is announced on it."""
    # Locked in the order of `key_take`; and no browser that was approved for it before may come for its key now.
    Pairing.objects.filter(screen__name=approval.name, screen__revoked_at__isnull=False).delete()
    revoked = Screen.objects.select_for_update().filter(name=approval.name, revoked_at__isnull=False)
    values = UNSEEN | {
        "board": approval.board,
        "playlist": approval.playlist,
        "language": approval.language,
        # Nobody knows a secret with this hash; the browser's own takes its place when it comes for it.
        "key_hash": key_hash(secrets.token_urlsafe(32)),
        "paired_at": now,
        "paired_by": approval.approved_by,
        "revoked_at": None,
    }
    screen = revoked.first() or Screen(name=approval.name)
    for field, value in values.items():
        setattr(screen, field, value)
    screen.save()
    return screen


def key_take(secret: str) -> str | None:
    """The key of the screen that was approved for this browser, once; None while it still waits, or if it never did."""
    with transaction.atomic():
        pairing = (
            Pairing.objects.select_for_update(of=("self",))
            .filter(key_hash=key_hash(secret), expires_at__gt=timezone.now(), screen__isnull=False)
            .first()
        )
        if pairing is None or pairing.screen_id is None:
            return None
        key = secrets.token_urlsafe(32)
        Screen.objects.filter(pk=pairing.screen_id).update(key_hash=key_hash(key))
        pairing.delete()
    return key


def screen_pair_directly(*, name: str, playlist: Playlist) -> str:
    """A screen that is paired already, and its key; whoever had this name's key before is out. For the demonstration."""
    key = secrets.token_urlsafe(32)
    Screen.objects.update_or_create(
        name=name,
        defaults={
            "playlist": playlist,
            "key_hash": key_hash(key),
            "paired_at": timezone.now(),
            "paired_by": "",
            "revoked_at": None,
        },
    )
    return key
