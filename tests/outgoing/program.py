"""A program that asks the API, and its token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dashboard.models import ApiToken
from dashboard.outgoing.tokens import token_make

DAY = "from=2026-11-23&to=2026-11-23"


class Program:
    """Asks with a token."""

    def __init__(self, text: str) -> None:
        self._client = Client()
        self._headers = {"authorization": f"Bearer {text}"}

    def get(self, address: str) -> Any:
        return self._client.get(f"/api/v1/{address}", headers=self._headers)

    def read(self, address: str) -> Any:
        answer = self.get(address)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)


@pytest.fixture
def token(manager: User) -> tuple[ApiToken, str]:
    return token_make(user=manager, name="Intranet")


@pytest.fixture
def program(token: tuple[ApiToken, str]) -> Program:
    return Program(token[1])
