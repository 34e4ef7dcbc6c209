import assert from "node:assert/strict";
import { test } from "node:test";
import { AlarmGate, AlarmQueue } from "../../static/js/alarms.js";
import { announcedNow, announcementBeside, currentAnnouncement } from "../../static/js/announcing.js";
import { boardFigure, figureKind } from "../../static/js/figures.js";
import { figureFit, tileForm } from "../../static/js/fit.js";
import { figureText, percent } from "../../static/js/format.js";
import { hasWordRoom } from "../../static/js/fit.js";
import { gridPlaces } from "../../static/js/grid.js";
import { goalLimits, levelNext } from "../../static/js/levels.js";
import { EMPTY_FIGURES } from "../../static/js/metrics.js";
import { QueueScope } from "../../static/js/scope.js";
import { cases } from "./support/cases.js";

const NOW = 1795415884000;
const QUEUES = {
  "main/1": { title: "Sales", direction: "in", type: "in", threshold_s: 20, short_s: 5, goal: 0.8, variant: "no_short" },
  "main/2": { title: "Help", direction: "in", type: "in", threshold_s: 20, short_s: 5, goal: 0.8, variant: "no_short" },
};
const ROW = {
  answered_in: 7, answered_late: 2, abandoned_short: 0, abandoned_in: 0, abandoned_late: 1, flowed_out: 0, wait_answered_s: 90,
  wait_all_s: 120, longest_wait_s: 60, talk_s: 900, hold_s: 0, acw_s: 90, ready_s: null, numbered: 10, repeats: 0, outbound: 0,
  outbound_answered: 0, expected_more: null, provisional: 0,
};
const call = (fields) => ({ direction: "in", state: "waiting", entered_at: NOW - 30_000, queue_id: "main/1", ...fields });
const STATE = {
  queues: QUEUES,
  agents: { "main/7": { state: "idle", queue_ids: ["main/1"] }, "main/8": { state: "acw", queue_ids: ["main/2"] }, "main/9": { state: "paused", queue_ids: ["main/1", "main/2"] } },
  calls: { "main/a": call({}), "main/b": call({ entered_at: NOW - 5_000 }), "main/c": call({ state: "speaking", queue_id: "main/2" }) },
  pauses: {},
  figures: { "main/1:today": ROW, "main/2:today": { ...ROW, answered_in: 1, answered_late: 1, abandoned_late: 0 } },
  levels: { "main/1": "warning", "main/2": "normal" },
};

test("a scope of queues keeps what concerns them, figures and levels too", () => {
  const own = new QueueScope(["main/2"]).apply(STATE);
  assert.deepEqual(Object.keys(own.queues), ["main/2"]);
  assert.deepEqual(Object.keys(own.agents), ["main/8", "main/9"]);
  assert.deepEqual(Object.keys(own.calls), ["main/c"]);
  assert.deepEqual(Object.keys(own.figures), ["main/2:today"]);
  assert.deepEqual({ ...own.levels }, { "main/2": "normal" });
  assert.equal(new QueueScope([]).apply(STATE), STATE, "no queues chosen: all");
});

test("what changes outside a scope leaves its slice the same object", () => {
  const scope = new QueueScope(["main/2"]);
  const before = scope.apply(STATE);
  const after = scope.apply({ ...STATE, agents: { ...STATE.agents, "main/7": { state: "speaking", queue_ids: ["main/1"] } } });
  assert.equal(after.agents, before.agents);
  const changed = scope.apply({ ...STATE, agents: { ...STATE.agents, "main/8": { state: "idle", queue_ids: ["main/2"] } } });
  assert.notEqual(changed.agents, before.agents);
});

