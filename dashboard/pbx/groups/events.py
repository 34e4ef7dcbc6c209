"""Events for the PBX's Notification Centre."""

from collections.abc import Mapping
from typing import Any

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.request import Effect, Request, given, mapping
from dashboard.pbx.shapes import anything

ECHO = anything(list[dict[str, Any]] | None)
PREFIX = "Custom_"


class Events(Group):
    @Action
    @staticmethod
    def create(
        event: str,
        *,
        params: Mapping[str, object] | None = None,
        time: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[dict[str, Any]] | None]:
        """CreateEvent: its name begins with Custom_; `time` is anything that PHP understands. Echoes the parameters."""
        if not event.startswith(PREFIX):
            raise ValueError(f"The name of an event begins with {PREFIX}.")
        return Request(
            action="CreateEvent",
            version="3.8",
            effect=Effect.ACTION,
            params=given({"event": event, "time": time}) + mapping("params", params),
            shape=ECHO,
            deadline_s=deadline_s,
        )
