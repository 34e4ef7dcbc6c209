"""Numbers on the pages are those reckoned by hand, and each opens into the calls that make it."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
import redis
from django.test import Client

from dashboard.models import CallRecord, Pbx, Queue, QueueDefinition
from tests.web.reports_making import call_made, local, manager_of, rolled_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

DAY = "2026-03-11"
NEXT = "2026-03-12"


@pytest.fixture
def queues(pbx: Pbx) -> dict[str, Queue]:
    titles = {"4": "Podpora", "6": "Prodej"}
    return {
        id_: Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in")
        for id_, title in titles.items()
    }


@pytest.fixture
def calls(pbx: Pbx, queues: dict[str, Queue], redis_client: redis.Redis) -> None:
    """Podpora: 3 in time, 2 late, 1 short abandon, 1 abandon in the threshold, 1 late abandon. Prodej: 1 in time."""
    for minute, wait_s in enumerate((5, 10, 20, 21, 60)):
        call_made(pbx, local(DAY, f"09:{minute:02}:00"), wait_s=wait_s, talk_s=100, hold_s=10, acw_s=20)
    call_made(pbx, local(DAY, "09:20:00"), wait_s=3, outcome="abandoned")
    call_made(pbx, local(DAY, "09:40:00"), wait_s=15, outcome="abandoned")
    call_made(pbx, local(DAY, "10:10:00"), wait_s=90, outcome="abandoned")
    call_made(pbx, local(NEXT, "09:00:00"), queue="6", wait_s=8, talk_s=60)
    call_made(pbx, local(DAY, "09:05:00"), wait_s=12, direction="out", talk_s=50)
    rolled_up(pbx)


@pytest.fixture
def manager(queues: dict[str, Queue]) -> Client:
    return manager_of("eva", *queues.values())


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u202f", " ")


def cells(page: str, name: str) -> list[str]:
    """The texts of the line with this name."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    row = next(row for row in rows if re.search(rf'scope="row"[^>]*>(<[^>]+>)*\s*{re.escape(name)}', row))
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    ]


def test_a_queue_shows_what_its_calls_add_up_to(calls: None, manager: Client) -> None:
    page = text(manager, f"/reports/period/?from={DAY}&to={NEXT}&by=queue")
    level, offered, answered, in_time, abandoned, short, rate, asa, wait, longest, aht, *_ = cells(
        page, "Podpora"
    )
    assert level == "42.9 %"  # 3 of (8 - 1 short)
    assert (offered, answered, in_time, abandoned, short) == ("8", "5", "3", "3", "1")
    assert rate == "28.6 %"  # 2 of 7, short abandons on neither side
    assert asa == "0:23"  # (5 + 10 + 20 + 21 + 60) / 5 = 23.2
    assert wait == "0:28"  # (116 + 3 + 15 + 90) / 8 = 28
    assert longest == "1:30"
    assert aht == "2:10"  # 5 · (100 + 10 + 20) / 5


def test_a_total_is_the_sum_of_sums_and_no_average(calls: None, manager: Client) -> None:
    page = text(manager, f"/reports/period/?from={DAY}&to={NEXT}&by=queue")
    level, offered, *_ = cells(page, "All together")
    assert level == "50.0 %"  # (3 + 1) of (7 + 1), not (42.9 + 100) / 2
    assert offered == "9"


def test_lines_by_day_and_by_interval_add_up_to_the_same(calls: None, manager: Client) -> None:
    for by in ("day", "interval"):
        page = text(manager, f"/reports/period/?from={DAY}&to={NEXT}&by={by}&minutes=60")
        assert cells(page, "All together")[:2] == ["50.0 %", "9"]


def test_every_figure_opens_into_as_many_calls(calls: None, manager: Client) -> None:
    page = text(manager, f"/reports/period/?from={DAY}&to={NEXT}&by=queue")
    found = re.findall(r'<td>\s*<a href="(/reports/calls/[^"]*figure=(\w+)[^"]*)"[^>]*>([^<]+)</a>', page)
    counts = {"offered", "answered", "answered_in", "abandoned", "abandoned_short"}
    checked = 0
    for address, figure, value in found:
        if figure in counts and value != "0":
            listing = text(manager, address)
            assert re.search(rf">{value} calls? together<", listing), (figure, value)
            checked += 1
    assert checked == 13  # 5 of Podpora, 3 of Prodej, whose others are 0, and 5 of both together


def test_the_foot_of_the_list_is_the_service_level(calls: None, manager: Client) -> None:
    page = text(manager, f"/reports/calls/?from={DAY}&to={DAY}&queue=main/4&figure=service_level")
    assert "3 of 7 in time: 42.9 %" in page
    assert "1 is not counted" in page
    assert "short abandon, 3 s" in page
    assert "outbound call" not in page


