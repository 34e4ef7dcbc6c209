"""The list behind a figure is that figure: business hours, callers who wait now, large periods, repeated calls."""

from __future__ import annotations

import io
import re
import time
from datetime import timedelta

import msgspec
import pytest
import redis
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from dashboard.domain.rows import CallRow, QueueRow, empty_state
from dashboard.models import CallRecord, Pbx, Queue, QueueDefinition, Team
from dashboard.reports import calls as lists
from tests.outgoing.conftest import state_publish
from tests.web.reports_making import call_made, local, manager_of, rolled_up
from tests.web.test_reports_figures import cells, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

DAY = "2026-03-11"


@pytest.fixture
def queue(pbx: Pbx) -> Queue:
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Podpora", direction="in")


@pytest.fixture
def manager(queue: Queue) -> Client:
    return manager_of("eva", queue)


@pytest.fixture
def open_from_eight(queue: Queue) -> None:
    hours = {str(day): [["08:00", "16:00"]] for day in range(7)}
    QueueDefinition.objects.create(pbx=queue.pbx, queue=queue, hours=hours)


FIGURES = (
    "offered",
    "answered",
    "abandoned",
    "outbound",
    "average_wait_s",
    "longest_wait_s",
    "service_level",
)


@pytest.mark.parametrize(
    ("figure", "count"), list(zip(FIGURES, (3, 2, 1, 1, 3, 3, 3), strict=True)), ids=FIGURES
)
def test_calls_outside_business_hours_are_in_no_sum_of_a_list(
    pbx: Pbx, manager: Client, open_from_eight: None, figure: str, count: int
) -> None:
    """Answered twice within hours with 60 s of talk, once before; AHT 60."""
    for clock in ("07:30", "09:00", "10:00"):
        call_made(pbx, local(DAY, clock), wait_s=10, talk_s=60)
        call_made(pbx, local(DAY, clock), wait_s=500, outcome="abandoned") if clock != "09:00" else None
    for clock in ("07:40", "11:00"):
        call_made(pbx, local(DAY, clock), wait_s=10, talk_s=999, direction="out")
    rolled_up(pbx)
    assert cells(text(manager, f"/reports/period/?from={DAY}"), "Podpora")[1] == "3"
    page = text(manager, f"/reports/calls/?from={DAY}&figure={figure}")
    assert re.search(rf">{count} calls? together<", page)
    if figure not in {"answered", "abandoned", "outbound"}:
        assert "AHT 1:00" in page
        assert "2 outside business hours are in no sum" in page
        assert page.count("outside business hours") == 3


def live_call(entered_at: int, **fields: object) -> CallRow:
    known = dict.fromkeys(CallRow.__struct_fields__)
    known |= {
        "queue_id": "4",
        "direction": "in",
        "state": "waiting",
        "state_raw": "",
        "ringing_agent_ids": (),
    }
    return CallRow(**(known | {"entered_at": entered_at, "caller": "602000001"} | fields))  # type: ignore[arg-type]


def test_the_live_service_level_opens_into_those_who_wait_too_long_as_well(
    pbx: Pbx, queue: Queue, manager: Client, redis_client: redis.Redis
) -> None:
    """One answered in time, one waits for a minute, one for five seconds: 1 of 2, whatever the page counts in between."""
    now = timezone.now()
    call_made(pbx, now - timedelta(seconds=1), wait_s=1, talk_s=0)
    rolled_up(pbx)
    row = QueueRow(**(dict.fromkeys(QueueRow.__struct_fields__) | {"title": "Podpora"}))  # type: ignore[arg-type]
    at = int(time.time() * 1000)
    waiting = {
        "77.1": live_call(at - 60_000),
        "77.2": live_call(at + 3_600_000, caller="602000002"),
        "77.3": live_call(at - 90_000, direction="out"),
        "77.4": live_call(at - 90_000, queue_id="9", caller="602000009"),
    }
    state_publish(redis_client, msgspec.structs.replace(empty_state(), queues={"4": row}, calls=waiting))
    page = text(manager, "/reports/")
    assert cells(page, "Podpora")[1].startswith("50.0 %")
    address = re.search(r'href="(/reports/calls/[^"]*figure=service_level_live)"', page)
    assert address
    listing = text(manager, address[1])
    assert "1 of 2 in time: 50.0 %" in listing
    assert "1 waits past the threshold now and is a miss" in listing
    assert "602000001" in listing
    assert "602000002" not in listing
    assert "602000009" not in listing
    assert "602000001" in text(manager, f"{address[1]}&effect=miss")
    assert "602000001" not in text(manager, f"{address[1]}&effect=hit")
    assert "602000001" not in text(manager, address[1].replace("service_level_live", "service_level"))
    recent = text(manager, "/reports/calls/?figure=service_level_live&last=15")
    assert "602000001" in recent, "who waits now is a miss of the last minutes too"


