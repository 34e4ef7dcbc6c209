/** Headline: how many callers wait, and who has waited longest. */

import { html } from "../../vendor/lit/lit.js";
import { count } from "../format.js";
import { waitingSummary } from "../kpi.js";
import { worstLevel } from "../levels.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** Lower than this what stands below the figure moves beside it, in board units. */
const LOW = 33;

export class CallersWidget extends SizedWidget {
  static endpoints = ["RTStatsCalls"];

  static select({ calls, queues, levels }) {
    return { calls, queues, levels };
  }

  draw() {
    const level = this.isBlank ? "normal" : worstLevel(Object.values(this.slice.levels));
    const waiting = this.isBlank ? { count: null } : waitingSummary(this.slice.calls, this.slice.queues);
    this.dataset.level = level;
    this.dataset.low = String(this.size.height < LOW);
    return html`
      ${this.header(words.callersWaiting, this.badge(level))}
      <p class="figure headline">${count(waiting.count)}</p>
      <div class="foot">${this.isBlank ? this.reasonSentence() : this.longest(waiting)}</div>`;
  }

  longest({ id, oldest_at, queue_id }) {
    const queue = queue_id === null ? null : this.slice.queues[queue_id];
    return html`
      <p class="quiet">${words.longestWait}</p>
      <p class="longest"><b class="figure timer">${id === null ? words.dash : this.since(id, oldest_at)}</b>
        <span class="name">${queue?.title ?? "\u00a0"}</span></p>`;
  }
}
customElements.define("wb-callers", CallersWidget);
