"""Users: managed by administrators, who are no superusers and cannot make themselves one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from dashboard.access import scope_of
from dashboard.gateway.server import running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.models import Pbx, PbxAccount, Profile, Team
from dashboard.pbx.client import access_token
from dashboard.polling import services
from dashboard.polling.selectors import agents_known

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

ADD = "/admin/auth/user/add/"
PASSWORD = "a long enough one"


def change_page(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/change/"


def accounts(*rows: dict[str, Any], known: int = 0) -> dict[str, Any]:
    """The part of the form about accounts at PBXs."""
    data: dict[str, Any] = {"pbx_accounts-TOTAL_FORMS": len(rows), "pbx_accounts-INITIAL_FORMS": known}
    for number, row in enumerate(rows):
        data |= {f"pbx_accounts-{number}-{name}": value for name, value in row.items()}
    return data


def form(user: User, **fields: Any) -> dict[str, Any]:
    """What a browser posts when nothing is changed but these."""
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
        "member_of": [team.pk for team in user.teams.all()],
        "language": "",
        **accounts(),
        **fields,
    }


def new(**fields: Any) -> dict[str, Any]:
    return {"username": "jan", "password1": PASSWORD, "password2": PASSWORD, "language": "", **fields}


def test_administrator_makes_a_user_with_role_team_and_language_in_one_form(
    administrator: Client, roles: dict[str, Group], sales: Team
) -> None:
    answer = administrator.post(
        ADD, new(first_name="Jan", groups=[roles["viewer"].pk], member_of=[sales.pk], language="cs")
    )
    assert answer.status_code == 302
    jan = User.objects.get(username="jan")
    assert jan.check_password(PASSWORD)
    assert (jan.is_staff, jan.is_superuser) == (False, False)
    assert scope_of(jan).queues == {"main": ("1",)}
    assert jan.profile.language == "cs"


@pytest.mark.parametrize(
    ("role", "is_staff"),
    [("viewer", False), ("manager", False), ("supervisor", True), ("administrator", True)],
)
def test_only_roles_that_work_in_the_administration_may_open_it(
    administrator: Client, roles: dict[str, Group], role: str, is_staff: bool
) -> None:
    administrator.post(ADD, new(groups=[roles[role].pk]))
    jan = User.objects.get(username="jan")
    assert jan.is_staff is is_staff
    administrator.post(change_page(jan), form(jan, groups=[]))
    jan.refresh_from_db()
    assert jan.is_staff is False, "without the role, the administration closes again"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password2": "another one"}, "password fields didn’t match"),
        ({"password1": "12345", "password2": "12345"}, "too short"),
        ({"username": "EVA"}, "already exists"),
        ({"username": ""}, "required"),
        ({"groups": ["99999"]}, "not one of the available choices"),
        ({"language": "xx"}, "not one of the available choices"),
    ],
)
def test_new_user_with_something_wrong_is_refused_in_words(
    administrator: Client, eva: User, fields: dict[str, Any], said: str
) -> None:
    page = administrator.post(ADD, new(**fields))
    assert said in page.content.decode()
    assert not User.objects.filter(username="jan").exists()


def test_administrator_cannot_make_anybody_superuser(administrator: Client, ada: User, eva: User) -> None:
    permission = Permission.objects.get(codename="change_group")
    for user in (ada, eva):
        data = form(user, is_superuser="on", is_staff="on", user_permissions=[permission.pk])
        assert administrator.post(change_page(user), data).status_code == 302
        user.refresh_from_db()
        assert user.is_superuser is False
        assert not user.user_permissions.exists()
    administrator.post(ADD, new(is_superuser="on", user_permissions=[permission.pk]))
    assert not User.objects.filter(is_superuser=True).exists()


def test_administrator_cannot_touch_a_superuser(administrator: Client, root: User) -> None:
    administrator.post(change_page(root), form(root, username="mine"))
    password = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert administrator.post(f"/admin/auth/user/{root.pk}/password/", password).status_code == 403
    assert administrator.post(f"/admin/auth/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403
    administrator.post(
        "/admin/auth/user/", {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}
    )
    root.refresh_from_db()
    assert root.username == "root"
    assert root.check_password("root's password")


def test_no_page_of_a_user_shows_any_part_of_the_password(
    administrator: Client, eva: User, root: User
) -> None:
    for user in (eva, root):
        page = administrator.get(change_page(user)).content.decode()
        hashed = User.objects.get(pk=user.pk).password
        assert hashed.split("$")[0] not in page
        assert all(part not in page for part in hashed.split("$")[2:])


def test_administrator_sets_a_new_password(administrator: Client, eva: User) -> None:
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert administrator.post(f"/admin/auth/user/{eva.pk}/password/", data).status_code == 302
    eva.refresh_from_db()
    assert eva.check_password(PASSWORD)


@pytest.mark.parametrize("fields", [{"is_active": ""}, {"groups": []}])
def test_nobody_locks_himself_out(administrator: Client, ada: User, fields: dict[str, Any]) -> None:
    page = administrator.post(change_page(ada), form(ada, **fields))
    assert "another administrator can" in page.content.decode()
    ada.refresh_from_db()
    assert ada.is_active
    assert ada.groups.filter(name="administrator").exists()
    assert administrator.post(f"/admin/auth/user/{ada.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/admin/auth/user/",
        ADD,
        "/admin/auth/group/",
        "/admin/dashboard/team/",
        "/admin/dashboard/team/add/",
        "/admin/dashboard/queue/",
        "/admin/dashboard/pbx/",
        "/admin/dashboard/board/",
    ],
)
def test_a_supervisor_manages_nothing(supervisor: Client, path: str) -> None:
    assert supervisor.get(path).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/admin/auth/user/",
        ADD,
        "/admin/dashboard/team/",
        "/admin/dashboard/team/add/",
        "/admin/dashboard/queue/",
    ],
)
def test_an_administrator_reaches_every_page(administrator: Client, sales: Team, path: str) -> None:
    assert administrator.get(path).status_code == 200


def test_list_points_out_who_is_in_no_team(administrator: Client, eva: User, ada: User, sales: Team) -> None:
    page = administrator.get("/admin/auth/user/").content.decode()
    assert page.count("none: sees nothing") == 1, "an administrator needs no team"
    listed = administrator.get("/admin/auth/user/?team=none").context["cl"].queryset
    assert [user.username for user in listed] == ["eva"]
    sales.members.add(eva)
    assert not administrator.get("/admin/auth/user/?team=none").context["cl"].queryset.exists()


@pytest.mark.parametrize("query", ["team=nonsense", f"team={'9' * 40}", "q=204", "groups__id__exact=1"])
def test_list_takes_any_filter(administrator: Client, query: str) -> None:
    assert administrator.get(f"/admin/auth/user/?{query}").status_code == 200


def test_user_is_found_by_extension(administrator: Client, eva: User, pbx: Pbx) -> None:
    PbxAccount.objects.create(user=eva, pbx=pbx, extension="204")
    listed = administrator.get("/admin/auth/user/?q=204").context["cl"].queryset
    assert [user.username for user in listed] == ["eva"]


def test_account_at_a_pbx_is_kept(administrator: Client, eva: User, pbx: Pbx) -> None:
    row = {"pbx": pbx.pk, "agent_id": "12", "extension": "20 4"}
    assert administrator.post(change_page(eva), form(eva) | accounts(row)).status_code == 302
    account = PbxAccount.objects.get(user=eva)
    assert (account.agent_id, account.extension) == ("12", "204")


def test_an_extension_that_no_telephone_has_is_refused(administrator: Client, eva: User, pbx: Pbx) -> None:
    row = {"pbx": pbx.pk, "agent_id": "", "extension": "SIP/204"}
    page = administrator.post(change_page(eva), form(eva) | accounts(row))
    assert "consists of digits and letters" in page.content.decode()
    assert not PbxAccount.objects.exists()


def test_two_users_are_never_the_same_agent(administrator: Client, eva: User, ada: User, pbx: Pbx) -> None:
    PbxAccount.objects.create(user=ada, pbx=pbx, agent_id="12")
    row = {"pbx": pbx.pk, "agent_id": "12", "extension": ""}
    page = administrator.post(change_page(eva), form(eva) | accounts(row))
    assert "is the account of ada already" in page.content.decode()


def test_language_and_teams_are_changed_and_shown_again(
    administrator: Client, eva: User, sales: Team
) -> None:
    administrator.post(change_page(eva), form(eva, member_of=[sales.pk], language="cs"))
    assert [team.name for team in eva.teams.all()] == ["Prodej Brno"]
    assert Profile.objects.get(user=eva).language == "cs"
    page = administrator.get(change_page(eva))
    assert page.context["adminform"].form["language"].initial == "cs"
    administrator.post(change_page(eva), form(eva, member_of=[]))
    assert not eva.teams.exists()


def test_deletion_of_a_user_is_confirmed_in_words(administrator: Client, eva: User, sales: Team) -> None:
    sales.members.add(eva)
    page = administrator.get(f"/admin/auth/user/{eva.pk}/delete/").content.decode()
    assert "Eva Malá can no longer log in" in page
    assert "Prodej Brno" in page
    assert "audit log keeps the name" in page
    assert administrator.post(f"/admin/auth/user/{eva.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not User.objects.filter(username="eva").exists()


def test_lock_after_wrong_passwords_is_taken_away(administrator: Client, eva: User) -> None:
    browser = Client()
    for _ in range(8):
        browser.post("/accounts/login/", {"username": "eva", "password": "wrong"})
    login = {"username": "eva", "password": "eva's password"}
    assert browser.post("/accounts/login/", login).status_code == 429
    administrator.post("/admin/auth/user/", {"action": "unlock", "_selected_action": [eva.pk]})
    assert browser.post("/accounts/login/", login).status_code == 302


def test_an_agent_whom_the_pbx_does_not_know_is_refused_and_a_known_one_named(
    administrator: Client, eva: User, pbx: Pbx
) -> None:
    with running_pbx(SimulationSettings(agents=10, warm_up_s=600)) as server:
        Pbx.objects.update(base_url=server.url, token=access_token(server.login, server.password))
        pbx.refresh_from_db()
        assert services.poll_once(slug="main")
    known = agents_known(pbx)
    agent_id, name = next(iter(known.items()))
    page = administrator.post(
        change_page(eva), form(eva) | accounts({"pbx": pbx.pk, "agent_id": "99999", "extension": ""})
    )
    assert "knows no agent with the ID 99999" in page.content.decode()
    row = {"pbx": pbx.pk, "agent_id": agent_id, "extension": ""}
    assert administrator.post(change_page(eva), form(eva) | accounts(row)).status_code == 302
    assert name in administrator.get(change_page(eva)).content.decode()
