"""The first boards of a PBX, made from its own queues as soon as these are known."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from dashboard.boards.layout import layout_empty
from dashboard.models import Board, Pbx, Queue

GROUPS: Final = (
    ("calls", frozenset({"in"}), "in"),
    ("outbound", frozenset({"out", "outbounder", "ctc"}), "out"),
    ("text", frozenset({"email", "chat"}), "in"),
)
"""Key, types of queues, and the direction of queues that do not tell their type."""


def starter_boards_ensure() -> int:
    """Make the first boards of every PBX that has queues and has not got them; how many were made."""
    return sum(_made(pbx) for pbx in Pbx.objects.filter(is_enabled=True, has_starter_boards=False))


@transaction.atomic
def _made(pbx: Pbx) -> int:
    queues = list(Queue.objects.filter(pbx=pbx, is_gone=False))
    if not queues:
        return 0
    pbx.has_starter_boards = True
    pbx.save(update_fields=["has_starter_boards"])
    wanted = _boards(pbx, queues)
    prefix = "" if Pbx.objects.count() == 1 else f"{pbx.slug}-"
    made = 0
    for slug, (title, queue_ids, layout) in wanted.items():
        board, is_new = Board.objects.get_or_create(
            slug=f"{prefix}{slug}",
            defaults={
                "title": title if not prefix else f"{pbx.title}: {title}",
                "queue_ids": None if queue_ids is None else {pbx.slug: queue_ids},
                "layout": layout,
                "all_pbxs": not prefix,
            },
        )
        if is_new:
            board.pbxs.set([pbx] if prefix else [])
            made += 1
    return made


def _boards(pbx: Pbx, queues: list[Queue]) -> dict[str, tuple[str, list[str] | None, dict[str, Any]]]:
    """Title, queues (None: all) and layout by slug. A group of queues has its board where there is more than one group."""
    inbound = [f"{pbx.slug}/{queue.queue_id}" for queue in queues if _group(queue) == "calls"]
    boards: dict[str, tuple[str, list[str] | None, dict[str, Any]]] = {
        "service-level": (_("Service level"), None, _service_level(inbound)),
        "agents": (_("Agents"), None, _agents()),
    }
    groups = {
        key: [queue.queue_id for queue in queues if _group(queue) == key] for key, _types, _way in GROUPS
    }
    titles = {"calls": _("Incoming calls"), "outbound": _("Outbound calls"), "text": _("E-mail and chat")}
    known = {key: ids for key, ids in groups.items() if ids}
    if len(known) > 1:
        layouts = {"outbound": _outbound}
        for key, ids in known.items():
            boards[key] = (titles[key], sorted(ids), layouts.get(key, _group_layout)())
    return boards


def _group(queue: Queue) -> str:
    found = next((key for key, types, _way in GROUPS if queue.type in types), None)
    return found or ("outbound" if queue.direction == "out" else "calls")


def _layout(*widgets: tuple[str, tuple[int, int, int, int], dict[str, Any]]) -> dict[str, Any]:
    """Type, place (x, y, width, height) and options of each widget."""
    rows = [
        {"id": f"w{number}", "type": type_, "x": x, "y": y, "w": w, "h": h, "options": options}
        for number, (type_, (x, y, w, h), options) in enumerate(widgets, start=1)
    ]
    return layout_empty() | {"widgets": rows}


def _service_level(inbound: list[str]) -> dict[str, Any]:
    queues = {"queues": inbound}
    return _layout(
        ("service-level", (0, 0, 6, 12), queues),
        ("number", (6, 0, 4, 6), {"figure": "waiting"} | queues),
        ("number", (10, 0, 4, 6), {"figure": "longest_wait_now_s"} | queues),
        ("number", (6, 6, 4, 6), {"figure": "abandon_rate"} | queues),
        ("number", (10, 6, 4, 6), {"figure": "asa_s"} | queues),
        ("trend", (14, 0, 10, 12), {"figure": "service_level"} | queues),
        ("queue-table", (0, 12, 14, 12), queues),
        ("trend", (14, 12, 10, 12), {"figure": "offered"} | queues),
    )


def _agents() -> dict[str, Any]:
    return _layout(
        ("agents", (0, 0, 14, 24), {}),
        ("agent-states", (14, 0, 5, 12), {}),
        ("pauses", (19, 0, 5, 12), {}),
        ("calls", (14, 12, 10, 12), {}),
    )


def _group_layout() -> dict[str, Any]:
    return _layout(
        ("callers", (0, 0, 5, 12), {}),
        ("ready", (0, 12, 5, 12), {}),
        ("queues", (5, 0, 12, 16), {}),
        ("waiting", (5, 16, 12, 8), {}),
        ("number", (17, 0, 7, 6), {"figure": "service_level_live"}),
        ("agent-states", (17, 6, 7, 9), {}),
        ("longest", (17, 15, 7, 9), {}),
    )


def _outbound() -> dict[str, Any]:
    return _layout(
        ("campaign", (0, 0, 8, 10), {}),
        ("number", (8, 0, 5, 10), {"figure": "outbound"}),
        ("number", (13, 0, 5, 10), {"figure": "agents_ready"}),
        ("agent-states", (18, 0, 6, 10), {}),
        ("calls", (0, 10, 13, 14), {}),
        ("agents", (13, 10, 11, 14), {}),
    )
