/** The callers who wait, longest first. */

import { html, nothing, repeat } from "../../vendor/lit/lit.js";
import { rowsFit } from "../fit.js";
import { waitingCalls } from "../kpi.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** In a narrow list the queue stands below the caller; rows are that much higher. In board units, as in the style sheet. */
const WIDE = 46;
const ROW = { 1: 3.6, 2: 5.5 };
const HEAD = 3.8;

export class WaitingCallsWidget extends SizedWidget {
  static endpoints = ["RTStatsCalls"];

  static select({ calls, queues }) {
    return { calls, queues };
  }

  draw() {
    const calls = this.isAllBlank ? [] : this.known(waitingCalls(this.slice.calls, this.slice.queues));
    const { width, height } = this.size;
    const lines = width < WIDE ? 2 : 1;
    this.dataset.lines = String(lines);
    const shown = calls.slice(0, rowsFit(height - HEAD, ROW[lines], 0));
    const hidden = calls.length - shown.length;
    return html`
      ${this.header(words.waitingCalls, hidden && this.fresh.level !== "stale" ? html`<span class="more">${words.more(hidden)}</span>` : nothing)}
      ${this.isAllBlank ? this.reasonSentence() : this.list(shown)}`;
  }

  list(calls) {
    if (!calls.length) return this.isBlank ? this.reasonSentence() : html`<p class="empty">${words.empty.waiting}</p>`;
    return html`<ol class="calls">${repeat(calls, ([id]) => id, ([id, call]) => this.call(id, call))}</ol>`;
  }

  call(id, call) {
    const queue = call.queue_id === null ? null : this.slice.queues[call.queue_id];
    return html`<li class="call" data-state=${call.state} data-fresh=${this.freshOf(id).level}>
      <span class="figure timer">${this.since(id, call.entered_at)}</span>
      <span class="caller">${call.caller_name ?? call.caller ?? words.unknownCaller}</span>
      <span class="name">${queue?.title ?? words.unknownQueue}</span></li>`;
  }
}
customElements.define("wb-waiting-calls", WaitingCallsWidget);
