import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../static/js/clock.js";
import { chance } from "./support/chance.js";

const T = 1795415884000;

test("before the first message nobody knows the server's time", () => {
  assert.equal(new ServerClock().now(1000), null);
});

test("the quickest message of a noisy line gives the time", () => {
  const clock = new ServerClock();
  const random = chance(7);
  for (let second = 0; second < 60; second += 1) {
    const sent = second * 1000;
    clock.sample(T + sent, sent + 5 + random() * 400);
  }
  const error = clock.now(60_000) - (T + 60_000);
  assert.ok(error <= -5 && error > -20, `off by ${error} ms`);
});

test("one message held up for seconds does not move the clock", () => {
  const clock = new ServerClock();
  clock.sample(T, 10);
  clock.sample(T + 1000, 9010);
  assert.equal(clock.now(9010), T + 9000);
});

test("the clock never runs backward, though the estimate falls as old samples are forgotten", () => {
  const clock = new ServerClock();
  let last = -Infinity;
  for (let second = 0; second < 3600; second += 1) {
    // This screen's clock runs 50 ppm fast: the true offset shrinks by 180 ms in the hour.
    const local = second * 1000 * 1.00005;
    clock.sample(T + second * 1000, local);
    for (const part of [0, 250, 500, 750]) {
      const now = clock.now(local + part);
      assert.ok(now >= last, `second ${second}: ${now} after ${last}`);
      last = now;
    }
  }
  assert.ok(Math.abs(last - (T + 3_599_750)) < 60, `drifted by ${last - (T + 3_599_750)} ms`);
});

test("a server whose clock was set forward is followed at once", () => {
  const clock = new ServerClock();
  clock.sample(T, 0);
  clock.sample(T + 3_600_000, 1000);
  assert.equal(clock.now(1000), T + 3_600_000);
});

test("a server whose clock was set back is followed once eight messages agree", () => {
  const clock = new ServerClock();
  for (let second = 0; second < 20; second += 1) clock.sample(T + second * 1000, second * 1000);
  for (let second = 20; second < 28; second += 1) clock.sample(T - 60_000 + second * 1000, second * 1000);
  assert.equal(clock.now(28_000), T - 60_000 + 28_000);
});

test("months of messages leave no heap of samples", () => {
  const clock = new ServerClock();
  for (let minute = 0; minute < 100_000; minute += 1) clock.sample(T + minute * 60_000, minute * 60_000);
  assert.equal(clock.now(0 + 100_000 * 60_000), T + 100_000 * 60_000);
});

test("a message without a moment is no sample", () => {
  const clock = new ServerClock();
  clock.sample(undefined, 5);
  clock.sample(Number.NaN, 5);
  assert.equal(clock.offset, null);
});
