/** Who is where: a line of sums, and every agent with shape, name and running time. */

import { html, nothing, repeat } from "../../vendor/lit/lit.js";
import { agentFit } from "../fit.js";
import { AGENT_STATES, agentCounts, agentState, agentsSorted } from "../kpi.js";
import { shortNames } from "../names.js";
import { PAGE_BEATS, pageOf } from "../paging.js";
import { pageNote, stateShape } from "../parts.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** Always in the line of sums, so that it stands still; the other states join when somebody is in them. */
const SUMMED = ["speaking", "ringing", "idle", "acw", "paused"];
/** What stands above the grid, in board units as in the style sheet: the label and each row of sums, and the gaps. */
const ROW = 3;
const GAP = 1;
const SUM_GAP = 0.8;
/** A sum is wider with three digits. */
const SUM_WIDTH = { short: 13.1, long: 14.6 };

export class AgentsWidget extends SizedWidget {
  static endpoints = ["RTStatsSessions"];
  static properties = { turn: { state: true }, surnameFirst: { attribute: false } };

  static select({ agents, pauses }) {
    return { agents, pauses };
  }

  constructor() {
    super();
    this.turn = 0;
    this.surnameFirst = false;
  }

  beat() {
    this.turn = Math.floor(this.ticker.count / PAGE_BEATS);
  }

  draw() {
    if (this.isAllBlank) return html`${this.head(null)}${this.reasonSentence()}`;
    const agents = Object.fromEntries(this.known(Object.entries(this.slice.agents)));
    const counts = agentCounts(agents);
    if (counts.total === 0) return html`${this.head(null)}${this.isBlank ? this.reasonSentence() : html`<p class="empty">${words.empty.agents}</p>`}`;
    const items = agentsSorted(agents);
    const fit = this.fit(items.length, counts);
    const page = pageOf({ items, pinned: 0, capacity: fit.capacity, turn: this.turn });
    this.setGrid(fit);
    this.dataset.names = fit.isRoomy ? "full" : "short";
    const names = this.names(items, fit);
    return html`${this.head(counts, page)}
      <ul class="agents">${repeat(page.items, ([id]) => id, ([id, agent]) => this.agent({ id, agent, name: names.get(id), fit }))}</ul>`;
  }

  head(counts, page = null) {
    return html`${this.header(words.agents, page ? pageNote(page) : nothing)}
      ${counts ? html`<ul class="sums">${this.summed(counts).map((state) => html`
        <li>${stateShape(state)}<b class="figure">${counts[state]}</b><span>${words.state[state]}</span></li>`)}</ul>` : ""}`;
  }

  summed(counts) {
    return [...SUMMED, ...AGENT_STATES.filter((state) => !SUMMED.includes(state) && counts[state] > 0)];
  }

  fit(count, counts) {
    const { width, height } = this.size;
    const sum = counts.total < 100 ? SUM_WIDTH.short : SUM_WIDTH.long;
    this.style.setProperty("--sum", `${sum}vmin`);
    const sumColumns = Math.max(1, Math.floor((width + SUM_GAP) / (sum + SUM_GAP)));
    const sumRows = Math.ceil(this.summed(counts).length / sumColumns);
    return agentFit({ width, height: height - ROW * (sumRows + 1) - 2 * GAP, count });
  }

  /** What stands for each agent: all names in full where there is room, else all of them short. */
  names(items, fit) {
    const full = new Map(items.map(([id, { name, login, extension }]) => [id, name ?? login ?? extension ?? words.unnamed]));
    if (fit.isRoomy) return full;
    const short = shortNames(full.values(), { surnameFirst: this.surnameFirst });
    return new Map([...full].map(([id, name]) => [id, short.get(name)]));
  }

  agent({ id, agent, name, fit }) {
    const state = agentState(agent);
    const pause = state === "paused" && fit.isRoomy ? this.slice.pauses[agent.pause_id]?.title : null;
    return html`<li class="agent" data-state=${state} data-fresh=${this.freshOf(id).level}>${stateShape(state)}
      <span class="name">${name}${pause ? html` <span class="detail">${pause}</span>` : nothing}</span>
      <span class="figure timer">${this.since(id, agent.state_since_at)}</span></li>`;
  }
}
customElements.define("wb-agents", AgentsWidget);
