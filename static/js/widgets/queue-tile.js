/** One queue: callers waiting, the longest wait, agents ready. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { count } from "../format.js";
import { isInbound } from "../levels.js";
import { Widget } from "../widget.js";
import { words } from "../words.js";

export class QueueTile extends Widget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];
  static properties = { level: { attribute: false }, queue: { attribute: false }, place: { attribute: false } };

  static select(state, { queue }) {
    return state.queues[queue];
  }

  constructor() {
    super();
    this.level = "normal";
    this.queue = null;
    /** Where the queue is, on a board over several PBXs. */
    this.place = null;
  }

  draw() {
    const queue = this.slice;
    const level = this.isBlank ? "normal" : this.level;
    this.dataset.level = level;
    this.dataset.direction = queue && !isInbound(queue) ? "out" : "in";
    return html`
      <h3><span class="title">${this.named(queue?.title ?? words.unnamed)}${this.place ? html` <span class="quiet place">${this.place}</span>` : nothing}</span>${this.ageNote()}</h3>
      <span class="corner">${this.badge(level)}</span>
      <p class="figure waiting">${count(this.isBlank ? null : queue.calls_waiting)}</p>
      <p class="wait"><span class="quiet">${queue && !isInbound(queue) ? words.outbound : words.longest}</span>
        <b class="figure timer">${this.isBlank ? words.dash : this.since(this.queue, queue.oldest_waiting_at)}</b></p>
      <p class="team"><b class="figure">${this.isBlank ? words.dash : this.ready(queue)}</b>
        <span class="quiet">${words.ready}</span></p>`;
  }

  ready({ agents_ready, agents_total }) {
    return html`${count(agents_ready)}${agents_total === null ? nothing : html`<small> / ${agents_total}</small>`}`;
  }
}
customElements.define("wb-queue-tile", QueueTile);
