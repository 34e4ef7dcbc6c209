"""What one view shows of the live state, kept up to date row by row.

`Projection.advance` costs what the delta touches, not what the state holds, and gives exactly `diff(filter(old), filter(new))`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboard.domain.diff import Delta, PlainRow, PlainState, plain_diff, plain_row_change
from dashboard.domain.privacy import View, Visible, is_in_scope, row_filtered
from dashboard.domain.rows import KINDS

Key = tuple[str, str]

_REFERENCES: Final = {
    "agents": (("queue_ids", "queues"), ("call_ids", "calls")),
    "calls": (("queue_id", "queues"), ("agent_id", "agents"), ("ringing_agent_ids", "agents")),
}
"""Which fields of which kinds name rows of another kind."""


def state_filtered(state: PlainState, *, view: View) -> PlainState:
    """The state as the view shows it: rows out of scope are gone, the others filtered."""
    scoped = {
        kind: {id_: row for id_, row in state.get(kind, {}).items() if is_in_scope(kind, id_, row, view=view)}
        for kind in KINDS
    }
    visible = Visible(scoped["queues"], scoped["agents"], scoped["calls"])
    return {
        kind: {id_: row_filtered(kind, row, view=view, visible=visible) for id_, row in rows.items()}
        for kind, rows in scoped.items()
    }


class Projection:
    """The filtered state of one view. Not safe for concurrent use."""

    def __init__(self, view: View, state: PlainState) -> None:
        self.view = view
        self._source = state
        self.shown = state_filtered(state, view=view)

    def replace(self, state: PlainState) -> Delta:
        """Take a whole new state; the change it makes for this view."""
        before = self.shown
        self._source = state
        self.shown = state_filtered(state, view=self.view)
        return plain_diff(before, self.shown)

    def advance(self, state: PlainState, delta: Delta) -> Delta:
        """Take the state after `delta` (which led there from the last state taken); the change it makes for this view."""
        self._source = state
        touched = set(_keys(delta))
        members = {key for key in touched if self._is_member(key) != self._is_shown(key)}
        visible = self._visible_after(members)
        affected = touched | self._referring_to(members) if members else touched
        changed: dict[str, dict[str, PlainRow]] = {}
        removed: dict[str, list[str]] = {}
        fresh: dict[str, dict[str, PlainRow]] = {}
        for kind, id_ in sorted(affected):
            if not self._is_member((kind, id_)):
                if self._is_shown((kind, id_)):
                    removed.setdefault(kind, []).append(id_)
                continue
            row = row_filtered(kind, state[kind][id_], view=self.view, visible=visible)
            change = plain_row_change(self.shown[kind].get(id_), row)
            if change is not None:
                changed.setdefault(kind, {})[id_] = change
                fresh.setdefault(kind, {})[id_] = row
        self._shown_update(fresh, removed)
        return Delta(changed=changed, removed=removed)

    def _is_member(self, key: Key) -> bool:
        kind, id_ = key
        row = self._source.get(kind, {}).get(id_)
        return row is not None and is_in_scope(kind, id_, row, view=self.view)

    def _is_shown(self, key: Key) -> bool:
        kind, id_ = key
        return id_ in self.shown.get(kind, {})

    def _visible_after(self, members: set[Key]) -> Visible:
        """The ids in scope after the rows in `members` came or went."""

        def ids(kind: str) -> set[str] | dict[str, PlainRow]:
            flipped = {id_ for kind_, id_ in members if kind_ == kind}
            return self.shown[kind].keys() ^ flipped if flipped else self.shown[kind]

        return Visible(ids("queues"), ids("agents"), ids("calls"))

    def _referring_to(self, members: set[Key]) -> set[Key]:
        """Rows of the source that name one of `members`."""
        return {
            (kind, id_)
            for kind, fields in _REFERENCES.items()
            for id_, row in self._source.get(kind, {}).items()
            if any((target, name) in members for field, target in fields for name in _names(row.get(field)))
        }

    def _shown_update(self, fresh: dict[str, dict[str, PlainRow]], removed: dict[str, list[str]]) -> None:
        for kind in fresh.keys() | removed.keys():
            gone = frozenset(removed.get(kind, ()))
            kept = (
                self.shown[kind] if not gone else {k: v for k, v in self.shown[kind].items() if k not in gone}
            )
            self.shown[kind] = {**kept, **fresh.get(kind, {})}


def _keys(delta: Delta) -> Iterator[Key]:
    for kind, rows in delta.changed.items():
        yield from ((kind, id_) for id_ in rows)
    for kind, ids in delta.removed.items():
        yield from ((kind, id_) for id_ in ids)


def _names(value: object) -> tuple[str, ...] | list[str]:
    if isinstance(value, list | tuple):
        return value
    return (value,) if isinstance(value, str) else ()
