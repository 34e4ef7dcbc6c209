"""What the type checker must refuse: one kind of identifier where another is meant."""

from pathlib import Path

import pytest
from mypy import api

RIGHT = """
from dashboard.pbx import *

def right(client: PbxClient) -> None:
    client.queues.one(QueueId("3"))
    client.queues.login(user=Login("novak"), queue=QueueNumber("2000"), deadline_s=5.0)
    total: int | None = client.statistics.rt_queues()[QueueId("3")].users_total
    request: Request[dict[CallId, RtCall]] = Statistics.rt_calls()
    calls: dict[CallId, RtCall] = client.fetch(request).value
    for call in each_row(client, Statistics.calls, datetime_from="", datetime_to=""):
        queue: QueueId | None = call.queue
    client.forms.update_record(RecordId("1"), user=RELEASE)
"""
WRONG = {
    'client.queues.one(QueueNumber("2000"))': "QueueNumber",
    'client.queues.login(user=Login("novak"), queue=QueueId("3"))': "QueueId",
    'client.statistics.rt_sessions(queues=[QueueNumber("2000")])': "QueueNumber",
    'client.statistics.user_state(user=UserId("4"))': "UserId",
    'client.pauses.on(user=Login("novak"), pause=PauseName("obed"))': "PauseName",
    'client.calls.hangup(call=Extension("200"))': "Extension",
    'client.calls.transfer(user=Login("novak"), dst_queue=QueueNumber("2000"))': "QueueNumber",
    'client.calls.monitor(user=Login("a"), listener=Extension("1"), mode="spy")': "MonitoringMode",
    'client.operators.delete(Login("novak"))': "Login",
    'client.statistics.rt_queues()[QueueNumber("2000")]': "QueueNumber",
    "client.forms.update_record(RecordId('1'), action=RecordAction.LOADED_1)": "RecordAction",
    "client.statistics.rt_queues(1.0)": "Too many positional",
}


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], int]:
    """mypy's lines about a module of right and wrong uses, and the line where the wrong ones begin."""
    folder = tmp_path_factory.mktemp("types")
    snippet, config = folder / "snippet.py", folder / "mypy.ini"
    root = Path(__file__).parents[2]
    config.write_text(f"[mypy]\nstrict = True\nmypy_path = {root}\ncache_dir = {folder / 'cache'}\n")
    wrong = "\ndef wrong(client: PbxClient) -> None:\n" + "".join(f"    {line}\n" for line in WRONG)
    snippet.write_text(RIGHT + wrong)
    out, err, _ = api.run(["--config-file", str(config), str(snippet)])
    assert err == ""
    return out.splitlines(), len((RIGHT + "\ndef wrong\n").splitlines())


def test_right_identifiers_are_accepted(errors):
    lines, first_wrong = errors
    assert [line for line in lines if ".py:" in line and int(line.split(":")[1]) <= first_wrong] == []


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_identifiers_are_refused(wrong, errors):
    lines, first_wrong = errors
    number = first_wrong + 1 + list(WRONG).index(wrong)
    assert any(f".py:{number}: error" in line and WRONG[wrong] in line for line in lines), lines
