/** The callers who wait, those who wait too long first, then the longest; in pages if they must, with the former on every page. */

import { html, nothing, repeat } from "../../vendor/lit/lit.js";
import { rowsFit } from "../fit.js";
import { isCurrent } from "../freshness.js";
import { waitingCalls } from "../kpi.js";
import { callLevel } from "../levels.js";
import { PAGE_BEATS, pageOf } from "../paging.js";
import { levelMark, pageNote } from "../parts.js";
import { worstFirst } from "../ranking.js";
import { SizedWidget } from "../sized.js";
import { sameSlice } from "../widget.js";
import { words } from "../words.js";

/** In a narrow list the queue stands below the caller; rows are that much higher. In board units, as in the style sheet. */
const WIDE = 46;
const ROW = { 1: 3.6, 2: 5.5 };
const HEAD = 3.8;

export class WaitingCallsWidget extends SizedWidget {
  static endpoints = ["RTStatsCalls"];
  static properties = { turn: { state: true }, late: { state: true, hasChanged: (one, other) => !sameSlice(one, other) } };

  static select({ calls, queues }) {
    return { calls, queues };
  }

  constructor() {
    super();
    this.turn = 0;
    /** The levels of those whose wait is at least a warning, by call. */
    this.late = {};
    /** The board's own limits by figure. */
    this.limits = {};
  }

  beat() {
    this.turn = Math.floor(this.ticker.count / PAGE_BEATS);
    if (!this.slice || !this.fresh) return;
    const levels = this.calls().map(([id, call]) => [id, this.levelOf(id, call)]);
    this.late = Object.fromEntries(levels.filter(([, level]) => level !== "normal"));
  }

  /** By the clock only while the figures are current: in an outage nobody changes places. */
  levelOf(id, call) {
    if (!isCurrent(this.freshOf(id))) return this.late[id] ?? "normal";
    return callLevel(call, { queue: this.slice.queues[call.queue_id] ?? {}, limits: this.limits?.longest_wait_now_s, now: this.ticker.now });
  }

  calls() {
    return this.isAllBlank ? [] : this.known(waitingCalls(this.slice.calls, this.slice.queues));
  }

  items() {
    return worstFirst(this.calls().map(([id, call]) => ({ id, call, level: this.late[id] ?? "normal" })));
  }

  draw() {
    const { width, height } = this.size;
    const lines = width < WIDE ? 2 : 1;
    this.dataset.lines = String(lines);
    const items = this.items();
    const pinned = items.filter(({ level }) => level !== "normal").length;
    const page = pageOf({ items, pinned, capacity: rowsFit(height - HEAD, ROW[lines], 0), turn: this.turn });
    return html`
      ${this.header(words.waitingCalls, pageNote(page))}
      ${this.isAllBlank ? this.reasonSentence() : this.list(page.items)}`;
  }

  list(calls) {
    if (!calls.length) return this.isBlank ? this.reasonSentence() : html`<p class="empty">${words.empty.waiting}</p>`;
    return html`<ol class="calls">${repeat(calls, ({ id }) => id, (item) => this.call(item))}</ol>`;
  }

  call({ id, call, level }) {
    const queue = call.queue_id === null ? null : this.slice.queues[call.queue_id];
    const fresh = this.freshOf(id).level;
    // On figures so old that nobody knows there is no mark; its place stays, so that nothing moves when it comes.
    const mark = level === "normal" || fresh === "stale" ? nothing : levelMark(level);
    return html`<li class="call" data-state=${call.state} data-level=${level} data-fresh=${fresh}>
      <span class="figure timer">${this.since(id, call.entered_at)}</span>
      <span class="level">${mark}</span>
      <span class="caller">${call.caller_name ?? call.caller ?? words.unknownCaller}</span>
      <span class="name">${queue?.title ?? words.unknownQueue}</span></li>`;
  }
}
customElements.define("wb-waiting-calls", WaitingCallsWidget);
