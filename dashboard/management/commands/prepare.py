"""Brings a new or older installation to the state in which the processes can be started."""

from __future__ import annotations

import os
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from dashboard import conf
from dashboard.boards.services import overview_ensure
from dashboard.consumers import signals
from dashboard.history.beginning import history_begin
from dashboard.management.catalogues import catalogues_compile
from dashboard.models import Pbx, PbxAccount, Team
from dashboard.polling.setup import FIRST_SLUG, pbx_from_environment

DEMO_HISTORY_DAYS = 7
DEMO_GROUPS = {"supervisor": "supervisor", "manager": "manager", "viewer": "viewer"}
DEMO_EXTENSION = "143"  # a telephone of the simulated call centre at which nobody sits


class Command(BaseCommand):
    help = "Prepares database, static files, first logins, the PBX named by the environment and the overview board."

    def handle(self, *_args: Any, **_options: Any) -> None:
        first = conf.first_pbx()
        signals.disconnect()  # nothing runs yet, not even Redis
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as exc:
            setting = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "WALLBOARD_DATA"
            reason = str(exc).splitlines()[0]
            raise CommandError(f"{setting}: the database cannot be used ({reason}).") from exc
        call_command("collectstatic", interactive=False, verbosity=0)
        catalogues_compile(source=conf.catalogues().source, target=conf.catalogues().compiled)
        if first.url and not (first.login and first.password):
            missing = "PBX_PASSWORD" if first.login else "PBX_LOGIN"
            raise CommandError(f"{missing} is not set: the PBX at PBX_URL asks for a login and a password.")
        if first.url:
            pbx = pbx_from_environment(first, title="Simulated PBX" if conf.is_demo() else "PBX")
            if conf.is_demo():
                history_begin(pbx, days=DEMO_HISTORY_DAYS)
        elif not Pbx.objects.exists():
            raise CommandError(
                "PBX_URL is not set: say where the PBX is, such as PBX_URL=https://pbx.example.com."
            )
        team = _first_team()
        self._logins(team)
        overview_ensure()

    def _logins(self, team: Team | None) -> None:
        if conf.is_demo():
            _demo_logins(team)
            return
        users = get_user_model().objects
        name, password = (
            os.environ.get("DJANGO_SUPERUSER_USERNAME"),
            os.environ.get("DJANGO_SUPERUSER_PASSWORD"),
        )
        if name and not password:
            raise CommandError("DJANGO_SUPERUSER_PASSWORD is not set, but DJANGO_SUPERUSER_USERNAME is.")
        if name and password and not users.filter(username=name).exists():
            get_user_model().objects.create_superuser(
                name, os.environ.get("DJANGO_SUPERUSER_EMAIL", ""), password
            )
        elif not users.filter(is_superuser=True).exists():
            self.stderr.write(
                "There is no administrator yet: set DJANGO_SUPERUSER_USERNAME, DJANGO_SUPERUSER_PASSWORD and "
                "DJANGO_SUPERUSER_EMAIL at the next start."
            )


def _first_team() -> Team | None:
    """A team over all queues, so that a new user needs only to join it; None if there are teams already."""
    if Team.objects.exists():
        return None
    return Team.objects.create(name="Call centre", all_queues=True)


def _demo_logins(team: Team | None) -> None:
    """admin, supervisor, manager and viewer; the password is the name."""
    users = get_user_model().objects
    if not users.filter(username="admin").exists():
        users.create_superuser("admin", "", "admin")
    for name, group in DEMO_GROUPS.items():
        if not users.filter(username=name).exists():
            is_staff = group == "supervisor"  # the supervision page is in the administration
            users.create_user(name, "", name, is_staff=is_staff).groups.add(Group.objects.get(name=group))
        if team is not None:
            team.members.add(users.get(username=name))
    supervisor, pbx = users.get(username="supervisor"), Pbx.objects.get(slug=FIRST_SLUG)
    PbxAccount.objects.get_or_create(user=supervisor, pbx=pbx, defaults={"extension": DEMO_EXTENSION})
