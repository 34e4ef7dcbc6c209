import assert from "node:assert/strict";
import { test } from "node:test";
import { isNight, localMoment, turnsNow } from "../../static/js/screen/schedule.js";
import { Turns } from "../../static/js/screen/turns.js";

const ZONE = "Europe/Prague";
const TUESDAY = Date.parse("2026-11-24T09:30:00+01:00");

function turn(board, more = {}) {
  return { board, seconds: 30, weekdays: [], starts: null, ends: null, holidays: "also", ...more };
}

function programme(turns, more = {}) {
  return { turns, holidays: [], jumps_on_critical: true, blank_from: null, blank_until: null, shifts_pixels: true, ...more };
}

function boardsAt(turns, text, holidays = []) {
  return turnsNow({ turns, holidays }, localMoment(Date.parse(text), ZONE)).map(({ board }) => board);
}

test("a moment is read in the call centre's zone", () => {
  assert.deepEqual(localMoment(TUESDAY, ZONE), { day: "2026-11-24", weekday: "tue", minute: 570 });
  assert.equal(localMoment(Date.parse("2026-11-24T23:30:00Z"), ZONE).weekday, "wed");
});

test("days and hours choose the turns", () => {
  const turns = [turn("week", { weekdays: ["mon", "tue"] }), turn("weekend", { weekdays: ["sat"] }), turn("am", { starts: "06:00", ends: "12:00" })];
  assert.deepEqual(boardsAt(turns, "2026-11-24T09:30:00+01:00"), ["week", "am"]);
  assert.deepEqual(boardsAt(turns, "2026-11-28T13:00:00+01:00"), ["weekend"]);
});

test("a turn over midnight belongs to the day on which it began", () => {
  const turns = [turn("night", { weekdays: ["fri"], starts: "22:00", ends: "06:00" }), turn("else", { weekdays: ["mon"] })];
  assert.deepEqual(boardsAt(turns, "2026-11-28T05:59:00+01:00"), ["night"]);
  assert.deepEqual(boardsAt(turns, "2026-11-27T05:59:00+01:00"), ["night", "else"], "no turn is due, so all are shown");
});

test("a turn from an hour until the same hour is a whole day, which belongs to the day on which it began", () => {
  const midnight = [turn("all", { weekdays: ["fri"], starts: "00:00", ends: "00:00" }), turn("else", { weekdays: ["mon"] })];
  assert.deepEqual(boardsAt(midnight, "2026-11-27T00:00:00+01:00"), ["all"]);
  assert.deepEqual(boardsAt(midnight, "2026-11-27T23:59:00+01:00"), ["all"]);
  assert.deepEqual(boardsAt(midnight, "2026-11-28T00:00:00+01:00"), ["all", "else"], "no turn is due, so all are shown");
  const eight = [turn("all", { weekdays: ["fri"], starts: "08:00", ends: "08:00" }), turn("else", { weekdays: ["mon"] })];
  assert.deepEqual(boardsAt(eight, "2026-11-27T07:59:00+01:00"), ["all", "else"]);
  assert.deepEqual(boardsAt(eight, "2026-11-27T08:00:00+01:00"), ["all"]);
  assert.deepEqual(boardsAt(eight, "2026-11-28T07:59:00+01:00"), ["all"]);
  assert.deepEqual(boardsAt(eight, "2026-11-28T08:00:00+01:00"), ["all", "else"]);
});

test("a turn until midnight ends with its day, and one from midnight begins with it", () => {
  const late = [turn("late", { weekdays: ["fri"], starts: "22:00", ends: "00:00" }), turn("early", { weekdays: ["sat"], starts: "00:00", ends: "06:00" })];
  assert.deepEqual(boardsAt(late, "2026-11-27T23:59:00+01:00"), ["late"]);
  assert.deepEqual(boardsAt(late, "2026-11-28T00:00:00+01:00"), ["early"]);
});

test("after midnight the holiday is the day on which the turn began", () => {
  const turns = [turn("night", { starts: "22:00", ends: "06:00", holidays: "only" }), turn("never", { holidays: "never" }), turn("tuesday", { weekdays: ["tue"] })];
  assert.deepEqual(boardsAt(turns, "2026-11-24T23:00:00+01:00", ["2026-11-24"]), ["night", "tuesday"]);
  assert.deepEqual(boardsAt(turns, "2026-11-25T05:00:00+01:00", ["2026-11-24"]), ["night", "never"]);
  assert.deepEqual(boardsAt(turns, "2026-11-24T05:00:00+01:00", ["2026-11-24"]), ["tuesday"], "of the day before, which was none");
});

