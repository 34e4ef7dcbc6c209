/** The longest wait of each queue, longest first. */

import { html } from "../../vendor/lit/lit.js";
import { waitingCalls } from "../kpi.js";
import { ListedWidget } from "../listed.js";
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
    const byQueue = new Map();
    for (const [id, call] of this.known(waitingCalls(this.slice.calls, this.slice.queues))) {
      const known = byQueue.get(call.queue_id);
      if (known) known.count += 1;
      else byQueue.set(call.queue_id, { id, call, count: 1, level: this.slice.levels[call.queue_id] });
    }
    return [...byQueue.values()].slice(0, this.options.rows);
  }

  pinned(items) {
    return items.filter(({ level }) => level === "critical").length;
  }

  row({ id, call, count, level }) {
    const queue = this.slice.queues[call.queue_id];
    return html`<span class="name">${this.badge(level)}${queue?.title ?? words.unknownQueue}</span>
      <span class="quiet">${words.callersOf(count)}</span>
      <b class="figure timer">${this.since(id, call.entered_at)}</b>`;
  }
}
customElements.define("wb-longest", LongestWidget);
