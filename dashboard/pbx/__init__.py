"""Typed client of the PBX's documented HTTP API. Pure Python: nothing here knows of Django.

`PbxClient` sends and decodes; the groups (`client.statistics`, `client.queues`, ...) hold the actions; every failure
is a `PbxError` that says whether asking again can help. Rows keep the PBX's names and hold clean values: an unknown
is None, a state is an enum with the PBX's text beside it, a moment is the PBX's local time as text.

    with PbxClient(base_url="https://pbx.example", token=access_token("login", "password")) as client:
        for queue_id, queue in client.statistics.rt_queues().items():
            ...
        answer = client.fetch(Statistics.rt_calls(deadline_s=1.0))   # value, received_at_ms, elapsed_s
"""

from dashboard.pbx.client import Answer, PbxClient, access_token
from dashboard.pbx.errors import (
    PbxBadAnswer,
    PbxError,
    PbxHttpError,
    PbxRefused,
    PbxTimeout,
    PbxUnreachable,
    PbxWrongToken,
)
from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.queues import Queues
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.ids import CallId, Extension, Login, PauseId, Phone, QueueId, QueueNumber, UserId
from dashboard.pbx.request import Request
from dashboard.pbx.watch import watch_user_state
from dashboard.pbx.wire.directory import Device, OldPause, Pause, Queue, User
from dashboard.pbx.wire.live import (
    LoginQueue,
    RtCall,
    RtPause,
    RtQueue,
    RtSession,
    RtSummary,
    UserCall,
    UserState,
)
from dashboard.pbx.wire.states import AgentState, CallState, DeviceStatus, PauseType

__all__ = [
    "AgentState",
    "Answer",
    "CallId",
    "CallState",
    "Device",
    "DeviceStatus",
    "Extension",
    "Lines",
    "Login",
    "LoginQueue",
    "OldPause",
    "Operators",
    "Pause",
    "PauseId",
    "PauseType",
    "Pauses",
    "PbxBadAnswer",
    "PbxClient",
    "PbxError",
    "PbxHttpError",
    "PbxRefused",
    "PbxTimeout",
    "PbxUnreachable",
    "PbxWrongToken",
    "Phone",
    "Queue",
    "QueueId",
    "QueueNumber",
    "Queues",
    "Request",
    "RtCall",
    "RtPause",
    "RtQueue",
    "RtSession",
    "RtSummary",
    "Statistics",
    "User",
    "UserCall",
    "UserId",
    "UserState",
    "access_token",
    "watch_user_state",
]
