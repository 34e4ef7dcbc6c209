"""What a test of a PBX's connection finds."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec

from dashboard.connection import client_of
from dashboard.domain.moments import LocalTimes, pbx_clock
from dashboard.models import Pbx
from dashboard.pbx.client import PbxClient
from dashboard.pbx.connection import TokenIn
from dashboard.pbx.errors import PbxError, PbxWrongToken
from dashboard.pbx.groups.operators import Operators
from dashboard.translate import session_stamps

HALF_SECOND_MS = 500
CLOCK_TOLERANCE_S = 5


class Finding(msgspec.Struct, frozen=True):
    """One sentence about the connection; `is_good` is False where something has to be done."""

    is_good: bool
    text: str


def connection_findings(pbx: Pbx) -> list[Finding]:
    """Reach the PBX, log in, count its queues, compare clocks. The PBX need not be saved. Never raises for the PBX's faults."""
    try:
        with client_of(pbx) as client:
            return list(_findings(pbx, client))
    except PbxWrongToken as exc:
        return [Finding(is_good=False, text=_wrong_token(pbx, exc))]
    except PbxError as exc:
        return [Finding(is_good=False, text=exc.sentence)]
    except (ValueError, OSError) as exc:
        return [Finding(is_good=False, text=str(exc))]


def _findings(pbx: Pbx, client: PbxClient) -> Iterator[Finding]:
    answer = client.fetch(Operators.me())
    who = (
        f", logged in as {answer.value.name}"
        if answer.value and answer.value.name
        else ", the token is accepted"
    )
    queues = client.queues.all()
    text = f"Reached in {answer.elapsed_s * 1000:.0f} ms{who}, {_queues(len(queues))}."
    yield Finding(is_good=True, text=text)
    yield _clock(pbx, client)


def _queues(count: int) -> str:
    return "1 queue" if count == 1 else f"{count} queues"


def _clock(pbx: Pbx, client: PbxClient) -> Finding:
    sessions = client.statistics.rt_sessions()
    now_at = int(time.time() * 1000)
    clock = pbx_clock(session_stamps(sessions.values()), times=LocalTimes(pbx.timezone), about_at=now_at)
    if clock.now_at is None:
        return Finding(is_good=True, text="Nobody is logged in, so the PBX does not tell its clock.")
    ahead_s = round((clock.now_at + HALF_SECOND_MS - now_at) / 1000)
    if abs(ahead_s) < 2:
        return Finding(is_good=True, text="Its clock agrees with ours.")
    way = "ahead of" if ahead_s > 0 else "behind"
    text = f"Its clock is {_duration(abs(ahead_s))} {way} ours."
    if abs(ahead_s) > CLOCK_TOLERANCE_S:
        return Finding(is_good=False, text=f"{text} Check the time zone and the clocks of both machines.")
    return Finding(is_good=True, text=text)


def _duration(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h {seconds % 3600 // 60} min"


def _wrong_token(pbx: Pbx, exc: PbxWrongToken) -> str:
    """Whether the other way of sending the token would be taken."""
    other: TokenIn = "cookie" if pbx.token_in == Pbx.TokenIn.QUERY else "query"
    try:
        with client_of(pbx, token_in=other) as client:
            client.fetch(Operators.me())
    except PbxError:
        return f"The PBX does not accept login and password ({exc.pbx_text})."
    return f"The PBX refuses the token as it is sent now, but accepts it as {Pbx.TokenIn(other).label}: choose that."
