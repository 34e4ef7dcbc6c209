"""Difference of two states, and its application. The law: `apply(old, diff(old, new)) == new`.

Two forms of a state appear here. The poller compares typed rows (`state_diff`); a server process keeps plain maps (`PlainState`),
applies deltas to them (`delta_apply`) and compares what a view shows (`plain_diff`). A delta is the same in both: `set` holds the
changed fields of known rows and whole new rows, `del` the ids of rows that are gone. None is a value like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from dashboard.domain.rows import KINDS, LiveState, Row

PlainRow: TypeAlias = dict[str, Any]
PlainState: TypeAlias = dict[str, dict[str, PlainRow]]
"""kind -> id -> field -> JSON value; rows are never changed in place, so they may be shared between states."""


class Delta(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"removed": "del", "changed": "set"}
):
    """What changed between two states; falsy where nothing did."""

    changed: dict[str, dict[str, PlainRow]] = {}
    removed: dict[str, list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed)


def row_fields(row: Row) -> PlainRow:
    """The row as the map that goes over the wire; tuples become lists."""
    return {name: _plain(getattr(row, name)) for name in row.__struct_fields__}


def state_plain(state: LiveState) -> PlainState:
    """The whole state as plain maps."""
    return {kind: {id_: row_fields(row) for id_, row in getattr(state, kind).items()} for kind in KINDS}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def state_diff(old: LiveState, new: LiveState) -> Delta:
    """What turns `old` into `new`, over typed rows. Rows that are the same object are not compared."""
    changed: dict[str, dict[str, PlainRow]] = {}
    removed: dict[str, list[str]] = {}
    for kind in KINDS:
        before: dict[str, Row] = getattr(old, kind)
        after: dict[str, Row] = getattr(new, kind)
        rows = {}
        for id_, row in after.items():
            was = before.get(id_)
            if was is not row and was != row:
                rows[id_] = _row_change(was, row)
        gone = sorted(before.keys() - after.keys())
        if rows:
            changed[kind] = rows
        if gone:
            removed[kind] = gone
    return Delta(changed=changed, removed=removed)


def _row_change(old: Row | None, new: Row) -> PlainRow:
    if old is None:
        return row_fields(new)
    return {
        name: _plain(value)
        for name in new.__struct_fields__
        if (value := getattr(new, name)) != getattr(old, name)
    }


def plain_row_change(old: PlainRow | None, new: PlainRow) -> PlainRow | None:
    """The fields of `new` to send so that a holder of `old` has `new`; None if there is nothing to send.

    A row that lost a field (which the fixed set of fields rules out, but data of another version may not) is sent whole, so that
    at least every field it still has is right.
    """
    if old is None or old.keys() - new.keys():
        return new
    if old == new:
        return None
    return {name: value for name, value in new.items() if name not in old or old[name] != value}


def plain_diff(old: Mapping[str, Mapping[str, PlainRow]], new: Mapping[str, Mapping[str, PlainRow]]) -> Delta:
    """As `state_diff`, over plain maps."""
    changed: dict[str, dict[str, PlainRow]] = {}
    removed: dict[str, list[str]] = {}
    for kind in sorted(old.keys() | new.keys()):
        before, after = old.get(kind, {}), new.get(kind, {})
        rows: dict[str, PlainRow] = {}
        for id_, row in after.items():
            change = plain_row_change(before.get(id_), row)
            if change is not None:
                rows[id_] = change
        gone = sorted(before.keys() - after.keys())
        if rows:
            changed[kind] = rows
        if gone:
            removed[kind] = gone
    return Delta(changed=changed, removed=removed)


def delta_apply(state: PlainState, delta: Delta) -> PlainState:
    """The state after the delta. `state` and its rows stay as they were; untouched maps and rows are shared with the result."""
    result = dict(state)
    for kind, rows in delta.changed.items():
        result[kind] = {**result.get(kind, {}), **_rows_merged(result.get(kind, {}), rows)}
    for kind, ids in delta.removed.items():
        gone = frozenset(ids)
        result[kind] = {id_: row for id_, row in result.get(kind, {}).items() if id_ not in gone}
    return result


def _rows_merged(before: Mapping[str, PlainRow], changes: Mapping[str, PlainRow]) -> dict[str, PlainRow]:
    return {id_: {**before[id_], **fields} if id_ in before else fields for id_, fields in changes.items()}


def deltas_merged(deltas: list[Delta]) -> Delta:
    """One delta that does what the given ones do in their order, for a holder of the state before the first.

    A row that was removed and came back is sent in `set` with all its fields, which is right for a holder of the old row too,
    since a new row is always whole.
    """
    changed: dict[str, dict[str, PlainRow]] = {}
    removed: dict[str, set[str]] = {}
    for delta in deltas:
        for kind, ids in delta.removed.items():
            for id_ in ids:
                changed.get(kind, {}).pop(id_, None)
                removed.setdefault(kind, set()).add(id_)
        for kind, rows in delta.changed.items():
            target = changed.setdefault(kind, {})
            for id_, fields in rows.items():
                target[id_] = {**target.get(id_, {}), **fields}
                removed.get(kind, set()).discard(id_)
    return Delta(
        changed={kind: rows for kind, rows in changed.items() if rows},
        removed={kind: sorted(ids) for kind, ids in removed.items() if ids},
    )
