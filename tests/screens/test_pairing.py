"""Pairing a screen: a code, an approval, a key; each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dashboard.models import Board, Pairing, Screen
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
from dashboard.screens.selectors import screen_of
from dashboard.screens.services import screen_revoke

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
