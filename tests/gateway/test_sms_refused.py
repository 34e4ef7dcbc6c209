"""Short messages that cannot be: refused in words, and nothing is sent."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.gateway.office_requests import refusal

NUMBER = "602123456"


@pytest.mark.parametrize(
    ("path", "parameters", "part"),
    [
        ("3.1/SendSMS", {"number": NUMBER, "message": "a" * 1378}, "1377"),
        ("3.1/SendSMS", {"number": NUMBER, "message": "ř" * 604, "unicode": "yes"}, "603"),
        ("3.1/SendSMS", {"number": NUMBER}, "message"),
        ("3.1/SendSMS", {"number": "abc", "message": "Ahoj"}, "number"),
        ("3.1/SendSMS", {"number": NUMBER, "message": "Ahoj", "gw": "1"}, "gw, slot a port"),
        ("3.1/SendSMS", {"number": NUMBER, "message": "Ahoj", "gw": "9", "slot": "1", "port": "1"}, "SIM"),
        ("3.1/SendSMS", {"number": NUMBER, "message": "Ahoj", "priority": "21"}, "20"),
        ("3.1/SendSMS", {"number": NUMBER, "message": "Ahoj", "email": "nikdo"}, "email"),
        (
            "3.1/SendSMS",
            {"number": NUMBER, "message": "Ahoj", "datetime_scheduled": "zítra"},
            "datetime_scheduled",
        ),
        ("4.1/SendSMSConnect", {"number": NUMBER, "message": "Ahoj"}, "+420"),
        ("3.1/SendGroupSMS", {"number[0]": NUMBER, "message[1]": "Ahoj"}, "message[i]"),
        ("3.1/SendGroupSMS", {"number[0]": NUMBER, "message[0]": ""}, "prázdná"),
        ("3.1/SendGroupSMS", {"number": NUMBER, "message": "Ahoj"}, "number"),
        ("3.1/RemoveGroupSMS", {"id": "1"}, "Skupina"),
        ("3.1/RemoveGroupSMS", {}, "id"),
        ("3.1/SetSMSSettings", {"allowed_hour_begin": "24"}, "allowed_hour_begin"),
        ("3.1/SetSMSSettings", {"sending_rate_limit": "5"}, "sending_rate_time"),
        ("3.1/SetSMSSettings", {"incoming_callback": "ftp://crm.example"}, "incoming_callback"),
        ("3.1/GetSMS", {"direction": "up"}, "in, out"),
        (
            "3.1/GetSMS",
            {"datetime_from": "2026-11-18 00:00:00", "datetime_to": "2026-11-17 00:00:00"},
            "datetime_to",
        ),
    ],
)
def test_messages_that_cannot_be_are_refused(
    client: httpx.Client, path: str, parameters: dict[str, str], part: str
) -> None:
    assert part in refusal(client, path, **parameters)


def test_a_refused_group_sends_nothing(ask: Callable[..., Any], client: httpx.Client) -> None:
    before = ask("3.1/GetSMS")
    wrong = {"number[0]": NUMBER, "message[0]": "Ahoj", "number[1]": "x", "message[1]": "Ahoj"}
    refusal(client, "3.1/SendGroupSMS", **wrong)
    assert ask("3.1/GetSMS") == before
