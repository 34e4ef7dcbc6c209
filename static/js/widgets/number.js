/** One figure, as large as fits. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { boardFigure, figureKind, goalOfSlice, isOfNow } from "../figures.js";
import { figureFit } from "../fit.js";
import { figureText } from "../format.js";
import { heldAt } from "../freshness.js";
import { LeveledWidget } from "../leveled.js";
import { goalLimits } from "../levels.js";
import { CATALOGUE } from "../metrics.js";
import { words } from "../words.js";

/** The label above, of one line or two, and the line below, in board units. */
const HEAD = { 1: 3, 2: 5.2 };
const FOOT = 3;
/** How wide a letter of the label is, and the badge beside it. */
const LETTER = 1.15;
const BADGE = 13;
export class NumberWidget extends LeveledWidget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];
  static properties = { value: { state: true } };

  static select({ queues, calls, agents, figures }) {
    return { queues, calls, agents, figures };
  }

  constructor() {
    super();
    this.value = null;
  }

  beat() {
    if (!this.slice) return;
    const { figure, window, queues } = this.options;
    // A wait runs on by itself, until the figures are stale; all else is redrawn when it changes.
    const now = Math.min(heldAt(this.fresh) ?? Infinity, this.ticker.now);
    const value = boardFigure(figure, this.slice, { window, now, isNamed: queues?.length > 0 });
    this.value = value;
    this.weigh({ figure, value, isLow: figureKind(figure)?.better === "up", title: this.title_, text: this.text, derived: this.derivedLimits() });
  }

  /** Of a service level: by the goal the queues share. */
  derivedLimits() {
    const { figure, window, queues } = this.options;
    const about = { window, now: this.ticker.now, isNamed: queues?.length > 0 };
    return figure.startsWith("service_level") ? goalLimits(goalOfSlice(this.slice, about)) : null;
  }

  get title_() {
    const { figure } = this.options;
    return this.options.title || (words.figure[figure] ?? CATALOGUE[figure]?.title ?? figure);
  }

  get text() {
    const kind = figureKind(this.options.figure);
    return figureText(this.isBlank ? null : this.value, kind?.unit, kind?.better ?? "up");
  }

  draw() {
    const level = this.isBlank ? "normal" : this.level;
    this.dataset.level = level;
    const text = this.text;
    const { width, height } = this.size;
    const lines = this.title_.length * LETTER + (level === "normal" ? 0 : BADGE) > width ? 2 : 1;
    this.dataset.lines = String(lines);
    this.style.setProperty("--figure", `${figureFit({ width, height: height - HEAD[lines] - FOOT, text })}vmin`);
    return html`${this.header(this.title_, this.badge(level))}
      <p class="figure big">${text}</p>
      <p class="quiet under name">${this.isBlank ? this.reasonLine() : this.under()}</p>`;
  }

  under() {
    const { figure, window, queues } = this.options;
    const titles = Object.values(this.slice.queues).map((queue) => queue.title);
    const where = queues.length && titles.length ? (titles.length === 1 ? titles[0] : words.queuesOf(titles.length)) : null;
    const when = isOfNow(figure) ? null : words.window[window];
    return [when, where].filter(Boolean).join(" · ") || nothing;
  }
}
customElements.define("wb-number", NumberWidget);
