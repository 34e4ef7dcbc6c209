/** What is on the screen: the widgets of one board and the room each has. Gets states and verdicts; knows no socket. */

import { each } from "./failures.js";
import { gridPlaces } from "./grid.js";
import { boardLayout } from "./layout.js";
import { QueueScope } from "./scope.js";
import { elementOf, isKnownType } from "./widgets/load.js";
import { words } from "./words.js";

/** What rests on nothing, a clock or a text, is never old. */
const ALWAYS_FRESH = Object.freeze({ level: "fresh", age_ms: 0, since_at: null, reason: null, blank: false });

/** Use: `await ready`, put `main` into the document, then `arrange`, `handOut` and `beat`. `config` as the server gives it. */
export class Face {
  main = document.createElement("main");
  widgets = [];
  /** Resolves when every widget's code is there and its element made. */
  ready;
  #config; #ticker; #memory;
  #scopes = new Map();
  #arranged = null;

  /** `memory` is the board's; without one widgets remember nothing. */
  constructor({ config, ticker, memory = null }) {
    this.#config = config;
    this.#memory = memory;
    this.#ticker = ticker;
    this.ready = this.#build();
  }

  /** `null`: the board lays itself out. */
  get #layout() {
    return this.#config.board.layout;
  }

  async #build() {
    const wanted = (this.#layout?.widgets ?? this.#config.board.automatic).filter(({ type }) => isKnownType(type));
    this.widgets = await Promise.all(wanted.map((widget) => this.#element(widget)));
    this.main.append(...this.widgets);
    if (this.#layout && !wanted.length) this.main.append(emptyNote());
  }

  async #element({ id, type, options, info }) {
    const element = await elementOf(type);
    element.dataset.id = id;
    element.options = options;
    element.ticker = this.#ticker;
    element.memory = this.#memory?.widget({ id, type, options }) ?? {};
    element.zone = this.#config.time_zone ?? undefined;
    element.surnameFirst = Boolean(this.#config.board.surname_first);
    element.link = this.#config.links?.[id] ?? null;
    element.leaders = this.#config.board.leaders;
    element.board = this.#config.board.slug;
    element.limits = this.#config.board.levels;
    if (info && this.#config.viewer?.is_person) {
      element.dataset.info = info;
      element.tabIndex = 0;
    }
    const queues = options.queue ? [options.queue] : options.queues ?? [];
    this.#scopes.set(element, new QueueScope(queues));
    return element;
  }

  /** Each widget gets its slice, and sees for itself whether that changed. */
  handOut(state) {
    each(this.widgets, (widget) => {
      widget.slice = widget.constructor.select(this.#scopes.get(widget).apply(state), widget.options);
    });
  }

  /** Once a second, and after changes: what moves with the clock. */
  beat() {
    each(this.widgets, (widget) => widget.beat());
  }

  /** `verdict(endpoints)` says how fresh what rests on them is. */
  judge(verdict) {
    each(this.widgets, (widget) => {
      widget.fresh = widget.constructor.endpoints.length ? verdict(widget.constructor.endpoints) : ALWAYS_FRESH;
    });
  }

  /** Nothing is left to be seen. */
  clear() {
    this.widgets = [];
    this.main.replaceChildren();
  }

  /** Divide the screen; `root` carries the shape for the style sheet. */
  arrange(root, state) {
    const arranged = boardLayout({
      width: window.innerWidth,
      height: window.innerHeight,
      queues: Object.keys(state?.queues ?? {}).length,
      agents: Object.keys(state?.agents ?? {}).length,
      before: this.#arranged,
    });
    if (this.#layout) this.#arrangeGrid(root, arranged.shape);
    else Object.assign(root.dataset, arranged, { layout: "automatic" });
    this.#arranged = arranged;
  }

  #arrangeGrid(root, shape) {
    Object.assign(root.dataset, { layout: "grid", shape, queues: "", agents: "" });
    if (this.#arranged?.shape === shape) return;
    const { columns, rows, places } = gridPlaces(this.#layout, { shape });
    this.main.style.gridTemplate = `${rows.map((height) => `minmax(0, ${height}fr)`).join(" ")} / repeat(${columns}, minmax(0, 1fr))`;
    for (const widget of this.widgets) {
      const { column, row, width, height } = places.get(widget.dataset.id);
      widget.style.gridArea = `${row} / ${column} / ${row + height} / ${column + width}`;
    }
  }
}

function emptyNote() {
  const note = document.createElement("p");
  note.className = "panel nothing empty";
  note.textContent = words.empty.widgets;
  return note;
}
