import assert from "node:assert/strict";
import { test } from "node:test";
import { shortNames } from "../../static/js/names.js";

const short = (names, options) => [...shortNames(names, options).values()];

test("a name is shortened to an initial and the surname", () => {
  assert.deepEqual(short(["Jana Nováková", "Žofie Ďurišová-Řehoříková"]), ["J. Nováková", "Ž. Ďurišová-Řehoříková"]);
});

test("who would look like somebody else keeps as many letters as tell them apart", () => {
  assert.deepEqual(short(["Jana Nováková", "Jitka Nováková", "Eva Nováková"]), ["Ja. Nováková", "Ji. Nováková", "E. Nováková"]);
  assert.deepEqual(short(["Jan Novák", "Jana Novák"]), ["Jan Novák", "Jana Novák"]);
});

test("one word is a name too, and initials stay initials", () => {
  assert.deepEqual(short(["agent07", "J. N."]), ["agent07", "J. N."]);
});

test("a PBX that writes the surname first keeps it first", () => {
  assert.deepEqual(short(["Nováková Jana"], { surnameFirst: true }), ["Nováková J."]);
});

test("nobody is left out, and the same name twice is one name", () => {
  assert.deepEqual([...shortNames(["Jan Novák", "Jan Novák"])], [["Jan Novák", "J. Novák"]]);
});
