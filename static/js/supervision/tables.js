/** The two tables of the page. */

import { html } from "../../vendor/lit/lit.js";
import "./agent-row.js";
import "./call-row.js";
import { said } from "./said.js";
import { DeskTable } from "./table.js";
import { agentLevel, callLevel } from "./trouble.js";

export class AgentsTable extends DeskTable {
  label = said.agents;

  head() {
    const { isBulk, selected } = this.context;
    const shown = this.wanted;
    const isAll = shown.length > 0 && shown.every((id) => selected.has(id));
    return html`<span role="columnheader" class="pick">${isBulk ? html`<input type="checkbox" .checked=${isAll} aria-label=${said.selectAll}
        @change=${() => this.tell("desk-select-all", { ids: isAll ? [] : shown })}>` : ""}</span>
      ${this.column("state", said.state)}${this.column("time", said.time, { isNumber: true })}${this.column("name", said.name)}
      ${this.column("queues", said.queues)}${this.column("call", said.current)}<span role="columnheader" class="acts"></span>`;
  }

  row(id, { index, isActive }) {
    const { view, isGone } = this.viewOf(id);
    return html`<wb-agent-row .view=${view} .index=${index} .isActive=${isActive} .isGone=${isGone} .context=${this.context} .ticker=${this.ticker}
      .heldAt=${this.context.heldAt(id)} .isSelected=${this.context.selected.has(id)} .level=${isGone ? "normal" : agentLevel(view, this.ticker.now)}></wb-agent-row>`;
  }
}
customElements.define("wb-agents-table", AgentsTable);

export class CallsTable extends DeskTable {
  label = said.calls;

  head() {
    return html`${this.column("state", said.state)}${this.column("time", said.time, { isNumber: true })}${this.column("caller", said.caller)}
      ${this.column("queue", said.queue)}${this.column("agent", said.agent)}<span role="columnheader" class="acts"></span>`;
  }

  row(id, { index, isActive }) {
    const { view, isGone } = this.viewOf(id);
    return html`<wb-call-row .view=${view} .index=${index} .isActive=${isActive} .isGone=${isGone} .context=${this.context} .ticker=${this.ticker}
      .heldAt=${this.context.heldAt(id)} .level=${isGone ? "normal" : callLevel(view, this.ticker.now)}></wb-call-row>`;
  }
}
customElements.define("wb-calls-table", CallsTable);
