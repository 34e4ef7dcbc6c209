"""The PBX's webhooks, sent to a small web server on this machine."""

import json
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from dashboard.gateway.errands import SENDERS, WAITING_PER_SENDER
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.webhooks import Hooks, caller_name, hooks_below
from tests.gateway.commanding import CHAT, OUTBOUND, QUIET, START_AT, Desk
from tests.gateway.crm import PATIENCE_S, Crm, serving, until

ClientFor = Callable[[PbxServer], httpx.Client]


@pytest.fixture
def crm() -> Iterator[Crm]:
    with serving(Crm()) as opened:
        opened.is_open.set()
        yield opened


@pytest.fixture
def desk(crm: Crm, client_for: ClientFor) -> Iterator[Desk]:
    """A quiet PBX that tells the CRM of its calls."""
    with running_pbx(QUIET, hooks=hooks_below(crm.url)) as pbx:
        yield Desk(pbx, client_for(pbx))


def test_the_four_hooks_say_what_the_documented_lines_say(desk: Desk, crm: Crm) -> None:
    call_id, user = desk.talk(caller="+420602111222")
    desk.tell("3.0/Hangup", call=call_id)
    until(lambda: len(crm.asked) == 4)
    line = f"callerId=+420602111222&calleeId=226212001&line={user.extension}&idcall={call_id}"
    assert crm.asked == [
        "/crm/secret?callid=+420602111222&dnd=226212001",
        f"/crm/secret?{line}&action=ringing",
        f"/crm/secret?{line}&action=answer",
        f"/crm/secret?{line}&action=hangup",
    ]


def test_the_name_in_the_answer_is_shown_with_the_call_and_goes_on_with_it(desk: Desk, crm: Crm) -> None:
    crm.answer = json.dumps({"NAME": "Daktela s.r.o.", "ADDRESS": "Pod Krejcárkem 975"})
    call_id, user = desk.talk()

    def names() -> set[str | None]:
        rows = desk.tell("4.1/RTUsersState").values()
        return {call["clid_name"] for row in rows for call in row["calls"]}

    until(lambda: names() == {"Daktela s.r.o."})
    desk.tell("3.0/Transfer", user=user.login, dst_queue="2", type="blind")
    desk.until(lambda: call_id not in desk.calls(), within_s=5)
    assert names() == {"Daktela s.r.o."}


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"",
            b"<html>",
            b"[1]",
            b'"x"',
            b"{}",
            b'{"NAME":7}',
            b'{"NAME":{"a":1}}',
            b'{"name":"x"}',
            b"\xff",
        ),
        *(b'{"NAME":"\xff"}', b"[" * 50_000, b'{"NAME":' + b'{"a":' * 5000, b'{"NAME":' + b"7" * 5000 + b"}"),
    ],
)
def test_an_answer_without_a_flat_name_names_nobody(body: bytes) -> None:
    assert caller_name(body) == ""
    assert caller_name(b'{"NAME":"' + b"x" * 500 + b'"}') == "x" * 100


def test_an_answer_that_cannot_be_read_does_not_end_the_telling(desk: Desk, crm: Crm) -> None:
    crm.answer = "[" * 50_000
    call_id, _ = desk.talk()
    desk.tell("3.0/Hangup", call=call_id)
    until(lambda: crm.about(call_id) == ["ringing", "answer", "hangup"])


def test_an_arrival_is_told_once_however_often_the_call_is_sent_on(desk: Desk, crm: Crm) -> None:
    call_id, user = desk.talk()
    desk.tell("3.0/Transfer", user=user.login, dst_queue="2", type="blind")
    desk.until(lambda: call_id not in desk.calls(), within_s=5)
    (onward,) = desk.calls()
    until(lambda: crm.about(onward) == ["ringing"])
    until(lambda: crm.about(call_id) == ["ringing", "answer", "hangup"])
    assert [query for query in crm.queries() if "dnd" in query] == [
        {"callid": "602111222", "dnd": "226212001"}
    ]


