/** The calls that are being handled: who speaks with whom, and since when. */

import { html } from "../../vendor/lit/lit.js";
import { activeCalls } from "../kpi.js";
import { ListedWidget } from "../listed.js";
import { stateShape } from "../parts.js";
import { words } from "../words.js";

/** Narrower than this the queue has no room, in board units. */
const WIDE = 58;

export class CallsWidget extends ListedWidget {
  static endpoints = ["RTStatsCalls"];

  static select({ calls, queues, agents }) {
    return { calls, queues, agents };
  }

  get title() {
    return words.activeCalls;
  }

  get emptyText() {
    return words.empty.calls;
  }

  items() {
    this.dataset.wide = String(this.size.width >= WIDE);
    return this.known(activeCalls(this.slice.calls)).map(([id, call]) => ({ id, call }));
  }

  row({ id, call }) {
    const agent = this.slice.agents[call.agent_id];
    const queue = this.slice.queues[call.queue_id];
    return html`${stateShape(call.state)}<span class="name">${agent ? agent.name ?? agent.login ?? agent.extension ?? words.unnamed : words.nobodyKnown}</span>
      <span class="caller">${call.caller_name ?? call.caller ?? words.unknownCaller}</span>
      ${this.size.width >= WIDE ? html`<span class="name quiet">${queue?.title ?? words.unknownQueue}</span>` : ""}
      <span class="figure timer">${call.answered_at === null ? words.dash : this.since(id, call.answered_at)}</span>`;
  }
}
customElements.define("wb-calls", CallsWidget);
