"""“My account”: everybody's own, and for agents who listened to their calls; never anybody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from dashboard.models import Pbx, PbxAccount, Profile
from tests.admin.events import Step, action_make, refused_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

PAGE = "/account/"


@pytest.fixture
def jana(roles: dict[str, Group], pbx: Pbx) -> User:
    """Agent 12 of the PBX, who looks at boards."""
    user = User.objects.create_user("jana", "", "jana's password")
    user.groups.add(roles["viewer"])
    PbxAccount.objects.create(user=user, pbx=pbx, agent_id="12")
    return user


@pytest.fixture
def agent(jana: User) -> Client:
    client = Client()
    client.force_login(jana)
    return client


def lines(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    return list(answer.context["lines"])


def test_page_asks_for_a_login() -> None:
    for path in (PAGE, f"{PAGE}password/"):
        assert Client().get(path).headers["Location"].startswith("/accounts/login/")


def test_an_agent_reads_who_listened_to_his_calls_and_until_when(agent: Client) -> None:
    action_make(until=Step.ENDED)
    (line,) = lines(agent)
    assert line["who"] == "eva"
    assert line["what"] == "Listen"
    assert line["until"] > line["when"]
    page = agent.get(PAGE).content.decode()
    assert "Who listened to my calls" in page
    assert "192.0.2.7" not in page, "where supervisors sit is for the record alone"
    assert "Training" not in page, "so is why they listened"


def test_nobody_elses_rows_are_ever_there(agent: Client, pbx: Pbx) -> None:
    Pbx.objects.create(slug="other", title="Other", base_url="http://127.0.0.1:1", token="f" * 40)
    action_make(agent_id="13", agent_name="Petr Malý")
    action_make(stream="other", agent_id="12", agent_name="Karel Velký")
    action_make(agent_id="", agent_name="")
    refused_make(agent_id="")
    assert lines(agent) == []
    assert lines(agent, "all") == []
    page = agent.get(f"{PAGE}?all").content.decode()
    assert "Petr" not in page
    assert "Karel" not in page


def test_another_agent_sees_his_own_and_not_these(roles: dict[str, Group], pbx: Pbx, jana: User) -> None:
    action_make()
    petr = User.objects.create_user("petr", "", "petr's password")
    PbxAccount.objects.create(user=petr, pbx=pbx, agent_id="13")
    client = Client()
    client.force_login(petr)
    assert lines(client, "all") == []


def test_who_is_no_agent_sees_none_whatever_the_role(
    supervisor: Client, administrator: Client, superuser: Client, pbx: Pbx, eva: User
) -> None:
    action_make()
    PbxAccount.objects.create(user=eva, pbx=pbx, extension="204")
    for client in (supervisor, administrator, superuser):
        assert lines(client, "all") == []
        assert "about-me" not in client.get(PAGE).content.decode()


def test_rows_go_with_the_account_at_the_pbx(agent: Client, jana: User) -> None:
    action_make()
    assert len(lines(agent)) == 1
    PbxAccount.objects.filter(user=jana).update(agent_id="")
    assert lines(agent) == []


def test_first_only_who_listened_then_everything_is_shown(agent: Client) -> None:
    action_make()
    action_make(action="pause_on")
    assert [line["what"] for line in lines(agent)] == ["Listen"]
    assert sorted(line["what"] for line in lines(agent, "all")) == ["Listen", "Pause"]


def test_many_rows_are_paged(agent: Client) -> None:
    for _ in range(26):
        action_make(until=Step.OPENED)
    assert len(lines(agent)) == 25
    assert len(lines(agent, "page=2")) == 1
    assert len(lines(agent, "page=nonsense")) == 25


def test_language_is_chosen_here_and_kept_for_the_next_login(agent: Client, jana: User) -> None:
    assert agent.post(PAGE, {"language": "cs"}).status_code == 302
    assert agent.get(PAGE).headers["Content-Language"] == "cs"
    assert Profile.objects.get(user=jana).language == "cs"
    later = Client()
    later.post("/accounts/login/", {"username": "jana", "password": "jana's password"})
    assert later.get(PAGE, headers={"accept-language": "en"}).headers["Content-Language"] == "cs"
    agent.post(PAGE, {"language": ""})
    assert agent.get(PAGE, headers={"accept-language": "en"}).headers["Content-Language"].startswith("en")


def test_a_language_that_is_not_there_is_refused_in_words(agent: Client, jana: User) -> None:
    page = agent.post(PAGE, {"language": "xx"})
    assert "not one of the available choices" in page.content.decode()
    assert not Profile.objects.filter(user=jana).exists()


def test_a_supervisor_sets_his_own_telephone(supervisor: Client, eva: User, pbx: Pbx) -> None:
    field = f"extension-{pbx.pk}"
    assert supervisor.post(PAGE, {"language": "", field: "20 4"}).status_code == 302
    assert PbxAccount.objects.get(user=eva).extension == "204"
    page = supervisor.post(PAGE, {"language": "", field: "204; DROP"})
    assert "consists of digits and letters" in page.content.decode()
    supervisor.post(PAGE, {"language": "", field: ""})
    assert PbxAccount.objects.get(user=eva).extension == ""


def test_who_does_not_supervise_sets_neither_telephone_nor_agent(agent: Client, jana: User, pbx: Pbx) -> None:
    agent.post(PAGE, {"language": "", f"extension-{pbx.pk}": "204", "agent_id": "13", "is_superuser": "on"})
    account = PbxAccount.objects.get(user=jana)
    assert (account.extension, account.agent_id) == ("", "12")
    jana.refresh_from_db()
    assert jana.is_superuser is False


def test_password_is_changed_with_the_old_one_only(agent: Client, jana: User) -> None:
    new = {"new_password1": "a much longer one", "new_password2": "a much longer one"}
    page = agent.post(f"{PAGE}password/", {"old_password": "wrong", **new})
    assert page.status_code == 200
    assert "incorrectly" in page.content.decode()
    assert agent.post(f"{PAGE}password/", {"old_password": "jana's password", **new}).status_code == 302
    jana.refresh_from_db()
    assert jana.check_password("a much longer one")
    assert agent.get(PAGE).status_code == 200, "and this browser stays logged in"
