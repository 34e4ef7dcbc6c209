import assert from "node:assert/strict";
import { test } from "node:test";
import { keyAction } from "../../static/js/editor/keys.js";
import { LayoutDocument, freePlace, isFree } from "../../static/js/editor/document.js";
import { figureOptions, windowOption } from "../../static/js/editor/windows.js";

const NUMBER = { key: "number", width: 6, height: 8, least: [3, 4] };

function layoutOf(...widgets) {
  return { version: 1, columns: 24, rows: 24, widgets };
}

function widget(id, x, y, w, h) {
  return { id, type: "number", x, y, w, h, options: {} };
}

test("a new widget takes the first place where it fits", () => {
  const document = new LayoutDocument(layoutOf(widget("number-1", 0, 0, 20, 8)));
  const id = document.add(NUMBER);
  assert.equal(id, "number-2");
  assert.deepEqual(document.widget(id), { id, type: "number", x: 0, y: 8, w: 6, h: 8, options: {} });
});

test("where the usual size does not fit, a smaller one is taken, and nothing below the least", () => {
  const crowded = layoutOf(widget("a", 0, 0, 24, 19));
  assert.deepEqual(freePlace(crowded, { width: 6, height: 8, least: [3, 4] }), { x: 0, y: 19, w: 3, h: 5 });
  assert.equal(new LayoutDocument(layoutOf(widget("a", 0, 0, 24, 21))).add(NUMBER), null);
});

test("no place overlaps and none reaches out of the grid", () => {
  const layout = layoutOf(widget("a", 2, 2, 4, 4));
  assert.equal(isFree(layout, { x: 6, y: 2, w: 4, h: 4 }), true);
  assert.equal(isFree(layout, { x: 5, y: 2, w: 4, h: 4 }), false);
  assert.equal(isFree(layout, { x: 22, y: 2, w: 4, h: 4 }), false);
  assert.equal(isFree(layout, { x: 3, y: 3, w: 4, h: 4 }, "a"), true);
});

test("every change can be undone and done again", () => {
  const document = new LayoutDocument(layoutOf(widget("a", 0, 0, 6, 6)));
  const before = document.layout;
  document.setOption("a", "title", "Sales");
  document.place([{ id: "a", x: 4, y: 0, w: 6, h: 6 }]);
  document.duplicate("a", [3, 4]);
  document.remove("a");
  const after = document.layout;
  for (let steps = 0; steps < 4; steps += 1) document.undo();
  assert.equal(document.layout, before);
  assert.equal(document.canUndo, false);
  for (let steps = 0; steps < 4; steps += 1) document.redo();
  assert.deepEqual(document.layout, after);
  assert.equal(document.canRedo, false);
});

test("typing into one field is one step", () => {
  const document = new LayoutDocument(layoutOf(widget("a", 0, 0, 6, 6)));
  for (const text of ["S", "Sa", "Sal"]) document.setOption("a", "title", text);
  document.undo();
  assert.deepEqual(document.widget("a").options, {});
});

test("a move to where it already is is no step", () => {
  const document = new LayoutDocument(layoutOf(widget("a", 0, 0, 6, 6)));
  document.place([{ id: "a", x: 0, y: 0, w: 6, h: 6 }]);
  assert.equal(document.canUndo, false);
});

test("a copy shares nothing with its original, also in a browser without structuredClone", (context) => {
  const { structuredClone } = globalThis;
  globalThis.structuredClone = undefined;
  context.after(() => Object.assign(globalThis, { structuredClone }));
  const document = new LayoutDocument(layoutOf({ ...widget("a", 0, 0, 6, 6), options: { queues: ["main/4"] } }));
  const copy = document.duplicate("a", [3, 4]);
  document.widget(copy).options.queues.push("main/5");
  assert.deepEqual(document.widget("a").options.queues, ["main/4"]);
});

test("the keyboard moves and grows where there is room", () => {
  const document = new LayoutDocument(layoutOf(widget("a", 0, 0, 6, 6), widget("b", 6, 0, 6, 6)));
  assert.equal(document.nudge("a", { dx: 1 }), false);
  assert.equal(document.nudge("a", { dy: 1 }), true);
  assert.equal(document.nudge("a", { dw: -4, least: [3, 4] }), false);
  assert.equal(document.nudge("a", { dh: 1 }), true);
  assert.deepEqual(document.widget("a"), { ...widget("a", 0, 1, 6, 7) });
});

