/** Headline: how many callers wait, and who has waited longest. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { count } from "../format.js";
import { waitingSummary } from "../kpi.js";
import { queueLevel, worstLevel } from "../levels.js";
import { Widget } from "../widget.js";
import { words } from "../words.js";

export class CallersWidget extends Widget {
  static endpoints = ["RTStatsCalls"];
  static properties = { level: { state: true } };

  static select({ calls, queues }) {
    return { calls, queues };
  }

  constructor() {
    super();
    this.level = "normal";
  }

  beat() {
    if (!this.slice) return;
    this.level = worstLevel(Object.values(this.slice.queues).map((queue) => queueLevel(queue, this.ticker.now)));
  }

  draw() {
    const level = this.isBlank ? "normal" : this.level;
    const waiting = this.isBlank ? { count: null } : waitingSummary(this.slice.calls, this.slice.queues);
    this.dataset.level = level;
    return html`
      <header class="label"><h2>${words.callersWaiting}</h2>${this.ageNote()}${this.badge(level)}</header>
      <p class="figure headline">${count(waiting.count)}</p>
      <div class="foot">${this.isBlank ? this.reasonSentence() : this.longest(waiting)}</div>`;
  }

  longest({ id, oldest_at, queue_id }) {
    const queue = queue_id === null ? null : this.slice.queues[queue_id];
    return html`
      <p class="quiet">${words.longestWait}</p>
      <p class="longest"><b class="figure timer">${id === null ? words.dash : this.since(id, oldest_at)}</b>
        ${queue ? html`<span class="name">${queue.title}</span>` : nothing}</p>`;
  }
}
customElements.define("wb-callers", CallersWidget);
