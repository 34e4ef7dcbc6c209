import assert from "node:assert/strict";
import { test } from "node:test";
import { agentActions, bulkActions, callActions } from "../../static/js/supervision/actions.js";
import { deskFigures } from "../../static/js/supervision/figures.js";
import { agentMatches, callMatches, filterOf, NO_FILTER, searchOf } from "../../static/js/supervision/filter.js";
import { daySpan, lanesOf } from "../../static/js/supervision/gantt.js";
import { HeldOrder } from "../../static/js/supervision/held.js";
import { keyOf } from "../../static/js/supervision/keys.js";
import { agentLevel, agentOrder, callLevel, callOrder } from "../../static/js/supervision/trouble.js";
import { Views } from "../../static/js/supervision/views.js";

const NOW = 1795415884000;
const ago = (seconds) => NOW - seconds * 1000;
const AGENT = {
  id: "main/1", stream: "main", name: "Jana Nováková", login: "novakova", extension: "101", state: "idle", since_at: ago(30), queue_ids: ["main/4"],
  queues: "Prodej", call_id: null, call_state: null, caller: null, caller_name: null, direction: null, limit_s: null,
};
const agent = (fields) => ({ ...AGENT, ...fields });
const talking = (fields) => agent({ state: "speaking", call_id: "main/c1", call_state: "speaking", caller: "777123987", direction: "in", ...fields });
const call = (fields) => ({
  id: "main/c1", stream: "main", state: "waiting", isWaiting: true, queue_id: "main/4", queue: "Prodej", type: "in", threshold_s: 20, caller: "777123987",
  caller_name: null, agent_id: null, agents: "", since_at: ago(10), entered_at: ago(10), ...fields,
});
const ALL = ["monitoring", "pause_on", "pause_off", "transfer", "hangup", "answer", "pickup", "queue_login", "queue_logout", "logout", "login", "call", "playback"];
const desk = (fields = {}) => ({
  rights: new Set(ALL), notLive: null, waiting: 1, queues: [{ id: "main/4" }, { id: "main/5" }], isOutbound: (id) => id === "main/9", ...fields,
});
const names = (actions) => actions.map(({ name }) => name);
const primary = (actions) => actions.find(({ isPrimary }) => isPrimary)?.name;

test("an address holds the filter, and only what makes sense there", () => {
  const filter = { ...NO_FILTER, q: "nová & syn", queue: "main/4", state: "paused", longer: "5", agents: "-time" };
  assert.deepEqual({ ...filterOf(searchOf(filter)) }, filter);
  assert.equal(searchOf(NO_FILTER), "");
  assert.deepEqual({ ...filterOf("?state=asleep&longer=soon&other=1") }, { ...NO_FILTER });
  assert.equal(filterOf("?longer=0").longer, "");
});

test("names are found without accents and case, numbers whatever blanks stand in them", () => {
  const find = (q, fields) => agentMatches(agent(fields), { ...NO_FILTER, q }, NOW);
  assert.ok(find("novak"));
  assert.ok(find("JANA nov"));
  assert.ok(find("novakova 101"));
  assert.ok(find("prodej"));
  assert.ok(find("777123", { caller: "777 123 987" }));
  assert.ok(find("acme", { caller_name: "ACME s.r.o." }));
  assert.ok(!find("dvorak"));
});

test("agents are filtered by queue, group of states and time in the state", () => {
  const fits = (filter, fields) => agentMatches(agent(fields), { ...NO_FILTER, ...filter }, NOW);
  assert.ok(fits({ queue: "main/4" }));
  assert.ok(!fits({ queue: "main/5" }));
  assert.ok(fits({ state: "call" }, { state: "calling" }));
  assert.ok(!fits({ state: "call" }));
  assert.ok(!fits({ longer: "1" }, { since_at: ago(60) }));
  assert.ok(fits({ longer: "1" }, { since_at: ago(61) }));
  assert.ok(!fits({ longer: "1" }, { since_at: null }), "what is unknown is not long");
  assert.ok(callMatches(call({ queue_id: "main/4" }), { ...NO_FILTER, queue: "main/4", state: "paused" }, NOW), "states are the agents' own");
});

