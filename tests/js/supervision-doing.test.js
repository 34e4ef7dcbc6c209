import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "../../static/js/supervision/api.js";
import { Doing } from "../../static/js/supervision/doing.js";
import { extrasOf, Results } from "../../static/js/supervision/results.js";

const NOW = 1795415884000;
const record = (fields) => ({
  id: "k1", action: "hangup", title: "Hang up", state: "accepted", is_over: false, stream: "main", agent_id: "12", call_id: "9.1", requested_at: NOW, at: NOW, ...fields,
});

/** A server that answers as it is told: each answer is `{status, body}`, "unreachable" or "late"; what was asked is in `asked`. */
function world(answers) {
  const asked = [];
  const timers = [];
  const problems = [];
  let now = NOW;
  const fetch = (url, { method = "GET", body, headers } = {}) => {
    asked.push({ path: url.replace("/admin/supervision/", ""), method, body: body ? JSON.parse(body) : null, token: headers?.["X-CSRFToken"] });
    const answer = typeof answers === "function" ? answers(asked.at(-1)) : answers.shift();
    if (answer === "unreachable") return Promise.reject(new TypeError("Failed to fetch"));
    if (answer === "late") return Promise.reject(Object.assign(new Error("aborted"), { name: "AbortError" }));
    const { status = 200, body: data, type = "basic" } = answer;
    return Promise.resolve({ ok: status < 400, status, type, json: () => (data === undefined ? Promise.reject(new SyntaxError("no JSON")) : Promise.resolve(data)) });
  };
  const environment = {
    fetch, AbortController, setTimeout: (run, ms) => timers.push({ run, ms }), clearTimeout: () => {}, uuid: () => `k${asked.length + 1}`,
  };
  const results = new Results();
  const api = new Api({ environment, base: "/admin/supervision/", token: () => "token" });
  const doing = new Doing({ api, results, actor: "eva", now: () => now, environment, handlers: { onChange: () => {}, onProblem: (problem) => problems.push(problem.code) } });
  return {
    asked, doing, results, problems, after: (ms) => { now += ms; },
    /** Let the timers of this length fire. */
    tick: async (ms) => {
      for (const timer of timers.splice(0).filter((one) => one.ms === ms)) await timer.run();
      await new Promise((resolve) => { setTimeout(resolve, 0); });
    },
  };
}

const HANGUP = { stream: "main", action: "hangup", agent_id: "12", call_id: "9.1", parameters: {}, reason: "" };
const ABOUT = { title: "Hang up", agent_name: "Jana", actor: "eva" };

test("an action is sent once with a key of its own, and what became of it is the server's word", async () => {
  const { asked, doing, results } = world([{ body: record() }]);
  await doing.act(HANGUP, ABOUT);
  assert.equal(asked.length, 1);
  assert.deepEqual([asked[0].path, asked[0].method, asked[0].token, asked[0].body.key], ["actions/", "POST", "token", "k1"]);
  assert.equal(results.get("k1").state, "accepted");
});

test("before the server has told, an action is on its way and no more than that", async () => {
  const { doing, results } = world([{ body: record({ state: "confirmed", is_over: true }) }]);
  const done = doing.act(HANGUP, ABOUT);
  assert.equal(results.list[0].state, "sending");
  await done;
  assert.equal(results.list[0].state, "confirmed");
});

test("a double click sends one request, also when the first was answered before the second came", async () => {
  const { asked, doing, tick } = world([{ body: record() }, { body: record({ id: "k2" }) }]);
  await Promise.all([doing.act(HANGUP, ABOUT), doing.act(HANGUP, ABOUT)]);
  await doing.act(HANGUP, ABOUT);
  assert.equal(asked.length, 1);
  await tick(1_000);
  await doing.act(HANGUP, ABOUT);
  assert.equal(asked.length, 2, "a later click is meant");
});

test("after a broken connection nobody knows, nothing is sent again, and the server is asked what it knows", async () => {
  const { asked, doing, results, tick } = world(({ method, path }) => {
    if (method === "POST") return "unreachable";
    return path === "actions/" ? { body: { actions: [] } } : { body: record({ state: "confirmed", is_over: true }) };
  });
  await doing.act(HANGUP, ABOUT);
  assert.equal(results.get("k1").state, "unanswered");
  assert.match(results.get("k1").text, /nobody knows yet/);
  await tick(2_000);
  assert.equal(results.get("k1").state, "confirmed");
  assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), ["POST actions/", "GET actions/", "GET actions/k1/"]);
});

test("of what the server has no record nobody says that it was not done, and it is not asked for without end", async () => {
  const { asked, doing, results, tick, after } = world(({ method, path }) => {
    if (method === "POST") return "late";
    return path === "actions/" ? { body: { actions: [] } } : { status: 404, body: { error: { code: "unknown", text: "There is no such action." } } };
  });
  await doing.act(HANGUP, ABOUT);
  await tick(2_000);
  assert.equal(results.get("k1").state, "unanswered");
  after(21_000);
  await tick(2_000);
  assert.deepEqual([results.get("k1").state, results.get("k1").code, results.get("k1").is_over], ["unanswered", "lost", true]);
  assert.match(results.get("k1").text, /look before you repeat it/);
  const before = asked.length;
  await tick(2_000);
  assert.equal(asked.length, before);
});