def test_calls_can_be_narrowed_to_the_misses(calls: None, manager: Client) -> None:
    page = text(manager, f"/reports/calls/?from={DAY}&to={DAY}&queue=main/4&figure=service_level&effect=miss")
    assert "4 calls together" in page
    assert "answered late, after 21 s" in page
    assert "answered in time" not in page


def test_an_interval_opens_into_its_own_calls(calls: None, manager: Client) -> None:
    page = text(manager, f"/reports/calls/?from={DAY}&to={DAY}&at=540-570&figure=offered")
    assert "6 calls together" in page


def test_calls_of_other_teams_are_neither_counted_nor_listed(calls: None, queues: dict[str, Queue]) -> None:
    sales = manager_of("petr", queues["6"])
    page = text(sales, f"/reports/period/?from={DAY}&to={NEXT}&by=queue")
    assert "Podpora" not in page
    assert cells(page, "Prodej")[:2] == ["100.0 %", "1"]
    assert "1 call together" in text(sales, f"/reports/calls/?from={DAY}&to={NEXT}&figure=offered")
    assert sales.get(f"/reports/calls/?from={DAY}&queue=main/4").status_code == 404


def test_a_comparison_shows_the_difference(calls: None, pbx: Pbx, manager: Client) -> None:
    page = text(manager, f"/reports/period/?from={NEXT}&to={NEXT}&by=queue&compare=previous")
    offered = cells(page, "All together")[1]
    assert offered == "1 −7"


@pytest.mark.parametrize("by", ["queue", "day", "interval"])
def test_a_total_is_compared_with_all_of_the_earlier_period_whatever_its_lines_are(
    calls: None, queues: dict[str, Queue], pbx: Pbx, manager: Client, by: str
) -> None:
    """April has 30 days, March 31; Podpora, which had all calls of the 31st of March, is gone, and nobody called in April."""
    call_made(pbx, local("2026-03-31", "09:00"), wait_s=5)
    rolled_up(pbx)
    Queue.objects.filter(pk=queues["4"].pk).update(is_gone=True)
    page = text(manager, f"/reports/period/?from=2026-04-01&to=2026-04-30&by={by}&compare=previous")
    assert cells(page, "All together")[1] == "0 −10"


def test_a_definition_changed_in_retrospect_changes_the_figure_at_once(
    calls: None, queues: dict[str, Queue], manager: Client
) -> None:
    QueueDefinition.objects.create(
        queue=queues["4"], pbx=queues["4"].pbx, threshold_s=60, short_s=5, goal=0.9
    )
    page = text(manager, f"/reports/period/?from={DAY}&to={DAY}&by=queue&queue=main/4")
    assert "71.4 %" in page  # 5 of 7
    assert "Goal 90 % within 60 s" in page
    assert "5 of 7 in time: 71.4 %" in text(
        manager, f"/reports/calls/?from={DAY}&to={DAY}&queue=main/4&figure=service_level"
    )


def test_nobody_called_is_a_dash_and_no_hundred_per_cent(queues: dict[str, Queue], manager: Client) -> None:
    page = text(manager, f"/reports/period/?from={DAY}&to={DAY}&by=queue")
    assert cells(page, "Podpora")[:3] == ["–", "0", "0"]
    assert "100" not in " ".join(cells(page, "Podpora"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("from=2026-03-12&to=2026-03-11", "ends before it begins"),
        ("from=yesterday", "A day is written as"),
        ("from=2099-01-01", "lies in the future"),
        ("from=2999-01-01", "days from 2000-01-01 to 2099-12-31"),
        ("from=0001-01-01&to=0001-01-01", "days from 2000-01-01 to 2099-12-31"),
        ("from=0001-01-01&to=0001-01-01&compare=previous", "days from 2000-01-01 to 2099-12-31"),
        ("from=2026-01-01&to=9999-12-31", "days from 2000-01-01 to 2099-12-31"),
        ("from=2020-01-01&to=2026-01-01", "400 days at most"),
        ("period=century", "no such period"),
    ],
)
def test_a_wrong_period_is_told_in_words(queues, manager: Client, asked: str, sentence: str) -> None:
    for page in ("period", "calls", "agents", "pauses"):
        assert sentence in text(manager, f"/reports/{page}/?{asked}")


def test_provisional_calls_are_said_to_be(pbx: Pbx, queues, manager: Client) -> None:
    call_made(pbx, local(DAY, "09:00:00"), wait_s=5, is_provisional=True)
    rolled_up(pbx)
    assert "1 call is provisional" in text(manager, f"/reports/period/?from={DAY}&to={DAY}")
    assert CallRecord.objects.get().day == date.fromisoformat(DAY)
