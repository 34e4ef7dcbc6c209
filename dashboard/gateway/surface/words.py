"""The API's own words for what an engine reports."""

from dashboard.gateway.engine import AgentState, CallState, DeviceStatus, PauseKind

SESSION_STATES = {
    AgentState.LOGGED: "Logged",
    AgentState.IDLE: "Idle",
    AgentState.PAUSED: "Paused",
    AgentState.CALLING: "Calling",
    AgentState.RINGING: "Ringing",
    AgentState.SPEAKING: "Speaking",
    AgentState.ON_HOLD: "On Hold",
}
# The answers about users know no Calling: there, who dials a customer rings.
USER_STATES = {**SESSION_STATES, AgentState.CALLING: "Ringing"}
CALL_STATES = {
    CallState.WAITING: "Waiting",
    CallState.RINGING: "Ringing",
    CallState.SPEAKING: "Speaking",
    CallState.ON_HOLD: "On Hold",
    CallState.TRANSFERRED: "Transfered",
}
# The calls of a user know neither Waiting nor Transfered.
USER_CALL_STATES = {**CALL_STATES, CallState.TRANSFERRED: "Speaking"}
DEVICE_STATUSES = {
    DeviceStatus.AVAILABLE: "AVAILABLE",
    DeviceStatus.UNAVAILABLE: "UNAVAILABLE",
    DeviceStatus.IN_USE: "INUSE",
    DeviceStatus.RINGING: "RINGING",
    DeviceStatus.ON_HOLD: "ONHOLD",
}
PAUSE_TYPES = {PauseKind.WRAP: "wrap", PauseKind.IDLER: "lajdak", PauseKind.NORMAL: None}
OLD_PAUSE_TYPES = {PauseKind.WRAP: "w", PauseKind.IDLER: "w", PauseKind.NORMAL: "-"}