test("holidays are also, only or never", () => {
  const turns = [turn("also"), turn("only", { holidays: "only" }), turn("never", { holidays: "never" })];
  assert.deepEqual(boardsAt(turns, "2026-11-24T09:00:00+01:00"), ["also", "never"]);
  assert.deepEqual(boardsAt(turns, "2026-11-24T09:00:00+01:00", ["2026-11-24"]), ["also", "only"]);
});

test("the night may go over midnight", () => {
  const night = { blank_from: "20:00", blank_until: "06:00" };
  assert.equal(isNight(night, { minute: 19 * 60 + 59 }), false);
  assert.equal(isNight(night, { minute: 20 * 60 }), true);
  assert.equal(isNight(night, { minute: 5 * 60 + 59 }), true);
  assert.equal(isNight(night, { minute: 6 * 60 }), false);
  assert.equal(isNight({ blank_from: "00:00", blank_until: "00:00" }, { minute: 0 }), false, "no screen is dark for ever");
});

test("boards take turns, each for its own seconds", () => {
  const turns = new Turns({ programme: programme([turn("a", { seconds: 10 }), turn("b", { seconds: 20 })]), zone: ZONE });
  const shown = Array.from({ length: 45 }, (_value, second) => turns.at(TUESDAY + second * 1000).board).join("");
  assert.equal(shown, "a".repeat(10) + "b".repeat(20) + "a".repeat(10) + "b".repeat(5));
});

test("a critical board is jumped to, held a while, and the interrupted turn goes on", () => {
  const turns = new Turns({ programme: programme([turn("a", { seconds: 60 }), turn("b", { seconds: 60 })]), zone: ZONE });
  assert.equal(turns.at(TUESDAY).board, "a");
  assert.deepEqual(turns.at(TUESDAY + 5_000, ["b"]), { board: "b", isNight: false, isJump: true });
  assert.equal(turns.at(TUESDAY + 6_000, []).board, "b", "a short alarm is seen");
  assert.equal(turns.at(TUESDAY + 25_000, []).board, "a");
  assert.equal(turns.at(TUESDAY + 80_000, []).board, "a");
  assert.equal(turns.at(TUESDAY + 90_000, []).board, "b");
});

test("boards that are critical together take turns, the shown one first, and calm ones wait", () => {
  const turns = new Turns({ programme: programme([turn("a", { seconds: 20 }), turn("b", { seconds: 20 }), turn("c", { seconds: 20 })]), zone: ZONE });
  const at = (second, critical) => turns.at(TUESDAY + second * 1000, critical).board;
  assert.equal(at(0, []), "a");
  assert.equal(at(1, ["c", "a"]), "a", "it is shown already");
  assert.equal(at(20, ["c", "a"]), "a");
  assert.equal(at(21, ["c", "a"]), "c");
  assert.equal(at(41, ["c", "a"]), "a");
  assert.equal(at(61, ["a"]), "a");
  assert.equal(at(200, ["a"]), "a");
  assert.equal(at(201, ["a", "b"]), "b", "newly critical");
  assert.equal(at(217, []), "a");
});

test("a clock that is set back holds up no turn and no jump", () => {
  const turns = new Turns({ programme: programme([turn("a", { seconds: 10 }), turn("b", { seconds: 10 })]), zone: ZONE });
  assert.equal(turns.at(TUESDAY + 3_600_000).board, "a");
  assert.equal(turns.at(TUESDAY).board, "a");
  assert.equal(turns.at(TUESDAY + 10_000).board, "b");
  assert.equal(turns.at(TUESDAY + 3_600_000, ["a"]).board, "a");
  assert.equal(turns.at(TUESDAY, []).board, "a");
  assert.equal(turns.at(TUESDAY + 16_000, []).isJump, false);
});

test("without leave to jump the turns go on whatever is critical", () => {
  const turns = new Turns({ programme: programme([turn("a"), turn("b")], { jumps_on_critical: false }), zone: ZONE });
  assert.equal(turns.at(TUESDAY, ["b"]).board, "a");
});

test("without boards there is nothing to show", () => {
  assert.equal(new Turns({ programme: programme([]), zone: ZONE }).at(TUESDAY).board, null);
});
