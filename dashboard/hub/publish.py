"""Writes the live state and publishes it: the only place that does. One Lua script per commit."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

import msgspec

from dashboard.domain.diff import Delta
from dashboard.domain.rows import LiveState
from dashboard.hub.protocol import DeltaMessage, TickMessage, encode
from dashboard.hub.store import Standing, Store, script_text

LOG_LENGTH: Final = 120
TICK_DISTANCE_MS: Final = 900


class Committed(StrEnum):
    """How a commit ended. Only `DONE` wrote anything."""

    DONE = "done"
    LEASE_LOST = "lease"
    MOVED = "moved"


class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one poll. `epoch` differs from `base.epoch` when a new epoch begins; then there is no delta to send."""

    base: Standing
    epoch: str
    state: LiveState
    delta: Delta
    at: int
    source: bytes
    memory: bytes
    directory: bytes | None
    build: str

    @property
    def is_new_epoch(self) -> bool:
        return self.epoch != self.base.epoch

    @property
    def seq(self) -> int:
        """Where the store will be: one further if something changed, at 1 in a new epoch."""
        if self.is_new_epoch:
            return 1
        return self.base.seq + 1 if self.delta else self.base.seq


class _Snapshot(msgspec.Struct):
    epoch: str
    seq: int
    at: int
    state: LiveState


class Publisher:
    """Commits and ticks of one stream."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._commit = store.client.register_script(script_text("commit"))
        self._tick = store.client.register_script(script_text("tick"))

    def commit(self, commit: Commit, *, token: str) -> Committed:
        """Write and publish, if the lease is ours and the store is where the commit stands on."""
        keys = self._store.keys
        answer: Any = self._commit(
            keys=[keys.lease, keys.meta, keys.snapshot, keys.log, keys.memory, keys.directory],
            args=[token, *_place(commit), commit.at, *self._messages(commit), keys.channel, LOG_LENGTH],
        )
        return Committed(answer.decode())

    def tick(self, *, at: int, build: str) -> bool:
        """Publish a tick unless one went out just now or nothing was ever committed. True if published."""
        keys = self._store.keys
        return bool(
            self._tick(keys=[keys.meta], args=[keys.channel, self._store.stream, at, build, TICK_DISTANCE_MS])
        )

    def _messages(self, commit: Commit) -> list[bytes]:
        """Snapshot, delta, tick, source, memory and directory, in the script's order."""
        has_news = bool(commit.delta) or commit.is_new_epoch
        snapshot = _Snapshot(epoch=commit.epoch, seq=commit.seq, at=commit.at, state=commit.state)
        tick = TickMessage(
            stream=self._store.stream,
            epoch=commit.epoch,
            seq=commit.seq,
            at=commit.at,
            build=commit.build,
            source=msgspec.Raw(commit.source),
        )
        return [
            encode(snapshot) if has_news else b"",
            encode(self._delta(commit)) if commit.delta and not commit.is_new_epoch else b"",
            encode(tick),
            commit.source,
            commit.memory,
            commit.directory or b"",
        ]

    def _delta(self, commit: Commit) -> DeltaMessage:
        return DeltaMessage(
            stream=self._store.stream,
            epoch=commit.epoch,
            prev=commit.base.seq,
            seq=commit.seq,
            at=commit.at,
            changed=commit.delta.changed,
            removed=commit.delta.removed,
        )


def _place(commit: Commit) -> list[str | int]:
    return [commit.base.epoch, commit.base.seq, commit.base.turn, commit.epoch, commit.seq]