test("it knows whether something was not saved", () => {
  const document = new LayoutDocument(layoutOf());
  assert.equal(document.isDirty, false);
  document.add(NUMBER);
  assert.equal(document.isDirty, true);
  document.saved();
  assert.equal(document.isDirty, false);
  document.undo();
  assert.equal(document.isDirty, true);
});

test("a board may go back to laying itself out", () => {
  const document = new LayoutDocument(layoutOf(widget("a", 0, 0, 6, 6)));
  document.replace(null);
  assert.equal(document.layout, null);
  assert.equal(document.widget("a"), null);
  document.undo();
  assert.equal(document.layout.widgets.length, 1);
});

test("keys move, size, copy, take away and save, but in a field they type", () => {
  const press = (key, more = {}) => keyAction({ key, ctrlKey: false, metaKey: false, shiftKey: false, target: { tagName: "BODY" }, ...more }, { isChosen: true });
  assert.deepEqual(press("ArrowLeft"), { do: "nudge", by: { dx: -1, dy: 0 } });
  assert.deepEqual(press("ArrowDown", { shiftKey: true }), { do: "nudge", by: { dw: 0, dh: 1 } });
  assert.deepEqual(press("z", { ctrlKey: true }), { do: "undo" });
  assert.deepEqual(press("Z", { ctrlKey: true, shiftKey: true }), { do: "redo" });
  assert.deepEqual(press("d", { metaKey: true }), { do: "duplicate" });
  assert.equal(press("Delete", { target: { tagName: "INPUT" } }), null);
  assert.deepEqual(press("s", { ctrlKey: true, target: { tagName: "INPUT" } }), { do: "save" });
});

const TIME = { key: "window", kind: "choice", choices: [["15m", "15 minutes"], ["60m", "60 minutes"], ["today", "today"]] };
const NEEDED = { key: "agents_needed", windows: ["15m", "60m"] };

test("only the times are offered for which there is the figure", () => {
  assert.deepEqual(windowOption(TIME, { figure: NEEDED, value: "15m" }).choices, [["15m", "15 minutes"], ["60m", "60 minutes"]]);
  assert.equal(windowOption(TIME, { figure: { key: "waiting", windows: [] }, value: "today" }), null);
});

test("a time that a stored widget holds without there being its figure is seen, and told from the others", () => {
  const { choices } = windowOption(TIME, { figure: NEEDED, value: "today" });
  assert.deepEqual(choices[2], ["today", "today – not there for this figure"]);
});

test("another figure takes the time along where there is one for it, else it gets one of its own, in one step", () => {
  assert.deepEqual(figureOptions({ figure: NEEDED, window: "15m" }), { figure: "agents_needed" });
  assert.deepEqual(figureOptions({ figure: NEEDED, window: "today" }), { figure: "agents_needed", window: "60m" });
  const document = new LayoutDocument(layoutOf(widget("a", 0, 0, 6, 6)));
  document.setOptions("a", figureOptions({ figure: NEEDED, window: "today" }));
  assert.deepEqual(document.widget("a").options, { figure: "agents_needed", window: "60m" });
  document.undo();
  assert.deepEqual(document.widget("a").options, {});
});

test("what was changed during a save is unsaved, and undo back to before it too", () => {
  const document = new LayoutDocument(layoutOf());
  document.add(NUMBER);
  const sent = document.layout;
  document.add(NUMBER);
  document.saved(sent);
  assert.equal(document.isDirty, true);
  document.undo();
  assert.equal(document.isDirty, false);
  document.undo();
  assert.equal(document.isDirty, true);
});

test("a widget without options has none of its own", () => {
  const { options: _options, ...bare } = widget("number-1", 0, 0, 4, 4);
  const document = new LayoutDocument(layoutOf(bare));
  assert.deepEqual(document.widget("number-1").options, {});
  assert.equal(document.isDirty, false);
  document.replace(layoutOf({ ...bare, id: "number-2" }));
  assert.equal(document.duplicate("number-2", [1, 1]), "number-1");
});
