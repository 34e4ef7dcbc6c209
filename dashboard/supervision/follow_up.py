"""What becomes of open actions: looked at after each poll, until each is confirmed, given up, ended or carried out.

Each step of an action can be inserted only once, so it does no harm if two workers look at the same time; a lock keeps them from
asking the PBX the same twice.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from typing import Final

import msgspec
from django.utils import timezone

from dashboard import conf
from dashboard.hub.store import connect
from dashboard.models import ActionEvent, OpenAction, Pbx
from dashboard.supervision import log, plans, questions
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.carrying import LIMIT_S
from dashboard.supervision.facts import (
    CALLS,
    NO_EVIDENCE,
    AnyFact,
    CallLeft,
    Evidence,
    Listening,
    OnPause,
    PlannedPause,
    is_shown,
    is_vanished,
)
from dashboard.supervision.log import Transition, Work
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.scene import evidence_of

State = ActionEvent.State
Step = ActionEvent.Step

LOCK_MS: Final = 15_000
INTERRUPTED_AFTER_S: Final = 3 * LIMIT_S
"""Who asked would have recorded an answer, or that there was none, long before."""
ARRIVES_WITHIN_S: Final = 6.0
"""So much later than it is gone here a call that was sent on may show where it went."""
LISTENS_AT_MOST_S: Final = 12 * 3600.0
UNLOCK: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"


def follow_up(
    stream: str, *, limit_s: float = LIMIT_S, listening_every_s: float = questions.LISTENING_EVERY_S
) -> None:
    """Look at the stream's open actions. Costs one query if there are none. Raises `redis.RedisError`."""
    if not OpenAction.objects.filter(stream=stream).exists():
        return
    with _lock(stream) as is_ours:
        if not is_ours:
            return
        pbx = Pbx.objects.filter(slug=stream, is_enabled=True).first()
        evidence = (evidence_of(stream) if pbx else None) or NO_EVIDENCE
        works = list(OpenAction.objects.filter(stream=stream))
        told = _told(pbx, works, limit_s=limit_s, listening_every_s=listening_every_s)
        for work in works:
            _look(pbx, work, evidence, told, limit_s=limit_s)


def follow_up_all() -> None:
    """Also those of PBXs that are not polled, or not any more: their deadlines pass, too. Raises `redis.RedisError`."""
    for stream in OpenAction.objects.values_list("stream", flat=True).distinct():
        follow_up(stream)


def _told(
    pbx: Pbx | None, works: list[OpenAction], *, limit_s: float, listening_every_s: float
) -> questions.Told:
    if pbx is None:
        return questions.Told()
    return questions.told_by_pbx(pbx, works, limit_s=limit_s, listening_every_s=listening_every_s)


@contextlib.contextmanager
def _lock(stream: str) -> Iterator[bool]:
    """Whether nobody else looks at this stream's actions just now."""
    client, key, token = connect(conf.redis_url()), f"wallboard:follow-up:{stream}", uuid.uuid4().hex
    try:
        is_ours = bool(client.set(key, token, nx=True, px=LOCK_MS))
        try:
            yield is_ours
        finally:
            if is_ours:
                client.eval(UNLOCK, 1, key, token)
    finally:
        client.close()


def _look(
    pbx: Pbx | None, work: OpenAction, evidence: Evidence, told: questions.Told, *, limit_s: float
) -> None:
    events = {event.step: event for event in ActionEvent.objects.filter(request=work.request)}
    opening = events.get(Step.OPENED)
    if opening is None:
        work.delete()
        return
    fact: AnyFact = msgspec.convert(work.fact, type=AnyFact)
    with log.in_language(work.language):
        if isinstance(fact, PlannedPause):
            plans.plan_look(pbx, work, opening, fact, evidence, limit_s=limit_s)
        elif work.kind == OpenAction.Kind.LISTENING and isinstance(fact, Listening):
            _listening_look(work, events, fact, evidence, told)
        else:
            _outcome_look(work, events, fact, evidence, told)


def _outcome_look(
    work: OpenAction,
    events: dict[int, ActionEvent],
    fact: AnyFact,
    evidence: Evidence,
    told: questions.Told,
) -> None:
    asked = events.get(Step.CARRIED_OUT) or events[Step.OPENED]
    asked_at = round(asked.at.timestamp() * 1000)
    if Step.ANSWERED not in events and (timezone.now() - asked.at).total_seconds() > INTERRUPTED_AFTER_S:
        interrupted = Transition(state=State.UNANSWERED, code="interrupted")
        left = Work(kind=OpenAction.Kind.OUTCOME, fact=fact, lasts_s=_deadline_s(asked))
        log.event_next(asked, Step.ANSWERED, interrupted, work=left)
    elif Step.ANSWERED not in events:
        return  # whoever asks will tell
    elif _is_told(fact, told, events) or is_shown(fact, evidence, asked_at=asked_at):
        _confirm(asked, fact)
    elif isinstance(fact, CallLeft) and is_vanished(fact, evidence, asked_at=asked_at):
        _vanished_look(work, asked, fact)
    elif work.due_at <= timezone.now() and not _is_still_to_come(work, fact, evidence):
        _give_up(asked, fact, is_unanswered=_is_unanswered(events))


