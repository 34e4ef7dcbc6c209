"""What each action needs to be told beside agent and call. A wrong shape is refused in words by msgspec."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from dashboard.pbx.words import MonitoringMode, PlaybackCommand, TransferType

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
PhoneNumber = Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9*#]{2,20}$")]
Line = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z*#+]{0,20}$")]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=86_400_000)]


class ActionName(StrEnum):
    """What can be done; also the names in addresses, in the audit log and, after `act_`, of the permissions."""

    MONITORING = "monitoring"
    PAUSE_ON = "pause_on"
    PAUSE_AFTER_CALL = "pause_after_call"
    PAUSE_OFF = "pause_off"
    TRANSFER = "transfer"
    HANGUP = "hangup"
    ANSWER = "answer"
    PICKUP = "pickup"
    QUEUE_LOGIN = "queue_login"
    QUEUE_LOGOUT = "queue_logout"
    LOGIN = "login"
    LOGOUT = "logout"
    CALL = "call"
    PLAYBACK = "playback"


class Parameters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base; alone for actions that need nothing more."""


class Monitoring(Parameters, frozen=True, kw_only=True):
    mode: MonitoringMode


class PauseOn(Parameters, frozen=True, kw_only=True):
    pause_id: Id
    force: bool = False


class PauseAfterCall(Parameters, frozen=True, kw_only=True):
    pause_id: Id


class Transfer(Parameters, frozen=True, kw_only=True):
    """Exactly one target."""

    number: PhoneNumber | None = None
    queue_id: Id | None = None
    to_agent_id: Id | None = None
    type: TransferType = TransferType.ATTENDED

    def __post_init__(self) -> None:
        if sum(target is not None for target in (self.number, self.queue_id, self.to_agent_id)) != 1:
            raise ValueError("give exactly one of number, queue_id and to_agent_id")


class QueueLogin(Parameters, frozen=True, kw_only=True):
    """Without a priority the PBX takes the agent's own setting for the queue."""

    queue_id: Id
    priority: Literal[0, 1, 2] | None = None


class QueueLogout(Parameters, frozen=True, kw_only=True):
    queue_id: Id


class LogIn(Parameters, frozen=True, kw_only=True):
    """Without an extension the PBX takes the line that is bound to the account."""

    extension: Line = ""


class Call(Parameters, frozen=True, kw_only=True):
    number: PhoneNumber
    queue_id: Id | None = None


class Playback(Parameters, frozen=True, kw_only=True):
    """Only `play` has a recording and times."""

    command: PlaybackCommand
    recording: Annotated[str, msgspec.Meta(max_length=200)] = ""
    begin_ms: Milliseconds | None = None
    skip_ms: Milliseconds | None = None

    def __post_init__(self) -> None:
        is_play = self.command is PlaybackCommand.PLAY
        if is_play and not self.recording:
            raise ValueError("name the recording to play")
        if not is_play and (self.recording or self.begin_ms is not None or self.skip_ms is not None):
            raise ValueError("recording, begin_ms and skip_ms belong to the command play")


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What the page sends. `call_id` is the call that the supervisor saw; None if he saw the agent without one."""

    key: str
    stream: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    action: ActionName
    agent_id: Id | None = None
    call_id: Annotated[str, msgspec.Meta(min_length=1, max_length=80)] | None = None
    parameters: msgspec.Raw = msgspec.Raw(b"{}")
    reason: Annotated[str, msgspec.Meta(max_length=300)] = ""


class BulkAsk(msgspec.Struct, frozen=True, kw_only=True):
    """The same for several agents; only for actions that need no call."""

    key: str
    stream: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    action: ActionName
    agent_ids: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=50)]
    parameters: msgspec.Raw = msgspec.Raw(b"{}")
    reason: Annotated[str, msgspec.Meta(max_length=300)] = ""


class ExtensionAsk(msgspec.Struct, frozen=True, kw_only=True):
    """The user's own telephone at one PBX; "" forgets it."""

    stream: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    extension: Line
