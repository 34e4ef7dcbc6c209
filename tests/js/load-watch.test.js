import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../templates/load-watch.js", import.meta.url), "utf8");

class HTMLScriptElement {}

class HTMLLinkElement {
  constructor(rel) {
    this.rel = rel;
  }
}

/** A page with that script, on a server that answers as told; timers are listed, not run. */
function page({ data, answers = [], memory = new Map() }) {
  const heard = { reloads: 0, delays: [], actions: [], fetched: 0, root: { dataset: {} }, fail: null };
  vm.runInNewContext(SOURCE, {
    TypeError, HTMLScriptElement, HTMLLinkElement,
    document: { currentScript: { dataset: data }, documentElement: heard.root },
    window: {
      addEventListener: (name, hear, capture) => { if (name === "error" && capture) heard.fail = (target) => hear({ target }); },
      location: { href: "http://wall/tv/?a=1#b", pathname: "/tv/", search: "?a=1", replace: (to) => { heard.reloads += Number(to === "/tv/?a=1"); } },
    },
    sessionStorage: {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => memory.set(key, value),
      removeItem: (key) => memory.delete(key),
    },
    setTimeout: (action, delay) => { heard.actions.push(action); heard.delays.push(delay); },
    fetch: async () => {
      heard.fetched += 1;
      const status = answers.shift();
      if (status === "unreachable") throw new TypeError("Failed to fetch");
      return { ok: status < 400, status };
    },
  });
  return heard;
}

const WALL = { unstartedS: "30" };

test("a page whose modules did not start is loaded anew, after longer and longer times", async () => {
  const memory = new Map();
  const delays = [];
  for (let time = 0; time < 7; time += 1) {
    const heard = page({ data: WALL, answers: [200], memory });
    await heard.actions[0]();
    assert.equal(heard.reloads, 1);
    delays.push(heard.delays[0]);
  }
  assert.deepEqual(delays, [30_000, 60_000, 120_000, 240_000, 480_000, 480_000, 480_000]);
});

test("a page that started stays, and the next trouble begins with a short time", async () => {
  const memory = new Map([["wb-unstarted", "4"]]);
  const heard = page({ data: WALL, memory });
  heard.root.dataset.started = "";
  await heard.actions[0]();
  assert.deepEqual([heard.reloads, heard.fetched, heard.actions.length], [0, 0, 1]);
  assert.deepEqual(page({ data: WALL, memory }).delays, [30_000]);
});

test("a page that starts while the server is asked stays", async () => {
  const heard = page({ data: WALL, answers: [200] });
  const asked = heard.actions[0]();
  heard.root.dataset.started = "";
  await asked;
  assert.equal(heard.reloads, 0);
});

test("a page is not left for an error of a proxy while the server is away", async () => {
  const heard = page({ data: WALL, answers: ["unreachable", 502, 200] });
  await heard.actions[0]();
  await heard.actions[1]();
  assert.equal(heard.reloads, 0);
  await heard.actions[2]();
  assert.equal(heard.reloads, 1);
  assert.deepEqual(heard.delays, [30_000, 5_000, 5_000]);
});

test("a page with nothing to show asks again each time after the same time", async () => {
  const memory = new Map();
  for (const time of [1, 2, 3]) {
    const heard = page({ data: { againS: "15" }, answers: [429], memory });
    assert.deepEqual(heard.delays, [15_000], `${time}`);
    await heard.actions[0]();
    assert.equal(heard.reloads, 1);
  }
});

test("a page that started without a style sheet or a script is loaded anew; one without a font stays", async () => {
  const loads = [];
  for (const target of [new HTMLLinkElement("stylesheet"), new HTMLScriptElement(), new HTMLLinkElement("preload")]) {
    const heard = page({ data: WALL, answers: [200] });
    heard.fail(target);
    heard.root.dataset.started = "";
    await heard.actions[0]();
    loads.push(heard.reloads);
  }
  assert.deepEqual(loads, [1, 1, 0]);
});
