"""The story of a call and its recording: who may see and hear them, and what is noted."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.models import ActionEvent, Agent, CallAttempt, CallRecord, Pbx, Queue
from dashboard.pbx.client import PbxClient, access_token
from dashboard.supervision.selectors import actions_of
from dashboard.supervision.wording import action_title
from tests.web.reports_making import call_made, manager_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]


@pytest.fixture(scope="module")
def server() -> Iterator[PbxServer]:
    """A simulated PBX over HTTP with some calls behind it."""
    with running_pbx(SimulationSettings(timezone="Europe/Prague", history_days=1)) as running:
        yield running


@pytest.fixture
def pbx(db: None, server: PbxServer) -> Pbx:
    token = access_token(server.login, server.password)
    return Pbx.objects.create(slug="main", title="Ústředna", base_url=server.url, token=token)


@pytest.fixture
def queues(pbx: Pbx) -> dict[str, Queue]:
    titles = {"4": "Podpora", "6": "Prodej"}
    return {
        id_: Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in")
        for id_, title in titles.items()
    }


@pytest.fixture
def call(pbx: Pbx, server: PbxServer, queues: dict[str, Queue]) -> CallRecord:
    """An answered call of Podpora that the PBX has a recording of."""
    with PbxClient(base_url=pbx.base_url, token=pbx.token) as client:
        today = timezone.localdate()
        yesterday = today - timedelta(days=1)
        listed = client.statistics.calls(
            datetime_from=f"{yesterday} 00:00:00", datetime_to=f"{today} 23:59:59", answered=True
        )
    wanted = next(row for row in listed.rows if row.queue == "4" and row.duration and row.duration > 20)
    row = call_made(pbx, timezone.now(), wait_s=12, talk_s=wanted.duration, agent_id="7")
    row.call_id = wanted.call_id
    row.save()
    return row


@pytest.fixture
def manager(queues: dict[str, Queue]) -> Client:
    return manager_of("eva", queues["4"])


def recording(call: CallRecord) -> str:
    return f"/reports/calls/main/{call.call_id}/recordings/0/"


def test_the_story_tells_who_when_and_why(call: CallRecord, pbx: Pbx, manager: Client) -> None:
    Agent.objects.create(pbx=pbx, agent_id="7", name="Jana Nováková")
    CallAttempt.objects.create(
        pbx=pbx, attempt_id="1", call_id=call.call_id, queue_id="4", agent_id="7", start_at=call.entered_at
    )
    page = html.unescape(manager.get(f"/reports/calls/main/{call.call_id}/").content.decode())
    assert "answered in time, after 12" in page
    assert "counts as in time" in page
    assert "Rang at Jana Nováková" in page
    assert "Answered by Jana Nováková" in page
    assert f'src="{recording(call)}"' in page


def test_the_story_names_nobody_at_whom_the_call_rang_in_another_teams_queue(
    call: CallRecord, pbx: Pbx, manager: Client, queues: dict[str, Queue]
) -> None:
    for number, (agent_id, queue, name) in enumerate((("7", "4", "Jana Nováková"), ("8", "6", "Petr Horák"))):
        Agent.objects.create(pbx=pbx, agent_id=agent_id, name=name)
        CallAttempt.objects.create(
            pbx=pbx,
            attempt_id=str(number),
            call_id=call.call_id,
            queue_id=queue,
            agent_id=agent_id,
            start_at=call.entered_at,
        )
    page = html.unescape(manager.get(f"/reports/calls/main/{call.call_id}/").content.decode())
    assert "Rang at Jana Nováková" in page
    assert "Petr Horák" not in page
    both = html.unescape(
        manager_of("both", *queues.values()).get(f"/reports/calls/main/{call.call_id}/").content.decode()
    )
    assert "Rang at Petr Horák" in both


def test_a_leg_in_another_teams_queue_is_neither_told_nor_heard(
    call: CallRecord, pbx: Pbx, queues: dict[str, Queue]
) -> None:
    """By the PBX the call was in Podpora; the record has been corrected to Prodej since."""
    CallRecord.objects.filter(pk=call.pk).update(queue_id="6", agent_id="99")
    sales = manager_of("petr", queues["6"])
    page = html.unescape(sales.get(f"/reports/calls/main/{call.call_id}/").content.decode())
    assert "The PBX keeps no details of this call" in page
    assert sales.get(recording(call)).status_code == 404


@pytest.mark.parametrize("path", ["", "recordings/0/"])
def test_a_call_of_another_team_is_not_there(call: CallRecord, queues: dict[str, Queue], path: str) -> None:
    sales = manager_of("petr", queues["6"])
    assert sales.get(f"/reports/calls/main/{call.call_id}/{path}").status_code == 404
    assert not ActionEvent.objects.exists()


@pytest.mark.parametrize("path", ["", "recordings/0/"])
def test_viewers_get_neither_story_nor_recording(call: CallRecord, viewer: Client, path: str) -> None:
    assert viewer.get(f"/reports/calls/main/{call.call_id}/{path}").status_code == 403


def test_a_player_gets_the_piece_it_asks_for(call: CallRecord, manager: Client) -> None:
    whole = manager.get(recording(call), headers={"Range": "bytes=0-"})
    assert whole.status_code == 206
    assert whole["Content-Type"] == "audio/x-wav"
    assert whole.content.startswith(b"RIFF")
    piece = manager.get(recording(call), headers={"Range": "bytes=100-199"})
    assert piece.content == whole.content[100:200]
    total = whole["Content-Range"].rpartition("/")[2]
    assert piece["Content-Range"] == f"bytes 100-199/{total}"


def test_a_download_without_a_range_is_the_whole_recording(
    call: CallRecord, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = manager.get(recording(call), headers={"Range": "bytes=0-"})
    total = int(pieces["Content-Range"].rpartition("/")[2])
    monkeypatch.setattr("dashboard.views.reports.recording.PIECE", total // 3)
    answer = manager.get(recording(call))
    assert (answer.status_code, answer["Content-Length"]) == (200, str(total))

    async def taken() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    data = async_to_sync(taken)()
    assert len(data) == total
    assert data.startswith(pieces.content[: total // 3])


def test_behind_the_end_there_is_nothing(call: CallRecord, manager: Client) -> None:
    assert manager.get(recording(call), headers={"Range": "bytes=999999999-"}).status_code == 416
    assert manager.get(recording(call), headers={"Range": "bytes=5-2"}).status_code == 416
    assert manager.get(recording(call), headers={"Range": "bytes=0-1,5-6"}).status_code == 416


def test_pieces_that_are_asked_for_at_the_same_moment_are_one_listening(
    call: CallRecord, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither sees what the other notes."""
    monkeypatch.setattr(QuerySet, "exists", lambda _rows: False)
    at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: at)
    for _ in range(2):
        assert manager.get(recording(call), headers={"Range": "bytes=0-99"}).status_code == 206
    assert ActionEvent.objects.filter(action="recording").count() == 1


