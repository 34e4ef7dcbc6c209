import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../static/js/format.js";
import { freshness, freshnessOfAll, heldAt } from "../../static/js/freshness.js";
import { agentFit, tileFit } from "../../static/js/fit.js";
import { agentCounts, agentsSorted, waitingCalls, waitingSummary } from "../../static/js/kpi.js";
import { boardLayout } from "../../static/js/layout.js";
import { QueueLevels, callLevel, levelNext, queueLevelNext, readyLevel, readyLevelNext, worstLevel } from "../../static/js/levels.js";
import { pageOf } from "../../static/js/paging.js";
import { longestByQueue, placesNext, queueOrder, worstFirst } from "../../static/js/ranking.js";
import { cases } from "./support/cases.js";

const NOW = 1795415884000;
const QUEUE = { title: "Prodej", direction: "in", calls_waiting: 0, oldest_waiting_at: null, threshold_s: 20, agents_total: 5 };
const queue = (fields) => ({ ...QUEUE, ...fields });
const queueLevel = (row, now) => queueLevelNext(null, { queue: row, now }).level;
const call = (fields) => ({ direction: "in", state: "waiting", entered_at: NOW - 1000, queue_id: "1", ...fields });

for (const { function: name, value, zone, expected } of cases("format")) {
  test(`${name}(${value}${zone ? `, ${zone}` : ""}) reads ${expected}`, () => {
    assert.equal(format[name](value, zone), expected);
  });
}

for (const { name, source, endpoints, now, contact, expected } of cases("freshness")) {
  test(`freshness: ${name}`, () => {
    assert.deepEqual(freshness({ source, endpoints, now, contact }), expected);
  });
}

test("a sum over several PBXs is as fresh as the worst of them, unknown if one is, and says which", () => {
  const fresh = { level: "fresh", age_ms: 400, since_at: NOW - 400, reason: null, blank: false };
  const down = { level: "down", age_ms: 20_000, since_at: NOW - 20_000, reason: { code: "unreachable", text: "?" }, blank: true };
  const both = freshnessOfAll(new Map([["brno", fresh], ["praha", down]]));
  assert.deepEqual({ level: both.level, stream: both.stream, blank: both.blank, reason: both.reason.code },
    { level: "down", stream: "praha", blank: true, reason: "unreachable" });
  assert.equal(both.parts.get("brno"), fresh);
  assert.equal(freshnessOfAll(new Map([["brno", fresh]])), fresh);
  const older = { ...fresh, age_ms: 900 };
  const calm = freshnessOfAll(new Map([["brno", fresh], ["praha", older]]));
  assert.equal(calm.age_ms, 900);
  assert.equal(calm.stream, null);
  assert.equal(freshnessOfAll(new Map([["brno", { ...fresh, level: "stale" }], ["praha", down]])).level, "down");
});

test("without any PBX a board waits for one", () => {
  const { level, blank, reason } = freshnessOfAll(new Map());
  assert.deepEqual({ level, blank, code: reason.code }, { level: "stale", blank: true, code: "waiting" });
});

test("timers of stale figures stop where staleness began, others run", () => {
  assert.equal(heldAt({ level: "stale", since_at: NOW }), NOW + 15_000);
  assert.equal(heldAt({ level: "late", since_at: NOW }), null);
  assert.equal(heldAt({ level: "stale", since_at: null }), null);
});

test("waiting are inbound callers nobody has answered, the longest first", () => {
  const calls = {
    a: call({ entered_at: NOW - 5000 }),
    b: call({ state: "ringing", entered_at: NOW - 9000, queue_id: "2" }),
    c: call({ state: "speaking" }),
    d: call({ direction: "out" }),
    e: call({ entered_at: null }),
  };
  assert.deepEqual(waitingCalls(calls).map(([id]) => id), ["b", "a", "e"]);
  assert.deepEqual(waitingSummary(calls), { count: 3, id: "b", oldest_at: NOW - 9000, queue_id: "2" });
  const queues = { 1: queue({}), 2: queue({ type: "email" }) };
  assert.deepEqual(waitingCalls(calls, queues).map(([id]) => id), ["a", "e"], "an e-mail is no caller");
  assert.deepEqual(waitingSummary({}), { count: 0, id: null, oldest_at: null, queue_id: null });
});

