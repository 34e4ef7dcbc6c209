"""What happened to a call, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from django.utils.translation import gettext as _

from dashboard.models import CallAttempt, CallRecord


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`after_s`: seconds since the call entered; `lasts_s` None where it took no time, or nobody knows how long."""

    at: datetime
    after_s: int
    text: str
    lasts_s: int | None = None


def timeline(call: CallRecord, attempts: Iterable[CallAttempt], *, names: Mapping[str, str]) -> list[Step]:
    """In the order of time. `names` are the agents' by ID."""

    def step(at: datetime, text: str, lasts_s: int | None = None) -> Step:
        after_s = round((at - call.entered_at).total_seconds())
        return Step(at=at, after_s=after_s, text=text, lasts_s=lasts_s)

    def name(agent_id: str) -> str:
        return names.get(agent_id) or agent_id or _("an agent")

    wait_ends_at = call.entered_at + timedelta(seconds=call.wait_s)
    entered = _("Entered the queue") if call.is_inbound else _("Began to be dialled")
    steps = [step(call.entered_at, entered, call.wait_s)]
    steps += [
        step(attempt.start_at, _("Rang at %(agent)s") % {"agent": name(attempt.agent_id)}, attempt.duration_s)
        for attempt in attempts
    ]
    if call.is_answered:
        answered = _("Answered by %(agent)s") if call.is_inbound else _("Answered; called by %(agent)s")
        steps.append(step(wait_ends_at, answered % {"agent": name(call.agent_id)}, call.talk_s))
        if call.hold_s:
            steps.append(step(wait_ends_at, _("On hold during the call, altogether"), call.hold_s))
    ended_at = call.ended_at or (None if call.is_answered else wait_ends_at)
    if ended_at is not None:
        steps.append(step(ended_at, _ending(call)))
        if call.acw_s:
            steps.append(step(ended_at, _("After-call work"), call.acw_s))
    return sorted(steps, key=lambda one: one.after_s)


def _ending(call: CallRecord) -> str:
    if call.outcome == CallRecord.Outcome.FLOWED_OUT:
        return _("Left the queue before an answer")
    by_caller = (
        call.cause.lower() in {"caller", ""} if not call.is_answered else call.cause.lower() == "caller"
    )
    if by_caller:
        return _("The caller hung up") if call.is_inbound else _("Ended by the one who called")
    if call.cause.lower() == "agent":
        return _("The agent hung up")
    return _("Ended (%(cause)s)") % {"cause": call.cause} if call.cause else _("Ended")