def test_calls_that_go_out_ring_and_end_but_never_arrive_and_chats_are_no_calls(desk: Desk, crm: Crm) -> None:
    user = desk.user(queue_id=OUTBOUND)
    chat_id = desk.call_in(CHAT)
    call_id = desk.tell("3.1/CreateCall", user=user.login, number="800123456")["id_call"]
    desk.tell("3.0/Hangup", call=call_id)
    desk.tell("3.0/Hangup", call=chat_id)
    line_id = desk.tell("3.0/CreateCall", extension=desk.spare(), number="800123456")["id_call"]
    desk.tell("3.0/Hangup", call=line_id)
    until(lambda: len(crm.asked) == 4)
    assert crm.about(call_id) == crm.about(line_id) == ["ringing", "hangup"]
    assert {query["calleeId"] for query in crm.queries()} == {""}


def test_only_the_hooks_that_are_set_are_sent(crm: Crm, client_for: ClientFor) -> None:
    hooks = Hooks(hangup=f"{crm.url}/over?call=${{ID_CALL}}&other=${{UNKNOWN}}")
    with running_pbx(QUIET, hooks=hooks) as pbx:
        desk = Desk(pbx, client_for(pbx))
        call_id, _ = desk.talk()
        desk.tell("3.0/Hangup", call=call_id)
        until(lambda: len(crm.asked) == 1)
    assert crm.queries() == [{"call": call_id, "other": "${UNKNOWN}"}]


def test_a_restart_tells_nobody(desk: Desk, crm: Crm) -> None:
    desk.talk()
    until(lambda: len(crm.asked) == 3)
    desk.pbx.engine.restart()
    desk.tell("3.4/Login", user=desk.user(is_in=False).login)
    later, _ = desk.talk()
    until(lambda: len(crm.about(later)) == 2)
    assert "hangup" not in {query.get("action") for query in crm.queries()}


def test_calls_that_run_already_are_told_of_as_well(crm: Crm) -> None:
    settings = SimulationSettings(start_at=START_AT, speed=0, warm_up_s=1800)
    with running_pbx(settings, hooks=hooks_below(crm.url)) as pbx:
        running = [
            call.id
            for call in pbx.engine.floor().calls.values()
            if call.queue_id in {1, 2, 3, 4} and call.agent_id
        ]
        assert crm.asked == []
        pbx.engine.call_hang_up(call_id=running[0])
        until(lambda: "hangup" in crm.about(running[0]))


def test_a_crm_that_does_not_answer_holds_up_nothing_and_what_is_too_much_is_dropped(
    client_for: ClientFor,
) -> None:
    with serving(Crm()) as crm, running_pbx(QUIET, hooks=hooks_below(crm.url)) as pbx:
        desk, many = Desk(pbx, client_for(pbx)), SENDERS * WAITING_PER_SENDER
        began_s = time.monotonic()
        for _ in range(many):
            pbx.engine.call_hang_up(call_id=desk.call_in())
        assert time.monotonic() - began_s < PATIENCE_S
        assert pbx.webhooks is not None
        assert pbx.webhooks.counts["dropped"] >= many
        assert desk.tell("3.5/RTStatsQueues")


def test_hooks_that_fail_are_logged_once_without_the_address(
    crm: Crm, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    crm.status = 500
    with running_pbx(QUIET, hooks=hooks_below(crm.url)) as pbx:
        desk = Desk(pbx, client_for(pbx))
        assert pbx.webhooks is not None
        counts = pbx.webhooks.counts
        call_id, _ = desk.talk()
        until(lambda: counts["failed"] == 3)
        crm.status = 200
        desk.tell("3.0/Hangup", call=call_id)
        until(lambda: counts["sent"] == 1)
    said = [record.getMessage() for record in caplog.records if record.name.endswith("errands")]
    assert said == ["Webhooks are not answered: HTTPStatusError", "Webhooks are answered again."]


def test_nobody_there_is_a_failure_and_no_crash(client_for: ClientFor) -> None:
    with running_pbx(QUIET, hooks=hooks_below("http://127.0.0.1:9/nobody")) as pbx:
        desk = Desk(pbx, client_for(pbx))
        desk.talk()
        webhooks = pbx.webhooks
        assert webhooks is not None
        until(lambda: webhooks.counts["failed"] == 3)
        assert desk.tell("3.5/RTStatsCalls")


def test_an_address_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no address of a web server"):
        hooks_below("crm.example/path")
