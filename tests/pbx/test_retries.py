"""Reads are repeated when the client is told so; actions never. Each request goes to its own host."""

import httpx
import pytest

from dashboard.pbx import (
    Login,
    PbxBadAnswer,
    PbxClient,
    PbxHttpError,
    PbxRefused,
    PbxUnreachable,
    Phone,
)

OK = '{"status":1,"result":[]}'


class Flaky(httpx.BaseTransport):
    """Fails in the listed ways, then answers."""

    def __init__(self, *failures: httpx.Response | Exception) -> None:
        self.failures = list(failures)
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if not self.failures:
            return httpx.Response(200, text=OK)
        failure = self.failures.pop(0)
        if isinstance(failure, Exception):
            raise failure
        return failure


def client(transport: Flaky, rests: list[float] | None = None, **options) -> PbxClient:
    rests = [] if rests is None else rests
    return PbxClient(
        base_url="http://pbx.example", token="0" * 40, transport=transport, sleep=rests.append, **options
    )


def test_a_client_that_was_not_told_so_asks_once():
    transport = Flaky(httpx.ConnectError("refused"))
    with pytest.raises(PbxUnreachable):
        client(transport).statistics.rt_queues()
    assert len(transport.asked) == 1


def test_a_read_is_repeated_with_growing_rests_until_it_succeeds():
    transport, rests = (
        Flaky(httpx.ConnectError("refused"), httpx.Response(503), httpx.ReadTimeout("slow")),
        [],
    )
    assert client(transport, rests, retries=3).statistics.rt_queues() == {}
    assert len(transport.asked) == 4
    assert [0.1 <= rests[0] <= 0.2, 0.2 <= rests[1] <= 0.4, 0.4 <= rests[2] <= 0.8] == [True] * 3


def test_the_last_failure_is_told_when_no_try_succeeds():
    transport = Flaky(*[httpx.Response(502), httpx.Response(503), httpx.Response(504)])
    with pytest.raises(PbxHttpError, match="504"):
        client(transport, retries=2).statistics.rt_queues()


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.Response(404), PbxHttpError),
        (httpx.Response(200, text='{"status":0,"error":"Ne"}'), PbxRefused),
        (httpx.Response(200, text='{"status":1,"result":5}'), PbxBadAnswer),
    ],
)
def test_what_cannot_get_better_is_not_asked_again(failure, kind):
    transport = Flaky(failure)
    with pytest.raises(kind):
        client(transport, retries=3).statistics.rt_queues()
    assert len(transport.asked) == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda pbx: pbx.calls.hangup(user=Login("hajek")),
        lambda pbx: pbx.pauses.off(user=Login("hajek")),
        lambda pbx: pbx.sms.send(Phone("800123456"), "Ahoj"),
        lambda pbx: pbx.calls.create(user=Login("hajek"), number=Phone("800123456")),
    ],
)
def test_an_action_is_sent_once_whatever_happens(act):
    transport = Flaky(httpx.ReadTimeout("slow"), httpx.ReadTimeout("slow"))
    with (
        pytest.raises(Exception, match=r"gave no complete answer"),
        client(transport, retries=5, sms_base_url="https://sms.example") as pbx,
    ):
        act(pbx)
    assert len(transport.asked) == 1


def test_central_services_are_asked_at_their_own_address():
    transport = Flaky(
        httpx.Response(200, text='{"status":1,"result":{"count_waiting":"1"}}'),
        httpx.Response(200, text='{"status":1,"result":{"count_waiting":"2"}}'),
        httpx.Response(200, text=OK),
        httpx.Response(200, text=OK),
    )
    pbx = client(
        transport, sms_base_url="https://sms.example/", autodialer_base_url="https://autodialer.example"
    )
    assert pbx.sms.status().count_waiting == 1
    assert pbx.sms_connect.status().count_waiting == 2
    assert pbx.autodialer.statuses() == []
    assert pbx.forms.statuses() == {}
    assert transport.asked == [
        "https://sms.example/api/3.1/StatusSMS/json",
        "https://sms.example/api/4.1/StatusSMSConnect/json",
        "https://autodialer.example/api/4.0/GetStatuses/json",
        "http://pbx.example/api/3.8/GetStatuses/json",
    ]


def test_a_central_service_without_an_address_is_not_looked_for_on_the_pbx():
    transport = Flaky()
    with pytest.raises(ValueError, match="sms_base_url"):
        client(transport).sms.status()
    assert transport.asked == []
