"""Commands with drawn parameters, for tests that give many of them in any order."""

import random
from collections.abc import Callable

from dashboard.gateway.commands import (
    Announcement,
    Control,
    Dialling,
    Mode,
    PauseDraft,
    QueueDraft,
    Target,
    UserDraft,
)
from dashboard.gateway.engine import Direction, PauseKind
from dashboard.gateway.simulated.commands.playback import LENGTHS_MS
from dashboard.gateway.simulated.engine import SimulatedEngine

AGENTS = 12
RECORDING = next(iter(LENGTHS_MS))
WINDING = [control for control in Control if control is not Control.PLAY]


class Dice:
    """Parameters that make sense more often than not, drawn from what there is."""

    def __init__(self, engine: SimulatedEngine, source: random.Random) -> None:
        self.engine, self.commands, self.draw = engine, engine.commands, source
        self.floor, self.directory = engine.floor(), engine.directory()

    def user(self) -> int:
        return self.draw.choice(list(self.directory.users))

    def agent(self) -> int:
        return self.draw.choice(list(self.floor.agents) or [self.user()])

    def number(self) -> str:
        return self.draw.choice([queue.number for queue in self.directory.queues.values()])

    def line(self) -> str:
        return self.draw.choice(self.floor.devices).extension

    def call(self) -> str:
        return self.draw.choice([*self.floor.calls, "0.0"])

    def pause(self) -> int:
        return self.draw.choice(list(self.directory.pauses))

    def dialling(self) -> Dialling:
        number = f"6020{self.draw.randrange(10**5):05d}"
        return Dialling(number=number, waiting_s=self.draw.randrange(1, 40))

    def target(self) -> Target:
        number = self.draw.choice(["800123456", self.line(), self.number()])
        queue_id = self.draw.choice(list(self.directory.queues))
        return self.draw.choice(
            [Target(number=number), Target(queue_id=queue_id), Target(user_id=self.user())]
        )

    def announcement(self, control: Control) -> Announcement | None:
        is_needed = control is Control.PLAY
        return Announcement(recording=RECORDING, begin_ms=0, skip_ms=1000) if is_needed else None

    def queue_draft(self) -> QueueDraft:
        return QueueDraft(
            number=str(self.draw.randrange(5000, 5006)),
            title="Q",
            direction=self.draw.choice(list(Direction)),
            is_campaign=False,
            description=None,
            outbound_caller=None,
            wrap_up_s=self.draw.choice([None, 10]),
        )

    def user_draft(self) -> UserDraft:
        login = f"new{self.draw.randrange(6)}"
        return UserDraft(login=login, title="N", description=None, email=None, role="r", profile="p")


SESSION_ACTIONS: dict[str, Callable[[Dice], object]] = {
    "log in": lambda d: d.commands.sessions.log_in(
        user_id=d.user(), extension=d.draw.choice([None, d.line()])
    ),
    "log out": lambda d: d.commands.sessions.log_out(user_id=d.agent()),
    "join": lambda d: d.commands.sessions.queue_log_in(
        user_id=d.user(), number=d.number(), extension=None, penalty=d.draw.choice([None, 0, 2])
    ),
    "leave": lambda d: d.commands.sessions.queue_log_out(user_id=d.agent(), number=d.number()),
    "pause": lambda d: d.commands.sessions.pause_on(user_id=d.agent(), pause_id=d.pause(), is_forced=False),
    "force": lambda d: d.commands.sessions.pause_on(user_id=d.agent(), pause_id=d.pause(), is_forced=True),
    "resume": lambda d: d.commands.sessions.pause_off(user_id=d.agent()),
    "restart": lambda d: d.engine.restart(),
}
CALL_ACTIONS: dict[str, Callable[[Dice], object]] = {
    "answer": lambda d: d.commands.telephony.answer(user_id=d.agent()),
    "pick up": lambda d: d.commands.telephony.pick_up(call_id=d.call(), user_id=d.agent()),
    "hang up": lambda d: d.commands.telephony.hang_up(user_id=None, extension=None, call_id=d.call()),
    "clear": lambda d: d.commands.telephony.hang_up(user_id=None, extension=d.line(), call_id=None),
    "transfer": lambda d: d.commands.telephony.transfer(
        user_id=d.agent(), extension=None, target=d.target(), is_blind=False
    ),
    "blind": lambda d: d.commands.telephony.transfer(
        user_id=d.agent(), extension=None, target=d.target(), is_blind=True
    ),
    "send on": lambda d: d.commands.telephony.transfer(
        user_id=None, extension=d.line(), target=d.target(), is_blind=True
    ),
    "listen": lambda d: d.commands.telephony.monitor_user(
        user_id=d.agent(), listener=d.line(), mode=Mode.SPY
    ),
    "overhear": lambda d: d.commands.telephony.monitor_line(
        extension=d.line(), listener=d.line(), mode=Mode.BARGE
    ),
    "play": lambda d: d.commands.telephony.play(
        user_id=d.agent(), extension=None, control=Control.PLAY, announcement=d.announcement(Control.PLAY)
    ),
    "wind": lambda d: d.commands.telephony.play(
        user_id=d.agent(), extension=None, control=d.draw.choice(WINDING), announcement=None
    ),
    "create": lambda d: d.commands.origination.call_create(
        user_id=d.agent(), queue_number=d.draw.choice([None, d.number()]), dialling=d.dialling()
    ),
    "line call": lambda d: d.commands.origination.line_call_create(extension=d.line(), dialling=d.dialling()),
    "click": lambda d: d.commands.origination.click_call_create(queue_number="3809", dialling=d.dialling()),
    "remote": lambda d: d.commands.origination.remote_call_create(
        second_number=d.number(), is_inbound=True, dialling=d.dialling()
    ),
}
EDITING_ACTIONS: dict[str, Callable[[Dice], object]] = {
    "queue": lambda d: d.commands.editing.queue_save(d.queue_draft(), queue_id=None),
    "user": lambda d: d.commands.editing.user_create(d.user_draft()),
    "delete": lambda d: d.commands.editing.user_delete(
        user_id=d.draw.choice(list(d.directory.users)[AGENTS // 2 :])
    ),
    "new pause": lambda d: d.commands.editing.pause_save(
        PauseDraft(title="P", kind=PauseKind.NORMAL, is_paid=True, code=None), pause_id=None
    ),
    "rename": lambda d: d.commands.editing.user_update(d.user_draft()),
}
ACTIONS = {**CALL_ACTIONS, **EDITING_ACTIONS, **SESSION_ACTIONS}