test("a pause is judged by its own limit, other states by ours", () => {
  assert.equal(agentLevel(agent({ state: "paused", since_at: ago(601), limit_s: 600 }), NOW), "warning");
  assert.equal(agentLevel(agent({ state: "paused", since_at: ago(601) }), NOW), "normal");
  assert.equal(agentLevel(agent({ state: "on_hold", since_at: ago(181) }), NOW), "critical");
  assert.equal(agentLevel(agent({ state: "idle", since_at: ago(9999) }), NOW), "normal");
  assert.equal(agentLevel(agent({ state: "unknown" }), NOW), "warning");
});

test("a wait is judged by its queue's threshold, an e-mail's never", () => {
  assert.equal(callLevel(call({ since_at: ago(61) }), NOW), "warning");
  assert.equal(callLevel(call({ since_at: ago(181) }), NOW), "critical");
  assert.equal(callLevel(call({ since_at: ago(181), threshold_s: 120 }), NOW), "normal");
  assert.equal(callLevel(call({ since_at: ago(9999), type: "email" }), NOW), "normal");
});

test("agents in trouble come first, then by what needs a look, the longest first", () => {
  const views = [
    agent({ id: "ready", since_at: ago(5000) }),
    agent({ id: "held", state: "on_hold", since_at: ago(200) }),
    agent({ id: "paused", state: "paused", since_at: ago(100) }),
    agent({ id: "ringing", state: "ringing", since_at: ago(2) }),
    agent({ id: "longer", state: "paused", since_at: ago(300) }),
  ];
  assert.deepEqual(agentOrder(views, "", NOW), ["held", "ringing", "longer", "paused", "ready"]);
  assert.deepEqual(agentOrder(views, "time", NOW), ["ready", "longer", "held", "paused", "ringing"]);
  assert.deepEqual(agentOrder(views, "-time", NOW)[0], "ringing");
  assert.deepEqual(agentOrder(views, "nonsense", NOW), agentOrder(views, "", NOW));
});

test("names sort as in the reader's alphabet", () => {
  const views = ["Žák", "Adam", "Čech", "Cibulka"].map((name) => agent({ id: name, name }));
  assert.deepEqual(agentOrder(views, "name", NOW), ["Adam", "Cibulka", "Čech", "Žák"]);
});

test("callers who wait come first, the longest wait at the top", () => {
  const views = [
    call({ id: "talk", state: "speaking", isWaiting: false, since_at: ago(999) }),
    call({ id: "new", since_at: ago(3) }),
    call({ id: "old", since_at: ago(90) }),
    call({ id: "held", state: "on_hold", isWaiting: false, since_at: ago(70) }),
  ];
  assert.deepEqual(callOrder(views, "", NOW), ["old", "new", "held", "talk"]);
});

test("a held order keeps every row in its place, also those that are gone, and lets new ones join at the end", () => {
  const held = new HeldOrder();
  held.next(["a", "b", "c"], { isHeld: false });
  assert.deepEqual(held.next(["c", "d", "a"], { isHeld: true }), ["a", "b", "c", "d"]);
  assert.ok(held.isChanged);
  assert.deepEqual(held.next(["e", "c", "d", "a"], { isHeld: true }), ["a", "b", "c", "d", "e"]);
  assert.deepEqual(held.next(["e", "c", "d", "a"], { isHeld: false }), ["e", "c", "d", "a"]);
  assert.ok(!held.isChanged);
});

test("a held order that would be the same is not said to be held back", () => {
  const held = new HeldOrder();
  const first = held.next(["a", "b"], { isHeld: false });
  assert.equal(held.next(["a", "b"], { isHeld: true }), first);
  assert.ok(!held.isChanged);
  held.next(["b", "a"], { isHeld: true });
  assert.deepEqual(held.release(["b", "a"]), ["b", "a"]);
});

test("actions fit the agent's state", () => {
  assert.deepEqual(names(agentActions(agent(), desk())), ["pause_on", "pickup", "queue_login", "queue_logout", "logout"]);
  assert.deepEqual(names(agentActions(agent(), desk({ waiting: 0 }))), ["pause_on", "queue_login", "queue_logout", "logout"]);
  assert.deepEqual(names(agentActions(talking(), desk())), ["monitoring", "pause_on", "transfer", "hangup", "queue_login", "queue_logout", "logout", "playback"]);
  assert.deepEqual(names(agentActions(agent({ state: "logged", queue_ids: [] }), desk())), ["queue_login", "logout"]);
  assert.ok(names(agentActions(agent({ queue_ids: ["main/9"] }), desk())).includes("call"), "only in an outbound queue");
  const ringing = agent({ state: "ringing", call_id: "main/c1", call_state: "ringing", direction: "in" });
  assert.ok(names(agentActions(ringing, desk())).includes("answer"));
  assert.ok(!names(agentActions({ ...ringing, direction: "out" }, desk())).includes("answer"), "an own call is not answered");
  assert.ok(!names(agentActions(ringing, desk())).includes("monitoring"));
});

