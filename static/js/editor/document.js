/** The layout while somebody edits it: changes, undo and redo. Pure; layouts are never changed in place. */

const STEPS_KEPT = 100;

export class LayoutDocument {
  #layout; #saved;
  #past = [];
  #future = [];
  #merging = null;

  constructor(layout) {
    this.#layout = withOptions(layout);
    this.#saved = this.#layout;
  }

  get layout() {
    return this.#layout;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Whether there is something that was not saved. */
  get isDirty() {
    return this.#layout !== this.#saved;
  }

  /** This layout is what the server holds now. */
  saved(layout = this.#layout) {
    this.#saved = layout;
  }

  widget(id) {
    return this.#layout?.widgets.find((widget) => widget.id === id) ?? null;
  }

  /** Another layout in place of this one; null: the board lays itself out. */
  replace(layout) {
    this.#step(withOptions(layout));
  }

  /** A new widget of a type of the catalogue, where there is room; its id, or null if there is none. */
  add(type) {
    const place = freePlace(this.#layout, { width: type.width, height: type.height, least: type.least });
    if (!place) return null;
    const id = freeId(this.#layout, type.key);
    this.#withWidgets([...this.#layout.widgets, { id, type: type.key, ...place, options: {} }]);
    return id;
  }

  /** The same widget once more; its id, or null if there is no room. `least` is the smallest it can be. */
  duplicate(id, least) {
    const widget = this.widget(id);
    const place = freePlace(this.#layout, { width: widget.w, height: widget.h, least });
    if (!place) return null;
    const copy = freeId(this.#layout, widget.type);
    this.#withWidgets([...this.#layout.widgets, { ...widget, ...place, id: copy, options: JSON.parse(JSON.stringify(widget.options)) }]);
    return copy;
  }

  remove(id) {
    this.#withWidgets(this.#layout.widgets.filter((widget) => widget.id !== id));
  }

  /** New places of some widgets, as `{id, x, y, w, h}`: one step, however many moved. */
  place(places) {
    const moved = new Map(places.map(({ id, x, y, w, h }) => [id, { x, y, w, h }]));
    const widgets = this.#layout.widgets.map((widget) => ({ ...widget, ...moved.get(widget.id) }));
    if (widgets.some((widget, index) => !isSamePlace(widget, this.#layout.widgets[index]))) this.#withWidgets(widgets);
  }

  /** Move and grow by cells, if that fits: false where it does not. */
  nudge(id, { dx = 0, dy = 0, dw = 0, dh = 0, least = [1, 1] }) {
    const widget = this.widget(id);
    const next = { ...widget, x: widget.x + dx, y: widget.y + dy, w: widget.w + dw, h: widget.h + dh };
    if (next.w < least[0] || next.h < least[1] || !isFree(this.#layout, next, id)) return false;
    this.place([next]);
    return true;
  }

  /** Set an option; typing into one field is one step. */
  setOption(id, key, value) {
    this.setOptions(id, { [key]: value });
  }

  /** Set options that go together, in one step. */
  setOptions(id, options) {
    const widgets = this.#layout.widgets.map((widget) =>
      widget.id === id ? { ...widget, options: { ...widget.options, ...options } } : widget);
    this.#withWidgets(widgets, `${id} ${Object.keys(options)}`);
  }

  undo() {
    if (!this.canUndo) return;
    this.#future.push(this.#layout);
    this.#layout = this.#past.pop();
    this.#merging = null;
  }

  redo() {
    if (!this.canRedo) return;
    this.#past.push(this.#layout);
    this.#layout = this.#future.pop();
    this.#merging = null;
  }

  #withWidgets(widgets, merging = null) {
    this.#step({ ...this.#layout, widgets }, merging);
  }

  #step(layout, merging = null) {
    if (merging === null || merging !== this.#merging) this.#past.push(this.#layout);
    if (this.#past.length > STEPS_KEPT) this.#past.shift();
    this.#merging = merging;
    this.#future = [];
    this.#layout = layout;
  }
}

/** The first place, in reading order, where something of this size fits; smaller down to `least` where it must be; null: nowhere. */
export function freePlace(layout, { width, height, least = [1, 1] }) {
  for (let [w, h] = [width, height]; w >= least[0] && h >= least[1]; [w, h] = [Math.max(w - 1, least[0]), Math.max(h - 1, least[1])]) {
    for (let y = 0; y + h <= layout.rows; y += 1) {
      for (let x = 0; x + w <= layout.columns; x += 1) {
        if (isFree(layout, { x, y, w, h })) return { x, y, w, h };
      }
    }
    if (w === least[0] && h === least[1]) break;
  }
  return null;
}

/** Whether the place is within the grid and no widget but `except` is on it. */
export function isFree(layout, { x, y, w, h }, except = null) {
  if (x < 0 || y < 0 || x + w > layout.columns || y + h > layout.rows) return false;
  return layout.widgets.every((one) => one.id === except || x >= one.x + one.w || one.x >= x + w || y >= one.y + one.h || one.y >= y + h);
}

/** A file or an old layout may leave out the options of a widget: all have their defaults. */
function withOptions(layout) {
  if (!layout || layout.widgets.every(({ options }) => options)) return layout;
  return { ...layout, widgets: layout.widgets.map((widget) => ({ ...widget, options: widget.options ?? {} })) };
}

function freeId(layout, type) {
  const known = new Set(layout.widgets.map(({ id }) => id));
  for (let number = 1; ; number += 1) if (!known.has(`${type}-${number}`)) return `${type}-${number}`;
}

function isSamePlace(one, other) {
  return ["x", "y", "w", "h"].every((name) => one[name] === other[name]);
}