for (const [name, answer, code] of [
  ["a session that has ended", { status: 401, body: { error: { code: "logged_out", text: "You are logged out." } } }, "logged_out"],
  ["a redirection to the login", { status: 0, type: "opaqueredirect" }, "logged_out"],
  ["a right that was withdrawn", { status: 403, body: { error: { code: "forbidden", text: "Your account may not supervise." } } }, "forbidden"],
  ["a key that another login made void", { status: 403 }, "stale"],
]) {
  test(`${name} is a refusal in words, and nothing is asked again`, async () => {
    const { asked, doing, results, problems, tick } = world([answer]);
    await doing.act(HANGUP, ABOUT);
    assert.deepEqual([results.get("k1").state, results.get("k1").code], ["refused", code]);
    assert.ok(results.get("k1").text.length > 10);
    assert.deepEqual(problems, [code]);
    await tick(2_000);
    assert.equal(asked.length, 1);
  });
}

test("several agents at once are one request, with a result for each", async () => {
  const request = { stream: "main", action: "pause_on", agent_ids: ["1", "2"], call_id: null, parameters: { pause_id: "4", force: false }, reason: "" };
  const { asked, doing, results } = world([{ body: { actions: [record({ id: "a", agent_id: "1", state: "confirmed" }), record({ id: "b", agent_id: "2", state: "refused" })] } }]);
  await doing.actAll(request, [ABOUT, ABOUT]);
  assert.deepEqual(asked.map(({ path }) => path), ["actions/bulk/"]);
  assert.deepEqual(results.list.map(({ id, state }) => [id, state]), [["b", "refused"], ["a", "confirmed"]]);
});

test("several agents whose answer was lost are found again by whom they are about", async () => {
  const request = { stream: "main", action: "pause_on", agent_ids: ["1", "2"], call_id: null, parameters: {}, reason: "" };
  const told = [record({ id: "a", action: "pause_on", agent_id: "1", state: "confirmed", is_over: true })];
  const { doing, results, tick, after } = world(({ method }) => (method === "POST" ? "late" : { body: { actions: told } }));
  await doing.actAll(request, [ABOUT, ABOUT]);
  await tick(2_000);
  assert.deepEqual(results.list.map(({ agent_id, state }) => [agent_id, state]).sort(), [["1", "confirmed"], ["2", "unanswered"]]);
  after(21_000);
  await tick(2_000);
  const second = results.list.find(({ agent_id }) => agent_id === "2");
  assert.deepEqual([second.state, second.code], ["unanswered", "lost"]);
  told.push(record({ id: "b", action: "pause_on", agent_id: "2", state: "confirmed", is_over: true }));
  await doing.catchUp();
  assert.deepEqual(results.list.map(({ id, state }) => [id, state]), [["b", "confirmed"], ["a", "confirmed"]], "what turns up late is told all the same");
});

test("of two tellings the later one counts, in whatever order they come", () => {
  const results = new Results();
  results.told(record({ state: "confirmed", is_over: true, at: NOW + 2000 }));
  results.told(record({ state: "accepted", at: NOW + 1000 }));
  assert.equal(results.get("k1").state, "confirmed");
});

test("rows show who listens, and what is still open about an agent", () => {
  const listening = record({ id: "l", action: "monitoring", actor: "eva", agent_id: "1", call_id: "9.1", state: "confirmed" });
  const planned = record({ id: "p", action: "pause_after_call", agent_id: "2", state: "planned" });
  const over = record({ id: "o", action: "monitoring", actor: "jan", agent_id: "3", call_id: "9.3", state: "ended", is_over: true });
  const { listeners, intents } = extrasOf([listening, planned, over], ({ state }) => state);
  assert.deepEqual([...listeners], [["main/9.1", ["eva"]]]);
  assert.deepEqual([...intents], [["main/2", "planned"]]);
});

test("what others have open goes when the server names it no more, one's own stays", async () => {
  const others = record({ id: "o", actor: "jan", action: "monitoring", call_id: "9.1", state: "confirmed" });
  const answers = [{ body: { actions: [others, record({ id: "m", actor: "eva" })] } }, { body: { actions: [] } }];
  const { doing, results } = world(answers);
  await doing.catchUp();
  assert.deepEqual(results.shownTo("eva").map(({ id }) => id), ["m"], "listening of others is shown at their calls");
  assert.deepEqual([...extrasOf(results.list, () => "").listeners], [["main/9.1", ["jan"]]]);
  await doing.catchUp();
  assert.deepEqual(results.list.map(({ id }) => id), ["m"]);
});
