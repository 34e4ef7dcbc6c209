/** The callers who wait, longest first; in pages if they must, with those who wait too long on every page. */

import { html, nothing, repeat } from "../../vendor/lit/lit.js";
import { rowsFit } from "../fit.js";
import { waitingCalls } from "../kpi.js";
import { waitLimits } from "../levels.js";
import { PAGE_BEATS, pageOf } from "../paging.js";
import { pageNote } from "../parts.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** In a narrow list the queue stands below the caller; rows are that much higher. In board units, as in the style sheet. */
const WIDE = 46;
const ROW = { 1: 3.6, 2: 5.5 };
const HEAD = 3.8;

export class WaitingCallsWidget extends SizedWidget {
  static endpoints = ["RTStatsCalls"];
  static properties = { turn: { state: true }, late: { state: true } };

  static select({ calls, queues }) {
    return { calls, queues };
  }

  constructor() {
    super();
    this.turn = 0;
    this.late = 0;
    /** The board's own limits by figure. */
    this.limits = {};
  }

  beat() {
    this.turn = Math.floor(this.ticker.count / PAGE_BEATS);
    this.late = this.slice && this.fresh ? this.calls().filter(([, call]) => this.isLate(call)).length : 0;
  }

  /** Whose wait is at least a warning. */
  isLate({ entered_at, queue_id }) {
    const { warning } = waitLimits(this.slice.queues[queue_id] ?? {}, this.limits?.longest_wait_now_s);
    return entered_at !== null && Boolean(warning) && this.ticker.now - entered_at >= warning.enter * 1000;
  }

  calls() {
    return this.isAllBlank ? [] : this.known(waitingCalls(this.slice.calls, this.slice.queues));
  }

  draw() {
    const { width, height } = this.size;
    const lines = width < WIDE ? 2 : 1;
    this.dataset.lines = String(lines);
    const page = pageOf({ items: this.calls(), pinned: this.late, capacity: rowsFit(height - HEAD, ROW[lines], 0), turn: this.turn });
    return html`
      ${this.header(words.waitingCalls, pageNote(page))}
      ${this.isAllBlank ? this.reasonSentence() : this.list(page.items)}`;
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
