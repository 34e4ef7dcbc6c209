"""The tables of this package as the JavaScript module static/js/metrics-table.js."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from dashboard.domain.kpi.catalogue import CATALOGUE, WINDOW_S, FigureEntry
from dashboard.domain.kpi.variants import VARIANTS, Variant

HEAD: Final = """\
/** Written by `manage.py write_metrics` from dashboard/domain/kpi: change it there. Titles are in the reader's language. */

import { _ } from "./i18n.js";
"""


def metrics_js() -> str:
    """The whole module, with texts where makemessages finds them."""
    return "\n".join(
        [
            HEAD,
            "/** The figures by key. Formulas are to be shown with the figure. */",
            "export const CATALOGUE = {",
            *_lines(_entry(entry) for entry in CATALOGUE.values()),
            "};",
            "",
            "/** The variants of the service level: the terms that are hits, and those that are counted at all. */",
            "export const VARIANTS = {",
            *_lines(_variant(word, variant) for word, variant in VARIANTS.items()),
            "};",
            "",
            f"export const WINDOW_S = {json.dumps(WINDOW_S)};",
            "",
        ]
    )


def _lines(entries: Iterable[str]) -> list[str]:
    return [f"  {entry}," for entry in entries]


def _entry(entry: FigureEntry) -> str:
    fields = {
        "title": _text(entry.title),
        "unit": _plain(entry.unit),
        "formula": _text(entry.formula),
        "better": _plain(entry.better),
        "windows": _plain(entry.windows),
        "needs_live": _plain(entry.needs_live),
    }
    return f"{entry.key}: {_object(fields)}"


def _variant(word: str, variant: Variant) -> str:
    fields = {
        "title": _text(variant.title),
        "formula": _plain(variant.formula),
        "hits": _plain(variant.hits),
        "counted": _plain(variant.counted),
    }
    return f"{_plain(word)}: {_object(fields)}"


def _object(fields: dict[str, str]) -> str:
    return "{\n" + "".join(f"    {name}: {value},\n" for name, value in fields.items()) + "  }"


def _text(text: str) -> str:
    return f"_({_plain(text)})"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
