"""Rows of the lists that change by the day: queues, users, pauses, lines."""

import msgspec

from dashboard.pbx.loose import (
    LooseBool,
    LooseDirection,
    LooseExtension,
    LooseInt,
    LooseLogin,
    LooseQueueNumber,
    LooseText,
    OptionsType,
    PauseKey,
    QueueKey,
    UserKey,
)
from dashboard.pbx.wire.base import Wire
from dashboard.pbx.wire.states import DeviceStatus, PauseType, to_device_status, to_pause_type

NO_ADDRESS = "-none-"


class Queue(Wire, frozen=True, kw_only=True):
    """GetQueues: `queue` is the ID, `name` the number, `title` the name."""

    queue: QueueKey
    name: LooseQueueNumber = None
    title: LooseText = None
    description: LooseText = None
    direction: LooseDirection = None
    outboundcid: LooseText = None
    wrapuptime: LooseInt = None
    outbounder: LooseBool = None
    type_raw: LooseText = msgspec.field(name="type", default=None)
    options_type: OptionsType = msgspec.field(name="options", default=None)
    deleted: LooseBool = None

    @property
    def type(self) -> str | None:
        """in, out, outbounder, dialer, ctc, chat, email, or what the PBX invents; None if it says nothing."""
        return (
            self.type_raw
            or self.options_type
            or ("outbounder" if self.outbounder else None)
            or self.direction
        )


class User(Wire, frozen=True, kw_only=True):
    """GetUsers: `user` is the ID, `name` the login, `title` the full name. Passwords are skipped, never decoded."""

    user: UserKey
    name: LooseLogin = None
    title: LooseText = None
    description: LooseText = None
    email: LooseText = None
    role: LooseText = None
    profile: LooseText = None
    deleted: LooseBool = None


class Pause(Wire, frozen=True, kw_only=True):
    """GetPauses 3.3: `name` is the code, `title` the name. Deleted pauses are listed too."""

    pause: PauseKey
    name: LooseText = None
    title: LooseText = None
    type_raw: LooseText = msgspec.field(name="type", default=None)
    paid: LooseBool = None
    deleted: LooseBool = None

    @property
    def type(self) -> PauseType:
        return to_pause_type(self.type_raw)


class OldPause(Wire, frozen=True, kw_only=True):
    """GetPauses 3.0. It does not tell the two system pauses (wrap, lajdak) apart."""

    pcode_id: PauseKey
    pcode: LooseText = None
    pcode_desc: LooseText = None
    is_billable: LooseBool = msgspec.field(name="isBillable", default=None)
    is_payable: LooseBool = msgspec.field(name="isPayable", default=None)
    pause_type: LooseText = msgspec.field(name="pauseType", default=None)

    @property
    def is_system(self) -> bool:
        return self.pause_type == "w"


class Device(Wire, frozen=True, kw_only=True):
    """DeviceStates: a line of the PBX."""

    exten: LooseExtension
    status_raw: LooseText = msgspec.field(name="status", default=None)
    ip_raw: LooseText = msgspec.field(name="ip", default=None)
    port: LooseInt = None

    @property
    def status(self) -> DeviceStatus:
        return to_device_status(self.status_raw)

    @property
    def ip(self) -> str | None:
        return None if self.ip_raw in (None, "", NO_ADDRESS) else self.ip_raw