test("every agent is counted once, and a state nobody knows counts as unknown", () => {
  const agents = { 1: { state: "idle" }, 2: { state: "speaking" }, 3: { state: "dreaming" }, 4: { state: "idle" } };
  const counts = agentCounts(agents);
  assert.equal(counts.total, 4);
  assert.equal(counts.idle, 2);
  assert.equal(counts.unknown, 1);
  assert.equal(counts.paused, 0);
});

test("agents stand by state, in it the longest first", () => {
  const agents = {
    1: { state: "idle", state_since_at: 5 }, 2: { state: "ringing", state_since_at: 9 }, 3: { state: "idle", state_since_at: 1 },
    4: { state: "idle", state_since_at: null }, 5: { state: "paused", state_since_at: 3 },
  };
  assert.deepEqual(agentsSorted(agents).map(([id]) => id), ["2", "5", "3", "1", "4"]);
});

test("three callers, or one beyond three thresholds, are a warning; six, or nine thresholds, critical", () => {
  const level = (fields) => queueLevel(queue(fields), NOW);
  assert.equal(level({ calls_waiting: 2, oldest_waiting_at: NOW - 59_900 }), "normal");
  assert.equal(level({ calls_waiting: 3, oldest_waiting_at: NOW }), "warning");
  assert.equal(level({ calls_waiting: 1, oldest_waiting_at: NOW - 60_000 }), "warning");
  assert.equal(level({ calls_waiting: 6, oldest_waiting_at: NOW }), "critical");
  assert.equal(level({ calls_waiting: 1, oldest_waiting_at: NOW - 180_000 }), "critical");
  assert.equal(level({ calls_waiting: 1, oldest_waiting_at: NOW - 60_001, threshold_s: 60 }), "normal");
});

test("a caller where nobody is logged in is critical; unknown is not nobody", () => {
  assert.equal(queueLevel(queue({ calls_waiting: 1, agents_total: 0 }), NOW), "critical");
  assert.equal(queueLevel(queue({ calls_waiting: 1, agents_total: null }), NOW), "normal");
  assert.equal(queueLevel(queue({ calls_waiting: 0, agents_total: 0 }), NOW), "normal");
});

test("an outbound queue has no level", () => {
  assert.equal(queueLevel(queue({ direction: "out", calls_waiting: 50 }), NOW), "normal");
  assert.equal(queueLevel(queue({ type: "email", calls_waiting: 50, agents_total: 0 }), NOW), "normal");
});

test("no agent ready matters only while callers wait", () => {
  assert.equal(readyLevel({ idle: 0, total: 5 }, 0), "normal");
  assert.equal(readyLevel({ idle: 1, total: 5 }, 9), "normal");
  assert.equal(readyLevel({ idle: 0, total: 5 }, 1), "warning");
  assert.equal(readyLevel({ idle: 0, total: 0 }, 1), "critical");
  assert.equal(worstLevel(["normal", "critical", "warning"]), "critical");
  assert.equal(worstLevel([]), "normal");
});

test("agents who are ready for a moment, or log in for one, end no level", () => {
  let ready = null;
  const levels = [[0, 0], [1, 1], [2, 0], [4, 1], [6, 1], [8, 1]].map(([second, idle]) => {
    ready = readyLevelNext(ready, { counts: { idle, total: 5 }, waiting: 1, now: NOW + second * 1000 });
    return ready.level;
  });
  assert.deepEqual(levels, ["warning", "warning", "warning", "warning", "warning", "normal"]);
  let memory = null;
  const deserted = [[0, 0], [1, 1], [4, 1], [6, 1]].map(([second, agents_total]) => {
    memory = queueLevelNext(memory, { queue: queue({ calls_waiting: 1, agents_total }), now: NOW + second * 1000 });
    return memory.level;
  });
  assert.deepEqual(deserted, ["critical", "critical", "critical", "normal"]);
});

test("a level rises at once, and falls only when the value has left and the level has held", () => {
  const limits = { warning: { enter: 3, leave: 2 }, critical: { enter: 6, leave: 4 }, hold_s: 10 };
  let memory = null;
  const levels = [[0, 2], [1, 3], [2, 6], [3, 5], [8, 5], [12, 4], [13, 5], [20, 4], [22, 4], [40, 3], [60, 2]].map(([seconds, value]) => {
    memory = levelNext(memory, { value, limits, now: NOW + seconds * 1000 });
    return memory.level;
  });
  assert.deepEqual(levels, [
    "normal", "warning", "critical", // at once
    "critical", "critical", // 5 has not left critical, which ends at 4
    "critical", // left, but held until ten seconds after 5 was last seen
    "critical", "critical", "critical", "warning", // 4 since 20 s, 5 last at 13 s: falls at the next look after 23 s
    "normal",
  ]);
});

