"""Events in words, the same in the list, on the page of one action and in the export."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from dashboard.models import ActionEvent
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.sentences import meaning, sentence

State = ActionEvent.State

RETENTION: Final = "retention"
RECORDING: Final = "recording"
"""Somebody listened to the recording of a call; written by the reports."""
MARKS: Final = {
    State.CONFIRMED: "●",
    State.ENDED: "●",
    State.ACCEPTED: "○",
    State.REQUESTED: "○",
    State.PLANNED: "○",
    State.CANCELLED: "–",
    State.NOT_CONFIRMED: "◆",
    State.UNANSWERED: "◆",
    State.REFUSED: "▲",
    State.FAILED: "▲",
}
"""A shape beside each state's word, so that colour is not needed to tell them apart."""

_KNOWN: Final = {name.value: spec.title for name, spec in ACTIONS.items()}


def action_title(action: str) -> str:
    """The action's name as it stands on its button; an action that is not known any more keeps its code."""
    others = {RETENTION: _("Deletion of old events"), RECORDING: _("Listening to a recording")}
    return str(_KNOWN.get(action) or others.get(action, action))


def state_title(state: str) -> str:
    return f"{MARKS[State(state)]} {State(state).label}" if state in State.values else state


def agent_shown(event: ActionEvent) -> str:
    return event.agent_name or event.agent_id


def moment_shown(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def told(event: ActionEvent) -> str:
    """The sentence in the reader's language; as it was written then, if it can no longer be told from the event."""
    try:
        return sentence(event)
    except (KeyError, ValueError):
        return event.text


def outcome_text(event: ActionEvent) -> str:
    """The sentence in the reader's language, with the PBX's own words and what they mean."""
    text = told(event)
    if not event.pbx_text:
        return text
    meant = meaning(event.pbx_text)
    words = _("The PBX: “%(words)s”") % {"words": event.pbx_text}
    return f"{text} {words}" + (f" ({meant})" if meant else "")
