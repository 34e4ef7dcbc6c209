"""A PBX whose records are what a test says, and change when it says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import httpx

Rows = list[dict[str, Any]]

TIME = {"StatsCalls": "call_time", "GetAttempts": "start_time"}


def row(number: int, time: str, **values: Any) -> dict[str, Any]:
    """An answered call as StatsCalls prints it."""
    return {
        "call": str(number),
        "name": f"{number}.1",
        "call_time": time,
        "direction": "in",
        "answered": "1",
        "queue": "2",
        "user": "4",
        "clid": f"777{number:06d}",
        "waiting_time": "10",
        "ringing_time": "4",
        "hold_time": "0",
        "duration": "60",
        "disposition_cause": "agent",
        "attempts": "1",
        **values,
    }


class ScriptedPbx(httpx.BaseTransport):
    """Rows by action, calls newest first. `after_page` is called after each answer; `is_down` refuses connections."""

    def __init__(self, **rows: Rows) -> None:
        self.rows = rows
        self.is_down = False
        self.after_page: Callable[[str], None] = lambda _action: None
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("refused")
        action = request.url.path.split("/")[3]
        self.asked.append(action)
        if action in ("GetUsers", "GetPauses"):
            return httpx.Response(200, text='{"status":1,"error":null,"result":[]}')
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        text = json.dumps({"status": 1, "error": None, "result": self._page(action, query)})
        self.after_page(action)
        return httpx.Response(200, text=text)

    def _page(self, action: str, query: dict[str, str]) -> dict[str, Any]:
        time = TIME.get(action, "start_time")
        # What has no usable time is listed whatever is asked for.
        found = [
            row
            for row in self.rows.get(action, [])
            if not _is_time(row.get(time)) or query["datetime_from"] <= row[time] <= query["datetime_to"]
        ]
        found.sort(key=lambda row: str(row.get(time)), reverse=action in TIME)
        skip = int(query["skip"])
        return {"data": found[skip : skip + int(query["take"])], "total": str(len(found))}


def _is_time(text: str | None) -> bool:
    try:
        return bool(text) and datetime.fromisoformat(text).year > 1
    except ValueError:
        return False
