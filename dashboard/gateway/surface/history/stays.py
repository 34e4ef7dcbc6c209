"""StatsUsersSessions, StatsUsersQueues and StatsUsersPauses: by the moment they began, oldest first."""

from typing import Any

from dashboard.gateway.history import Stay
from dashboard.gateway.surface.asking import Ask, Result
from dashboard.gateway.surface.history.interval import spans
from dashboard.gateway.surface.history.paging import page
from dashboard.gateway.surface.settings import OpenInterval

NO_DATE = "0000-00-00 00:00:00"
LASTING: dict[OpenInterval, tuple[str | None, int | None]] = {
    OpenInterval.NULL: (None, None),
    OpenInterval.EMPTY: ("", 0),
    OpenInterval.ZERO: (NO_DATE, 0),
}


def sessions(ask: Ask) -> Result:
    """StatsUsersSessions."""
    found = _matching(ask, ask.history.sessions(spans(ask)))
    rows = [{"id": str(stay.number), **_row(ask, stay)} for stay in page(ask, found)]
    return {"data": rows, "total": str(len(found))}


def queues(ask: Ask) -> Result:
    """StatsUsersQueues: here rows have no id, and the total is a number."""
    found = _matching(ask, ask.history.queue_stays(spans(ask)))
    rows = [{**_row(ask, stay), "queue": stay.subject_id} for stay in page(ask, found)]
    return {"data": rows, "total": len(found)}


def pauses(ask: Ask) -> Result:
    """StatsUsersPauses."""
    pauses = ask.ids("pauses")
    found = [
        stay
        for stay in _matching(ask, ask.history.pauses(spans(ask)))
        if pauses is None or stay.subject_id in pauses
    ]
    rows = [
        {"id": str(stay.number), **_row(ask, stay), "pause": stay.subject_id} for stay in page(ask, found)
    ]
    return {"data": rows, "total": str(len(found))}


def _matching(ask: Ask, stays: list[Stay]) -> list[Stay]:
    users, is_hidden = ask.ids("users"), ask.settings.open_interval is OpenInterval.HIDDEN
    return [
        stay
        for stay in stays
        if (users is None or stay.user_id in users) and not (is_hidden and _end_at(ask, stay) is None)
    ]


def _end_at(ask: Ask, stay: Stay) -> int | None:
    """When it ended, if it had by now."""
    return stay.end_at if stay.end_at is not None and stay.end_at <= ask.floor.at else None


def _row(ask: Ask, stay: Stay) -> dict[str, Any]:
    end_at = _end_at(ask, stay)
    if end_at is None:
        end_time, duration = LASTING[ask.settings.open_interval]
    else:
        end_time, duration = ask.text(end_at), ask.time.elapsed_s(since_at=stay.start_at, now_at=end_at)
    return {
        "user": str(stay.user_id),
        "start_time": ask.text(stay.start_at),
        "end_time": end_time,
        "duration": duration,
    }
