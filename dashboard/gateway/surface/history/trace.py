"""StatsTrace: what an agent did, in order."""

from typing import Any

from dashboard.gateway.engine import User
from dashboard.gateway.history import TraceEntry, TraceKind
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result, flag
from dashboard.gateway.surface.history.interval import spans

TITLES = {
    (TraceKind.LOGIN, True): "Přihlášení na ústřednu",
    (TraceKind.LOGIN, False): "Odhlášení z ústředny",
    (TraceKind.QUEUE, True): "Přihlášení do fronty",
    (TraceKind.QUEUE, False): "Odhlášení z fronty",
    (TraceKind.PAUSE, True): "Začátek pauzy",
    (TraceKind.PAUSE, False): "Konec pauzy",
    (TraceKind.RING_IN, True): "Začátek vyzvánění - Příchod",
    (TraceKind.RING_IN, False): "Konec vyzvánění - Příchod",
    (TraceKind.RING_OUT, True): "Začátek vyzvánění - Odchod",
    (TraceKind.RING_OUT, False): "Konec vyzvánění - Odchod",
    (TraceKind.CALL, True): "Začátek hovoru",
    (TraceKind.CALL, False): "Konec hovoru",
}
WANTED = {
    "all": frozenset(TraceKind),
    "call": frozenset({TraceKind.CALL, TraceKind.RING_IN, TraceKind.RING_OUT}),
    "pause": frozenset({TraceKind.PAUSE}),
    "queue": frozenset({TraceKind.QUEUE}),
    "login": frozenset({TraceKind.LOGIN}),
}


def trace(ask: Ask) -> Result:
    """One row where something began and one where it ended, the latter with its duration."""
    wanted = WANTED[values.one_of(ask, "trace", allowed=WANTED) or "all"]
    user = _user(ask, values.needed(ask, "user"))
    entries = ask.history.trace(user.id, spans(ask)) if user else []
    return [_row(ask, entry) for entry in entries if entry.kind in wanted and entry.at <= ask.floor.at]


def _user(ask: Ask, login: str) -> User | None:
    return next((user for user in ask.directory.users.values() if user.login == login), None)


def _row(ask: Ask, entry: TraceEntry) -> dict[str, Any]:
    is_start = entry.since_at is None
    event_id, event_title = _event(ask, entry)
    return {
        "time": ask.text(entry.at),
        "duration": 0
        if entry.since_at is None
        else ask.time.elapsed_s(since_at=entry.since_at, now_at=entry.at),
        "action_name": entry.kind.value,
        "action_start": flag(is_start),
        "action_title": TITLES[entry.kind, is_start],
        "event_id": event_id,
        "event_title": event_title,
    }


def _event(ask: Ask, entry: TraceEntry) -> tuple[str, str]:
    """What it was about. A call goes by its row number in StatsCalls; one that rings at a line by its call id."""
    if entry.kind is TraceKind.LOGIN:
        return "", ""
    if entry.kind is TraceKind.QUEUE:
        return str(entry.subject_id), ask.queue(entry.subject_id or 0).title
    if entry.kind is TraceKind.PAUSE:
        return str(entry.subject_id), ask.directory.pauses[entry.subject_id or 0].title
    if entry.call is None:
        raise ApiError(f"Záznam {entry.number} nepatří k žádnému hovoru")
    if entry.kind is TraceKind.RING_IN:
        return entry.call.id, entry.extension
    return str(entry.call.number), entry.call.customer
