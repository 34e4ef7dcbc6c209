"""Writes the browser's tables of figures from those of the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from dashboard.domain.kpi.javascript import metrics_js

PATH = Path(__file__).resolve().parents[3] / "static" / "js" / "metrics-table.js"


class Command(BaseCommand):
    help = (
        "Write static/js/metrics-table.js from dashboard/domain/kpi. For developers, after changing a figure."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        PATH.write_text(metrics_js(), encoding="utf-8")
        self.stdout.write(f"Written: {PATH}")
