import assert from "node:assert/strict";
import { test } from "node:test";
import { QueueLevels } from "../../static/js/levels.js";
import { EMPTY_FIGURES } from "../../static/js/metrics.js";
import { CriticalBoards } from "../../static/js/screen/critical.js";
import { ShownLevels } from "../../static/js/shown.js";
import { Store } from "../../static/js/store.js";

const T = 1795415884000;
const QUEUE = { title: "Sales", direction: "in", type: "in", calls_waiting: 0, oldest_waiting_at: null, threshold_s: 20, agents_total: 5 };
const ENDPOINTS = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];

/** What a page knows at a moment: the queues of each stream, and when its PBX last answered. */
function session(streams) {
  const store = new Store();
  for (const [stream, { queues, calls = {}, figures = {}, ok_at, error = null }] of Object.entries(streams)) {
    const endpoints = Object.fromEntries(ENDPOINTS.map((name) => [name, { ok_at, every_ms: 1000, error }]));
    store.apply({ v: 1, t: "snapshot", stream, epoch: "E", seq: 1, view: "v", at: ok_at, source: { endpoints }, state: { queues, calls, figures } });
  }
  return { store, contact: (stream) => ({ heard_at: streams[stream].ok_at, silent: false }) };
}

function board(more = {}) {
  return { streams: ["main@calls"], board: { levels: {}, layout: null, automatic: [{ id: "queues", type: "queues", options: {} }] }, ...more };
}

const waiting = (at) => ({ ...QUEUE, calls_waiting: 1, oldest_waiting_at: at });

test("a board becomes critical while its figures are current", () => {
  const boards = new CriticalBoards({ calls: board() });
  assert.deepEqual(boards.look(session({ "main@calls": { queues: { 4: waiting(T) }, ok_at: T + 10_000 } }), T + 10_000), []);
  assert.deepEqual(boards.look(session({ "main@calls": { queues: { 4: waiting(T) }, ok_at: T + 180_000 } }), T + 180_000), ["calls"]);
});

test("in an outage nobody becomes critical by the clock alone", () => {
  const boards = new CriticalBoards({ calls: board() });
  const known = session({ "main@calls": { queues: { 4: waiting(T) }, ok_at: T + 10_000 } });
  for (const later of [10_000, 30_000, 180_000, 600_000]) assert.deepEqual(boards.look(known, T + later), [], `${later}`);
});

test("a board that was critical when its PBX fell silent calls nobody until it is known again", () => {
  const boards = new CriticalBoards({ calls: board() });
  const crowded = { 4: { ...QUEUE, calls_waiting: 9 } };
  assert.deepEqual(boards.look(session({ "main@calls": { queues: crowded, ok_at: T } }), T), ["calls"]);
  assert.deepEqual(boards.look(session({ "main@calls": { queues: crowded, ok_at: T } }), T + 60_000), []);
  assert.deepEqual(boards.look(session({ "main@calls": { queues: crowded, ok_at: T + 61_000 } }), T + 61_000), ["calls"]);
});

test("only queues that a board's widgets show make it critical", () => {
  const widgets = (...list) => ({ ...board(), board: { levels: {}, automatic: [], layout: { widgets: list } } });
  const agents = { id: "a", type: "agents", options: {} };
  const boards = new CriticalBoards({
    agents: widgets(agents),
    others: widgets(agents, { id: "t", type: "queue-table", options: { queues: ["main/7"] } }, { id: "q", type: "queue", options: { queue: null } }),
    one: widgets({ id: "q", type: "queue", options: { queue: "main/4" } }),
    all: widgets({ id: "c", type: "callers", options: { queues: [] } }),
  });
  const known = session({ "main@calls": { queues: { 4: { ...QUEUE, calls_waiting: 9 }, 7: QUEUE }, ok_at: T } });
  assert.deepEqual(boards.look(known, T), ["one", "all"]);
});

test("the level of a queue whose stream is not current stays as it was, others are weighed", () => {
  const levels = new QueueLevels({});
  const queues = { "brno/1": waiting(T), "praha/1": waiting(T) };
  levels.update(queues, T + 60_000);
  assert.deepEqual({ ...levels.byQueue }, { "brno/1": "warning", "praha/1": "warning" });
  levels.update(queues, T + 180_000, (id) => id === "praha/1");
  assert.deepEqual({ ...levels.byQueue }, { "brno/1": "warning", "praha/1": "critical" });
  levels.update({ "brno/2": waiting(T) }, T + 180_000, () => false);
  assert.deepEqual({ ...levels.byQueue }, { "brno/2": "normal" }, "never weighed: nothing is known");
});

const only = (critical) => ({ critical: { enter: critical, leave: critical - 1 }, hold_s: 0 });
const tile = (queue, levels = null) => ({ id: `${queue} ${JSON.stringify(levels)}`, type: "queue", options: { queue, levels } });
const crowded = { "main/4": { ...QUEUE, calls_waiting: 7 }, "main/6": { ...QUEUE, calls_waiting: 9 } };

/** The levels of a crowded board as its widgets show them. */
function shownBy(widgets, queues = crowded) {
  const levels = new ShownLevels({ levels: {}, layout: { widgets } });
  levels.update(queues, T);
  return { ...levels.shown };
}

