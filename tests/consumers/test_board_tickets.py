"""What a sweep asks the database about the sockets of boards."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.consumers.board import BoardTicket
from dashboard.consumers.sessions import Login
from dashboard.models import Board, Pbx, Team

pytestmark = pytest.mark.django_db


def ticket_of(user: User, slug: str) -> BoardTicket:
    client = Client()
    client.force_login(user)
    assert client.session.session_key
    return BoardTicket(Login(client.session.session_key, user.pk), slug)


def test_many_windows_of_one_user_take_no_more_questions_than_one() -> None:
    Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.example", token="t")
    for number in range(20):
        Board.objects.create(slug=f"board-{number}", title=f"Board {number}")
    eva = User.objects.create_user("eva", "", "eva")
    Team.objects.create(name="All", all_queues=True).members.add(eva)
    tickets = [ticket_of(eva, "board-7") for _ in range(5)]
    asked = []
    for some in (tickets[:1], tickets):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            verdicts = BoardTicket.verdicts(some)
        asked.append(len(queries))
        assert all(verdicts[ticket].views.keys() == {"main"} for ticket in some)
    assert asked[0] == asked[1]