test("where low is bad the limits work the other way round", () => {
  const limits = { warning: { enter: 0.8, leave: 0.82 }, critical: { enter: 0.7, leave: 0.72 } };
  const level = (value, before) => levelNext(before ? { level: before, held_at: NOW } : null, { value, limits, now: NOW + 1000 }).level;
  assert.deepEqual([level(0.9), level(0.8), level(0.7)], ["normal", "warning", "critical"]);
  assert.deepEqual([level(0.81, "warning"), level(0.82, "warning"), level(0.71, "critical"), level(0.72, "critical")],
    ["warning", "normal", "critical", "warning"]);
  assert.equal(level(null, "critical"), "normal", "nobody counted: no level");
});

test("limits that begin and end at one number do not flicker at it", () => {
  const limits = { warning: { enter: 3, leave: 3 } };
  const at = (value, isLow) => levelNext({ level: "warning", held_at: NOW }, { value, limits, now: NOW, isLow }).level;
  assert.deepEqual([at(3, false), at(2, false), at(3, true), at(4, true)], ["warning", "normal", "warning", "normal"]);
});

test("the levels of a board's queues are another object only when one of them changed", () => {
  const levels = new QueueLevels({ waiting: { warning: { enter: 1, leave: 0 } } });
  assert.equal(levels.update({ 1: queue({ calls_waiting: 1, oldest_waiting_at: NOW }) }, NOW), true);
  const before = levels.byQueue;
  assert.deepEqual({ ...before }, { 1: "warning" });
  assert.equal(levels.update({ 1: queue({ calls_waiting: 2, oldest_waiting_at: NOW }) }, NOW), false);
  assert.equal(levels.byQueue, before);
  assert.equal(levels.update({}, NOW), true);
});

test("a tile moves only when its level has held for ten seconds", () => {
  const queues = { 1: queue({ title: "A" }), 2: queue({ title: "B" }) };
  const at = (seconds, level, before) => placesNext(before, new Map([["1", "normal"], ["2", level]]), NOW + seconds * 1000);
  let places = at(0, "normal", new Map());
  const order = () => queueOrder(queues, places).join("");
  assert.equal(order(), "12");
  places = at(1, "critical", places);
  places = at(10, "critical", places);
  assert.equal(order(), "12");
  places = at(11, "critical", places);
  assert.equal(order(), "21");
  places = at(12, "normal", places);
  places = at(20, "critical", places);
  places = at(29, "critical", places);
  assert.equal(order(), "21");
});

test("a board that opens amid trouble shows it first, inbound before outbound, then by title as Czech sorts", () => {
  const titles = { 1: "Žádosti", 2: "Cesty", 3: "Čeština", 4: "A", 5: "Zzz" };
  const queues = Object.fromEntries(Object.entries(titles).map(([id, title]) => [id, queue({ title, direction: id === "4" ? "out" : "in" })]));
  const places = placesNext(new Map(), new Map(Object.keys(queues).map((id) => [id, id === "5" ? "critical" : "normal"])), NOW);
  assert.deepEqual(queueOrder(queues, places), ["5", "2", "3", "1", "4"]);
});

test("of each queue the longest wait is listed, the worst level first and then the longest", () => {
  const waiting = [["a", "chat"], ["b", "sales"], ["c", "vip"], ["d", "chat"], ["e", null]].map(([id, queue_id]) => [id, call({ queue_id })]);
  const items = longestByQueue(waiting, { chat: "normal", sales: "warning", vip: "critical" });
  assert.deepEqual(items.map(({ id, count, level }) => [id, count, level]),
    [["c", 1, "critical"], ["b", 1, "warning"], ["a", 2, "normal"], ["e", 1, "normal"]]);
  assert.deepEqual(longestByQueue(waiting, {}).map(({ id }) => id), ["a", "b", "c", "e"], "without levels the longest comes first");
});

