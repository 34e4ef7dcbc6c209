/** Search and filters. Tells the page what is asked for; the page keeps it in its address. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { AGENT_GROUPS, isFiltered } from "./filter.js";
import { said } from "./said.js";

const LONGER = ["1", "2", "5", "10", "15", "30", "60"];

/** Event: `desk-filter` with the changed fields. */
export class DeskToolbar extends LitElement {
  static properties = { filter: { attribute: false }, queues: { attribute: false }, extra: { attribute: false } };

  constructor() {
    super();
    Object.assign(this, { filter: null, queues: [], extra: nothing });
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.filter) return nothing;
    const { q, queue, state, longer } = this.filter;
    const times = longer && !LONGER.includes(longer) ? [...LONGER, longer] : LONGER;
    return html`
      <label class="find"><span class="unseen">${said.search}</span><input type="search" name="q" .value=${q} placeholder=${said.searchHint}
        autocomplete="off" spellcheck="false" @input=${(event) => this.ask({ q: event.target.value })} @keydown=${this.#pressed}></label>
      ${this.choice("queue", said.queue, said.allQueues, queue, this.queues.map(({ id, title }) => [id, title]))}
      ${this.choice("state", said.state, said.allStates, state, Object.keys(AGENT_GROUPS).map((name) => [name, said.group[name]]))}
      ${this.choice("longer", said.longer, said.anyTime, longer, times.map((minutes) => [minutes, said.minutes(Number(minutes))]))}
      <button type="button" class="clear" ?hidden=${!isFiltered(this.filter)} @click=${() => this.ask({ q: "", queue: "", state: "", longer: "" })}>${said.clear}</button>
      <span class="space"></span>${this.extra}`;
  }

  choice(name, label, all, value, options) {
    const isKnown = !value || options.some(([key]) => key === value);
    const shown = isKnown ? options : [...options, [value, value]];
    return html`<label class="choice"><span>${label}</span><select name=${name} data-set=${String(Boolean(value))} @change=${(event) => this.ask({ [name]: event.target.value })}>
      <option value="" ?selected=${!value}>${all}</option>
      ${shown.map(([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`)}</select></label>`;
  }

  ask(fields) {
    this.dispatchEvent(new CustomEvent("desk-filter", { bubbles: true, detail: fields }));
  }

  focusSearch() {
    this.querySelector("[name=q]").select();
    this.querySelector("[name=q]").focus();
  }

  #pressed(event) {
    if (event.key === "Escape" && this.filter.q) {
      event.preventDefault();
      event.stopPropagation();
      this.ask({ q: "" });
    }
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("desk-rows", { bubbles: true }));
    }
  }
}
customElements.define("wb-desk-toolbar", DeskToolbar);
