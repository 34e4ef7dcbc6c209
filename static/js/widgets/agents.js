/** Who is where: a line of sums, and every agent with shape, name and running time. */

import { html, nothing, repeat } from "../../vendor/lit/lit.js";
import { agentFit } from "../fit.js";
import { AGENT_STATES, agentCounts, agentState, agentsSorted } from "../kpi.js";
import { PAGE_BEATS, pageOf } from "../paging.js";
import { pageNote, stateShape } from "../parts.js";
import { since } from "../since.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** Always in the line of sums, so that it stands still; the other states join when somebody is in them. */
const SUMMED = ["speaking", "ringing", "idle", "acw", "paused"];
/** Units taken by what stands above the grid: the line of sums, per row of it, and the gap. */
const SUMS_ROW = 3;
const SUMS_GAP = 1.4;
const SUM_WIDTH = 14.4;
const PAGER = 4;
/** From this width of a cell on, a pause is named beside the agent. */
const WITH_DETAIL = 30;

export class AgentsWidget extends SizedWidget {
  static endpoints = ["RTStatsSessions"];
  static properties = { turn: { state: true } };

  static select({ agents, pauses }) {
    return { agents, pauses };
  }

  constructor() {
    super();
    this.turn = 0;
  }

  beat() {
    this.turn = Math.floor(this.ticker.count / PAGE_BEATS);
  }

  draw() {
    if (this.isBlank) return html`${this.head(null)}${this.reasonSentence()}`;
    const counts = agentCounts(this.slice.agents);
    if (counts.total === 0) return html`${this.head(counts)}<p class="empty">${words.empty.agents}</p>`;
    const items = agentsSorted(this.slice.agents);
    const fit = this.fit(items.length, counts);
    const page = pageOf({ items, pinned: 0, capacity: fit.capacity, turn: this.turn });
    this.setGrid(fit);
    return html`${this.head(counts)}
      <ul class="agents">${repeat(page.items, ([id]) => id, ([, agent]) => this.agent(agent, fit))}</ul>
      ${page.count > 1 ? html`<footer class="pager">${pageNote(page)}</footer>` : ""}`;
  }

  head(counts) {
    return html`<header class="label"><h2>${words.agents}</h2>${this.ageNote()}</header>
      ${counts ? html`<ul class="sums">${this.summed(counts).map((state) => html`
        <li>${stateShape(state)}<b class="figure">${counts[state]}</b><span>${words.state[state]}</span></li>`)}</ul>` : ""}`;
  }

  summed(counts) {
    return [...SUMMED, ...AGENT_STATES.filter((state) => !SUMMED.includes(state) && counts[state] > 0)];
  }

  fit(count, counts) {
    const { width, height } = this.size;
    const sumRows = Math.ceil(this.summed(counts).length / Math.max(1, Math.floor(width / SUM_WIDTH)));
    const room = height - SUMS_ROW * (sumRows + 1) - 2 * SUMS_GAP;
    const whole = agentFit({ width, height: room, count });
    return whole.capacity >= count ? whole : agentFit({ width, height: room - PAGER, count });
  }

  agent(agent, fit) {
    const state = agentState(agent);
    const pause = state === "paused" && fit.width >= WITH_DETAIL ? this.slice.pauses[agent.pause_id]?.title : null;
    return html`<li class="agent" data-state=${state}>${stateShape(state)}
      <span class="name">${agent.name ?? agent.login ?? agent.extension ?? words.unnamed}
        ${pause ? html`<span class="detail">${pause}</span>` : nothing}</span>
      <span class="figure timer">${since(this.ticker, agent.state_since_at, this.held)}</span></li>`;
  }
}
customElements.define("wb-agents", AgentsWidget);