test("figures of the moment and of a window, over one queue and over both", () => {
  const value = (key, state = STATE) => boardFigure(key, state, { window: "today", now: NOW });
  assert.equal(value("waiting"), 2);
  assert.equal(value("longest_wait_now_s"), 30);
  assert.equal(value("over_threshold"), 1, "30 s is past 20 s, 5 s is not");
  assert.equal(value("calls_active"), 1);
  assert.equal(value("agents_ready"), 1);
  assert.equal(value("agents_acw"), 1);
  assert.equal(value("service_level"), (7 + 1) / (10 + 2), "sums over sums");
  assert.equal(value("service_level_live"), 8 / (12 + 1), "one waits past the threshold now");
  assert.equal(value("service_level", new QueueScope(["main/1"]).apply(STATE)), 7 / 10);
  assert.equal(value("answered"), 9 + 2);
  assert.equal(value("service_level", { ...STATE, figures: {} }), null, "nobody counted");
  assert.equal(figureKind("profit"), null);
});

for (const { name, window, queues, all } of cases("metrics").live_queues) {
  test(`live service level: ${name}`, () => {
    const state = { queues: {}, calls: {}, figures: {}, agents: {} };
    for (const [id, { figures, waits_s: waits, outside_waits_s: outside = [] }] of Object.entries(queues)) {
      state.queues[`main/${id}`] = { ...QUEUES["main/1"], calls_waiting: waits && waits.length };
      if (figures) state.figures[`main/${id}:${window}`] = { ...EMPTY_FIGURES, ...figures };
      const waiting = [...(waits ?? []).map((wait) => ({ wait })), ...outside.map((wait) => ({ wait, outside_hours: true }))];
      waiting.forEach(({ wait, ...fields }, at) => { state.calls[`main/${id}.${at}`] = call({ queue_id: `main/${id}`, entered_at: NOW - wait * 1000, ...fields }); });
    }
    const level = (slice) => ["service_level_live", "service_level"].map((key) => boardFigure(key, slice, { window, now: NOW }));
    assert.deepEqual(level(state), [all.live, all.closed]);
    for (const [id, { live, closed }] of Object.entries(queues)) {
      assert.deepEqual(level(new QueueScope([`main/${id}`]).apply(state)), [live, closed], id);
    }
  });
}

test("a share is never rounded up to a goal that is missed", () => {
  assert.equal(percent(0.7999), "79%");
  assert.equal(percent(0.8), "80%");
  assert.equal(percent(0.0321, "down"), "4%");
  assert.equal(percent(0, "down"), "0%");
  assert.equal(percent(null), "–");
  assert.equal(figureText(75, "seconds"), "1:15");
  assert.equal(figureText(null, "count"), "–");
});

test("a service level is a warning just below its goal and critical ten points below", () => {
  const level = (value) => levelNext(null, { value, limits: goalLimits(0.8), now: NOW, isLow: true }).level;
  assert.deepEqual([level(0.8), level(0.7999), level(0.71), level(0.7)], ["normal", "warning", "warning", "critical"]);
  assert.equal(goalLimits(null), null);
});

test("a figure fills its box whatever its length, and stays readable", () => {
  const box = { width: 40, height: 20 };
  assert.ok(figureFit({ ...box, text: "7" }) <= 20);
  assert.ok(figureFit({ ...box, text: "1:23:45" }) < figureFit({ ...box, text: "7" }));
  assert.ok(figureFit({ width: 2, height: 2, text: "123456" }) >= 3);
  assert.equal(tileForm({ width: 60, height: 32 }), "hero");
  assert.equal(tileForm({ width: 20, height: 4 }), "compact");
});

test("on a turned screen no widget is lost, none lies over another, and each row is filled", () => {
  const widgets = [
    { id: "a", x: 0, y: 0, w: 6, h: 12 }, { id: "b", x: 6, y: 0, w: 12, h: 24 }, { id: "c", x: 18, y: 0, w: 6, h: 6 },
    { id: "d", x: 18, y: 6, w: 6, h: 18 }, { id: "e", x: 0, y: 12, w: 6, h: 12 },
  ];
  const wide = gridPlaces({ columns: 24, rows: 24, widgets }, { shape: "wide" });
  assert.deepEqual(wide.places.get("b"), { column: 7, row: 1, width: 12, height: 24 });
  const tall = gridPlaces({ columns: 24, rows: 24, widgets }, { shape: "tall" });
  const cells = new Set();
  for (const { column, row, width, height } of tall.places.values()) {
    for (let x = column; x < column + width; x += 1) for (let y = row; y < row + height; y += 1) {
      assert.ok(x <= 24 && y <= tall.rows.length, "within the grid");
      assert.ok(!cells.has(`${x} ${y}`), "one widget per cell");
      cells.add(`${x} ${y}`);
    }
  }
  assert.equal(tall.places.size, widgets.length);
  assert.equal(cells.size, 24 * tall.rows.length, "no holes");
});

