/** Who is on a pause, of which kind and for how long; who is over the limit first. */

import { html } from "../../vendor/lit/lit.js";
import { agentState, agentsSorted } from "../kpi.js";
import { ListedWidget } from "../listed.js";
import { levelMark, stateShape } from "../parts.js";
import { words } from "../words.js";

const MINUTE = 60_000;

export class PausesWidget extends ListedWidget {
  static endpoints = ["RTStatsSessions"];
  #over = [];

  static select({ agents, pauses }) {
    return { agents, pauses };
  }

  beat() {
    super.beat();
    if (!this.slice) return;
    // The list is drawn again when somebody passes the limit, not each second.
    this.#over = this.paused().filter(([, agent]) => this.isOver(agent)).map(([id]) => id);
    this.order = this.#over;
  }

  paused() {
    const states = this.options.wrap_up ? ["paused", "acw"] : ["paused"];
    return agentsSorted(this.slice.agents)
      .filter(([, agent]) => states.includes(agentState(agent)))
      .sort(([, one], [, other]) => startOf(one) - startOf(other));
  }

  isOver(agent) {
    return agentState(agent) === "paused" && this.ticker.now - startOf(agent) >= this.options.limit_min * MINUTE;
  }

  get title() {
    return words.pauses;
  }

  get emptyText() {
    return words.empty.pauses;
  }

  items() {
    const items = this.known(this.paused()).map(([id, agent]) => ({ id, agent, level: this.#over.includes(id) ? "warning" : "normal" }));
    return [...items.filter(({ level }) => level !== "normal"), ...items.filter(({ level }) => level === "normal")];
  }

  pinned(items) {
    return items.filter(({ level }) => level !== "normal").length;
  }

  row({ id, agent, level }) {
    const kind = this.slice.pauses[agent.pause_id]?.title ?? words.state[agentState(agent)];
    return html`${level === "normal" ? stateShape(agentState(agent)) : levelMark(level, words.overLimit(this.options.limit_min))}
      <span class="name">${agent.name ?? agent.login ?? agent.extension ?? words.unnamed}</span>
      <span class="name quiet">${kind}</span>
      <span class="figure timer">${this.since(id, agent.pause_since_at ?? agent.state_since_at)}</span>`;
  }
}
customElements.define("wb-pauses", PausesWidget);

function startOf(agent) {
  return agent.pause_since_at ?? agent.state_since_at ?? Infinity;
}
