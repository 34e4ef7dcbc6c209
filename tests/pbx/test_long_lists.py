"""Long lists page by page, with a PBX that counts like the real one, or more strictly."""

import json
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pbx import PbxClient, PbxRefused, PbxWrongToken, QueueId, Statistics, each_row

MIDNIGHT = datetime(2024, 3, 1)  # noqa: DTZ001 - the PBX's local time has no zone
DAY = {"datetime_from": "2024-03-01 00:00:00", "datetime_to": "2024-03-02 00:00:00"}


def row(number: int, at: datetime) -> dict[str, str]:
    return {"call": str(number), "name": f"{number}.1", "call_time": f"{at:%Y-%m-%d %H:%M:%S}", "queue": "2"}


class CallHistory(httpx.BaseTransport):
    """Calls, newest first. Refuses `take` above 1000; when strict, also an interval that holds more than `most`."""

    def __init__(
        self, rows: list[dict[str, str]], *, most: int | None = None, says_total: bool = True
    ) -> None:
        self.rows = rows
        self.most = most
        self.says_total = says_total
        self.asked = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        start, end = query["datetime_from"], query["datetime_to"]
        found = sorted(
            (row for row in self.rows if start <= row["call_time"] <= end),
            key=lambda row: row["call_time"],
            reverse=True,
        )
        skip, take = int(query["skip"]), int(query["take"])
        if take > 1000 or (self.most is not None and len(found) > self.most):
            return httpx.Response(200, text='{"status":0,"error":"Prilis mnoho zaznamu"}')
        total = {"total": str(len(found))} if self.says_total else {}
        answer = {"status": 1, "error": None, "result": {"data": found[skip : skip + take], **total}}
        return httpx.Response(200, text=json.dumps(answer))


def calls(history: CallHistory, **options) -> list[str]:
    with PbxClient(base_url="http://pbx.example", token="0" * 40, transport=history) as client:
        return [call.call_id for call in each_row(client, Statistics.calls, **{**DAY, **options})]


@pytest.mark.parametrize("says_total", [True, False])
@pytest.mark.parametrize(("count", "requests"), [(0, 1), (1, 1), (999, 1), (2500, 3)])
def test_all_pages_are_read(count, requests, says_total):
    history = CallHistory(
        [row(n, MIDNIGHT + timedelta(seconds=30 * n)) for n in range(count)], says_total=says_total
    )
    assert sorted(calls(history)) == sorted(f"{n}.1" for n in range(count))
    assert history.asked == requests


def test_a_full_last_page_is_followed_by_a_look_whether_there_is_more_if_the_total_is_unknown():
    history = CallHistory([row(n, MIDNIGHT) for n in range(20)], says_total=False)
    assert len(calls(history, take=10)) == 20
    assert history.asked == 3


@given(
    st.lists(st.integers(min_value=0, max_value=86400), max_size=40, unique=True),
    st.integers(min_value=2, max_value=10),
)
def test_a_strict_pbx_is_asked_for_shorter_intervals_and_every_call_comes_once(seconds, most):
    rows = [row(number, MIDNIGHT + timedelta(seconds=second)) for number, second in enumerate(seconds)]
    assert sorted(calls(CallHistory(rows, most=most))) == sorted(row["name"] for row in rows)


def test_more_calls_in_a_second_than_the_pbx_gives_is_an_error_and_no_endless_halving():
    history = CallHistory([row(n, MIDNIGHT) for n in range(5)], most=4)
    with pytest.raises(PbxRefused, match="Prilis mnoho"):
        calls(history)
    assert history.asked < 30


def test_calls_that_come_in_between_two_pages_are_not_given_twice():
    history = CallHistory([row(n, MIDNIGHT + timedelta(seconds=n)) for n in range(30)])
    with PbxClient(base_url="http://pbx.example", token="0" * 40, transport=history) as client:
        found = []
        for call in each_row(client, Statistics.calls, take=10, **DAY):
            found.append(call.call_id)
            if len(found) == 5:
                history.rows.append(row(99, MIDNIGHT + timedelta(hours=1)))
    assert len(found) == len(set(found)) == 30


def test_filters_go_with_every_page():
    asked = []

    class Nothing(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            asked.append(request.url.query.decode())
            return httpx.Response(200, text='{"status":1,"result":{"data":[],"total":"0"}}')

    with PbxClient(base_url="http://pbx.example", token="0" * 40, transport=Nothing()) as client:
        assert list(each_row(client, partial(Statistics.calls, queues=[QueueId("2")]), **DAY)) == []
    assert ["queues[]=2" in query for query in asked] == [True]


def test_a_wrong_token_is_no_reason_to_ask_for_less():
    class Stranger(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, text='{"status":0,"error":"Uživatel neexistuje"}')

    with (
        PbxClient(base_url="http://pbx.example", token="0" * 40, transport=Stranger()) as client,
        pytest.raises(PbxWrongToken),
    ):
        list(each_row(client, Statistics.users_pauses, **DAY))


@pytest.mark.parametrize("take", [0, 1001])
def test_a_page_holds_1_to_1000_rows(take):
    with pytest.raises(ValueError, match="1 to 1000"):
        calls(CallHistory([]), take=take)
