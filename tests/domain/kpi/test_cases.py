"""The cases that Python and JavaScript share (tests/cases/metrics.json; the other half is tests/js/metrics.test.js)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dashboard.domain.kpi import (
    Now,
    Part,
    Rules,
    agents_needed,
    erlang_asa_s,
    erlang_service_level,
    erlang_waiting,
    figure_value,
    figures_empty,
    outcome_of,
    service_level,
    waiting_outcome,
)

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "metrics.json").read_text(encoding="utf-8")
)


def of(section: str) -> pytest.MarkDecorator:
    cases = CASES[section]
    return pytest.mark.parametrize("case", cases, ids=[case.get("name", str(case)) for case in cases])


def part(case: dict[str, Any]) -> Part:
    figures = msgspec.structs.replace(figures_empty(), **case["figures"])
    return Part(figures=figures, rules=Rules(**case["rules"]), waiting_late=case["waiting_late"])


def percent(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 2)


@of("service_level")
def test_service_level(case: dict[str, Any]) -> None:
    parts = [part({"rules": {"variant": case["variant"]}} | case)]
    closed = service_level(parts, is_live=False)
    assert percent(closed.value) == case["closed"]
    assert percent(service_level(parts, is_live=True).value) == case["live"]
    assert closed.is_flow_unknown is case["is_flow_unknown"]


@of("figures")
def test_figure(case: dict[str, Any]) -> None:
    parts = [part(row) for row in case["parts"]]
    value = figure_value(
        case["key"], parts, window=case.get("window", "today"), now=Now(**case.get("now", {}))
    )
    assert value == pytest.approx(case["expected"])


@of("erlang")
def test_erlang_c_agrees_with_published_tables(case: dict[str, Any]) -> None:
    load = case["calls"] / case["interval_s"] * case["aht_s"]
    agents, aht_s = case["agents"], case["aht_s"]
    assert erlang_waiting(load=load, agents=agents) * 100 == pytest.approx(case["waiting"], abs=0.1)
    level = erlang_service_level(load=load, agents=agents, aht_s=aht_s, threshold_s=case["threshold_s"])
    assert level * 100 == pytest.approx(case["service_level"], abs=0.1)
    assert erlang_asa_s(load=load, agents=agents, aht_s=aht_s) == pytest.approx(case["asa_s"], abs=0.1)


@of("agents_needed")
def test_agents_needed(case: dict[str, Any]) -> None:
    asked = {name: value for name, value in case.items() if name not in {"name", "expected"}}
    assert agents_needed(**asked) == case["expected"]


@of("outcomes")
def test_outcome(case: dict[str, Any]) -> None:
    facts = {"direction": "in"} | {name: value for name, value in case.items() if name != "expected"}
    assert outcome_of(rules=Rules(), **facts) == case["expected"]


@of("waiting_late")
def test_waiting_late(case: dict[str, Any]) -> None:
    outcome = waiting_outcome(rules=Rules(), waited_ms=case["waited_ms"])
    assert (outcome == "waiting_late") is case["expected"]
