/** A row for each queue, those in trouble first. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { boardFigure } from "../figures.js";
import { count, number, percent } from "../format.js";
import { ListedWidget } from "../listed.js";
import { placesNext, queueOrder } from "../ranking.js";
import { words } from "../words.js";

/** Narrower than this the figures of the window have no room, in board units. */
const WIDE = 72;
const FIGURES = ["service_level_live", "offered", "abandoned"];

export class QueueTableWidget extends ListedWidget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];
  static properties = { figures: { state: true, hasChanged: (one, other) => JSON.stringify(one) !== JSON.stringify(other) } };
  #places = new Map();

  static select({ queues, calls, figures, levels }) {
    return { queues, calls, figures, levels };
  }

  constructor() {
    super();
    this.figures = {};
  }

  beat() {
    super.beat();
    if (!this.slice) return;
    this.#places = placesNext(this.#places, new Map(Object.entries(this.slice.levels)), this.ticker.now);
    this.order = queueOrder(this.slice.queues, this.#places);
    this.figures = Object.fromEntries(this.order.map((id) => [id, this.figuresOf(id)]));
  }

  figuresOf(id) {
    const slice = { ...this.slice, queues: { [id]: this.slice.queues[id] } };
    const options = { window: this.options.window, now: this.ticker.now, isNamed: true };
    return Object.fromEntries(FIGURES.map((key) => [key, boardFigure(key, slice, options)]));
  }

  get title() {
    return words.queues;
  }

  get emptyText() {
    return words.empty.queues;
  }

  items() {
    const ids = (this.order ?? []).filter((id) => this.slice.queues[id] && !this.freshOf(id).blank);
    return ids.map((id) => ({ id, queue: this.slice.queues[id], level: this.slice.levels[id] }));
  }

  pinned(items) {
    return items.filter(({ level }) => level !== "normal").length;
  }

  above() {
    this.dataset.wide = String(this.size.width >= WIDE);
    const window = words.window[this.options.window];
    return html`<span class="name">${words.queue}</span><span>${words.waiting}</span><span>${words.longest}</span><span>${words.ready}</span>
      ${this.size.width >= WIDE ? html`<span title=${window}>${words.serviceLevel}</span><span title=${window}>${words.offered}</span><span title=${window}>${words.abandoned}</span>` : nothing}`;
  }

  row({ id, queue, level }) {
    const figures = this.figures[id] ?? {};
    return html`<span class="name">${this.badge(level)}${queue.title}</span>
      <b class="figure waiting">${count(queue.calls_waiting)}</b>
      <span class="figure timer">${queue.oldest_waiting_at === null ? words.dash : this.since(id, queue.oldest_waiting_at)}</span>
      <span class="figure">${count(queue.agents_ready)}<small> / ${count(queue.agents_total)}</small></span>
      ${this.size.width >= WIDE ? html`<span class="figure">${percent(figures.service_level_live)}</span>
        <span class="figure">${number(figures.offered)}</span><span class="figure">${number(figures.abandoned)}</span>` : nothing}`;
  }
}
customElements.define("wb-queue-table", QueueTableWidget);
