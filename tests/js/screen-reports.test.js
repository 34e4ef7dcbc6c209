import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Reports } from "../../static/js/screen/reports.js";

beforeEach(() => {
  globalThis.window = Object.assign(new EventTarget(), { innerWidth: 960, innerHeight: 540, devicePixelRatio: 2 });
  globalThis.document = new EventTarget();
});

afterEach(() => {
  delete globalThis.window;
  delete globalThis.document;
});

/** What a screen says of its sound while its boards say these states one after the other. */
function told(...states) {
  const sent = [];
  const reports = new Reports({ build: "1.0.0" });
  reports.send = (report) => sent.push(report.sound);
  reports.watch();
  reports.tell();
  for (const state of states) document.dispatchEvent(Object.assign(new Event("wb-sound"), { detail: state }));
  return sent;
}

test("a board without sound takes nothing back of what a screen said of its sound", () => {
  assert.deepEqual(told("blocked", "", "blocked", ""), ["", "blocked"]);
  assert.deepEqual(told("blocked", "", "allowed"), ["", "blocked", "allowed"]);
});

test("a screen whose boards make no sound says nothing of it", () => {
  assert.deepEqual(told("", ""), [""]);
});
