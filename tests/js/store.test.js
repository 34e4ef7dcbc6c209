import assert from "node:assert/strict";
import { test } from "node:test";
import { Store, deltaApply } from "../../static/js/store.js";
import { cases } from "./support/cases.js";
import { stateDiff } from "./support/server.js";

const plain = (state) => JSON.parse(JSON.stringify(state));
const head = { v: 1, stream: "main", epoch: "E1", at: 1795415884123 };
const snapshot = (state = {}) => ({ ...head, t: "snapshot", seq: 812, view: "9c1f", source: { skew_ms: 0 }, state });
const delta = (fields) => ({ ...head, t: "delta", prev: 812, seq: 814, ...fields });

for (const { name, old, new: next, delta: change } of cases("diff")) {
  test(`a delta turns the old state into the new: ${name}`, () => {
    const before = plain(old);
    assert.deepEqual(plain(deltaApply(old, change)), next);
    assert.deepEqual(plain(old), before, "the old state was changed in place");
    assert.deepEqual(stateDiff(old, next), change, "the difference is not what was written down");
  });
}

test("a row that did not change stays the same object, a changed one becomes another", () => {
  const store = new Store();
  store.apply(snapshot({ queues: { 4: { calls_waiting: 1 }, 5: { calls_waiting: 0 } }, agents: { 7: { state: "idle" } } }));
  const before = store.stream("main").state;
  store.apply(delta({ set: { queues: { 4: { calls_waiting: 2 } } } }));
  const after = store.stream("main").state;
  assert.notEqual(after.queues[4], before.queues[4]);
  assert.equal(before.queues[4].calls_waiting, 1);
  assert.equal(after.queues[5], before.queues[5]);
  assert.equal(after.agents, before.agents);
});

test("what changed is named by kind and id", () => {
  const store = new Store();
  store.apply(snapshot({ calls: { "1.98": {} } }));
  const { changed, need } = store.apply(delta({ set: { queues: { 4: { calls_waiting: 2 } } }, del: { calls: ["1.98"] } }));
  assert.deepEqual(changed, { queues: ["4"], calls: ["1.98"] });
  assert.equal(need, null);
});

test("a delta that does not start where we stand asks for the stream again and changes nothing", () => {
  const store = new Store();
  store.apply(snapshot({ queues: { 4: { calls_waiting: 1 } } }));
  const before = store.stream("main");
  for (const wrong of [{ prev: 811 }, { prev: 813 }, { epoch: "E2" }]) {
    const { need } = store.apply(delta({ set: { queues: { 4: { calls_waiting: 9 } } }, ...wrong }));
    assert.equal(need, "resync");
    assert.equal(store.stream("main"), before);
  }
});

test("a tick that names another place shows that the last delta was lost", () => {
  const store = new Store();
  store.apply(snapshot());
  assert.equal(store.apply({ ...head, t: "tick", seq: 812, build: "1", source: {} }).need, null);
  assert.equal(store.apply({ ...head, t: "tick", seq: 813, build: "1", source: {} }).need, "resync");
  assert.equal(store.apply({ ...head, t: "tick", epoch: "E2", seq: 812, build: "1", source: {} }).need, "resync");
});

test("deltas and ticks before the first snapshot ask for one", () => {
  const store = new Store();
  assert.equal(store.apply(delta({ set: {} })).need, "resync");
  assert.equal(store.apply({ ...head, t: "tick", seq: 812, source: {} }).need, "resync");
  assert.deepEqual(store.positions(), {});
});

test("hello tells where each stream stands", () => {
  const store = new Store();
  store.apply(snapshot());
  store.apply(delta({ set: {} }));
  assert.deepEqual(store.positions(), { main: { epoch: "E1", seq: 814, view: "9c1f" } });
});

test("a snapshot replaces everything, and names what it took away", () => {
  const store = new Store();
  store.apply(snapshot({ queues: { 4: { title: "Prodej" } } }));
  const { changed } = store.apply({ ...snapshot({ queues: { 5: { title: "Reklamace" } } }), epoch: "E2" });
  assert.deepEqual(plain(store.stream("main").state.queues), { 5: { title: "Reklamace" } });
  assert.deepEqual(changed.queues.sort(), ["4", "5"]);
});

test("kinds, fields and messages that are not known are passed over", () => {
  const store = new Store();
  store.apply(snapshot({ queues: { 4: { title: "Prodej", mood: "fine" } }, robots: { 1: {} } }));
  const set = { robots: { 1: { state: "idle" } }, queues: { 4: { mood: "bad" } } };
  const { need } = store.apply(delta({ set, del: { robots: ["2"] }, extra: 1 }));
  assert.equal(need, null);
  assert.equal(store.stream("main").state.robots, undefined);
  assert.equal(store.stream("main").state.queues[4].title, "Prodej");
  for (const odd of [{ v: 1, t: "song" }, { v: 2, t: "delta" }, null, 7, "x", []]) {
    assert.deepEqual(store.apply(odd), { stream: null, changed: {}, need: null });
  }
});

test("a server without word from its poller is silent until the next tick", () => {
  const store = new Store();
  store.apply(snapshot());
  store.apply({ v: 1, t: "control", do: "error", code: "silent" });
  assert.equal(store.stream("main").silent, true);
  store.apply({ ...head, t: "tick", seq: 812, source: {} });
  assert.equal(store.stream("main").silent, false);
});

test("a tick brings the new source and leaves the rows alone", () => {
  const store = new Store();
  store.apply(snapshot({ queues: { 4: {} } }));
  const { state } = store.stream("main");
  store.apply({ ...head, t: "tick", seq: 812, source: { skew_ms: -3000 } });
  assert.equal(store.stream("main").source.skew_ms, -3000);
  assert.equal(store.stream("main").state, state);
});