def test_listening_is_noted_once_and_names_who_and_what(call: CallRecord, manager: Client) -> None:
    for start in (0, 1000, 2000):
        manager.get(recording(call), headers={"Range": f"bytes={start}-"})
    event = ActionEvent.objects.get()
    assert (event.action, event.actor_name, event.call_id, event.queue_title) == (
        "recording",
        "eva",
        call.call_id,
        "Podpora",
    )


def test_who_listened_still_gets_the_list_of_own_actions(call: CallRecord, manager: Client) -> None:
    manager.get(recording(call), headers={"Range": "bytes=0-9"})
    assert actions_of(get_user_model().objects.get(username="eva")) == []
    assert action_title("recording") == "Listening to a recording"


def test_a_recording_that_is_not_there_is_not_found(call: CallRecord, manager: Client) -> None:
    assert manager.get(f"/reports/calls/main/{call.call_id}/recordings/99/").status_code == 404


def test_the_story_is_told_though_the_pbx_is_away(call: CallRecord, pbx: Pbx, manager: Client) -> None:
    Pbx.objects.filter(pk=pbx.pk).update(base_url="http://127.0.0.1:1")
    page = html.unescape(manager.get(f"/reports/calls/main/{call.call_id}/").content.decode())
    assert "answered in time" in page
    assert "The PBX cannot be reached" in page
