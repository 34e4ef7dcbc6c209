/** Which single figures a board's widgets show, and how bad each looks there. Pure: the time is an argument. */

import { boardFigure, figureKind, goalOfSlice } from "./figures.js";
import { figureLimits, goalLimits, levelNext } from "./levels.js";
import { QueueScope } from "./scope.js";

/** By the type of the widget, the figure that has the level. */
const FIGURE_OF = new Map([["number", ({ figure }) => figure], ["service-level", () => "service_level_live"]]);

/** One widget's figure; its level is remembered from one moment to the next. */
class ShownFigure {
  #figure; #window; #own; #limits; #isNamed; #scope;
  #memory = null;

  constructor({ type, options }, limits) {
    const { window, queues = [], levels } = options;
    this.#figure = FIGURE_OF.get(type)(options);
    this.#window = window;
    this.#own = levels;
    this.#limits = limits;
    this.#isNamed = queues.length > 0;
    this.#scope = new QueueScope(queues);
  }

  get level() {
    return this.#memory?.level ?? "normal";
  }

  update(state, now) {
    const slice = this.#scope.apply(state);
    const about = { window: this.#window, now, isNamed: this.#isNamed };
    const derived = this.#figure.startsWith("service_level") ? goalLimits(goalOfSlice(slice, about)) : null;
    const limits = figureLimits(this.#figure, { own: this.#own, board: this.#limits, derived });
    const value = boardFigure(this.#figure, slice, about);
    this.#memory = levelNext(this.#memory, { value, limits, now, isLow: figureKind(this.#figure)?.better === "up" });
  }
}

/** The figures of a board; `board` is its configuration. */
export class ShownFigures {
  #figures;

  constructor({ layout, automatic, levels }) {
    const widgets = (layout?.widgets ?? automatic).filter(({ type }) => FIGURE_OF.has(type));
    this.#figures = widgets.map((widget) => new ShownFigure(widget, levels));
  }

  get isCritical() {
    return this.#figures.some(({ level }) => level === "critical");
  }

  /** To be called only while the figures are current. `state` is the board's. */
  update(state, now) {
    for (const figure of this.#figures) figure.update(state, now);
  }
}