test("a queue that only a tile with limits of its own shows is weighed by those", () => {
  assert.deepEqual(shownBy([tile("main/4")]), { "main/4": "critical" });
  assert.deepEqual(shownBy([tile("main/4", only(20))]), { "main/4": "normal" });
  assert.deepEqual(shownBy([tile("main/4", only(7))]), { "main/4": "critical" });
});

test("of several widgets that show a queue the worst level counts", () => {
  assert.deepEqual(shownBy([tile("main/4", only(20)), tile("main/4", only(5))]), { "main/4": "critical" });
  assert.deepEqual(shownBy([tile("main/4", only(20)), { id: "t", type: "queue-table", options: { queues: ["main/4"] } }]), { "main/4": "critical" });
});

test("queues that no widget shows have no level there, whatever the board's scope", () => {
  assert.deepEqual(shownBy([tile("main/4"), { id: "a", type: "agents", options: {} }]), { "main/4": "critical" });
  assert.deepEqual(shownBy([{ id: "a", type: "agents", options: {} }]), {});
});

test("a level by limits of a tile stays as it was while its queue is not current, and when other widgets come", () => {
  const levels = new ShownLevels({ levels: {}, layout: { widgets: [tile("main/4", only(7))] } });
  levels.update(crowded, T);
  levels.update({ "main/4": QUEUE }, T + 1_000, () => false);
  assert.equal(levels.shown["main/4"], "critical");
  levels.wear({ layout: { widgets: [tile("main/6"), tile("main/4", only(7))] } });
  levels.update({ "main/4": QUEUE, "main/6": QUEUE }, T + 2_000, (id) => id === "main/6");
  assert.deepEqual({ ...levels.shown }, { "main/4": "critical", "main/6": "normal" });
  levels.update({ "main/4": QUEUE, "main/6": QUEUE }, T + 3_000);
  assert.deepEqual({ ...levels.shown }, { "main/4": "normal", "main/6": "normal" });
});

test("a screen jumps to a board by the limits of its tiles", () => {
  const widgets = (...list) => ({ ...board(), board: { levels: {}, automatic: [], layout: { widgets: list } } });
  const boards = new CriticalBoards({ calm: widgets(tile("main/4", only(20))), strict: widgets(tile("main/4", only(2))) });
  assert.deepEqual(boards.look(session({ "main@calls": { queues: { 4: { ...QUEUE, calls_waiting: 7 } }, ok_at: T } }), T), ["strict"]);
});

const PAIR = { 4: { ...QUEUE, goal: 0.8, short_s: 5, variant: "no_short" }, 7: { ...QUEUE, goal: 0.8, short_s: 5, variant: "no_short" } };

/** Queue 4 has answered half of its calls in time, or as many of ten as are given; queue 7 all of them. */
function answered(ok_at, inTime = 5) {
  const figures = {
    "4:today": { ...EMPTY_FIGURES, answered_in: inTime, answered_late: 10 - inTime },
    "7:today": { ...EMPTY_FIGURES, answered_in: 10 },
  };
  return session({ "main@calls": { queues: PAIR, figures, ok_at } });
}

const single = (type, options, levels = {}) => ({
  ...board(), board: { levels, automatic: [], layout: { widgets: [{ id: "w", type, options: { window: "today", queues: [], ...options } }] } },
});

test("single figures make a board critical as they look there: by their queues, by their own limits, the board's or the goal", () => {
  const low = (enter) => ({ critical: { enter, leave: enter + 0.05 }, hold_s: 0 });
  const level = (options, levels) => single("number", { figure: "service_level_live", ...options }, levels);
  const boards = new CriticalBoards({
    goal: level({ queues: ["main/4"] }),
    tile: single("service-level", { queues: ["main/4"] }),
    calm: level({ queues: ["main/7"] }),
    own: level({ queues: ["main/4"], levels: low(0.4) }),
    board: level({ queues: ["main/7"] }, { service_level_live: low(1) }),
    other: single("number", { figure: "offered" }),
    text: single("text", {}),
  });
  assert.deepEqual(boards.look(answered(T), T), ["goal", "tile", "board"]);
});

test("a single figure that is not current calls nobody, and its level ends only after its time", () => {
  const boards = new CriticalBoards({ tile: single("service-level", { queues: ["main/4"] }) });
  assert.deepEqual(boards.look(answered(T), T), ["tile"]);
  assert.deepEqual(boards.look(answered(T), T + 60_000), [], "not current");
  assert.deepEqual(boards.look(answered(T + 61_000), T + 61_000), ["tile"]);
  assert.deepEqual(boards.look(answered(T + 65_000, 10), T + 65_000), ["tile"], "good for a few seconds only");
  assert.deepEqual(boards.look(answered(T + 72_000, 10), T + 72_000), []);
});

test("in an outage no single figure becomes critical by the clock alone", () => {
  const boards = new CriticalBoards({ wait: single("number", { figure: "longest_wait_now_s", levels: { critical: { enter: 60, leave: 30 } } }) });
  const calls = { c: { queue_id: "4", direction: "in", state: "waiting", entered_at: T } };
  const known = (ok_at) => session({ "main@calls": { queues: PAIR, calls, ok_at } });
  assert.deepEqual(boards.look(known(T + 10_000), T + 10_000), []);
  assert.deepEqual(boards.look(known(T + 10_000), T + 90_000), []);
  assert.deepEqual(boards.look(known(T + 90_000), T + 90_000), ["wait"]);
});
