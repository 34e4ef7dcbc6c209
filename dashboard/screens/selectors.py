"""Which screen it is, what it may show, and how the fleet is."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any, Final

import msgspec
from django.utils import timezone

from dashboard.models import Board, Holiday, Screen
from dashboard.screens.pairing import key_hash

SEEN_WITHIN: Final = timedelta(seconds=45)
"""Open sockets are noted every 15 s; who missed three is not there."""
HOLIDAYS_AHEAD: Final = timedelta(days=60)


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One board's turn on a screen; `weekdays` empty: every day; hours as HH:MM in the call centre's zone, None: all day."""

    board: str
    seconds: int
    weekdays: list[str]
    starts: str | None
    ends: str | None
    holidays: str


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """What a screen shows and when, for the browser that carries it out."""

    turns: list[Turn]
    jumps_on_critical: bool
    blank_from: str | None
    blank_until: str | None
    shifts_pixels: bool
    holidays: list[str]


def screen_of(key: str) -> Screen | None:
    """The screen with this key; None if it was revoked or never paired."""
    if not key:
        return None
    return (
        Screen.objects.select_related("board", "playlist")
        .filter(key_hash=key_hash(key), revoked_at=None)
        .first()
    )


def screens_by_key(hashes: Collection[str]) -> dict[str, Screen]:
    """The screens that may still be on, by the hash of their key."""
    rows = Screen.objects.select_related("board", "playlist").filter(key_hash__in=hashes, revoked_at=None)
    return {screen.key_hash: screen for screen in rows}


def boards_of_screen(screen: Screen) -> list[Board]:
    """The boards the screen may show at any time, each once."""
    if screen.playlist is not None:
        entries = screen.playlist.entries.select_related("board")
        return list({entry.board_id: entry.board for entry in entries}.values())
    return [screen.board] if screen.board is not None else []


def programme_of(screen: Screen) -> Programme:
    """When the screen shows which of its boards."""
    today = timezone.localdate()
    holidays = Holiday.objects.filter(day__gte=today - timedelta(days=1), day__lte=today + HOLIDAYS_AHEAD)
    playlist = screen.playlist
    return Programme(
        turns=_turns(screen),
        jumps_on_critical=playlist is not None and playlist.jumps_on_critical,
        blank_from=_hour(screen.blank_from),
        blank_until=_hour(screen.blank_until),
        shifts_pixels=screen.shifts_pixels,
        holidays=[f"{holiday.day:%Y-%m-%d}" for holiday in holidays],
    )


def programme_revision(screen: Screen) -> str:
    """Changes whenever the page of the screen has to be laid out anew."""
    boards = {board.slug: [board.look, _own_pbxs(board)] for board in boards_of_screen(screen)}
    text = msgspec.json.encode([screen.name, screen.language, programme_of(screen), boards])
    return hashlib.sha256(text).hexdigest()[:12]


def _own_pbxs(board: Board) -> list[str] | None:
    """None: all that are polled. The page notices by itself which those are, but not that there is none left."""
    return None if board.all_pbxs else sorted(board.pbxs.values_list("slug", flat=True))


def _turns(screen: Screen) -> list[Turn]:
    if screen.playlist is None:
        boards = boards_of_screen(screen)
        return [
            Turn(board=board.slug, seconds=3600, weekdays=[], starts=None, ends=None, holidays="also")
            for board in boards
        ]
    return [
        Turn(
            board=entry.board.slug,
            seconds=entry.seconds,
            weekdays=entry.weekdays,
            starts=_hour(entry.starts),
            ends=_hour(entry.ends),
            holidays=entry.holidays,
        )
        for entry in screen.playlist.entries.select_related("board")
    ]


def _hour(value: time | None) -> str | None:
    return None if value is None else f"{value:%H:%M}"


def is_on(screen: Screen, *, now: datetime | None = None) -> bool:
    """Whether its socket was open just now."""
    return screen.seen_at is not None and (now or timezone.now()) - screen.seen_at < SEEN_WITHIN


def screens_off() -> list[Screen]:
    """Screens that should be on and are not."""
    limit = timezone.now() - SEEN_WITHIN
    rows: Any = Screen.objects.filter(revoked_at=None).exclude(seen_at__gte=limit)
    return list(rows)