test("the first button is the next step, and the one after it where its right is missing", () => {
  assert.equal(primary(agentActions(talking(), desk())), "monitoring");
  assert.equal(primary(agentActions(talking(), desk({ rights: new Set(["hangup"]) }))), "hangup");
  assert.equal(primary(agentActions(agent(), desk())), "pause_on");
  assert.equal(primary(agentActions(agent({ state: "acw" }), desk())), "pause_off");
  assert.equal(primary(agentActions(agent({ state: "unknown" }), desk())), undefined);
  assert.equal(primary(callActions(call(), desk())), "pickup");
});

test("without a right there is no button for it", () => {
  for (const right of ALL) {
    const own = desk({ rights: new Set([right]) });
    for (const view of [agent(), talking(), agent({ state: "paused" }), agent({ state: "ringing", call_id: "main/c1", call_state: "ringing" })]) {
      assert.ok(names(agentActions(view, own)).every((name) => name === right));
    }
    assert.ok(names(callActions(call(), own)).every((name) => name === right));
  }
  assert.deepEqual(agentActions(talking(), desk({ rights: new Set() })), []);
});

test("without a live state the buttons stay, but say why they cannot be used", () => {
  const reason = "The PBX cannot be reached.";
  const actions = agentActions(talking(), desk({ notLive: reason }));
  assert.ok(actions.length > 3);
  assert.ok(actions.every(({ disabled }) => disabled === reason));
});

test("an agent whose login the PBX has not told is left alone: the API wants the login", () => {
  assert.deepEqual(agentActions(talking({ login: null }), desk()), []);
});

test("actions of calls fit where the call is", () => {
  assert.deepEqual(names(callActions(call(), desk())), ["pickup", "hangup"]);
  assert.deepEqual(names(callActions(call({ state: "speaking", isWaiting: false, agent_id: "main/1" }), desk())), ["monitoring", "transfer", "hangup"]);
  assert.deepEqual(names(callActions(call({ state: "ringing", agent_id: "main/1" }), desk())), ["answer", "hangup"]);
});

test("nothing that is done by telephone is offered on e-mails and chats", () => {
  for (const type of ["email", "chat"]) {
    assert.deepEqual(names(callActions(call({ type }), desk())), []);
    assert.deepEqual(names(callActions(call({ type, state: "ringing", agent_id: "main/1" }), desk())), []);
    assert.deepEqual(names(callActions(call({ type, state: "speaking", isWaiting: false, agent_id: "main/1" }), desk())), []);
    assert.deepEqual(names(agentActions(talking({ call_type: type }), desk())), ["pause_on", "queue_login", "queue_logout", "logout"]);
    const ringing = agent({ state: "ringing", call_id: "main/c1", call_state: "ringing", call_type: type });
    assert.ok(!names(agentActions(ringing, desk())).includes("answer"));
  }
});

test("of a call and a chat that an agent is in, the call is the one that is acted upon", () => {
  const row = (queue_id) => ({ queue_id, agent_id: "main/1", ringing_agent_ids: [], caller: "1", caller_name: null, direction: "in", state: "speaking", entered_at: 1, answered_at: 2, held_at: null });
  const state = {
    agents: { "main/1": { login: "a", name: "A", extension: "1", state: "speaking", state_raw: "", state_since_at: 1, device_status: null, pause_id: null, queue_ids: ["main/4", "main/7"], call_ids: ["main/c1", "main/c2"] } },
    calls: { "main/c1": row("main/7"), "main/c2": row("main/4") },
    queues: { "main/4": { title: "Prodej", type: "in" }, "main/7": { title: "Chat", type: "chat" } },
    pauses: {},
  };
  const view = new Views().next(state).agents.get("main/1");
  assert.deepEqual([view.call_id, view.call_type], ["main/c2", "in"]);
});

test("several agents at once are paused or logged out of a queue, at one PBX only", () => {
  assert.deepEqual(names(bulkActions([agent(), talking()], desk())), ["pause_on", "queue_logout"]);
  assert.deepEqual(bulkActions([], desk()), []);
  const apart = bulkActions([agent(), agent({ stream: "brno" })], desk());
  assert.ok(apart.every(({ disabled }) => disabled !== null));
});

