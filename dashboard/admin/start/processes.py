"""Redis, the clock that gives out work, and the workers."""

from __future__ import annotations

import time
from typing import Any, Final

import redis
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.admin.start.lines import Level, Line
from dashboard.hub.pulse import Pulse, pulse_of
from dashboard.hub.store import connect

LIVE_WITHIN_S: Final = 20
SLOW_WITHIN_S: Final = 120
MEGABYTE: Final = 1024 * 1024


def process_lines() -> list[Line]:
    """Without Redis nobody can say anything of the others."""
    client = connect(conf.redis_url())
    try:
        return [_redis_line(client), *_work_lines(client)]
    except redis.RedisError as exc:
        return [_redis_gone(exc)]
    finally:
        client.close()


def _redis_line(client: redis.Redis) -> Line:
    begun = time.perf_counter()
    client.ping()
    took_ms = (time.perf_counter() - begun) * 1000
    memory: Any = client.info("memory")
    used, most = int(memory["used_memory"]), int(memory.get("maxmemory", 0))
    text = _("Answers in %(ms)s ms and holds %(used)s MB.") % {
        "ms": f"{took_ms:.1f}",
        "used": used // MEGABYTE,
    }
    level: Level = "ok"
    advice = ""
    if most and used > 0.9 * most:
        level, advice = (
            "warning",
            _("It is nearly full: give it more memory (maxmemory), or boards will stand still."),
        )
    return Line(key="redis", subject=_("Redis"), level=level, text=text, advice=advice)


def _redis_gone(exc: redis.RedisError) -> Line:
    return Line(
        key="redis",
        subject=_("Redis"),
        level="critical",
        text=_("Does not answer: %(reason)s.") % {"reason": str(exc).rstrip(".")},
        advice=_(
            "Boards and workers stand still. Start it, or correct REDIS_URL; everything comes back by itself. Until then "
            "nothing can be said about workers and PBXs."
        ),
    )


def _work_lines(client: redis.Redis) -> list[Line]:
    live, slow = pulse_of(client, queue="live"), pulse_of(client, queue="slow")
    return [_beat_line(live, slow), _live_line(live), _slow_line(slow)]


def _beat_line(live: Pulse, slow: Pulse) -> Line:
    """Beat is seen by its work only: taken lately, or at least waiting."""
    ages = [pulse.age_s for pulse in (live, slow) if pulse.age_s is not None]
    is_seen = bool(ages) and min(ages) <= LIVE_WITHIN_S
    subject = _("Beat, which gives out the work")
    if is_seen or live.waiting or slow.waiting:
        return Line(key="beat", subject=subject, level="ok", text=_("Gives out a poll each second."))
    return Line(
        key="beat",
        subject=subject,
        level="critical",
        text=_("Gives out nothing: boards grow old."),
        advice=_(
            "The process `beat` does not run. It is started again by itself; if it is not, its log says why."
        ),
    )


def _live_line(pulse: Pulse) -> Line:
    subject = _("Workers that poll (queue “live”)")
    if pulse.age_s is not None and pulse.age_s <= LIVE_WITHIN_S:
        return Line(key="live", subject=subject, level="ok", text=_seen(pulse))
    if not pulse.waiting:
        return Line(key="live", subject=subject, level="warning", text=_("There is nothing for them to do."))
    return Line(
        key="live",
        subject=subject,
        level="critical",
        text=_("Nobody takes the polls: %(count)s wait.") % {"count": pulse.waiting},
        advice=_(
            "The processes `worker-live` do not run or hang. Start them again; their log says why they ended."
        ),
    )


def _slow_line(pulse: Pulse) -> Line:
    subject = _("Workers for reports and mail (queue “slow”)")
    if pulse.age_s is not None and pulse.age_s <= SLOW_WITHIN_S:
        return Line(key="slow", subject=subject, level="ok", text=_seen(pulse))
    if not pulse.waiting:
        return Line(key="slow", subject=subject, level="warning", text=_("There is nothing for them to do."))
    return Line(
        key="slow",
        subject=subject,
        level="warning",
        text=_("Nobody takes the work: %(count)s tasks wait.") % {"count": pulse.waiting},
        advice=_(
            "Either long work goes on, or the process `worker-slow` does not run. Boards go on; history, reports and "
            "e-mails wait. If it lasts longer than half an hour, start it again."
        ),
    )


def _seen(pulse: Pulse) -> str:
    age = {"age": f"{pulse.age_s or 0:.0f}", "count": pulse.waiting}
    return _("Took work %(age)s s ago; %(count)s tasks wait.") % age
