"""States as words of ours; a state that the PBX invents is `unknown`, and its text stays beside it."""

from enum import StrEnum
from functools import lru_cache


class AgentState(StrEnum):
    LOGGED = "logged"
    IDLE = "idle"
    PAUSED = "paused"
    CALLING = "calling"
    RINGING = "ringing"
    SPEAKING = "speaking"
    ON_HOLD = "on_hold"
    UNKNOWN = "unknown"


class CallState(StrEnum):
    WAITING = "waiting"
    RINGING = "ringing"
    SPEAKING = "speaking"
    ON_HOLD = "on_hold"
    TRANSFERRED = "transferred"
    UNKNOWN = "unknown"


class DeviceStatus(StrEnum):
    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    ON_HOLD = "on_hold"
    IN_USE = "in_use"
    RINGING = "ringing"
    UNKNOWN = "unknown"


class PauseType(StrEnum):
    """`wrap` is after-call work; `lajdak` a system pause whose trigger is not documented."""

    NORMAL = "normal"
    WRAP = "wrap"
    LAJDAK = "lajdak"
    UNKNOWN = "unknown"


# Keys are letters only, in lower case: "On Hold", "on_hold" and "ONHOLD" are one state.
AGENT_STATES = {state.value.replace("_", ""): state for state in AgentState}
# The PBX spells it with one r; both are read.
CALL_STATES = {state.value.replace("_", ""): state for state in CallState} | {
    "transfered": CallState.TRANSFERRED
}
DEVICE_STATUSES = {status.value.replace("_", ""): status for status in DeviceStatus}
PAUSE_TYPES = {kind.value: kind for kind in PauseType} | {"": PauseType.NORMAL}


STATES_REMEMBERED = 64
"""The same few texts come a thousand times with every answer."""


def _letters(raw: str | None) -> str:
    return (raw or "").replace(" ", "").replace("_", "").lower()


@lru_cache(maxsize=STATES_REMEMBERED)
def to_agent_state(raw: str | None) -> AgentState:
    return AGENT_STATES.get(_letters(raw), AgentState.UNKNOWN)


@lru_cache(maxsize=STATES_REMEMBERED)
def to_call_state(raw: str | None) -> CallState:
    return CALL_STATES.get(_letters(raw), CallState.UNKNOWN)


@lru_cache(maxsize=STATES_REMEMBERED)
def to_device_status(raw: str | None) -> DeviceStatus:
    return DEVICE_STATUSES.get(_letters(raw), DeviceStatus.UNKNOWN)


def to_pause_type(raw: str | None) -> PauseType:
    return PAUSE_TYPES.get(_letters(raw), PauseType.UNKNOWN)
