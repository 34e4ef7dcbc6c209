import assert from "node:assert/strict";
import { test } from "node:test";
import { Merger, streamOf } from "../../static/js/merge.js";
import { deltaApply } from "../../static/js/store.js";

const T = 1795415884000;
const EMPTY = { queues: {}, agents: {}, calls: {}, pauses: {}, figures: {} };
const part = (name, state, skew_ms = 0) => ({ name, state: { ...EMPTY, ...state }, skew_ms });
const plain = (value) => JSON.parse(JSON.stringify(value));

test("rows of two PBXs with the same ids stand side by side, and each refers to its own", () => {
  const state = {
    queues: { 4: { title: "Prodej", oldest_waiting_at: null } },
    agents: { 7: { pause_id: "2", queue_ids: ["4"], call_ids: ["1.98"] } },
    calls: { "1.98": { queue_id: "4", agent_id: "7", ringing_agent_ids: [] } },
    pauses: { 2: { title: "Oběd" } },
    figures: { "4:today": { offered: 3 } },
  };
  const merged = plain(new Merger().merge([part("brno", state), part("praha", state)]));
  assert.deepEqual(Object.keys(merged.queues), ["brno/4", "praha/4"]);
  assert.deepEqual(merged.agents["praha/7"], { pause_id: "praha/2", queue_ids: ["praha/4"], call_ids: ["praha/1.98"] });
  assert.deepEqual(merged.calls["brno/1.98"], { queue_id: "brno/4", agent_id: "brno/7", ringing_agent_ids: [] });
  assert.deepEqual(Object.keys(merged.figures), ["brno/4:today", "praha/4:today"]);
});

test("a reference to nothing stays nothing", () => {
  const merged = new Merger().merge([part("main", { calls: { 1: { queue_id: null, agent_id: null, ringing_agent_ids: [] } } })]);
  assert.deepEqual(plain(merged.calls["main/1"]), { queue_id: null, agent_id: null, ringing_agent_ids: [] });
});

test("moments of a PBX whose clock is ahead are brought to the server's clock", () => {
  const calls = { 1: { entered_at: T + 9000, answered_at: null, queue_id: null } };
  const merger = new Merger();
  const merged = merger.merge([part("ahead", { calls }, 9000), part("right", { calls: structuredClone(calls) })]);
  assert.equal(merged.calls["ahead/1"].entered_at, T);
  assert.equal(merged.calls["ahead/1"].answered_at, null);
  assert.equal(merged.calls["right/1"].entered_at, T + 9000);
  assert.equal(merger.merge([part("ahead", { calls }, 4000)]).calls["ahead/1"].entered_at, T + 5000);
});

test("what did not change is the same object, in a changed kind as well", () => {
  const merger = new Merger();
  const brno = part("brno", { queues: { 4: { title: "A" }, 5: { title: "B" } }, agents: { 7: { queue_ids: ["4"] } } });
  const praha = part("praha", { queues: { 4: { title: "C" } } });
  const before = merger.merge([brno, praha]);
  assert.equal(merger.merge([brno, praha]).queues, before.queues);
  const state = deltaApply(brno.state, { set: { queues: { 4: { title: "X" } } } });
  const after = merger.merge([{ ...brno, state }, praha]);
  assert.equal(after.queues["brno/4"].title, "X");
  assert.equal(after.queues["brno/5"], before.queues["brno/5"]);
  assert.equal(after.queues["praha/4"], before.queues["praha/4"]);
  assert.equal(after.agents, before.agents);
});

test("the stream of an id is what stands before the first slash", () => {
  assert.equal(streamOf("main/4"), "main");
  assert.equal(streamOf("brno/a/b"), "brno");
});
