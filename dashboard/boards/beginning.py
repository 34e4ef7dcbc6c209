"""A layout to begin from: what a board shows by itself, as widgets on the grid."""

from __future__ import annotations

from typing import Any, Final

from dashboard.boards.layout import layout_empty

PLACES: Final = {
    "callers": (0, 0, 5, 12),
    "ready": (0, 12, 5, 12),
    "queues": (5, 0, 11, 16),
    "waiting": (5, 16, 11, 8),
    "agents": (16, 0, 8, 24),
}


def layout_beginning() -> dict[str, Any]:
    widgets = [
        {"id": f"{type_}-1", "type": type_, "x": x, "y": y, "w": w, "h": h, "options": {}}
        for type_, (x, y, w, h) in PLACES.items()
    ]
    return {**layout_empty(), "widgets": widgets}
