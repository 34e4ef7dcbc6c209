/** How many agents are in each state, as figures and as bars of the whole. */

import { html } from "../../vendor/lit/lit.js";
import { AGENT_STATES, agentCounts } from "../kpi.js";
import { count } from "../format.js";
import { stateShape } from "../parts.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** Always there, so that the list stands still; the other states join when somebody is in them. */
const ALWAYS = ["idle", "speaking", "ringing", "acw", "paused"];
const HEAD = 3.9;
const MOST = 6.4;
/** Narrower than this there is no room for bars, in board units. */
const NARROW = 42;

export class AgentStatesWidget extends SizedWidget {
  static endpoints = ["RTStatsSessions"];

  static select({ agents }) {
    return { agents };
  }

  draw() {
    const counts = this.isBlank ? null : agentCounts(this.slice.agents);
    if (!counts) return html`${this.header(words.agentsByState)}${this.reasonSentence()}`;
    const states = [...ALWAYS, ...AGENT_STATES.filter((state) => !ALWAYS.includes(state) && counts[state] > 0)];
    const row = Math.min(MOST, (this.size.height - HEAD) / states.length);
    this.style.setProperty("--row", `${row}vmin`);
    this.dataset.narrow = String(this.size.width < NARROW);
    const total = html`<span class="more">${words.inAll(counts.total)}</span>`;
    return html`${this.header(words.agentsByState, total)}
      <ul class="states">${states.map((state) => html`<li data-state=${state}>${stateShape(state)}<span class="name">${words.state[state]}</span>
        ${bar(counts.total ? counts[state] / counts.total : 0)}<b class="figure">${count(counts[state])}</b></li>`)}</ul>`;
  }
}

function bar(share) {
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rest" width="100" height="4"></rect><rect class="part" width=${100 * share} height="4"></rect></svg>`;
}
customElements.define("wb-agent-states", AgentStatesWidget);
