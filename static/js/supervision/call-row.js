/** One call in the table. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { stateShape } from "../parts.js";
import { since } from "../since.js";
import { levelMark } from "./marks.js";
import { DeskRow } from "./row.js";
import { said } from "./said.js";

/** The shape of a call's state: the one of the agent's state that goes with it. */
const SHAPES = { waiting: "ringing", ringing: "ringing", speaking: "speaking", on_hold: "on_hold", transferred: "calling", unknown: "unknown" };

export class CallRow extends DeskRow {
  actions() {
    return this.isGone ? [] : this.context.callActions(this.view);
  }

  /** Beside what may be done there are the details of the agent, if there is one. */
  hasMenu() {
    return this.actions().length > 0 || this.view.agent_id !== null;
  }

  draw() {
    const { view } = this;
    this.dataset.state = this.isGone ? "gone" : view.state;
    return html`
      <span role="gridcell" class="state">${this.isGone ? html`<span class="quiet" title=${said.callGone}>${said.gone}</span>` : html`${shape(view)}<span>${said.callState[view.state] ?? view.state}</span>`}</span>
      <span role="gridcell" class="timer number">${this.isGone ? nothing : html`${levelMark(this.level)}${since(this.ticker, view.since_at, this.heldAt)}`}</span>
      <span role="gridcell" class="caller"><span class="way" data-way=${view.direction ?? "in"} role="img" aria-label=${view.direction === "out" ? said.outbound : said.inbound}></span>
        ${this.caller()}${view.listeners ? html`<span class="tag listening" title=${said.listening(view.listeners)}>${said.listening(view.listeners)}</span>` : nothing}</span>
      <span role="gridcell" class="queue quiet cut" title=${view.queue ?? ""}>${view.queue ?? said.noQueue}</span>
      <span role="gridcell" class="agent cut" title=${view.agents}>${view.agents || html`<span class="quiet">${said.nobodyYet}</span>`}</span>
      ${this.buttons(view.caller_name ?? view.caller ?? said.withheld)}`;
  }

  caller() {
    const { caller, caller_name } = this.view;
    const text = caller_name ?? caller ?? said.withheld;
    const more = caller_name && caller ? caller : null;
    return html`<span class="cut" title=${more ? `${text} · ${more}` : text}>${text}${more ? html` <span class="quiet">${more}</span>` : nothing}</span>`;
  }
}
customElements.define("wb-call-row", CallRow);

function shape({ state }) {
  return state === "waiting" ? html`<i class="shape" data-state="waiting" role="img" aria-label=${said.callState.waiting}></i>` : stateShape(SHAPES[state] ?? "unknown");
}
