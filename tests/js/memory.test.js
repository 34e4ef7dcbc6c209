import assert from "node:assert/strict";
import { test } from "node:test";
import { Memories } from "../../static/js/memory.js";

const SALES = { slug: "sales", levels: {}, automatic: [] };
const HELP = { slug: "help", levels: {}, automatic: [] };
const WIDGET = { id: "w1", type: "number", options: { figure: "waiting" } };

test("a board that comes back after others still knows its levels and what its widgets read", () => {
  const memories = new Memories();
  const sales = memories.of(SALES, 0);
  sales.widget(WIDGET).trend = [1, 2];
  memories.of(HELP, 3_600_000);
  const again = memories.of(SALES, 3_660_000);
  assert.equal(again.levels, sales.levels);
  assert.deepEqual(again.widget({ ...WIDGET }).trend, [1, 2]);
  assert.notEqual(again.widget(WIDGET), memories.of(HELP, 3_661_000).widget(WIDGET), "another board's widget of the same name");
});

test("other limits, other options and a long absence begin anew", () => {
  const memories = new Memories();
  const sales = memories.of(SALES, 0);
  sales.widget(WIDGET).trend = [1, 2];
  assert.equal(sales.widget({ ...WIDGET, options: { figure: "offered" } }).trend, undefined);
  assert.notEqual(memories.of({ ...SALES, levels: { waiting: null } }, 1).levels, sales.levels);
  const help = memories.of(HELP, 2);
  memories.of(SALES, 3);
  assert.notEqual(memories.of(HELP, 1_000_000), help);
});