test("what shows the same is the same object, so that only changed rows are drawn", () => {
  const row = (fields) => ({ login: "a", name: "A", extension: "1", state: "idle", state_raw: "Idle", state_since_at: 1, device_status: null, pause_id: null, queue_ids: [], call_ids: [], ...fields });
  const views = new Views();
  const state = { agents: { "main/1": row(), "main/2": row() }, calls: {}, queues: {}, pauses: {} };
  const before = views.next(state).agents;
  const after = views.next({ ...state, agents: { "main/1": row({ state: "ringing" }), "main/2": row() } }).agents;
  assert.notEqual(after.get("main/1"), before.get("main/1"));
  assert.equal(after.get("main/2"), before.get("main/2"));
});

test("an agent's call is the one he speaks in, with the caller's name and who listens", () => {
  const state = {
    agents: { "main/1": { login: "a", name: null, extension: "1", state: "speaking", state_raw: "", state_since_at: 1, device_status: null, pause_id: null, queue_ids: ["main/4"], call_ids: ["main/c1", "main/c2"] } },
    calls: {
      "main/c1": { queue_id: "main/4", agent_id: null, ringing_agent_ids: ["main/1"], caller: "1", caller_name: null, direction: "in", state: "ringing", entered_at: 1, answered_at: null, held_at: null },
      "main/c2": { queue_id: "main/4", agent_id: "main/1", ringing_agent_ids: [], caller: "2", caller_name: "ACME", direction: "in", state: "speaking", entered_at: 1, answered_at: 2, held_at: null },
    },
    queues: { "main/4": { title: "Prodej", threshold_s: 20, type: "in" } },
    pauses: {},
  };
  const { agents, calls } = new Views().next(state, { listeners: new Map([["main/c2", ["eva"]]]) });
  const view = agents.get("main/1");
  assert.deepEqual([view.name, view.call_id, view.caller_name, view.call_queue, view.calls, view.listeners], ["a", "main/c2", "ACME", "Prodej", 2, "eva"]);
  assert.equal(calls.get("main/c1").agents, "a");
  assert.ok(calls.get("main/c1").isWaiting);
});

test("figures count callers, not e-mails, and every agent once", () => {
  const calls = new Map([["a", call({ entered_at: ago(70), since_at: ago(70) })], ["b", call({ type: "email", entered_at: ago(9000) })], ["c", call({ isWaiting: false })]]);
  const agents = new Map([["1", agent()], ["2", talking()], ["3", agent({ state: "calling" })], ["4", agent({ state: "something" })]]);
  const figures = deskFigures({ agents, calls }, NOW);
  assert.deepEqual([figures.waiting, figures.oldest_at, figures.queue, figures.level, figures.total], [1, ago(70), "Prodej", "warning", 4]);
  assert.deepEqual([figures.groups.idle, figures.groups.call, figures.groups.unknown], [1, 2, 1]);
});

test("keys are left to fields and to what is open above the page", () => {
  const press = (key, tagName = "BODY", more = {}) => keyOf({ key, target: { tagName }, ...more }, { isBusy: false });
  assert.equal(press("/"), "search");
  assert.equal(press("/", "INPUT"), null);
  assert.equal(press("Escape", "INPUT"), "close");
  assert.equal(press("r", "BODY", { ctrlKey: true }), null);
  assert.equal(keyOf({ key: "?", target: { tagName: "BODY" } }, { isBusy: true }), null);
});

test("the strip begins at the hour in which the day began, and what goes on reaches to its end", () => {
  const HOUR = 3_600_000;
  const day = { from_at: 0, to_at: 10 * HOUR, rows: [
    { kind: "login", from_at: 8.5 * HOUR, to_at: null }, { kind: "pause", from_at: 9 * HOUR, to_at: 9.5 * HOUR }] };
  const span = daySpan(day);
  assert.deepEqual(span, { from_at: 8 * HOUR, to_at: 10 * HOUR });
  const lanes = lanesOf({ rows: day.rows, ...span });
  assert.deepEqual(lanes.map(({ lane, bars }) => [lane, bars.map(({ x, width }) => [x, width])]),
    [["login", [[250, 750]]], ["pause", [[500, 250]]], ["call", []]]);
});
