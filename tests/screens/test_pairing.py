"""Pairing a screen: a code, an approval, a key; each once."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone

from dashboard.models import Announcement, Board, Pairing, Screen
from dashboard.screens.pairing import (
    ALPHABET,
    Approval,
    NameTaken,
    WrongCode,
    key_hash,
    key_take,
    pairing_approve,
    pairing_new,
    pairing_of,
    pairing_waiting,
)
from dashboard.screens.selectors import is_on, screen_of
from dashboard.screens.services import screen_revoke, screens_seen

pytestmark = pytest.mark.django_db


def approval(code: str, *, name: str = "Hall", board: Board | None = None) -> Approval:
    return Approval(code=code, name=name, board=board, playlist=None, language="", approved_by="admin")


def test_a_code_has_six_signs_that_cannot_be_mistaken() -> None:
    code = pairing_new().code
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01ILO")


def test_an_approved_browser_takes_its_key_once() -> None:
    waiting = pairing_new()
    assert key_take(waiting.secret) is None
    screen = pairing_approve(approval(waiting.code))
    key = key_take(waiting.secret)
    assert key is not None
    assert screen_of(key) == screen
    assert key_take(waiting.secret) is None


def test_what_is_stored_does_not_let_anybody_in() -> None:
    waiting = pairing_new()
    pairing_approve(approval(waiting.code))
    key = key_take(waiting.secret) or ""
    stored = Screen.objects.get().key_hash
    assert stored == key_hash(key)
    assert screen_of(stored) is None


def test_the_code_alone_gives_no_key() -> None:
    waiting = pairing_new()
    pairing_approve(approval(waiting.code))
    assert key_take(waiting.code) is None


def test_a_code_is_read_however_it_is_typed() -> None:
    waiting = pairing_new()
    typed = f" {waiting.code[:3].lower()}-{waiting.code[3:].lower()} "
    assert pairing_waiting(typed) is not None


def test_a_code_works_once() -> None:
    waiting = pairing_new()
    pairing_approve(approval(waiting.code))
    with pytest.raises(WrongCode):
        pairing_approve(approval(waiting.code, name="Another"))
    assert Screen.objects.count() == 1


def test_a_code_expires_for_the_administrator_and_for_the_browser() -> None:
    waiting = pairing_new()
    Pairing.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert pairing_of(waiting.secret) is None
    with pytest.raises(WrongCode):
        pairing_approve(approval(waiting.code))
    pairing_new()
    assert not Pairing.objects.filter(code=waiting.code).exists()


def test_an_approval_that_was_not_fetched_in_time_lets_nobody_in() -> None:
    waiting = pairing_new()
    pairing_approve(approval(waiting.code))
    Pairing.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert key_take(waiting.secret) is None


def test_a_browser_may_fetch_what_was_approved_in_the_last_second() -> None:
    waiting = pairing_new()
    Pairing.objects.update(expires_at=timezone.now() + timedelta(seconds=1))
    pairing_approve(approval(waiting.code))
    assert Pairing.objects.get().expires_at > timezone.now() + timedelta(minutes=9)
    assert pairing_of(waiting.secret) is not None


def test_two_screens_cannot_have_one_name() -> None:
    pairing_approve(approval(pairing_new().code))
    second = pairing_new()
    with pytest.raises(NameTaken):
        pairing_approve(approval(second.code))
    assert pairing_waiting(second.code) is not None


def test_a_revoked_screen_is_out() -> None:
    waiting = pairing_new()
    screen = pairing_approve(approval(waiting.code))
    key = key_take(waiting.secret) or ""
    screen_revoke(screen)
    assert screen_of(key) is None


def revoked(*, name: str = "Hall") -> tuple[Screen, str]:
    """A screen that was in and is shut out, and the key it had."""
    waiting = pairing_new()
    screen = pairing_approve(approval(waiting.code, name=name))
    key = key_take(waiting.secret) or ""
    screens_seen([key_hash(key)])
    screen_revoke(screen)
    return screen, key


def test_a_revoked_screen_is_let_in_again_under_its_name() -> None:
    before, old_key = revoked()
    waiting = pairing_new()
    board = Board.objects.create(slug="sales", title="Sales")
    screen = pairing_approve(approval(waiting.code, board=board))
    assert screen.pk == before.pk
    assert screen_of(old_key) is None
    key = key_take(waiting.secret) or ""
    again = screen_of(key)
    assert again is not None
    assert (again.pk, again.board, again.revoked_at) == (before.pk, board, None)
    assert screen_of(old_key) is None


def test_a_screen_that_is_let_in_again_keeps_its_night_and_its_announcements() -> None:
    before, _key = revoked()
    Screen.objects.update(blank_from=time(22), blank_until=time(6), shifts_pixels=False)
    told = Announcement.objects.create(text="Meeting", everywhere=False, starts_at=timezone.now())
    told.screens.add(before)
    pairing_approve(approval(pairing_new().code))
    screen = Screen.objects.get()
    assert (screen.blank_from, screen.blank_until, screen.shifts_pixels) == (time(22), time(6), False)
    assert list(told.screens.all()) == [screen]


def test_what_the_device_before_said_of_itself_is_not_told_of_the_next() -> None:
    revoked()
    Screen.objects.update(
        width=1920, height=1080, build="old", sound="allowed", last_error="x", error_at=timezone.now()
    )
    paired_at = Screen.objects.get().paired_at
    pairing_approve(approval(pairing_new().code))
    screen = Screen.objects.get()
    assert not is_on(screen), "it has not come for its key yet"
    assert (screen.width, screen.height, screen.build, screen.sound) == (None, None, "", "")
    assert (screen.last_error, screen.error_at) == ("", None)
    assert screen.paired_at > paired_at


def test_a_revoked_name_is_given_again_only_once() -> None:
    revoked()
    pairing_approve(approval(pairing_new().code))
    with pytest.raises(NameTaken):
        pairing_approve(approval(pairing_new().code))
    assert Screen.objects.count() == 1


def test_a_browser_that_was_approved_before_the_screen_was_revoked_does_not_get_its_new_key() -> None:
    late = pairing_new()
    screen_revoke(pairing_approve(approval(late.code)))
    waiting = pairing_new()
    screen = pairing_approve(approval(waiting.code))
    assert key_take(late.secret) is None
    assert screen_of(key_take(waiting.secret) or "") == screen


def test_a_revoked_screen_of_another_name_stays_out() -> None:
    revoked(name="Door")
    pairing_approve(approval(pairing_new().code))
    assert Screen.objects.get(name="Door").revoked_at is not None
