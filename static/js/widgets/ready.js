/** Headline: how many agents are ready, of how many logged in. */

import { html } from "../../vendor/lit/lit.js";
import { figureFit } from "../fit.js";
import { count } from "../format.js";
import { agentCounts, waitingSummary } from "../kpi.js";
import { isCurrent } from "../freshness.js";
import { readyLevelNext } from "../levels.js";
import { stateShape } from "../parts.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";

/** The groups under the figure: one word for several states that keep an agent from taking a call. */
const GROUPS = [
  { state: "speaking", states: ["speaking", "on_hold", "ringing", "calling"] },
  { state: "acw", states: ["acw"] },
  { state: "paused", states: ["paused"] },
];

/** Lower than this what stands below the figure moves beside it, in board units. */
const LOW = 38;
/** The width of the longest word beside the figure with the gap before it, in board units. */
const WORDS = 16.4;

export class ReadyWidget extends SizedWidget {
  static endpoints = ["RTStatsSessions"];
  static properties = { level: { state: true } };

  static select({ agents, calls, queues }) {
    return { agents, calls, queues };
  }

  constructor() {
    super();
    this.level = "normal";
  }

  beat() {
    if (!this.slice || !this.fresh || !isCurrent(this.fresh)) return;
    const waiting = waitingSummary(this.slice.calls, this.slice.queues).count;
    this.memory.level = readyLevelNext(this.memory.level ?? null, { counts: agentCounts(this.slice.agents), waiting, now: this.ticker.now });
    this.level = this.memory.level.level;
  }

  draw() {
    const counts = this.isBlank ? null : agentCounts(this.slice.agents);
    const level = counts ? this.level : "normal";
    this.dataset.level = level;
    this.dataset.low = String(this.size.height < LOW);
    if (counts) this.setRoom(counts);
    return html`
      ${this.header(words.agentsReady, this.badge(level))}
      <p class="of"><b class="figure middle">${count(counts?.idle)}</b>
        <span class="quiet">${counts ? this.total(counts) : ""}</span></p>
      <div class="foot">${counts ? this.bar(counts) : this.reasonSentence()}</div>`;
  }

  /** Room for as many digits as the figure can ever need, and for the words beside it, which stand still. */
  setRoom({ total }) {
    const text = String(total);
    const { width, height } = this.size;
    this.style.setProperty("--digits", String(text.length));
    this.style.setProperty("--fit", `${figureFit({ width: width - WORDS, height, text })}vmin`);
  }

  total({ total }) {
    return total === 0 ? words.nobodyLoggedIn : words.ofLoggedIn(total);
  }

  bar(counts) {
    return html`<ul class="groups">${GROUPS.map(({ state, states }) => html`
      <li>${stateShape(state)}<b class="figure">${states.reduce((sum, one) => sum + counts[one], 0)}</b>
        <span>${words.group[state]}</span></li>`)}</ul>`;
  }
}
customElements.define("wb-ready", ReadyWidget);
