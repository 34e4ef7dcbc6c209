/** The cases that Python and JavaScript share; the other half is tests/domain/kpi/test_cases.py. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as metrics from "../../static/js/metrics.js";
import { cases } from "./support/cases.js";

const CASES = cases("metrics");
const FIELDS = ["answered_in", "answered_late", "abandoned_short", "abandoned_in", "abandoned_late", "wait_answered_s",
  "wait_all_s", "talk_s", "hold_s", "acw_s", "outbound", "outbound_answered", "provisional", "running"];
const EMPTY = {
  ...Object.fromEntries(FIELDS.map((name) => [name, 0])),
  flowed_out: null, longest_wait_s: null, ready_s: null, numbered: null, repeats: null, expected_more: null,
};
const part = (one) => ({ ...one, figures: { ...EMPTY, ...one.figures }, rules: { ...metrics.DEFAULT_RULES, ...one.rules } });
const percent = (value) => (value === null ? null : Math.round(value * 10_000) / 100);

function near(value, expected, tolerance = 1e-9) {
  if (expected === null) assert.equal(value, null);
  else assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);
}

for (const row of CASES.service_level) {
  test(`service level: ${row.name}`, () => {
    const parts = [part({ ...row, rules: { variant: row.variant } })];
    const closed = metrics.serviceLevel(parts, { live: false });
    assert.equal(percent(closed.value), row.closed);
    assert.equal(percent(metrics.serviceLevel(parts, { live: true }).value), row.live);
    assert.equal(closed.is_flow_unknown, row.is_flow_unknown);
  });
}

for (const row of CASES.figures) {
  test(`figure: ${row.name}`, () => {
    near(metrics.figureValue(row.key, row.parts.map(part), { window: row.window, now: row.now }), row.expected);
  });
}

for (const row of CASES.erlang) {
  test(`Erlang C: ${row.name}`, () => {
    const load = (row.calls / row.interval_s) * row.aht_s;
    near(metrics.erlangWaiting({ load, agents: row.agents }) * 100, row.waiting, 0.1);
    near(metrics.erlangServiceLevel({ ...row, load }) * 100, row.service_level, 0.1);
  });
}

for (const { name, expected, ...asked } of CASES.agents_needed) {
  test(`agents needed: ${name}`, () => assert.equal(metrics.agentsNeeded(asked), expected));
}

for (const row of CASES.outcomes) {
  test(`outcome: ${JSON.stringify(row)}`, () => {
    const outcome = metrics.outcomeOf({
      rules: metrics.DEFAULT_RULES,
      direction: "direction" in row ? row.direction : "in",
      isAnswered: row.is_answered,
      waitS: row.wait_s,
      hasFlowedOut: row.has_flowed_out,
      isOpen: row.is_open,
    });
    assert.equal(outcome, row.expected);
  });
}

for (const { waited_ms: waited, expected } of CASES.waiting_late) {
  test(`${waited} ms are ${expected ? "" : "not "}past 20 s`, () => {
    assert.equal(metrics.isWaitingLate(waited, metrics.DEFAULT_RULES), expected);
  });
}

test("rules of a queue are the default ones where it has none", () => {
  assert.deepEqual(metrics.rulesOf({ threshold_s: 60, short_s: null, goal: 0.9, variant: "offered" }),
    { threshold_s: 60, short_s: 5, goal: 0.9, variant: "offered" });
  assert.deepEqual(metrics.rulesOf(undefined), metrics.DEFAULT_RULES);
});

test("there is no figure of another name", () => {
  assert.equal(metrics.figureValue("constructor", []), undefined);
});
