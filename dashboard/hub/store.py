"""The live state in Redis: keys, lease and reading. Writing is `publish.py`'s alone."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

import msgspec
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from dashboard.domain.rows import SCHEMA_VERSION, LiveState
from dashboard.domain.source import Source

LEASE_MS: Final = 4_000
"""How long a poller that dies keeps others out."""


class Keys(msgspec.Struct, frozen=True):
    """The Redis keys of one stream; they carry the schema version, so that two versions never read each other's rows."""

    lease: str
    nudge: str
    meta: str
    snapshot: str
    log: str
    memory: str
    directory: str
    channel: str


def keys_of(stream: str) -> Keys:
    prefix = f"wallboard:{SCHEMA_VERSION}:{{{stream}}}:"
    return Keys(*(prefix + name for name in Keys.__struct_fields__))


def script_text(name: str) -> str:
    """The Lua source of the script `lua/<name>.lua`."""
    return files("dashboard.hub").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")


def connect(url: str) -> redis.Redis:
    """A client for pollers: gives up after seconds rather than minutes, and leaves retrying to the next poll."""
    return redis.Redis.from_url(
        url, socket_timeout=5, socket_connect_timeout=2, health_check_interval=15, retry=Retry(NoBackoff(), 1)
    )


class Standing(msgspec.Struct, frozen=True):
    """Where the store is: `turn` counts commits, also those that changed nothing. An empty store has epoch ""."""

    epoch: str
    seq: int
    turn: int


class Loaded(msgspec.Struct, frozen=True):
    """The store's content; `state` is None if there is no (readable) snapshot."""

    state: LiveState | None
    memory: bytes | None
    directory: bytes | None


class _TypedSnapshot(msgspec.Struct):
    epoch: str
    seq: int
    state: LiveState


_snapshot_decoder: Final = msgspec.json.Decoder(_TypedSnapshot)


class Store:
    """Lease and reading side of one stream, for pollers. Raises `redis.RedisError` when the server does not answer."""

    def __init__(self, client: redis.Redis, *, stream: str) -> None:
        self.stream = stream
        self.keys = keys_of(stream)
        self.client = client
        self._acquire = client.register_script(script_text("acquire"))
        self._renew = client.register_script(script_text("renew"))
        self._release = client.register_script(script_text("release"))

    def lease_acquire(self, token: str) -> Standing | int:
        """The store's standing if the lease is now ours, else the milliseconds for which somebody else still has it."""
        answer: Any = self._acquire(keys=[self.keys.lease, self.keys.meta], args=[token, LEASE_MS])
        if not answer[0]:
            return int(answer[1])
        return Standing(epoch=answer[1].decode(), seq=answer[2], turn=answer[3])

    def lease_renew(self, token: str) -> bool:
        """False if the lease is lost."""
        return bool(self._renew(keys=[self.keys.lease], args=[token, LEASE_MS]))

    def lease_release(self, token: str) -> bool:
        """True if somebody asked for one more poll meanwhile: then the lease is still ours."""
        return bool(self._release(keys=[self.keys.lease, self.keys.nudge], args=[token, LEASE_MS]))

    def lease_drop(self, token: str) -> None:
        """Give the lease back, whether or not somebody asked for more."""
        self._release(keys=[self.keys.lease, self.keys.nudge], args=[token, 1])

    def nudge(self) -> None:
        """Ask whoever polls now to poll once more. Forgotten after a lease's time."""
        self.client.set(self.keys.nudge, b"1", px=LEASE_MS)

    def load(self) -> Loaded:
        """State, the poller's memory and its directory. Rows of another shape count as none."""
        keys = self.keys
        values: Any = self.client.mget([keys.snapshot, keys.memory, keys.directory])
        try:
            state = _snapshot_decoder.decode(values[0]).state if values[0] else None
        except msgspec.DecodeError:
            state = None
        return Loaded(state=state, memory=values[1], directory=values[2])


def ticked_at(client: redis.Redis, *, stream: str) -> int | None:
    """When the stream's last tick went out (our clock, ms); None if there never was one."""
    value: Any = client.hget(keys_of(stream).meta, "ticked_at")
    return int(value) if value else None


def source_of(client: redis.Redis, *, stream: str) -> Source | None:
    """What the stream's last tick told of its endpoints; None if there never was one, or another version wrote it."""
    value: Any = client.hget(keys_of(stream).meta, "source")
    try:
        return msgspec.json.decode(value, type=Source) if value else None
    except msgspec.DecodeError:
        return None
