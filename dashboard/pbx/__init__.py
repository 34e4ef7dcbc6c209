"""Typed client of the PBX's documented HTTP API. Pure Python: nothing here knows of Django.

`PbxClient` sends and decodes; the groups (`client.statistics`, `client.queues`, ...) hold the actions; every failure
is a `PbxError` that says whether asking again can help. Rows keep the PBX's names and hold clean values: an unknown
is None, a state is an enum with the PBX's text beside it, a moment is the PBX's local time as text.

    with PbxClient(base_url="https://pbx.example", token=access_token("login", "password")) as client:
        for queue_id, queue in client.statistics.rt_queues().items():
            ...
        answer = client.fetch(Statistics.rt_calls(deadline_s=1.0))   # value, received_at_ms, elapsed_s

Rows of the less common actions stand in `dashboard.pbx.wire`.
"""

from dashboard.pbx.client import Answer, PbxClient, access_token
from dashboard.pbx.errors import (
    PbxBadAnswer,
    PbxCallInProgress,
    PbxError,
    PbxHttpError,
    PbxNotAnEmailQueue,
    PbxNotInAnyQueue,
    PbxNotInOutboundQueue,
    PbxRefused,
    PbxTimeout,
    PbxUnknownPause,
    PbxUnknownStatus,
    PbxUnreachable,
    PbxWrongToken,
)
from dashboard.pbx.groups.activities import Activities
from dashboard.pbx.groups.autodialer import Autodialer
from dashboard.pbx.groups.calls import Calls
from dashboard.pbx.groups.emails import Emails
from dashboard.pbx.groups.events import Events
from dashboard.pbx.groups.forms import Forms
from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.queues import Queues
from dashboard.pbx.groups.sms import SimCard, SmsMessages
from dashboard.pbx.groups.sms_connect import SmsConnect
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.ids import (
    CallId,
    Extension,
    FieldId,
    FieldName,
    Login,
    MessageGroupId,
    MessageId,
    PauseId,
    PauseName,
    Phone,
    QueueId,
    QueueNumber,
    RecordId,
    StatusId,
    StatusName,
    UserId,
)
from dashboard.pbx.paging import each_row
from dashboard.pbx.request import Effect, Host, Request
from dashboard.pbx.shapes import Page
from dashboard.pbx.watch import watch_user_state
from dashboard.pbx.wire.calls import Attempt, CallAnswered, CallLeg, CallMonitored, CallStarted, Playback
from dashboard.pbx.wire.directory import Device, OldPause, Pause, Queue, User
from dashboard.pbx.wire.history import (
    CdrRow,
    LastCall,
    LastCallOfNumber,
    QueuePresence,
    RepeatedCalls,
    StatsCall,
    TraceStep,
    UserPause,
    UserQueue,
    UserSession,
)
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
from dashboard.pbx.words import (
    RELEASE,
    UNCHANGED,
    CdrDirection,
    Direction,
    MonitoringMode,
    PlaybackCommand,
    RecordAction,
    Trace,
    TransferType,
)

__all__ = [
    "RELEASE",
    "UNCHANGED",
    "Activities",
    "AgentState",
    "Answer",
    "Attempt",
    "Autodialer",
    "CallAnswered",
    "CallId",
    "CallLeg",
    "CallMonitored",
    "CallStarted",
    "CallState",
    "Calls",
    "CdrDirection",
    "CdrRow",
    "Device",
    "DeviceStatus",
    "Direction",
    "Effect",
    "Emails",
    "Events",
    "Extension",
    "FieldId",
    "FieldName",
    "Forms",
    "Host",
    "LastCall",
    "LastCallOfNumber",
    "Lines",
    "Login",
    "LoginQueue",
    "MessageGroupId",
    "MessageId",
    "MonitoringMode",
    "OldPause",
    "Operators",
    "Page",
    "Pause",
    "PauseId",
    "PauseName",
    "PauseType",
    "Pauses",
    "PbxBadAnswer",
    "PbxCallInProgress",
    "PbxClient",
    "PbxError",
    "PbxHttpError",
    "PbxNotAnEmailQueue",
    "PbxNotInAnyQueue",
    "PbxNotInOutboundQueue",
    "PbxRefused",
    "PbxTimeout",
    "PbxUnknownPause",
    "PbxUnknownStatus",
    "PbxUnreachable",
    "PbxWrongToken",
    "Phone",
    "Playback",
    "PlaybackCommand",
    "Queue",
    "QueueId",
    "QueueNumber",
    "QueuePresence",
    "Queues",
    "RecordAction",
    "RecordId",
    "RepeatedCalls",
    "Request",
    "RtCall",
    "RtPause",
    "RtQueue",
    "RtSession",
    "RtSummary",
    "SimCard",
    "SmsConnect",
    "SmsMessages",
    "Statistics",
    "StatsCall",
    "StatusId",
    "StatusName",
    "Trace",
    "TraceStep",
    "TransferType",
    "User",
    "UserCall",
    "UserId",
    "UserPause",
    "UserQueue",
    "UserSession",
    "UserState",
    "access_token",
    "each_row",
    "watch_user_state",
]