def _is_told(fact: AnyFact, told: questions.Told, events: dict[int, ActionEvent]) -> bool:
    """A telephone that was in use before shows only together with the PBX's yes that it changed over."""
    if isinstance(fact, Listening) and fact.was_in_use and _is_unanswered(events):
        return False
    return told.shows(fact)


def _confirm(asked: ActionEvent, fact: AnyFact) -> None:
    """Done. Listening goes on, and its end is recorded too."""
    if isinstance(fact, Listening):
        done = Transition(state=State.CONFIRMED, code="confirmed", about={"extension": fact.extension})
        goes_on = Work(kind=OpenAction.Kind.LISTENING, fact=fact, lasts_s=LISTENS_AT_MOST_S)
        if log.event_next(asked, Step.SETTLED, done, work=goes_on) is not None:
            _earlier_listenings_end(asked, fact)
    else:
        done = Transition(state=State.CONFIRMED, code="confirmed")
        log.event_next(asked, Step.SETTLED, done, is_over=True)


def _earlier_listenings_end(asked: ActionEvent, fact: Listening) -> None:
    """A telephone hears one call at a time."""
    others = OpenAction.objects.filter(stream=asked.stream, kind=OpenAction.Kind.LISTENING)
    for work in others.exclude(request=asked.request):
        if work.fact.get("extension") == fact.extension:
            opening = ActionEvent.objects.get(request=work.request, step=Step.OPENED)
            changed = Transition(state=State.ENDED, code="listening_changed")
            log.event_next(opening, Step.ENDED, changed, is_over=True)


def _give_up(asked: ActionEvent, fact: AnyFact, *, is_unanswered: bool) -> None:
    """The deadline has passed. A listening that was not seen may go on all the same, until the call ends."""
    about = {"seconds": f"{_deadline_s(asked):g}"}
    if is_unanswered:
        code = "not_confirmed_unanswered"
    elif isinstance(fact, Listening):
        code, about = "not_confirmed_monitoring", {"extension": fact.extension}
    else:
        code = "not_confirmed"
    given_up = Transition(state=State.NOT_CONFIRMED, code=code, about=about)
    if isinstance(fact, Listening):
        goes_on = Work(kind=OpenAction.Kind.LISTENING, fact=fact, lasts_s=LISTENS_AT_MOST_S)
        log.event_next(asked, Step.SETTLED, given_up, work=goes_on)
    else:
        log.event_next(asked, Step.SETTLED, given_up, is_over=True)


def _deadline_s(asked: ActionEvent) -> float:
    return ACTIONS[ActionName(asked.action)].deadline_of(asked.parameters)


def _vanished_look(work: OpenAction, asked: ActionEvent, fact: CallLeft) -> None:
    """A call that was to be sent on is gone. It may show where it went a little later; else the caller may have hung up."""
    now = timezone.now()
    now_at = round(now.timestamp() * 1000)
    if fact.gone_at is None:
        noted = msgspec.structs.replace(fact, gone_at=now_at)
        seconds = max((work.due_at - now).total_seconds(), ARRIVES_WITHIN_S)
        left = Work(kind=OpenAction.Kind.OUTCOME, fact=noted, lasts_s=seconds)
        log.work_put(work.request, work.stream, left, now=now)
    elif now_at - fact.gone_at >= ARRIVES_WITHIN_S * 1000 or work.due_at <= now:
        gone = Transition(state=State.NOT_CONFIRMED, code="transfer_call_gone")
        log.event_next(asked, Step.SETTLED, gone, is_over=True)


def _is_still_to_come(work: OpenAction, fact: AnyFact, evidence: Evidence) -> bool:
    """A pause that was forced during a call begins after it: then the deadline has not begun yet."""
    if not isinstance(fact, OnPause) or fact.during_call_id is None:
        return False
    if not evidence.is_call_running(fact.during_call_id):
        ended = msgspec.structs.replace(fact, during_call_id=None)
        seconds = ACTIONS[ActionName.PAUSE_ON].deadline_s
        left = Work(kind=OpenAction.Kind.OUTCOME, fact=ended, lasts_s=seconds)
        log.work_put(work.request, work.stream, left, now=timezone.now())
    return True


def _is_unanswered(events: dict[int, ActionEvent]) -> bool:
    answer = events.get(Step.ANSWERED)
    return answer is None or answer.state == State.UNANSWERED


def _listening_look(
    work: OpenAction,
    events: dict[int, ActionEvent],
    fact: Listening,
    evidence: Evidence,
    told: questions.Told,
) -> None:
    """A listening ends with the call, or when the telephone is seen to be free again."""
    last = events.get(Step.SETTLED) or events[Step.OPENED]
    seen_at = round(last.at.timestamp() * 1000)
    code = ""
    if evidence.is_after(CALLS, seen_at) and not evidence.is_call_running(fact.call_id):
        code = "call_ended"
    elif last.state == State.CONFIRMED and told.denies(fact):
        code = "listening_ended"
    elif work.due_at <= timezone.now():
        code = "listening_unknown"
    if code:
        log.event_next(last, Step.ENDED, Transition(state=State.ENDED, code=code), is_over=True)
