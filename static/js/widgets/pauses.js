/** Who is on a pause, of which kind and for how long; who is over the limit first. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { agentState, agentsSorted } from "../kpi.js";
import { ListedWidget } from "../listed.js";
import { shortNames } from "../names.js";
import { levelMark, stateShape } from "../parts.js";
import { words } from "../words.js";

const MINUTE = 60_000;
/** Narrower than this names are short; and than that the kind of pause has no room. In board units. */
const WIDE = 52;
const NARROW = 38;

export class PausesWidget extends ListedWidget {
  static endpoints = ["RTStatsSessions"];
  #over = [];
  #names = null;

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

  /** All names in full where there is room, else all of them short. */
  nameOf(agent) {
    return this.#names?.get(fullName(agent)) ?? fullName(agent);
  }

  items() {
    const { width } = this.size;
    this.dataset.narrow = String(width < NARROW);
    this.#names = width < WIDE ? shortNames(this.paused().map(([, agent]) => fullName(agent)), { surnameFirst: this.surnameFirst }) : null;
    const items = this.known(this.paused()).map(([id, agent]) => ({ id, agent, level: this.#over.includes(id) ? "warning" : "normal" }));
    return [...items.filter(({ level }) => level !== "normal"), ...items.filter(({ level }) => level === "normal")];
  }

  pinned(items) {
    return items.filter(({ level }) => level !== "normal").length;
  }

  row({ id, agent, level }) {
    const kind = this.slice.pauses[agent.pause_id]?.title ?? words.state[agentState(agent)];
    return html`${level === "normal" ? stateShape(agentState(agent)) : levelMark(level, words.overLimit(this.options.limit_min))}
      <span class="name">${this.nameOf(agent)}</span>
      ${this.size.width < NARROW ? nothing : html`<span class="name quiet">${kind}</span>`}
      <span class="figure timer">${this.since(id, agent.pause_since_at ?? agent.state_since_at)}</span>`;
  }
}
customElements.define("wb-pauses", PausesWidget);

function fullName(agent) {
  return agent.name ?? agent.login ?? agent.extension ?? words.unnamed;
}

function startOf(agent) {
  return agent.pause_since_at ?? agent.state_since_at ?? Infinity;
}
