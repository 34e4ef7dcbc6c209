/** The face of a board that is being edited: every widget, alive, in a cell of GridStack that can be dragged and resized. */

import { GridStack } from "../../vendor/gridstack/gridstack.js";
import { Face } from "../face.js";
import { gridPlaces } from "../grid.js";
import { boardLayout } from "../layout.js";

/**
 * Stands where a board has its face (see face.js); `update(layout)` shows another layout, keeping what did not change.
 * On a tall screen the widgets stand as a turned TV arranges them, and cannot be moved.
 */
export class GridFace {
  main = document.createElement("main");
  ready = Promise.resolve();
  /** Hear of what was dragged or resized, as a list of places, and of what was chosen. */
  onPlaced = () => {};
  onChosen = () => {};
  #config; #ticker; #types; #grid;
  #layout = { columns: 0, rows: 1, widgets: [] };
  #shape = "wide";
  #cells = new Map();
  #state = null;
  #verdict = null;
  #isUpdating = false;

  constructor({ config, ticker, types }) {
    this.#config = config;
    this.#ticker = ticker;
    this.#types = types;
    this.main.className = "grid-stack";
    this.main.addEventListener("pointerdown", (event) => this.onChosen(idAt(event)));
    this.main.addEventListener("focusin", (event) => this.onChosen(idAt(event)));
  }

