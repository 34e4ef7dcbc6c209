"""Asks a simulated PBX for what has been, whole intervals at a time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.gateway.server import PbxServer

PRAGUE = ZoneInfo("Europe/Prague")
Row = dict[str, Any]
Ask = Callable[..., Any]


def local(moment_at: int) -> str:
    """The moment as the PBX prints it."""
    return f"{datetime.fromtimestamp(moment_at // 1000, PRAGUE):%Y-%m-%d %H:%M:%S}"


def seconds(text: str) -> int:
    """A printed time as seconds, to be compared with others of the same offset."""
    return round(datetime.fromisoformat(text).replace(tzinfo=PRAGUE).timestamp())


def between(first_at: int, last_at: int) -> dict[str, Any]:
    return {"datetime_from": local(first_at), "datetime_to": local(last_at)}


def everything(pbx: PbxServer) -> dict[str, Any]:
    """From before the beginning until after now."""
    floor_at = pbx.engine.floor().at
    return between(pbx.engine.history().begins_at - 86_400_000, floor_at + 86_400_000)


def every_row(ask: Ask, path: str, *, take: int = 1000, **parameters: Any) -> list[Row]:
    """All pages."""
    rows: list[Row] = []
    while True:
        page = ask(path, skip=len(rows), take=take, **parameters)
        rows += page["data"]
        if len(page["data"]) < take:
            assert int(page["total"]) == len(rows)
            return rows
