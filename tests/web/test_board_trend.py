"""Who gets the trend of a board."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dashboard.models import Board, Pbx

pytestmark = pytest.mark.django_db


def test_trend_is_for_those_who_may_see_the_board(pbx: Pbx, client: Client, django_user_model: Any) -> None:
    Board.objects.create(slug="sales", title="Sales")
    assert client.get("/boards/sales/trend/?figure=answered").status_code == 302
    client.force_login(django_user_model.objects.create_user("stranger"))
    assert client.get("/boards/sales/trend/?figure=answered").status_code == 404
    client.force_login(django_user_model.objects.create_superuser("admin"))
    assert client.get("/boards/sales/trend/?figure=answered").json()["values"] == []
    wrong = client.get("/boards/sales/trend/?figure=profit")
    assert wrong.status_code == 400
    assert "figure" in wrong.json()["error"]
