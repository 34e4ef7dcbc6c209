"""What a broken PBX or network does to a caller, over real connections."""

import gzip
import socket
import threading
import time
import traceback

import pytest

from dashboard.pbx import (
    Login,
    Operators,
    PbxBadAnswer,
    PbxClient,
    PbxHttpError,
    PbxRefused,
    PbxTimeout,
    PbxUnreachable,
    PbxWrongToken,
    Statistics,
    access_token,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
TOKEN = access_token("wallboard", "sécret")


def drip_body(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
    connection.sendall(HEAD)
    while not stop.wait(0.1):
        connection.sendall(b" ")


def drip_headers(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
    while not stop.wait(0.1):
        connection.sendall(b"x")


def say_nothing(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
    stop.wait()


def stall_after_a_trickle(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
    connection.sendall(HEAD + b'{"status":1,')
    stop.wait()


@pytest.mark.parametrize("behave", [drip_body, drip_headers, say_nothing, stall_after_a_trickle])
def test_the_deadline_ends_a_slow_answer_of_any_kind(behave, raw_server, connect):
    client = connect(raw_server(behave), deadline_s=0.5)
    started = time.monotonic()
    with pytest.raises(PbxTimeout, match=r"no complete answer within 0\.5 s") as caught:
        client.statistics.rt_queues()
    assert time.monotonic() - started < 10
    assert caught.value.retryable
    assert caught.value.code == "timeout"


def test_the_deadline_of_one_request_overrides_that_of_the_client(raw_server, connect):
    client = connect(raw_server(say_nothing), deadline_s=60)
    with pytest.raises(PbxTimeout, match=r"0\.2 s"):
        client.statistics.rt_queues(deadline_s=0.2)


def test_a_full_backlog_that_never_accepts_ends_at_the_deadline(connect):
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        client = connect(f"http://127.0.0.1:{listener.getsockname()[1]}", deadline_s=0.3)
        for _ in range(4):
            with pytest.raises(PbxTimeout):
                client.statistics.rt_queues()


def test_refused_connection_is_unreachable(connect):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(PbxUnreachable, match="cannot be reached") as caught:
        connect(f"http://127.0.0.1:{port}").statistics.rt_queues()
    assert caught.value.retryable
    assert caught.value.code == "unreachable"


def test_unknown_host_name_is_unreachable(connect):
    with pytest.raises(PbxUnreachable, match="host name cannot be resolved"):
        connect("http://pbx.invalid").statistics.rt_queues()


def test_plain_http_behind_an_https_address_is_unreachable(raw_server, connect):
    def speak_http(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    url = raw_server(speak_http).replace("http:", "https:")
    with pytest.raises(PbxUnreachable):
        connect(url, deadline_s=1).statistics.rt_queues()


def test_connection_closed_without_an_answer_is_unreachable(raw_server, connect):
    with pytest.raises(PbxUnreachable, match="closed the connection"):
        connect(raw_server(lambda connection, stop, request: None)).statistics.rt_queues()


def test_an_answer_that_breaks_off_is_garbage_and_may_be_asked_for_again(raw_server, connect):
    def break_off(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        connection.sendall(HEAD + b'{"status":1,"result":{')

    with pytest.raises(PbxBadAnswer, match="broke off") as caught:
        connect(raw_server(break_off)).statistics.rt_queues()
    assert caught.value.retryable
    assert caught.value.code == "garbage"


def test_something_that_is_not_http_is_garbage(raw_server, connect):
    def greet(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")

    with pytest.raises(PbxBadAnswer, match="not HTTP"):
        connect(raw_server(greet)).statistics.rt_queues()


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"", b"PHP Fatal error", b"\x00\xff"])
def test_an_answer_that_is_not_json_is_garbage(body, server, connect):
    server.answer("RTStatsQueues", body)
    with pytest.raises(PbxBadAnswer, match="not JSON"):
        connect(server.url).statistics.rt_queues()


def test_an_answer_over_the_limit_is_not_read_to_its_end(server, connect):
    server.answer("RTStatsQueues", b" " * 2_000_000)
    with pytest.raises(PbxBadAnswer, match="larger than 1 MB"):
        connect(server.url, max_answer_bytes=1024 * 1024).statistics.rt_queues()


def test_a_small_answer_that_swells_when_unpacked_meets_the_same_limit(server, connect):
    server.answer("RTStatsQueues", gzip.compress(b" " * 2_000_000), Content_Encoding="gzip")
    with pytest.raises(PbxBadAnswer, match="larger than 1 MB"):
        connect(server.url, max_answer_bytes=1024 * 1024).statistics.rt_queues()


@pytest.mark.parametrize(
    ("status", "retryable"), [(500, True), (503, True), (429, True), (403, False), (404, False)]
)
def test_another_http_status_is_an_error_even_with_a_good_body(status, retryable, server, connect):
    server.answer("RTStatsQueues", '{"status":1,"result":[]}', status=status)
    with pytest.raises(PbxHttpError, match=str(status)) as caught:
        connect(server.url).statistics.rt_queues()
    assert (caught.value.status_code, caught.value.retryable) == (status, retryable)


@pytest.mark.parametrize("status", [201, 202])
def test_an_answer_with_another_status_of_success_is_an_answer(status, server, connect):
    server.answer("RTStatsQueues", '{"status":1,"result":[]}', status=status)
    assert connect(server.url).statistics.rt_queues() == {}


@pytest.mark.parametrize("status", [201, 202, 400, 403, 404, 500, 503])
def test_a_refusal_is_one_whatever_the_http_status(status, server, connect):
    server.answer("Hangup", '{"error":"Agent není v hovoru","status":0}', status=status)
    with pytest.raises(PbxRefused, match="Agent není v hovoru") as caught:
        connect(server.url).calls.hangup(user=Login("novak"))
    assert not caught.value.may_have_acted


@pytest.mark.parametrize(
    ("status", "body", "may_have_acted"),
    [
        (201, "", True),
        (202, "accepted", True),
        (204, "", True),
        (302, "", False),
        (403, "<html>", False),
        (404, '{"error":"Not Found","status":404}', False),
        (404, '{"error":null,"status":1,"result":null}', True),
        (408, "", True),
        (500, "<html>", True),
    ],
)
def test_what_an_http_status_tells_of_an_action(status, body, may_have_acted, server, connect):
    server.answer("Hangup", body, status=status)
    with pytest.raises(PbxHttpError) as caught:
        connect(server.url).calls.hangup(user=Login("novak"))
    assert (caught.value.status_code, caught.value.may_have_acted) == (status, may_have_acted)


def test_redirects_are_not_followed(server, connect):
    server.answer("RTStatsQueues", "", status=302, Location=server.url + "/elsewhere")
    with pytest.raises(PbxHttpError, match="302"):
        connect(server.url).statistics.rt_queues()
    assert len(server.asked) == 1


def test_a_refusal_keeps_the_words_of_the_pbx(server, connect):
    server.answer("RTStatsQueues", '{"error":"Nemáte právo","status":0}')
    with pytest.raises(PbxRefused) as caught:
        connect(server.url).statistics.rt_queues()
    assert (caught.value.pbx_text, caught.value.code, caught.value.retryable) == (
        "Nemáte právo",
        "refused",
        False,
    )


@pytest.mark.parametrize("status", ["0", '"0"', "false"])
def test_a_refusal_is_one_whatever_stands_in_its_result(status, server, connect):
    server.answer("RTStatsQueues", f'{{"result":5,"error":"Chyba","status":{status}}}')
    with pytest.raises(PbxRefused, match="Chyba"):
        connect(server.url).statistics.rt_queues()


@pytest.mark.parametrize("text", ["Uživatel neexistuje", "Uzivatel neexistuje", "UŽIVATEL NEEXISTUJE (17)"])
def test_a_wrong_token_is_told_from_other_refusals(text, server, connect):
    server.answer("GetUser", f'{{"error":"{text}","status":0}}')
    with pytest.raises(PbxWrongToken) as caught:
        connect(server.url).operators.me()
    assert caught.value.code == "token"


def test_an_agent_who_is_not_logged_in_has_no_state(server, connect):
    server.answer("RTUserState", '{"error":"Agent není přihlášen","status":0}')
    assert connect(server.url).statistics.user_state(user=Login("novak")) is None


def test_an_answer_without_a_status_is_garbage(server, connect):
    server.answer("RTStatsQueues", '{"result":{}}')
    with pytest.raises(PbxBadAnswer, match="`status`"):
        connect(server.url).statistics.rt_queues()


@pytest.mark.parametrize("token_in", ["cookie", "query"])
def test_no_failure_tells_the_token(token_in, server, connect, caplog):
    caplog.set_level("DEBUG")
    client = connect(server.url, token_in=token_in)
    server.answer("RTStatsQueues", f'{{"error":"No such token: {TOKEN}","status":0}}')
    server.answer("RTStatsCalls", "{")
    server.answer("RTStatsPauses", "", status=500)
    unreachable = connect("http://127.0.0.1:1", token_in=token_in)
    for ask in (
        client.statistics.rt_queues,
        client.statistics.rt_calls,
        client.statistics.rt_pauses,
        unreachable.statistics.rt_calls,
    ):
        with pytest.raises((PbxRefused, PbxBadAnswer, PbxHttpError, PbxUnreachable)) as caught:
            ask()
        assert TOKEN not in "".join(traceback.format_exception(caught.value))
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(client)


def test_no_failure_tells_a_password(server, connect):
    server.answer("GetUsers", '{"status":1,"result":{"1":{"user":[],"password":"Heslo321"}}}')
    with pytest.raises(PbxBadAnswer) as caught:
        connect(server.url).operators.all()
    assert "Heslo321" not in "".join(traceback.format_exception(caught.value))
    assert "password" not in Operators.all().shape.decoder.type.__args__


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "pbx.example"},
        {"base_url": "ftp://pbx.example"},
        {"base_url": "https://admin:secret@pbx.example"},
        {"base_url": "https://pbx.example/?a=secret"},
        {"base_url": "https://pbx.example:port"},
        {"base_url": "https://pbx.example", "token": "secret; path=/"},
        {"base_url": "https://pbx.example", "ca_file": "/nowhere/ca.pem"},
    ],
)
def test_options_that_cannot_work_are_refused_at_once(options):
    with pytest.raises(ValueError, match=r"^The (address|access token|file)") as caught:
        PbxClient(**{"token": TOKEN, **options})
    assert "secret" not in str(caught.value)


def test_a_request_does_not_show_its_parameters():
    assert "novak" not in repr(Statistics.user_state(user=Login("novak")))
