"""The browser's tables of figures are those of the server, and both reckon alike on whatever comes."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import msgspec
import pytest

from dashboard.domain.kpi import (
    CATALOGUE,
    FIGURE_KEYS,
    VARIANTS,
    Now,
    Part,
    Rules,
    figure_value,
    figures_empty,
)
from dashboard.domain.kpi.adding import ALL_OR_NOTHING, ALWAYS_KNOWN, KNOWN_PARTS
from dashboard.domain.kpi.catalogue import WINDOWS
from dashboard.domain.kpi.javascript import metrics_js
from dashboard.domain.rows import FigureRow

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "tests" / "js" / "support" / "figure-values.js"


def test_the_browsers_tables_are_written_from_the_servers() -> None:
    written = (ROOT / "static" / "js" / "metrics-table.js").read_text(encoding="utf-8")
    assert written == metrics_js(), "Run `manage.py write_metrics`."


def test_adding_knows_every_field_of_a_figure_row() -> None:
    known = {*ALWAYS_KNOWN, *KNOWN_PARTS, *ALL_OR_NOTHING, "longest_wait_s"}
    assert known == set(FigureRow.__struct_fields__)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_hits_of_a_variant_are_counted(variant: object) -> None:
    assert set(variant.hits) <= set(variant.counted)  # type: ignore[attr-defined]


def chance_part(chance: random.Random) -> Part:
    row = msgspec.to_builtins(figures_empty())
    small = chance.random() < 0.3
    for name in row:
        value = chance.randint(0, 3 if small else 500)
        row[name] = value if name in ALWAYS_KNOWN or chance.random() < 0.7 else None
    rules = Rules(
        threshold_s=chance.choice([10, 20, 60]),
        short_s=chance.choice([0, 5]),
        goal=chance.choice([0.7, 0.8, 0.9, 0.95]),
        variant=chance.choice([*VARIANTS, "of_tomorrow"]),
    )
    return Part(figures=FigureRow(**row), rules=rules, waiting_late=chance.choice([0, 0, 3]))


def chance_case(chance: random.Random) -> dict[str, object]:
    return {
        "key": chance.choice(FIGURE_KEYS),
        "parts": [chance_part(chance) for _ in range(chance.randint(0, 4))],
        "window": chance.choice(WINDOWS),
        "now": Now(
            waiting=chance.choice([None, 0, 4]), oldest_waiting_at=chance.choice([None, 5]), now_at=9_999
        ),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_python_and_javascript_agree_on_random_figures(seed: int) -> None:
    chance = random.Random(seed)
    cases = [chance_case(chance) for _ in range(1000)]
    ours = [
        figure_value(case["key"], case["parts"], window=case["window"], now=case["now"])  # type: ignore[arg-type]
        for case in cases
    ]
    answer = subprocess.run(
        ["node", str(SCRIPT)], input=msgspec.json.encode(cases), capture_output=True, check=True
    )
    theirs = json.loads(answer.stdout)
    assert {case["key"] for case in cases} == set(CATALOGUE)
    for case, own, other in zip(cases, ours, theirs, strict=True):
        assert other == (None if own is None else pytest.approx(own, rel=1e-12)), case