test("within a level the order stays", () => {
  const items = [["a", "normal"], ["b", "warning"], ["c", "normal"], ["d", "critical"], ["e", "warning"]].map(([id, level]) => ({ id, level }));
  assert.deepEqual(worstFirst(items).map(({ id }) => id), ["d", "b", "e", "a", "c"]);
  assert.equal(items[0].id, "a", "the list that was given stays as it was");
});

test("how bad a caller's wait is depends on the queue's threshold, or on the board's own limits", () => {
  const after = (seconds, threshold_s, limits) => callLevel(call({ entered_at: NOW - seconds * 1000 }), { queue: queue({ threshold_s }), limits, now: NOW });
  assert.deepEqual([after(29, 10), after(30, 10), after(90, 10)], ["normal", "warning", "critical"]);
  assert.equal(after(100, 60), "normal");
  assert.equal(after(100, 60, { critical: { enter: 90, leave: 80 } }), "critical");
  assert.equal(callLevel(call({ entered_at: null }), { queue: queue({}), now: NOW }), "normal");
});

test("problems stay on every page and every other thing gets its turn", () => {
  const items = Array.from({ length: 40 }, (_, index) => `q${index}`);
  const seen = new Set();
  for (let turn = 0; turn < 4; turn += 1) {
    const page = pageOf({ items, pinned: 2, capacity: 12, turn });
    assert.deepEqual(page.items.slice(0, 2), ["q0", "q1"]);
    assert.equal(page.items.length, 12);
    assert.equal(page.hidden, 28);
    assert.equal(page.count, 4);
    page.items.forEach((item) => seen.add(item));
  }
  assert.equal(seen.size, 40);
});

test("what fits needs no pages, and problems never take more than half a page", () => {
  assert.deepEqual(pageOf({ items: ["a", "b"], pinned: 1, capacity: 2, turn: 9 }), { items: ["a", "b"], index: 0, count: 1, hidden: 0 });
  const page = pageOf({ items: [..."abcdefgh"], pinned: 8, capacity: 4, turn: 1 });
  assert.deepEqual(page.items, ["a", "b", "e", "f"]);
  assert.equal(pageOf({ items: ["a", "b"], pinned: 0, capacity: 0, turn: 3 }).items.length, 1);
});

test("tiles are as large as fit, and forty queues fit a wide screen", () => {
  const box = { width: 82, height: 89.8 };
  assert.equal(tileFit({ ...box, count: 1 }).form, "hero");
  assert.equal(tileFit({ ...box, count: 8 }).form, "large");
  for (let count = 1; count <= 40; count += 1) {
    const fit = tileFit({ ...box, count });
    assert.ok(fit.capacity >= count, `${count} queues do not fit`);
    assert.ok(fit.rows * fit.height + (fit.rows - 1) * 0.7 <= box.height + 0.001, `${count} queues are too high`);
  }
});

test("agents take a second column before their rows shrink, full names as long as there is room, and pages only at last", () => {
  const box = { width: 52, height: 72 };
  assert.equal(agentFit({ ...box, count: 16 }).isRoomy, true);
  assert.equal(agentFit({ ...box, count: 40 }).isRoomy, false);
  assert.ok(agentFit({ ...box, count: 40 }).capacity >= 40);
  assert.ok(agentFit({ ...box, count: 40 }).height >= 3.1);
  assert.equal(agentFit({ ...box, count: 10 }).columns, 1);
  assert.equal(agentFit({ ...box, count: 20 }).columns, 2);
  assert.ok(agentFit({ ...box, count: 300 }).capacity < 300);
});

test("the layout follows shape and numbers, and does not flap around a limit", () => {
  const wide = { width: 1920, height: 1080 };
  let layout = boardLayout({ ...wide, queues: 8, agents: 40, before: null });
  assert.deepEqual(layout, { shape: "wide", queues: "some", agents: "some" });
  layout = boardLayout({ ...wide, queues: 8, agents: 45, before: layout });
  assert.equal(layout.agents, "many");
  layout = boardLayout({ ...wide, queues: 8, agents: 44, before: layout });
  assert.equal(layout.agents, "many");
  layout = boardLayout({ ...wide, queues: 8, agents: 30, before: layout });
  assert.equal(layout.agents, "some");
  assert.equal(boardLayout({ width: 1080, height: 1920, queues: 0, agents: 0, before: null }).shape, "tall");
});
