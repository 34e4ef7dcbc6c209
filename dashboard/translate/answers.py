"""What goes into the translation: the answers of one poll."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from dashboard.domain.moments import Clock
from dashboard.pbx.ids import CallId, PauseId, QueueId, UserId
from dashboard.pbx.wire.directory import Device
from dashboard.pbx.wire.live import RtCall, RtPause, RtQueue, RtSession, UserState

T = TypeVar("T")


class Received(msgspec.Struct, Generic[T], frozen=True):
    """An answer and the PBX's clock as it tells it."""

    value: T
    clock: Clock = Clock(None)


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one poll; None for what was not asked or did not answer."""

    queues: Received[dict[QueueId, RtQueue]] | None = None
    sessions: Received[dict[UserId, RtSession]] | None = None
    calls: Received[dict[CallId, RtCall]] | None = None
    users_state: Received[dict[UserId, UserState]] | None = None
    pauses: Received[dict[PauseId, RtPause]] | None = None
    devices: Received[list[Device]] | None = None
