/** One figure over today, interval by interval, as a line that ends now. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { failed } from "../failures.js";
import { figureKind } from "../figures.js";
import { clockTime, figureText, percent } from "../format.js";
import { CATALOGUE } from "../metrics.js";
import { unit } from "../parts.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

const ASK_EVERY_BEATS = 60;
const ASK_AGAIN_BEATS = 10;
const HEAD = 4;

export class TrendWidget extends SizedWidget {
  static properties = { trend: { state: true }, hasFailed: { state: true } };
  #chart = null;
  #drawn = null;

  static select() {
    return null;
  }

  constructor() {
    super();
    /** `{at, values, goal, interval_min}`; null before the first answer. */
    this.trend = null;
    this.hasFailed = false;
    /** The board whose figures these are. */
    this.board = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.trend ??= this.memory.trend ?? null;
  }

  disconnectedCallback() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#drawn = null;
    super.disconnectedCallback();
  }

  beat() {
    if (this.ticker.count < (this.memory.askAt ?? 0) || !this.isConnected) return;
    this.memory.askAt = this.ticker.count + ASK_EVERY_BEATS;
    this.#ask();
  }

  async #ask() {
    const { figure, interval, queues } = this.options;
    const query = new URLSearchParams({ figure, interval, queues: queues.join(",") });
    try {
      const answer = await fetch(`/boards/${this.board}/trend/?${query}`, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) return this.#failed();
      this.trend = await answer.json();
      this.memory.trend = this.trend;
      this.hasFailed = false;
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      this.#failed();
    }
    return undefined;
  }

  #failed() {
    this.hasFailed = true;
    this.memory.askAt = this.ticker.count + ASK_AGAIN_BEATS;
  }

  get title() {
    return CATALOGUE[this.options.figure]?.title ?? this.options.figure;
  }

  get unit() {
    return figureKind(this.options.figure)?.unit;
  }

  draw() {
    const last = this.trend?.values.filter((value) => value !== null).pop();
    const now = last === undefined ? nothing : html`<b class="figure last">${figureText(last, this.unit)}</b>`;
    return html`${this.header(this.title, html`<span class="more">${words.today}</span>${now}`)}
      <div class="plot" role="img" aria-label=${this.title}></div>
      ${this.note()}`;
  }

  note() {
    if (this.hasFailed) return html`<p class="empty">${words.empty.trendFailed}</p>`;
    return this.trend && !this.trend.at.length ? html`<p class="empty">${words.empty.trend}</p>` : nothing;
  }

  updated() {
    const { width, height } = this.size;
    const key = `${width} ${height} ${document.documentElement.dataset.theme}`;
    if (!this.trend?.at.length || (this.#drawn?.trend === this.trend && this.#drawn.key === key)) return;
    this.#drawn = { trend: this.trend, key };
    this.#plot();
  }

  /** The code of the chart could not be loaded: no chart stands there, and only another page loads it. */
  #missed(error) {
    failed(error);
    this.#drawn = null;
    this.dispatchEvent(new CustomEvent("wb-missing", { bubbles: true }));
  }

  async #plot() {
    const chart = await import("../charts/trend.js").catch((error) => this.#missed(error));
    if (!chart || !this.isConnected) return;
    this.#chart?.destroy();
    const { width, height } = this.size;
    this.#chart = chart.drawTrend(this.querySelector(".plot"), {
      trend: this.trend,
      width: width * unit(),
      height: Math.max(4, height - HEAD) * unit(),
      unit: unit(),
      text: (value) => figureText(value, this.unit),
      time: (at) => clockTime(at, this.zone),
      isShare: this.unit === "share",
      goalName: (goal) => words.goalShare(percent(goal)),
    });
  }
}
customElements.define("wb-trend", TrendWidget);