test("on a turned screen no widget gets less height than it can be read in, while there is room", () => {
  const widgets = [{ id: "number", x: 0, y: 0, w: 24, h: 1, least: 4 }, { id: "table", x: 0, y: 1, w: 24, h: 23, least: 5 }];
  const { rows: [number, table] } = gridPlaces({ columns: 24, rows: 24, widgets }, { shape: "tall" });
  const share = number / (number + table);
  assert.ok(share >= 0.104 && share < 0.11, `${share}`);
  const many = Array.from({ length: 14 }, (_, y) => ({ id: `n${y}`, x: 0, y, w: 24, h: 1, least: 4 }));
  const crowded = gridPlaces({ columns: 24, rows: 24, widgets: many }, { shape: "tall" });
  assert.equal(new Set(crowded.rows).size, 1, "all alike where there is no room");
});

test("small tiles say the word of their level only where it fits beside a title", () => {
  assert.equal(hasWordRoom({ width: 34 }), true);
  assert.equal(hasWordRoom({ width: 33 }), false);
  assert.equal(hasWordRoom({ width: 100, columns: 2 }), true);
  assert.equal(hasWordRoom({ width: 100, columns: 3 }), false);
});

test("announcements are shown from their start to their end, one after the other", () => {
  const all = [{ text: "a", starts_at: NOW - 1, ends_at: null }, { text: "b", starts_at: NOW - 1, ends_at: NOW + 1 }, { text: "c", starts_at: NOW + 1, ends_at: null }];
  assert.deepEqual(announcedNow(all, NOW).map(({ text }) => text), ["a", "b"]);
  assert.equal(currentAnnouncement(all, { now: NOW, count: 0 }).text, "a");
  assert.equal(currentAnnouncement(all, { now: NOW, count: 10 }).text, "b");
  assert.equal(currentAnnouncement([], { now: NOW, count: 0 }), null);
});

test("beside a trouble a critical announcement is always shown, others take turns with it", () => {
  const beside = (all) => [0, 10, 20, 30, 40].map((count) => announcementBeside(all, { now: NOW, count })?.text ?? "trouble").join(" ");
  assert.equal(beside([]), "trouble trouble trouble trouble trouble");
  assert.equal(beside([{ text: "a" }, { text: "b", level: "warning" }]), "trouble a trouble b trouble");
  assert.equal(beside([{ text: "a" }, { text: "paper", level: "critical" }]), "paper paper paper paper paper");
});

test("alarms keep apart, and one thing is told again only after a minute", () => {
  const gate = new AlarmGate();
  assert.equal(gate.lets("queue 1", 0), true);
  assert.equal(gate.lets("queue 2", 5_000), false, "too soon after the last");
  assert.equal(gate.lets("queue 2", 8_000), true);
  assert.equal(gate.lets("queue 1", 30_000), false, "told already");
  assert.equal(gate.lets("queue 1", 60_000), true);
});

test("a second alarm within seconds waits for its turn, one that calmed down meanwhile is not given", () => {
  const queue = new AlarmQueue();
  queue.add("queue 1", "one", 0);
  assert.equal(queue.next(0), "one");
  for (const name of ["queue 2", "queue 3", "queue 4"]) queue.add(name, name, 1_000);
  assert.equal(queue.next(1_000), null);
  assert.equal(queue.waitMs(1_000), 7_000);
  queue.drop("queue 2");
  assert.equal(queue.next(8_000), "queue 3");
  queue.add("queue 1", "one again", 9_000);
  assert.equal(queue.next(16_000), "queue 4");
  assert.equal(queue.next(24_000), null, "told less than a minute ago");
  assert.equal(queue.waitMs(24_000), null);
});
