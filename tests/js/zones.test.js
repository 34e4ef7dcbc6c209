import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { clockTime, dayText, momentTime } from "../../static/js/format.js";
import { localMoment } from "../../static/js/screen/schedule.js";
import { Turns } from "../../static/js/screen/turns.js";

/** A zone that no browser knows, as an old one does not know Europe/Kyiv. */
const UNKNOWN = "Europe/Nowhere";
const AT = Date.parse("2026-11-24T09:30:00Z");
let told;

beforeEach(() => {
  told = [];
  globalThis.window = { setTimeout: (action) => told.push(action) };
});

afterEach(() => {
  delete globalThis.window;
});

test("in a zone that the browser does not know, times are those of its own, and that is told once", () => {
  for (let count = 0; count < 3; count += 1) {
    assert.equal(clockTime(AT, UNKNOWN), clockTime(AT, undefined));
    assert.equal(momentTime(AT, UNKNOWN), momentTime(AT, undefined));
    assert.equal(dayText(AT, UNKNOWN), dayText(AT, undefined));
    assert.deepEqual(localMoment(AT, UNKNOWN), localMoment(AT, undefined));
  }
  assert.equal(told.length, 1);
  assert.throws(told[0], { name: "RangeError", message: /Europe\/Nowhere/ });
});

test("a screen whose browser does not know the zone shows its board", () => {
  const turn = { board: "sales", seconds: 30, weekdays: [], starts: null, ends: null, holidays: "also" };
  const programme = { turns: [turn], holidays: [], jumps_on_critical: false, blank_from: null, blank_until: null };
  assert.equal(new Turns({ programme, zone: UNKNOWN }).at(AT).board, "sales");
});

test("a zone that it knows is used", () => {
  assert.equal(clockTime(AT, "Asia/Tokyo"), "18:30");
  assert.deepEqual(localMoment(AT, "Asia/Tokyo"), { day: "2026-11-24", weekday: "tue", minute: 1110 });
  assert.equal(told.length, 0);
});
