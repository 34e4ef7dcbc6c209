"""Asking a CRM over real HTTP: within its second, and whatever it says."""

from __future__ import annotations

import gzip
import logging
import threading
import time
from collections.abc import Iterator

import pytest

from dashboard.contacts.crm import AT_ONCE, Crm, CrmError, crm_answer_read, crm_url_problem
from dashboard.contacts.process import Process
from dashboard.views.hook_door import THREADS
from tests.conftest import RedisServer
from tests.contacts.conftest import CrmServer

NUMBER = "+420777123456"


def places() -> threading.Semaphore:
    return threading.BoundedSemaphore(AT_ONCE)


@pytest.fixture
def crm(crm_server: CrmServer) -> Iterator[Crm]:
    crm = Crm(crm_server.url, stream="main", places=places())
    yield crm
    crm.close()


def lines_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "dashboard.contacts"]


def test_crm_is_asked_for_the_number_and_its_flat_answer_is_passed_on(
    crm: Crm, crm_server: CrmServer
) -> None:
    crm_server.says('{"name": "Žižka", "Address": "Tábor", "VIP": 1, "EMPTY": "", "MORE": {"a": 1}}'.encode())
    assert crm.answer(NUMBER) == {"NAME": "Žižka", "ADDRESS": "Tábor", "VIP": "1"}
    assert crm_server.paths == ["/caller?number=%2B420777123456&key=s3cret"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", "204 No Content"),
        (b"gone", "404 Not Found"),
        (b"", "200 OK"),
        (b"null", "200 OK"),
        (b"{}", "200 OK"),
    ],
)
def test_crm_may_know_nobody(
    crm: Crm, crm_server: CrmServer, caplog: pytest.LogCaptureFixture, body: bytes, status: str
) -> None:
    crm_server.says(body, status=status)
    assert crm.answer(NUMBER) == {}
    assert lines_of(caplog) == []


@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        (b"<html>", "200 OK", ""),
        (b'["NAME"]', "200 OK", ""),
        (b'"NAME"', "200 OK", ""),
        (b'{"NAME": "Dak', "200 OK", ""),
        (b'{"NAME": "\xe1"}', "200 OK", ""),
        (b"[" * 50_000, "200 OK", ""),
        (b"{" + b'"A": ' + b"9" * 20_000 + b"}", "200 OK", ""),
        (b'{"NAME": "' + b"x" * 70_000 + b'"}', "200 OK", ""),
        (gzip.compress(b'{"NAME": "x"}'), "200 OK", "Content-Encoding: gzip\r\n"),
        (b'{"NAME": "x"}', "500 Internal Server Error", ""),
        (b"", "302 Found", "Location: /elsewhere\r\n"),
    ],
    ids=["html", "list", "text", "half", "latin", "deep", "long number", "huge", "gzip", "error", "redirect"],
)
def test_answer_of_no_use_is_none_and_logged_once_without_address_and_number(
    crm: Crm,
    crm_server: CrmServer,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    status: str,
    headers: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    crm_server.says(body, status=status, headers=headers)
    assert [crm.answer(NUMBER) for _ in range(5)] == [None] * 5
    assert len(crm_server.paths) == 5, "a redirect was followed, or the CRM was given up"
    assert len(lines_of(caplog)) == 1
    crm_server.says(b'{"NAME": "Eva"}')
    assert crm.answer(NUMBER) == {"NAME": "Eva"}
    assert lines_of(caplog)[1:] == ["main: the CRM answers again"]
    ours = "".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("dashboard", "httpx"))
    )
    assert "s3cret" not in ours
    assert NUMBER[1:] not in ours


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"],
    ids=["closed", "ssh", "broken off"],
)
def test_broken_connections_are_none(crm: Crm, crm_server: CrmServer, answer: bytes) -> None:
    crm_server.answer = answer
    assert crm.answer(NUMBER) is None


def test_answer_that_drips_is_given_up_after_a_second(crm: Crm, crm_server: CrmServer) -> None:
    crm_server.drips(every_s=0.05)
    begun_at = time.monotonic()
    assert crm.answer(NUMBER) is None
    assert 0.9 < time.monotonic() - begun_at < 5


