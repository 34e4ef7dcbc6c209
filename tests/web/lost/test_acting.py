"""What can be done to a line of the worklist, and by whom."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from dashboard.models import ActionEvent, CallRecord, LostCase, Pbx, PbxAccount, Queue
from dashboard.reports.worklist import Standing
from tests.web.lost.conftest import KOSOVA, NOVAK, lines_found
from tests.web.reports_making import manager_of

pytestmark = pytest.mark.django_db


def act(client: Client, do: str, *, key: int = NOVAK, version: int = 0, **more: str | list[str]):
    """As the page posts it: with the queues of the line and its last call."""
    last = CallRecord.objects.filter(caller_key=key).order_by("entered_at").last()
    until = last.entered_at.isoformat() if last else ""
    form = {"line": f"main/{key}", "queue": ["4"], "until": until, "do": do}
    return client.post("/reports/lost/act/", form | {"version": version, **more}, follow=True)


def press(client: Client, address: str, do: str):
    """Presses a button of the one line that the page shows, as a browser would."""
    page = client.get(address).content.decode()
    forms = re.findall(r"<form[^>]*lost/act/.*?</form>", page, re.DOTALL)
    form = next(form for form in forms if f'value="{do}"' in form)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value.replace("&amp;", "&"))
    return client.post("/reports/lost/act/", fields | {"do": do}, follow=True)


@pytest.mark.parametrize("address", ["/reports/lost/?queue=main/4", "/reports/lost/?days=1"])
def test_buttons_of_a_narrowed_list_work_though_other_queues_have_changed(queues, call, address: str) -> None:
    """The number was lost in both queues, in Prodej three days ago, and somebody has taken that one."""
    call(minutes_ago=5)
    call(minutes_ago=3 * 1440, queue="6")
    both = manager_of("eva", *queues.values())
    act(both, "take", queue=["6"])
    for do in ("take", "give_back", "close"):
        assert "Nothing was changed" not in press(both, address, do).content.decode()
    own, other = LostCase.objects.order_by("queue_id")
    assert (own.queue_id, own.version, own.closed_until_at is None) == ("4", 3, False)
    assert (other.queue_id, other.version, other.closed_until_at) == ("6", 1, None)


def test_a_call_that_came_after_the_page_was_drawn_is_not_done_by_it(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    page = jana.get("/reports/lost/").content.decode()
    until = re.findall(r'name="until" value="([^"]*)"', page)[0]
    call(minutes_ago=1)
    act(jana, "close", until=until)
    assert lines_found()[0].standing is Standing.OPEN


@pytest.mark.parametrize("queue", [["6"], ["4", "6"], ["4,main/6"], ["99"], []])
def test_only_queues_in_scope_can_be_named(queues, call, jana: Client, queue: list[str]) -> None:
    call(minutes_ago=5)
    call(minutes_ago=5, queue="6")
    assert act(jana, "close", queue=queue).status_code == 404
    assert not LostCase.objects.exists()


def test_a_line_is_of_one_pbx(queues, call, pbx: Pbx) -> None:
    """Who has queue 6 of another PBX does nothing in queue 6 of this one."""
    other = Pbx.objects.create(slug="other", title="Other", base_url="http://other.test")
    own = Queue.objects.create(pbx=other, queue_id="6", title="Prodej 2")
    call(minutes_ago=5)
    call(minutes_ago=5, queue="6")
    manager = manager_of("eva", queues["4"], own)
    assert act(manager, "close", queue=["4,other/6"]).status_code == 404
    assert act(manager, "close", queue=["4", "6"]).status_code == 404
    assert not LostCase.objects.exists()


def test_a_note_with_a_character_that_no_database_holds_is_refused(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    assert act(jana, "note", note="call\x00back").status_code == 404
    assert not LostCase.objects.exists()


def test_a_call_is_done_though_the_clock_of_the_pbx_is_ahead(queues, call, jana: Client) -> None:
    call(minutes_ago=-3)
    assert act(jana, "close").status_code == 200
    assert LostCase.objects.get().closed_until_at is not None


@pytest.mark.parametrize("until", ["", "soon", "2026-01-01T10:00:00", "9000-01-01T00:00:00+00:00"])
def test_what_is_done_until_no_moment_or_the_future_is_refused(
    queues, call, jana: Client, until: str
) -> None:
    call(minutes_ago=5)
    assert act(jana, "close", until=until).status_code == 404
    assert not LostCase.objects.exists()


def test_a_line_of_another_team_cannot_be_touched(queues, call, jana: Client) -> None:
    call(minutes_ago=5, queue="6", key=KOSOVA)
    assert act(jana, "close", key=KOSOVA).status_code == 404
    assert not LostCase.objects.exists()


def test_a_line_closed_by_hand_can_be_opened_again(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    page = act(jana, "close").content.decode()
    assert "Undo" in page
    assert lines_found()[0].standing is Standing.DONE
    act(jana, "reopen", version=1)
    assert lines_found()[0].standing is Standing.OPEN


def test_a_new_lost_call_opens_a_closed_line(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    act(jana, "close")
    call(minutes_ago=1)
    assert lines_found()[0].standing is Standing.OPEN


def test_closing_one_teams_calls_leaves_the_other_teams_open(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    call(minutes_ago=4, queue="6")
    act(jana, "close")
    sales = manager_of("petr", queues["6"])
    assert "6020011" in sales.get("/reports/lost/").content.decode()
    assert "6020011" not in jana.get("/reports/lost/").content.decode()


def test_of_two_at_once_the_second_is_told_who_was_first(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    petr = manager_of("petr", queues["4"])
    act(jana, "take")
    page = act(petr, "take").content.decode()
    assert "jana changed this line at" in page
    assert lines_found()[0].owner.username == "jana"


def test_owner_and_note_are_kept_and_shown(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    act(jana, "take")
    page = act(jana, "note", version=1, note="Volat po 15. hodině <b>").content.decode()
    assert "open, with jana" in page
    assert "Volat po 15. hodině &lt;b&gt;" in page
    assert "6020011" in jana.get("/reports/lost/?show=mine").content.decode()
    act(jana, "give_back", version=2)
    assert "6020011" not in jana.get("/reports/lost/?show=mine").content.decode()


def test_a_note_that_is_too_long_is_refused_in_words(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    assert "500 characters at most" in act(jana, "note", note="x" * 501).content.decode()
    assert not LostCase.objects.exists()


def test_acting_leads_back_to_the_list_and_nowhere_else(queues, call, jana: Client) -> None:
    call(minutes_ago=5)
    answer = jana.post(
        "/reports/lost/act/",
        {
            "line": f"main/{NOVAK}",
            "queue": "4",
            "do": "take",
            "version": 0,
            "back": "https://elsewhere.example/",
        },
    )
    assert answer["Location"] == "/reports/lost/"


def test_calling_back_is_refused_and_noted_for_who_may_not(queues, call, pbx: Pbx, jana: Client) -> None:
    call(minutes_ago=5)
    PbxAccount.objects.create(user=get_user_model().objects.get(username="jana"), pbx=pbx, agent_id="7")
    assert "Call back" not in jana.get("/reports/lost/").content.decode()
    form = {"line": f"main/{NOVAK}", "queue": "4", "key": "3f6c5f0e-3df5-4a0e-9b1c-0d8f4e3b1a11"}
    jana.post("/reports/lost/call/", form)
    event = ActionEvent.objects.get()
    assert (event.action, event.state, event.actor_name) == ("call", "refused", "jana")
    assert jana.post("/reports/lost/call/", form | {"line": "main/999"}).status_code == 404


def test_calling_back_is_offered_to_agents_who_may(queues, call, pbx: Pbx) -> None:
    call(minutes_ago=5)
    client = manager_of("eva", queues["4"])
    user = get_user_model().objects.get(username="eva")
    user.is_staff = True
    user.save()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["use_supervision", "act_call"]))
    assert "Call back" not in client.get("/reports/lost/").content.decode()
    PbxAccount.objects.create(user=user, pbx=pbx, agent_id="7")
    assert "Call back" in client.get("/reports/lost/").content.decode()


def test_reading_a_line_does_not_change_it(jana: Client) -> None:
    assert jana.get("/reports/lost/act/").status_code == 405
