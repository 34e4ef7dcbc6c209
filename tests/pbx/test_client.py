"""The client's own promises: the token's place, kept-alive connections, many threads, the long poll."""

import gzip
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from dashboard.pbx import (
    Extension,
    Login,
    QueueId,
    Queues,
    Statistics,
    UserId,
    access_token,
    watch_user_state,
)

TOKEN = access_token("wallboard", "sécret")
OK = '{"status":1,"error":null,"result":[]}'


def test_token_is_the_sha1_of_login_and_password_in_utf_8():
    assert access_token("abc", "") == "a9993e364706816aba3e25717850c26c9cd0d89d"
    assert access_token("a", "bc") == access_token("ab", "c")
    assert access_token("novák", "č") == "5e4775b400c13d612cccd494989597f460f20829"


def test_token_travels_in_the_cookie_and_not_in_the_address(server, connect):
    server.answer("RTStatsQueues", OK)
    connect(server.url).statistics.rt_queues()
    [(path, headers)] = server.asked
    assert path == "/api/3.5/RTStatsQueues/json"
    assert headers["Cookie"] == f"access_token={TOKEN}"


def test_token_travels_in_the_query_when_told_so(server, connect):
    server.answer("RTStatsSessions", OK)
    connect(server.url, token_in="query").statistics.rt_sessions(queues=[QueueId("6"), QueueId("8")])
    [(path, headers)] = server.asked
    assert path == f"/api/3.5/RTStatsSessions/json?access_token={TOKEN}&queues[0]=6&queues[1]=8"
    assert "Cookie" not in headers


def test_parameters_and_ids_are_encoded(server, connect):
    server.answer("RTUserState", OK)
    server.answer("GetQueues", OK)
    client = connect(server.url)
    client.statistics.user_state(user=Login("jan novák&x=1+1/2"))
    client.queues.one(QueueId("3/../4"))
    path = server.asked[0][0]
    assert "%20" in path
    assert dict(parse_qsl(urlsplit(path).query, strict_parsing=True)) == {"user": "jan novák&x=1+1/2"}
    assert server.asked[1][0] == "/api/3.0/GetQueues/3%2F..%2F4/json"


def test_an_address_with_a_path_is_kept(server, connect):
    server.answer("pbx", OK)
    connect(server.url + "/wall/board/pbx/").statistics.rt_queues()
    assert server.asked[0][0] == "/wall/board/pbx/api/3.5/RTStatsQueues/json"


def test_cookies_of_the_pbx_are_not_kept(server, connect):
    server.answer("RTStatsQueues", OK, Set_Cookie="PHPSESSID=abc; path=/")
    client = connect(server.url)
    client.statistics.rt_queues()
    client.statistics.rt_queues()
    assert [headers["Cookie"] for _, headers in server.asked] == [f"access_token={TOKEN}"] * 2


def test_a_connection_is_used_again(server, connect):
    server.answer("RTStatsQueues", OK)
    client = connect(server.url)
    for _ in range(5):
        client.statistics.rt_queues()
    assert len(server.connections) == 1


def test_packed_answers_are_unpacked(server, connect):
    server.answer(
        "RTStatsQueues", gzip.compress(b'{"status":1,"result":[{"id":"4"}]}'), Content_Encoding="gzip"
    )
    assert set(connect(server.url).statistics.rt_queues()) == {"4"}


def test_eight_requests_run_side_by_side(connect):
    together = threading.Barrier(8)

    class Meeting(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            together.wait(timeout=10)
            return httpx.Response(200, text=OK)

    client = connect("http://pbx.example", transport=Meeting())
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda _: client.statistics.rt_queues(), range(8))) == [{}] * 8


def test_threads_share_the_pool_and_get_their_own_answers(server, connect):
    server.answer("RTStatsQueues", '{"status":1,"result":[{"id":"4"}]}')
    server.answer("RTStatsCalls", '{"status":1,"result":[{"id":"1.2"}]}')
    client = connect(server.url, deadline_s=20)
    asks = [Statistics.rt_queues(), Statistics.rt_calls()] * 20
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(client.fetch, asks))
    assert [set(answer.value) for answer in answers] == [{"4"}, {"1.2"}] * 20
    assert len(server.connections) <= 8


def test_fetch_tells_when_the_answer_came(server, connect):
    server.answer("RTStatsQueues", OK)
    answer = connect(server.url, clock=lambda: 1795415884.123).fetch(Statistics.rt_queues())
    assert (answer.value, answer.received_at_ms) == ({}, 1795415884123)
    assert 0 < answer.elapsed_s < 3


def test_class_gives_the_request_and_client_sends_it(server, connect):
    server.answer("GetQueues", '{"status":1,"result":[{"queue":"4"}]}')
    client = connect(server.url)
    assert client.fetch(Queues.all()).value == client.queues.all()


def test_agent_is_named_by_login_or_extension_and_never_both():
    assert Statistics.user_state(extension=Extension("200")).query() == "extension=200"
    with pytest.raises(ValueError, match="exactly one"):
        Statistics.user_state()
    with pytest.raises(ValueError, match="exactly one"):
        Statistics.user_state(user=Login("novak"), extension=Extension("200"))


class LongPoll(httpx.BaseTransport):
    """Gives the listed hashes one after the other, at once, and keeps those it was asked with."""

    def __init__(self, hashes: list[str | None]) -> None:
        self.hashes = iter(hashes)
        self.asked: list[str | None] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.params.get("hash"))
        latest = next(self.hashes)
        state = {"id_agent": "3", "hash": latest} if latest else []
        return httpx.Response(200, text=json.dumps({"status": 1, "result": state}))


def watched(connect, hashes: list[str | None]) -> tuple[list[str | None], list[float]]:
    transport, rests = LongPoll(hashes), []
    client = connect("http://pbx.example", transport=transport)
    states = watch_user_state(client, user=Login("novak"), sleep=rests.append, monotonic=lambda: 0.0)
    assert [state and state.id_agent for _, state in zip(hashes, states, strict=False)] == [
        UserId("3") if latest else None for latest in hashes
    ]
    return transport.asked, rests


def test_long_poll_sends_the_last_hash_and_waits_on_the_pbx(connect):
    assert watched(connect, ["a", "b", "c"]) == ([None, "a", "b"], [0.1, 0.1])


def test_long_poll_rests_when_the_pbx_ignores_the_hash(connect):
    assert watched(connect, ["a", "a", "a"]) == ([None, "a", "a"], [0.1, 1.0])


def test_long_poll_rests_while_the_agent_is_not_logged_in(connect):
    assert watched(connect, [None, None, "a"]) == ([None, None, None], [1.0, 1.0])


def test_long_poll_has_a_longer_deadline_than_the_pbx_takes():
    assert Statistics.user_state_poll(user=Login("novak"), hash="a").deadline_s == 70
    assert Statistics.user_state_poll(user=Login("novak"), hash="a").version == "4.0"
