/** The callers who wait, longest first. */

import { html, repeat } from "../../vendor/lit/lit.js";
import { rowsFit } from "../fit.js";
import { waitingCalls } from "../kpi.js";
import { since } from "../since.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** In a narrow list the queue stands below the caller; rows are that much higher. In board units, as in the style sheet. */
const WIDE = 50;
const ROW = { 1: 4.2, 2: 5.5 };
const HEAD = 4.1;
const MORE = 3.6;

export class WaitingCallsWidget extends SizedWidget {
  static endpoints = ["RTStatsCalls"];

  static select({ calls, queues }) {
    return { calls, queues };
  }

  draw() {
    const calls = this.isBlank ? [] : waitingCalls(this.slice.calls);
    return html`
      <header class="label"><h2>${words.waitingCalls}</h2>${this.ageNote()}</header>
      ${this.isBlank ? this.reasonSentence() : this.list(calls)}`;
  }

  list(calls) {
    if (!calls.length) return html`<p class="empty">${words.empty.waiting}</p>`;
    const { width, height } = this.size;
    const lines = width < WIDE ? 2 : 1;
    this.dataset.lines = String(lines);
    const room = height - HEAD;
    const isAll = calls.length <= rowsFit(room, ROW[lines], 0);
    const shown = isAll ? calls : calls.slice(0, rowsFit(room - MORE, ROW[lines], 0));
    const hidden = calls.length - shown.length;
    return html`<ol class="calls">${repeat(shown, ([id]) => id, ([, call]) => this.call(call))}
      ${hidden ? html`<li class="more">${words.more(hidden)}</li>` : ""}</ol>`;
  }

  call(call) {
    const queue = call.queue_id === null ? null : this.slice.queues[call.queue_id];
    return html`<li class="call" data-state=${call.state}>
      <span class="figure timer">${since(this.ticker, call.entered_at, this.held)}</span>
      <span class="caller">${call.caller_name ?? call.caller ?? words.unknownCaller}</span>
      <span class="name">${queue?.title ?? words.unknownQueue}</span></li>`;
  }
}
customElements.define("wb-waiting-calls", WaitingCallsWidget);
