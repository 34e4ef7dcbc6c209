"""What reading calls costs us, beside the least that anybody would have to do."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import httpx
from django.db import transaction

from dashboard.history import services
from dashboard.history.reading import SOURCES, stretch_read
from dashboard.models import CallRecord, HistoryPolicy, Pbx
from dashboard.pbx.client import PbxClient
from tests.benchmarks.long.rows import count_of
from tests.benchmarks.report import NotMeasured, say

LAST = datetime(2026, 6, 2, 0, tzinfo=UTC)
PAGE = 1000
SPACING_S = 0.7


class _Pages(httpx.BaseTransport):
    """Answers StatsCalls with pages made beforehand, newest first; nothing of the other actions."""

    def __init__(self, pages: list[bytes]) -> None:
        self.pages = pages

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        number = int(query["skip"]) // PAGE
        if "StatsCalls" in request.url.path and number < len(self.pages):
            return httpx.Response(200, content=self.pages[number])
        return httpx.Response(200, content=b'{"status":1,"error":null,"result":{"data":[],"total":"0"}}')


def _row(number: int) -> dict[str, object]:
    entered = LAST - timedelta(seconds=number * SPACING_S + 60)
    is_answered = number % 7 != 0
    return {
        "call": str(9_000_000 - number),
        "name": f"{int(entered.timestamp())}.{number}",
        "call_time": f"{entered:%Y-%m-%d %H:%M:%S}",
        "direction": "in",
        "answered": str(int(is_answered)),
        "queue": str(1 + number % 50),
        "user": str(number % 400) if is_answered else "",
        "clid": f"777{number * 7919 % 60_000:06d}",
        "contact": None,
        "did": "226211245",
        "waiting_time": str(number * 31 % 90),
        "ringing_time": "4",
        "hold_time": "0",
        "duration": str(120 if is_answered else 0),
        "orig_pos": "1",
        "position": "1",
        "disposition_cause": "caller",
        "disconnection_cause": "",
        "pressed_key": None,
        "score": None,
        "note": "",
        "attempts": "1",
        "qa_user_id": None,
    }


def _pages(count: int) -> list[bytes]:
    rows = [_row(number) for number in range(count)]
    return [
        json.dumps(
            {"status": 1, "error": None, "result": {"data": rows[start : start + PAGE], "total": str(count)}}
        ).encode()
        for start in range(0, count, PAGE)
    ]


def ingest_cpu_ratio() -> float:
    count = count_of("LONG_INGEST_CALLS", 100_000)
    pages = _pages(count)
    plain_s, ours_s = _plain(pages), _ours(pages, count)
    say(f"{count / ours_s:.0f} calls per second of CPU; plain {count / plain_s:.0f}")
    return ours_s / plain_s


def _plain(pages: list[bytes]) -> float:
    pbx = _pbx("plain")
    started = time.process_time()
    for page in pages:
        with transaction.atomic():
            CallRecord.objects.bulk_create(
                [_plain_record(pbx, row) for row in json.loads(page)["result"]["data"]]
            )
    return time.process_time() - started


def _plain_record(pbx: Pbx, row: dict[str, str]) -> CallRecord:
    entered = datetime.fromisoformat(row["call_time"]).replace(tzinfo=UTC)
    return CallRecord(
        pbx=pbx,
        call_id=row["name"],
        row_number=row["call"],
        queue_id=row["queue"],
        direction=row["direction"],
        outcome="answered" if row["answered"] == "1" else "abandoned",
        cause=row["disposition_cause"],
        entered_at=entered,
        interval_at=entered,
        day=entered.date(),
        ended_at=entered,
        wait_s=int(row["waiting_time"]),
        ringing_s=int(row["ringing_time"]),
        talk_s=int(row["duration"]),
        hold_s=int(row["hold_time"]),
        agent_id=row["user"],
        number=row["clid"],
        did=row["did"],
        attempts=int(row["attempts"]),
    )


def _ours(pages: list[bytes], count: int) -> float:
    pbx = _pbx("ours")
    since = LAST - timedelta(seconds=count * SPACING_S + 120)
    policy = HistoryPolicy.objects.create(pbx=pbx, since=since)
    with PbxClient(base_url="http://pbx.example", token="0" * 40, transport=_Pages(pages)) as client:
        rules = services.rules_of(pbx, policy, now_at=LAST)
        source = SOURCES["StatsCalls"]
        started = time.process_time()
        stretch_read(pbx, client=client, source=source, rules=rules, stretch=(since, LAST))
        spent_s = time.process_time() - started
    if CallRecord.objects.filter(pbx=pbx).count() != count:
        raise NotMeasured("not every call was written.")
    return spent_s


def _pbx(slug: str) -> Pbx:
    Pbx.objects.filter(slug=slug).delete()
    return Pbx.objects.create(slug=slug, title=slug, base_url="http://pbx.example", token="t", timezone="UTC")
