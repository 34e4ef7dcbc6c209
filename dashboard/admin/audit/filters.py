"""Filters of the audit log: who, whom, what, and how it ended."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dashboard.models import ActionEvent
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.wording import action_title, state_title

NAMES_AT_MOST: Final = 200
LISTENING: Final = ActionName.MONITORING.value

Rows = QuerySet[ActionEvent]


class ChosenFilter(admin.SimpleListFilter):
    """Values are texts that are compared as they are; one that nothing has gives an empty list."""

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        return queryset if value is None else self.narrowed(queryset, value)

    def narrowed(self, rows: Rows, value: str) -> Rows:
        raise NotImplementedError


class WhatFilter(ChosenFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = ActionEvent.objects.order_by("action").values_list("action", flat=True).distinct()
        return [(name, action_title(name)) for name in names]

    def narrowed(self, rows: Rows, value: str) -> Rows:
        return rows.filter(action=value)


class OutcomeFilter(ChosenFilter):
    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state_title(state.value)) for state in ActionEvent.State]

    def narrowed(self, rows: Rows, value: str) -> Rows:
        last: dict[str, Any] = {"last_state": value}  # annotated by the list
        return rows.filter(**last)


class WhoFilter(ChosenFilter):
    title = _("who did it")
    parameter_name = "who"
    actions: tuple[str, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = _about(self.actions).exclude(actor_name="").order_by("actor_name")
        return [(name, name) for name in rows.values_list("actor_name", flat=True).distinct()[:NAMES_AT_MOST]]

    def narrowed(self, rows: Rows, value: str) -> Rows:
        return rows.filter(actor_name=value, **_only(self.actions))


class MonitoredByFilter(WhoFilter):
    title = _("listened to by")
    parameter_name = "monitored_by"
    actions = (LISTENING,)


class WhomFilter(ChosenFilter):
    """Agents by PBX and ID, since names change and may be shared."""

    title = _("to whom")
    parameter_name = "whom"
    actions: tuple[str, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = _about(self.actions).exclude(agent_id="").order_by("agent_name", "stream", "agent_id")
        found = rows.values_list("stream", "agent_id", "agent_name").distinct()[:NAMES_AT_MOST]
        return list({whom_value(stream, id_): name or id_ for stream, id_, name in found}.items())

    def narrowed(self, rows: Rows, value: str) -> Rows:
        stream, _colon, agent_id = value.rpartition(":")
        return rows.filter(stream=stream, agent_id=agent_id, **_only(self.actions))


class WasMonitoredFilter(WhomFilter):
    title = _("was listened to")
    parameter_name = "was_monitored"
    actions = (LISTENING,)


def whom_value(stream: str, agent_id: str) -> str:
    return f"{stream}:{agent_id}"


def _about(actions: tuple[str, ...]) -> Rows:
    return ActionEvent.objects.filter(step=ActionEvent.Step.OPENED, **_only(actions))


def _only(actions: tuple[str, ...]) -> dict[str, Any]:
    return {"action__in": actions} if actions else {}
