import assert from "node:assert/strict";
import { test } from "node:test";
import { Reloader } from "../../static/js/reload.js";

/** A browser whose server answers as told; timers are listed, not run. */
function browser({ answers, memory = new Map() }) {
  const heard = { reloads: 0, delays: [], actions: [], memory };
  const environment = {
    fetch: async () => {
      const answer = answers.shift();
      if (answer === "unreachable") throw new TypeError("Failed to fetch");
      return { ok: answer < 400, status: answer };
    },
    setTimeout: (action, delay) => { heard.actions.push(action); heard.delays.push(delay); },
    random: () => 0.25,
    now: () => 1795415884000,
    reload: () => { heard.reloads += 1; },
    memory: { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => memory.set(key, value) },
  };
  return { heard, environment };
}

test("another build reloads the page once, within a random minute", async () => {
  const { heard, environment } = browser({ answers: [200] });
  const reloader = new Reloader({ environment, build: "1.0.0" });
  reloader.seen("1.0.0");
  assert.deepEqual(heard.delays, []);
  reloader.seen("1.1.0");
  reloader.seen("1.1.0");
  assert.deepEqual(heard.delays, [15_000]);
  await heard.actions[0]();
  assert.equal(heard.reloads, 1);
});

test("a page is not left while the server cannot give it", async () => {
  const { heard, environment } = browser({ answers: ["unreachable", 502, 200] });
  const reloader = new Reloader({ environment, build: "1.0.0" });
  reloader.plan({ spread_ms: 0 });
  await heard.actions[0]();
  await heard.actions[1]();
  assert.equal(heard.reloads, 0);
  assert.deepEqual(heard.delays, [0, 5000, 5000]);
  await heard.actions[2]();
  assert.equal(heard.reloads, 1);
});

test("a page that came back old is not reloaded again and again", async () => {
  const memory = new Map();
  const first = browser({ answers: [200], memory });
  new Reloader({ environment: first.environment, build: "1.0.0" }).seen("1.1.0");
  await first.heard.actions[0]();
  const second = browser({ answers: [200], memory });
  new Reloader({ environment: second.environment, build: "1.0.0" }).seen("1.1.0");
  assert.deepEqual(second.heard.delays, [600_000]);
});

test("what somebody orders is done as often as it is ordered", async () => {
  const memory = new Map();
  for (const time of [1, 2]) {
    const { heard, environment } = browser({ answers: [200], memory });
    new Reloader({ environment, build: "1.0.0" }).plan({ spread_ms: 4000 });
    assert.deepEqual(heard.delays, [1000], `${time}`);
    await heard.actions[0]();
    assert.equal(heard.reloads, 1);
  }
});

test("a sooner plan replaces a later one, and a later one changes nothing", async () => {
  const memory = new Map();
  const first = browser({ answers: [200], memory });
  new Reloader({ environment: first.environment, build: "1.0.0" }).plan({ spread_ms: 0, build: "streams main" });
  await first.heard.actions[0]();
  const { heard, environment } = browser({ answers: [200], memory });
  const reloader = new Reloader({ environment, build: "1.0.0" });
  reloader.plan({ spread_ms: 0, build: "streams main" });
  reloader.seen("1.1.0");
  reloader.plan({ spread_ms: 0 });
  reloader.seen("1.2.0");
  assert.deepEqual(heard.delays, [600_000, 15_000, 0]);
  await heard.actions[0]();
  await heard.actions[1]();
  assert.equal(heard.reloads, 0, "replaced");
  await heard.actions[2]();
  assert.equal(heard.reloads, 1);
});

test("a page that misses code is loaded anew within seconds, and after that once a minute", async () => {
  const memory = new Map();
  for (const delay of [1_250, 60_000]) {
    const { heard, environment } = browser({ answers: [200], memory });
    const reloader = new Reloader({ environment, build: "1.0.0" });
    reloader.missed();
    reloader.missed();
    assert.deepEqual(heard.delays, [delay]);
    await heard.actions[0]();
  }
});