def test_a_pbx_whose_data_stands_still_tells_nothing_since_it_does(
    pbx: Pbx, queue: Queue, manager: Client, redis_client: redis.Redis
) -> None:
    row = QueueRow(**(dict.fromkeys(QueueRow.__struct_fields__) | {"title": "Podpora"}))  # type: ignore[arg-type]
    state = msgspec.structs.replace(empty_state(), queues={"4": row})
    still = timezone.localtime(timezone.now() - timedelta(hours=1))
    state_publish(redis_client, state, still_since_at=int(still.timestamp() * 1000))
    assert f"nothing is known since {still:%-d. %-m. %H:%M:%S}" in text(manager, "/reports/")


@pytest.mark.parametrize(
    ("is_polled", "sentence"), [(True, "nothing is known since"), (False, "is not polled at present")]
)
def test_callers_of_whom_nothing_has_been_heard_for_long_are_no_misses(
    pbx: Pbx, queue: Queue, manager: Client, redis_client: redis.Redis, is_polled: bool, sentence: str
) -> None:
    """The poller ended an hour ago and left a caller who waited for a minute."""
    Pbx.objects.update(is_enabled=is_polled)
    call_made(pbx, timezone.now() - timedelta(seconds=1), wait_s=1, talk_s=0)
    rolled_up(pbx)
    row = QueueRow(**(dict.fromkeys(QueueRow.__struct_fields__) | {"title": "Podpora", "calls_waiting": 1}))  # type: ignore[arg-type]
    at = int(time.time() * 1000) - 3_600_000
    calls = {"77.1": live_call(at - 60_000)}
    state = msgspec.structs.replace(empty_state(), queues={"4": row}, calls=calls)
    state_publish(redis_client, state, heard_at=at)
    page = text(manager, "/reports/")
    assert cells(page, "Podpora")[1].startswith("100.0 %")
    assert sentence in page
    listing = text(manager, "/reports/calls/?figure=service_level_live&period=today")
    assert "602000001" not in listing
    assert sentence in listing
    metrics = Client().get("/metrics").content.decode()
    assert "wallboard_queue_waiting" in metrics
    assert 'title="Podpora"' not in metrics


def test_nobody_who_waits_with_an_email_is_a_miss_though_its_queue_was_chosen(
    pbx: Pbx, queue: Queue, manager: Client, redis_client: redis.Redis
) -> None:
    Queue.objects.filter(pk=queue.pk).update(type="email")
    known = {"title": "Podpora", "type": "email"}
    row = QueueRow(**(dict.fromkeys(QueueRow.__struct_fields__) | known))  # type: ignore[arg-type]
    calls = {"77.1": live_call(int(time.time() * 1000) - 600_000)}
    state_publish(redis_client, msgspec.structs.replace(empty_state(), queues={"4": row}, calls=calls))
    asked = "figure=service_level_live&queue=main/4&period=today"
    assert "602000001" not in text(manager, f"/reports/calls/?{asked}")


