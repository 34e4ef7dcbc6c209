"""Boards of widgets, as tests lay them out and open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

OPTIONS: dict[str, dict[str, Any]] = {
    "queue": {"queue": "main/1"},
    "text": {"text": "Vítejte"},
    "ticker": {"text": "Dobrý den"},
    "campaign": {"goal": 100},
    "pauses": {"limit_min": 1},
}


def layout(places: dict[str, tuple[int, int, int, int]], **options: dict[str, Any]) -> dict[str, Any]:
    widgets = [
        {
            "id": type_,
            "type": type_,
            "x": x,
            "y": y,
            "w": w,
            "h": h,
            "options": (OPTIONS | options).get(type_, {}),
        }
        for type_, (x, y, w, h) in places.items()
    ]
    return {"version": 1, "columns": 24, "rows": 24, "widgets": widgets}


def opened(new_page: Callable[..., Page], slug: str, **options: Any) -> Page:
    page = new_page(**options)
    page.goto(f"/boards/{slug}/")
    page.wait_for_function(
        "() => document.querySelector('wb-status')?.dataset.fresh === 'fresh' && document.querySelector('main [data-fresh=fresh]')",
        timeout=30_000,
    )
    return page
