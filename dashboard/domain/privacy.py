"""What a view may show: scope (which queues) and privacy (numbers, names, pauses), applied row by row before serialisation.

Everything is denied unless it is named here: a kind or a field that this module does not know never leaves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container
from enum import StrEnum
from typing import Final

import msgspec

from dashboard.domain.diff import PlainRow
from dashboard.domain.rows import SCHEMA_VERSION, AgentRow, CallRow, FigureRow, PauseRow, QueueRow, Row


class Numbers(StrEnum):
    """How callers' numbers are shown."""

    FULL = "full"
    MASKED = "masked"
    HIDDEN = "hidden"


class Names(StrEnum):
    """How agents' names are shown."""

    FULL = "full"
    FIRST = "first"
    INITIALS = "initials"
    NONE = "none"


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Scope and privacy of what somebody sees. `queue_ids` None means all queues; with `queueless` also what is in none.

    `agent_figures` lets through how many calls each agent answered.
    """

    queue_ids: tuple[str, ...] | None = None
    queueless: bool = True
    numbers: Numbers = Numbers.MASKED
    names: Names = Names.FULL
    caller_names: bool = False
    pause_titles: bool = True
    surname_first: bool = False
    agent_figures: bool = True

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that differ for different views and for another schema version."""
        scope = None if self.queue_ids is None else tuple(sorted(set(self.queue_ids)))
        text = msgspec.json.encode([SCHEMA_VERSION, msgspec.structs.replace(self, queue_ids=scope)])
        return hashlib.sha256(text).hexdigest()[:8]


EVERYTHING: Final = View(numbers=Numbers.FULL, names=Names.FULL, caller_names=True, pause_titles=True)


class Visible(msgspec.Struct, frozen=True):
    """Which ids a view may mention; references to others are taken out."""

    queues: Container[str]
    agents: Container[str]
    calls: Container[str]


_ROW_TYPES: Final[dict[str, type[Row]]] = {
    "queues": QueueRow,
    "agents": AgentRow,
    "calls": CallRow,
    "pauses": PauseRow,
    "figures": FigureRow,
}
_FIELDS: Final = {kind: row_type.__struct_fields__ for kind, row_type in _ROW_TYPES.items()}

_MASK: Final = "•••"
_TAIL_DIGITS: Final = 3
_TAIL_FROM_LENGTH: Final = 7
_NUMBER: Final = re.compile(r"(?:\d[\W_]*){7}")
"""Seven digits with no letter among them, however they are set apart."""
_NO_DIGITS: Final = re.compile(r"\D+")


def number_masked(number: str | None) -> str | None:
    """The last three digits behind a mask; numbers of fewer than seven digits (extensions) are masked whole."""
    if not number:
        return number
    return _MASK + number[-_TAIL_DIGITS:] if len(number) >= _TAIL_FROM_LENGTH else _MASK


def is_telling(name: str, *, caller: str | None) -> bool:
    """Whether a caller's name gives a number away: it holds one, or is his own, as where the PBX knows no name."""
    digits = _NO_DIGITS.sub("", name)
    return _NUMBER.search(name) is not None or (digits != "" and digits == _NO_DIGITS.sub("", caller or ""))


def name_shown(name: str | None, *, names: Names, surname_first: bool) -> str | None:
    """The name as the policy allows; None if it is not to be shown or not known."""
    words = name.split() if name else []
    if not words or names is Names.NONE:
        return None
    if names is Names.FULL:
        return name
    if names is Names.INITIALS:
        return " ".join(word[0] + "." for word in words)
    return words[-1] if surname_first else words[0]


def is_in_scope(kind: str, id_: str, row: PlainRow, *, view: View) -> bool:
    """Whether the view may see this row at all."""
    if kind not in _FIELDS:
        return False
    if kind == "pauses":
        return view.pause_titles
    if view.queue_ids is None:
        return view.queueless or not _is_queueless(kind, row)
    if kind == "queues":
        return id_ in view.queue_ids
    if kind == "agents":
        return any(queue_id in view.queue_ids for queue_id in row.get("queue_ids") or ())
    if kind == "calls":
        return row.get("queue_id") in view.queue_ids
    return id_.partition(":")[0] in view.queue_ids


def _is_queueless(kind: str, row: PlainRow) -> bool:
    if kind == "agents":
        return not row.get("queue_ids")
    return kind == "calls" and row.get("queue_id") is None


def row_filtered(kind: str, row: PlainRow, *, view: View, visible: Visible) -> PlainRow:
    """The row with only its known fields, private ones masked or emptied, and references outside the view taken out."""
    known = {name: row.get(name) for name in _FIELDS[kind]}
    change = _FILTERS.get(kind)
    return change(known, view, visible) if change else known


def _agent_filtered(row: PlainRow, view: View, visible: Visible) -> PlainRow:
    row["queue_ids"] = [id_ for id_ in row["queue_ids"] or () if id_ in visible.queues]
    row["call_ids"] = [id_ for id_ in row["call_ids"] or () if id_ in visible.calls]
    row["name"] = name_shown(row["name"], names=view.names, surname_first=view.surname_first)
    if view.names is not Names.FULL:
        row["login"] = None
    if view.names is Names.NONE:
        row["extension"] = None
    if not view.pause_titles:
        row["pause_id"] = None
    if not view.agent_figures:
        row["answered_today"] = None
        row["talk_today_s"] = None
    return row


def _call_filtered(row: PlainRow, view: View, visible: Visible) -> PlainRow:
    row["ringing_agent_ids"] = [id_ for id_ in row["ringing_agent_ids"] or () if id_ in visible.agents]
    if row["agent_id"] not in visible.agents:
        row["agent_id"] = None
    if row["queue_id"] not in visible.queues:
        row["queue_id"] = None
    if not view.caller_names or _is_number_told(row, view):
        row["caller_name"] = None
    if view.numbers is Numbers.HIDDEN:
        row["caller"] = None
    elif view.numbers is Numbers.MASKED:
        row["caller"] = number_masked(row["caller"])
    return row


def _is_number_told(row: PlainRow, view: View) -> bool:
    name = row["caller_name"]
    return bool(name) and view.numbers is not Numbers.FULL and is_telling(name, caller=row["caller"])


_FILTERS: Final[dict[str, Callable[[PlainRow, View, Visible], PlainRow]]] = {
    "agents": _agent_filtered,
    "calls": _call_filtered,
}
