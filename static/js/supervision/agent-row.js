/** One agent in the table. Redraws only when what it shows has changed; its timers move by themselves. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { duration } from "../format.js";
import { stateShape } from "../parts.js";
import { since } from "../since.js";
import { words } from "../words.js";
import { levelMark } from "./marks.js";
import { DeskRow } from "./row.js";
import { said } from "./said.js";

export class AgentRow extends DeskRow {
  actions() {
    return this.isGone ? [] : this.context.agentActions(this.view);
  }

  draw() {
    const { view } = this;
    this.dataset.state = this.isGone ? "gone" : view.state;
    return html`
      <span role="gridcell" class="pick">${this.isSelectable() ? html`<input type="checkbox" tabindex=${this.tab} .checked=${this.isSelected}
        aria-label=${said.select(view.name)} @change=${() => this.tell("select")}>` : nothing}</span>
      <span role="gridcell" class="state">${this.isGone ? html`<span class="quiet" title=${said.agentGone}>${said.gone}</span>` : html`${stateShape(view.state)}<span>${words.state[view.state]}</span>`}</span>
      <span role="gridcell" class="timer number">${this.isGone ? nothing : html`${levelMark(this.level)}${since(this.ticker, view.since_at, this.heldAt)}`}</span>
      <span role="gridcell" class="name"><span class="cut" title=${view.name}>${view.name}</span> <span class="quiet">${view.extension}</span></span>
      <span role="gridcell" class="queues quiet cut" title=${view.queues}>${view.queues || words.state.logged}</span>
      <span role="gridcell" class="current">${this.isGone ? nothing : this.current()}</span>
      ${this.buttons(view.name)}`;
  }

  isSelectable() {
    return !this.isGone && this.context.isBulk;
  }

  current() {
    const { view } = this;
    return html`${view.call_id === null ? this.pause() : this.call()}
      ${view.intent ? html`<span class="tag intent" title=${view.intent}>${view.intent}</span>` : nothing}
      ${view.listeners ? html`<span class="tag listening" title=${said.listening(view.listeners)}>${said.listening(view.listeners)}</span>` : nothing}`;
  }

  call() {
    const { view } = this;
    const text = view.caller_name ?? view.caller ?? said.withheld;
    const more = view.caller_name && view.caller ? view.caller : null;
    return html`<span class="way" data-way=${view.direction ?? "in"} role="img" aria-label=${view.direction === "out" ? said.outbound : said.inbound}></span>
      <span class="cut" title=${[text, more, view.call_queue].filter(Boolean).join(" · ")}>${text}${more ? html` <span class="quiet">${more}</span>` : nothing}</span>
      ${view.calls > 1 ? html`<span class="tag">${said.moreCalls(view.calls - 1)}</span>` : nothing}`;
  }

  pause() {
    const { view } = this;
    if (!view.pause || (view.state !== "paused" && view.state !== "acw")) return nothing;
    return html`<span class="cut">${view.pause}</span>${view.limit_s === null ? nothing : html`<span class="quiet">${said.limit(duration(view.limit_s * 1000))}</span>`}`;
  }
}
customElements.define("wb-agent-row", AgentRow);