def test_crm_that_is_silent_again_and_again_is_left_alone_for_a_while(
    crm: Crm, crm_server: CrmServer
) -> None:
    crm_server.drips(every_s=0.05)
    for _ in range(3):
        assert crm.answer(NUMBER) is None
    crm_server.behave = None
    asked = len(crm_server.paths)
    assert crm.answer(NUMBER) is None
    assert len(crm_server.paths) == asked


def test_slow_crm_is_asked_only_so_often_at_once(crm: Crm, crm_server: CrmServer) -> None:
    crm_server.drips(every_s=0.05)
    threads = [threading.Thread(target=crm.answer, args=(NUMBER,)) for _ in range(AT_ONCE + 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(crm_server.paths) <= AT_ONCE


def test_crms_of_all_pbxs_share_the_places_and_leave_threads_for_callers_who_are_known(
    crm_server: CrmServer, redis_server: RedisServer
) -> None:
    assert 2 * AT_ONCE <= THREADS
    process = Process(redis_server.url)
    first, second = (process.crm(crm_server.url, stream=stream) for stream in ("first", "second"))
    taken = [first._places.acquire(blocking=False) for _ in range(AT_ONCE)]
    assert all(taken)
    assert second.answer(NUMBER) is None
    assert crm_server.paths == []
    first._places.release()
    assert second.answer(NUMBER) == {"NAME": "Daktela s.r.o."}
    process.close()


def test_places_are_given_back_whatever_becomes_of_the_question() -> None:
    few = threading.BoundedSemaphore(1)
    crm = Crm("http://127.0.0.1:1/{number}", stream="main", places=few)
    assert crm.answer(NUMBER) is None
    assert few.acquire(blocking=False)
    crm.close()


def test_crm_that_is_not_there_is_none() -> None:
    crm = Crm("http://127.0.0.1:1/{number}", stream="main", places=places())
    assert crm.answer(NUMBER) is None
    crm.close()


def test_login_in_the_address_is_sent_as_such(crm_server: CrmServer) -> None:
    crm = Crm(f"http://eva:heslo@{crm_server.host}/{{number}}", stream="main", places=places())
    assert crm.answer(NUMBER) == {"NAME": "Daktela s.r.o."}
    assert crm_server.headers[0]["authorization"] == "Basic ZXZhOmhlc2xv"
    assert crm_server.paths == ["/%2B420777123456"]
    crm.close()


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (b'{"NAME": "  a\\n\\tb\\u0000 "}', {"NAME": "a b"}),
        (b'{"name": "a", "NAME": "b"}', {"NAME": "b"}),
        (b'{"A": true, "B": null, "C": [1], "D": 1.5, "E-F": "x", "": "y", "1": "z"}', {"D": "1.5"}),
        (('{"NAME": "' + "x" * 1000 + '"}').encode(), {"NAME": "x" * 250}),
    ],
)
def test_answers_are_made_flat_and_short(body: bytes, answer: dict[str, str]) -> None:
    assert crm_answer_read(body) == answer


def test_answer_holds_no_more_keys_than_a_dialplan_can_use() -> None:
    body = "{" + ",".join(f'"K{number}": "x"' for number in range(1000)) + "}"
    assert len(crm_answer_read(body.encode())) == 32


def test_answer_that_is_no_object_is_an_error() -> None:
    with pytest.raises(CrmError, match="object"):
        crm_answer_read(b"[1]")


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("https://crm.example.com/caller?number={number}", True),
        ("http://10.0.0.1:8080/{number}.json", True),
        ("https://crm.example.com/caller", False),
        ("https://{number}.example.com/", False),
        ("ftp://crm.example.com/{number}", False),
        ("file:///etc/passwd?{number}", False),
        ("crm.example.com/{number}", False),
        ("https:///{number}", False),
        ("https://crm.example.com:99999/{number}", False),
        ("", False),
    ],
)
def test_address_of_a_crm_is_checked(url: str, is_good: bool) -> None:
    assert (crm_url_problem(url) is None) is is_good
