"""The messages between poller, server and browser: JSON text, version 1. `docs/protocol.md` describes them."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from dashboard.domain.diff import Delta, PlainRow, PlainState
from dashboard.domain.outside_json import holds_nul, is_too_deep

PROTOCOL_VERSION: Final = 1
INBOUND_LIMIT_BYTES: Final = 16_384

CLOSE_COME_BACK: Final = 1000
"""Not one of ours: the page opens another socket, which is asked for its right anew."""
CLOSE_LOG_IN: Final = 4001
CLOSE_REVOKED: Final = 4003
CLOSE_TOO_SLOW: Final = 4008
CLOSE_TOO_OLD: Final = 4010


class ProtocolError(Exception):
    """A message that cannot be read; the text says why and is safe to show."""


class Held(msgspec.Struct, frozen=True):
    """Where a browser stands in one stream."""

    epoch: str
    seq: int
    view: str


class Hello(msgspec.Struct, frozen=True, tag_field="t", tag="hello"):
    """First message of a browser: what it still holds, per stream."""

    v: int
    streams: dict[str, Held] = {}


class Ack(msgspec.Struct, frozen=True, tag_field="t", tag="ack"):
    """The browser has drawn everything up to `seq`."""

    stream: str
    seq: int


class Resync(msgspec.Struct, frozen=True, tag_field="t", tag="resync"):
    """The browser missed something and asks for a snapshot."""

    stream: str


class Report(msgspec.Struct, frozen=True, tag_field="t", tag="report"):
    """What a screen says of itself: size in CSS pixels, version, whether it may make sound, and its last error."""

    width: int
    height: int
    build: str = ""
    sound: str = ""
    error: str = ""


Inbound = Hello | Ack | Resync | Report
_inbound: Final[msgspec.json.Decoder[Inbound]] = msgspec.json.Decoder(Hello | Ack | Resync | Report)


def inbound_decode(text: str | bytes) -> Inbound | None:
    """The browser's message; None for a kind this version does not know. Raises `ProtocolError`."""
    if len(text) > INBOUND_LIMIT_BYTES:
        raise ProtocolError("the message is too long")
    body = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    if is_too_deep(body):
        raise ProtocolError("the message is nested too deeply")
    if holds_nul(body):
        raise ProtocolError("the message has the character U+0000 in it")
    try:
        return _inbound.decode(body)
    except msgspec.ValidationError as exc:
        if "Invalid value" in str(exc) and "$.t" in str(exc):
            return None
        raise ProtocolError("the message has a wrong shape") from exc
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise ProtocolError("the message is not JSON") from exc


class _Message(msgspec.Struct, kw_only=True, omit_defaults=False):
    v: int = PROTOCOL_VERSION
    t: str


class DeltaMessage(_Message, kw_only=True, rename={"changed": "set", "removed": "del"}):
    """Changes from `prev` to `seq`. Between poller and server these are the store's numbers, towards a browser its view's."""

    t: Literal["delta"] = "delta"
    stream: str
    epoch: str
    prev: int
    seq: int
    at: int
    changed: dict[str, dict[str, PlainRow]] = {}
    removed: dict[str, list[str]] = {}

    @property
    def delta(self) -> Delta:
        return Delta(changed=self.changed, removed=self.removed)


class TickMessage(_Message, kw_only=True):
    """Proof of life; `source` says how fresh each endpoint is."""

    t: Literal["tick"] = "tick"
    stream: str
    epoch: str
    seq: int
    at: int
    build: str
    source: msgspec.Raw


class SnapshotMessage(_Message, kw_only=True):
    """The whole state of a view."""

    t: Literal["snapshot"] = "snapshot"
    stream: str
    epoch: str
    seq: int
    at: int
    view: str
    source: msgspec.Raw
    state: PlainState


class StoredSnapshot(msgspec.Struct, kw_only=True):
    """What the store keeps: the whole state with its place."""

    epoch: str
    seq: int
    at: int
    state: PlainState


class _Kind(msgspec.Struct):
    t: str = ""


_encoder: Final = msgspec.json.Encoder()
_delta_decoder: Final = msgspec.json.Decoder(DeltaMessage)
_tick_decoder: Final = msgspec.json.Decoder(TickMessage)
_kind_decoder: Final = msgspec.json.Decoder(_Kind)


def encode(message: Any) -> bytes:
    """JSON of any message struct."""
    return _encoder.encode(message)


def published_decode(data: bytes) -> DeltaMessage | TickMessage | None:
    """What the poller published; None for kinds this version does not know. Raises `msgspec.DecodeError` on anything else."""
    kind = _kind_decoder.decode(data).t
    if kind == "delta":
        return _delta_decoder.decode(data)
    return _tick_decoder.decode(data) if kind == "tick" else None


def control_encode(do: str, **fields: object) -> str:
    """A control message: reload, announce, board, identify or error; to supervisors also action and plans."""
    return encode({"v": PROTOCOL_VERSION, "t": "control", "do": do, **fields}).decode()