def test_misses_of_a_large_period_open_though_all_its_calls_would_be_too_many(
    pbx: Pbx, queue: Queue, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threshold 20 up to the 11th, 60 from the 12th: late are 30 s of the 11th, and 90 s of the 12th."""
    QueueDefinition.objects.create(pbx=pbx, queue=queue, threshold_s=60, applies_from="2026-03-12")
    for day in (DAY, "2026-03-12"):
        for wait_s in (5, 30, 90):
            call_made(pbx, local(day, "09:00"), wait_s=wait_s)
        call_made(pbx, local(day, "10:00"), wait_s=3, outcome="abandoned")
        call_made(pbx, local(day, "10:00"), wait_s=70, outcome="abandoned")
    monkeypatch.setattr(lists, "JUDGED_AT_MOST", 6)
    asked = f"/reports/calls/?from={DAY}&to=2026-03-12"
    page = text(manager, f"{asked}&figure=offered")
    assert "These are 10 calls" in page
    assert "effect=miss" in page
    counts = {
        "figure=service_level&effect=miss": 5,
        "figure=service_level&effect=hit": 3,
        "figure=service_level&effect=none": 2,
        "figure=answered&effect=miss": 3,
        "figure=abandoned": 4,
        "figure=abandoned_short": 2,
        "figure=answered": 6,
    }
    for address, count in counts.items():
        assert f">{count} calls together<" in text(manager, f"{asked}&{address}")


def test_the_repeat_free_rate_opens_into_the_repeats_with_the_reason(
    pbx: Pbx, queue: Queue, manager: Client
) -> None:
    for clock, key, is_repeated in (("09:00", 1, True), ("10:00", 1, False), ("11:00", 2, False)):
        call_made(pbx, local(DAY, clock), wait_s=5, caller_key=key, is_repeated=is_repeated)
    rolled_up(pbx)
    page = text(manager, f"/reports/period/?from={DAY}")
    assert cells(page, "Podpora")[-1] == "66.7 %"
    address = re.search(r'href="(/reports/calls/[^"]*figure=repeat_free_rate)"', page)
    assert address
    listing = text(manager, address[1])
    assert ">1 call together<" in listing
    assert "the number called this queue again within 7 days" in listing
    assert CallRecord.objects.count() == 3


def test_pages_and_workbooks_say_which_definition_of_which_queue_held_on_which_days(
    pbx: Pbx, queue: Queue, manager: Client
) -> None:
    other = Queue.objects.create(pbx=pbx, queue_id="6", title="Prodej", direction="in")
    Team.objects.get(name="Team of eva").queues.add(other)
    row = QueueDefinition.objects.create(pbx=pbx, queue=queue, threshold_s=60, applies_from="2026-03-12")
    for number in ("4", "6"):
        call_made(pbx, local(DAY, "09:00"), queue=number, wait_s=5)
    rolled_up(pbx)
    asked = f"/reports/period/?from={DAY}&to=2026-03-12"
    page = text(manager, asked)
    title = "Answered in time, of all calls but short abandons: A≤ / (O − B≤s)"
    sentences = [
        f"Goal 80 % within 20 s; short abandon up to 5 s; {title} (built-in definition; Podpora; 11. 3. 2026).",
        f"Goal 80 % within 60 s; short abandon up to 5 s; {title} (version {row.pk}; Podpora; 12. 3. 2026).",
        f"Goal 80 % within 20 s; short abandon up to 5 s; {title} (built-in definition; Prodej).",
    ]
    for sentence in sentences:
        assert sentence in page
    for address in (asked, f"/reports/calls/?from={DAY}&to=2026-03-12"):
        book = load_workbook(io.BytesIO(manager.get(f"{address}&format=xlsx").content))
        notes = {
            f"{line[1].value}".replace("\u202f", " ") for line in book.worksheets[1].iter_rows(max_col=2)
        }
        assert set(sentences) <= notes
    alone = text(manager, f"/reports/period/?from={DAY}&queue=main/6")
    assert f"{title} (built-in definition)." in alone