  get widgets() {
    return [...this.#cells.values()].flatMap(({ face }) => face.widgets);
  }

  /** Show this layout; resolves when the code of its widgets is there. */
  async update(layout) {
    const focused = document.activeElement;
    this.#isUpdating = true;
    const { columns, rows } = this.#layout;
    this.#layout = layout;
    if (layout.columns !== columns || layout.rows !== rows) this.#regrid(layout);
    this.#grid.batchUpdate();
    const wanted = new Map(layout.widgets.map((widget) => [widget.id, widget]));
    for (const id of [...this.#cells.keys()]) if (!wanted.has(id)) this.#remove(id);
    // GridStack lets nothing into a cell that something else has yet to leave: all that move are taken out before the first is put in.
    const moving = [...wanted.values()].filter((widget) => !this.#isPlaced(widget));
    for (const { id } of moving) if (this.#cells.has(id)) this.#grid.removeWidget(this.#cells.get(id).item, false, false);
    for (const widget of moving) this.#place(widget);
    this.#grid.batchUpdate(false);
    this.#isUpdating = false;
    this.#shelve();
    // GridStack puts the items in reading order, by which an older browser takes the focus from them.
    if (this.main.contains(focused) && focused !== document.activeElement) focused.focus();
    await Promise.all([...wanted.values()].map((widget) => this.#draw(widget)));
  }

  /** Mark the chosen widget, or none: then none has the keyboard either. */
  choose(id) {
    if (id === null && this.main.contains(document.activeElement)) document.activeElement.blur();
    for (const [one, { item }] of this.#cells) item.toggleAttribute("data-chosen", one === id);
  }

  handOut(state) {
    this.#state = state;
    for (const { face } of this.#cells.values()) face.handOut(state);
  }

  beat() {
    for (const { face } of this.#cells.values()) face.beat();
  }

  judge(verdict) {
    this.#verdict = verdict;
    for (const { face } of this.#cells.values()) face.judge(verdict);
  }

  arrange(root) {
    this.#shape = boardLayout({ width: window.innerWidth, height: window.innerHeight, queues: 0, agents: 0, before: null }).shape;
    Object.assign(root.dataset, { layout: "editing", shape: this.#shape, queues: "", agents: "" });
    this.#shelve();
    this.#grid?.cellHeight(this.#cellHeight);
  }

  /** On a tall screen, put the widgets where a board there has them; else leave them to GridStack. */
  #shelve() {
    const isTall = this.#shape === "tall";
    this.main.toggleAttribute("data-shelved", isTall);
    this.#grid?.setStatic(isTall);
    if (!isTall) return;
    const widgets = this.#layout.widgets.map((widget) => ({ ...widget, least: this.#types.get(widget.type)?.least[1] }));
    const { columns, rows, places } = gridPlaces({ ...this.#layout, widgets }, { shape: this.#shape });
    this.main.style.gridTemplate = `${rows.map((height) => `minmax(0, ${height}fr)`).join(" ")} / repeat(${columns}, minmax(0, 1fr))`;
    for (const [id, { column, row, width, height }] of places) {
      this.#cells.get(id).item.style.gridArea = `${row} / ${column} / ${row + height} / ${column + width}`;
    }
  }

  /** GridStack keeps the columns and rows it was made with: another grid is made of the same, empty element. */
  #regrid({ columns, rows }) {
    for (const id of [...this.#cells.keys()]) this.#remove(id);
    this.#grid?.destroy(false);
    this.#grid = GridStack.init({
      column: columns, row: rows, maxRow: rows, cellHeight: this.#cellHeight,
      float: true, margin: 0, animate: false, resizable: { handles: "e,se,s,sw,w,n,ne,nw" },
    }, this.main);
    this.#grid.on("change", (_event, items) => this.#moved(items ?? []));
  }

  get #cellHeight() {
    return Math.max(1, this.main.clientHeight / this.#layout.rows);
  }

  #moved(items) {
    if (!this.#isUpdating) this.onPlaced(items.map(({ id, x, y, w, h }) => ({ id, x, y, w, h })));
  }

  #isPlaced(widget) {
    const node = this.#cells.get(widget.id)?.item.gridstackNode;
    return Boolean(node) && Object.entries(this.#placeOf(widget)).every(([name, value]) => node[name] === value);
  }

  /** As GridStack names it. What somebody made smaller than it can be read stays as it is. */
  #placeOf({ type, x, y, w, h }) {
    const [minW, minH] = this.#types.get(type)?.least ?? [1, 1];
    return { x, y, w, h, minW: Math.min(minW, w), minH: Math.min(minH, h) };
  }

  #place(widget) {
    const { item } = this.#cells.get(widget.id) ?? this.#newCell(widget);
    const { x, y, w, h, minW, minH } = this.#placeOf(widget);
    for (const [name, value] of Object.entries({ x, y, w, h, "min-w": minW, "min-h": minH })) item.setAttribute(`gs-${name}`, value);
    this.#grid.makeWidget(item);
  }

  #newCell({ id }) {
    const item = document.createElement("div");
    item.className = "grid-stack-item";
    item.tabIndex = 0;
    item.setAttribute("role", "group");
    item.setAttribute("gs-id", id);
    const content = document.createElement("div");
    content.className = "grid-stack-item-content";
    item.append(content);
    this.main.append(item);
    const cell = { item, content, drawn: null, face: new Face({ config: this.#configOf([]), ticker: this.#ticker }) };
    this.#cells.set(id, cell);
    return cell;
  }

  /** Nothing is left to be seen. */
  clear() {
    for (const { face, content } of this.#cells.values()) {
      face.clear();
      content.replaceChildren();
    }
  }

  #remove(id) {
    this.#grid.removeWidget(this.#cells.get(id).item);
    this.#cells.delete(id);
  }

  /** A widget whose options changed is made anew; the others go on. */
  async #draw(widget) {
    const cell = this.#cells.get(widget.id);
    const drawn = JSON.stringify([widget.type, widget.options]);
    if (!cell || cell.drawn === drawn) return;
    cell.drawn = drawn;
    cell.item.setAttribute("aria-label", [this.#types.get(widget.type)?.title ?? widget.type, widget.options.title].filter(Boolean).join(": "));
    const face = new Face({ config: this.#configOf([widget]), ticker: this.#ticker });
    await face.ready;
    if (cell.drawn !== drawn) return;
    cell.face = face;
    cell.content.replaceChildren(...face.widgets);
    if (this.#state) face.handOut(this.#state);
    if (this.#verdict) face.judge(this.#verdict);
    face.beat();
  }

  #configOf(widgets) {
    const completed = widgets.map((widget) => ({ ...widget, options: { ...this.#types.get(widget.type)?.defaults, ...widget.options } }));
    return { ...this.#config, links: {}, board: { ...this.#config.board, layout: { ...this.#config.board.layout, widgets: completed } } };
  }
}

/** Of the widget something happens on; null beside all. */
function idAt(event) {
  return event.target.closest(".grid-stack-item")?.getAttribute("gs-id") ?? null;
}
