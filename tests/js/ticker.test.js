import assert from "node:assert/strict";
import { test } from "node:test";
import { Ticker } from "../../static/js/ticker.js";
import { World } from "./support/world.js";

const T = 1795415884000;

function ticking(offset = 0) {
  const world = new World();
  const clock = { offset };
  const failures = [];
  const ticker = new Ticker({
    serverNow: () => T + clock.offset + world.time,
    setTimeout: world.environment().setTimeout,
    elapsed: () => world.time,
    onFailure: (error) => failures.push(error.message),
  });
  const beats = [];
  ticker.subscribe(() => beats.push({ at: world.time, now: ticker.now, count: ticker.count }));
  ticker.start();
  return { world, ticker, beats, clock, failures };
}

test("beats fall on the server's second, once each", () => {
  const { world, beats } = ticking(400);
  world.pass(3000);
  assert.deepEqual(beats.map(({ now }) => now - T), [0, 1000, 2000, 3000]);
  assert.deepEqual(beats.map(({ at }) => at), [0, 605, 1605, 2605]);
});

test("timers of moments at odd fractions all move on the same beat, by one second each", () => {
  const { world, beats } = ticking();
  world.pass(5000);
  for (const moment of [T - 10, T - 500, T - 999]) {
    const shown = beats.map(({ now }) => Math.floor((now - moment) / 1000));
    assert.deepEqual(shown, [0, 1, 2, 3, 4].slice(0, shown.length));
  }
  assert.equal(beats.length, 5);
});

test("who left is not called again", () => {
  const { world, ticker, beats } = ticking();
  const listener = () => beats.push("again");
  ticker.subscribe(listener);
  ticker.unsubscribe(listener);
  world.pass(2500);
  assert.ok(!beats.includes("again"));
});

test("what takes turns goes on when the page's clock was ahead of the server's, or the server's is set back", () => {
  const { world, ticker, clock } = ticking(3_600_000);
  world.pass(2000);
  clock.offset = 0;
  world.pass(10_000);
  assert.ok(ticker.count >= 11, `${ticker.count}`);
  clock.offset = -86_400_000;
  world.pass(10_000);
  assert.ok(ticker.count >= 21, `${ticker.count}`);
});

test("a listener that fails stops neither the others nor time, and its error is told", () => {
  const { world, ticker, failures } = ticking();
  const heard = [];
  ticker.subscribe(() => { throw new Error("no such row"); });
  ticker.subscribe(() => heard.push(ticker.now));
  world.pass(3000);
  assert.equal(heard.length, 2);
  assert.deepEqual(failures, ["no such row", "no such row"]);
});
