/** The longest wait of each queue, queues in trouble first, then the longest. */

import { html } from "../../vendor/lit/lit.js";
import { waitingCalls } from "../kpi.js";
import { ListedWidget } from "../listed.js";
import { longestByQueue } from "../ranking.js";
import { words } from "../words.js";

export class LongestWidget extends ListedWidget {
  static endpoints = ["RTStatsCalls"];

  static select({ calls, queues, levels }) {
    return { calls, queues, levels };
  }

  get title() {
    return words.longestWaits;
  }

  get emptyText() {
    return words.empty.waiting;
  }

  items() {
    const waiting = this.known(waitingCalls(this.slice.calls, this.slice.queues));
    return longestByQueue(waiting, this.slice.levels).slice(0, this.options.rows);
  }

  pinned(items) {
    return items.filter(({ level }) => level !== "normal").length;
  }

  row({ id, call, count, level }) {
    const queue = this.slice.queues[call.queue_id];
    return html`<span class="name">${this.badge(level)}${queue?.title ?? words.unknownQueue}</span>
      <span class="quiet">${words.callersOf(count)}</span>
      <b class="figure timer">${this.since(id, call.entered_at)}</b>`;
  }
}
customElements.define("wb-longest", LongestWidget);
