/** The keys of the page, on "?". */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";
import { said } from "./said.js";

const TEXTS = { title: _("Keys") };
const KEYS = [
  [["↑", "↓", "j", "k"], _("the row above, the row below")],
  [["Home", "End", "Page Up", "Page Down"], _("further up and down")],
  [["Enter"], _("details of the agent")],
  [["m"], _("menu of the row: everything that can be done")],
  [["Space"], _("select the agent, to act on several at once")],
  [["Tab"], _("the buttons of the row, then the next table")],
  [["a", "c"], _("to the agents, to the calls")],
  [["r"], _("sort now, though the order is held")],
  [["/"], _("search")],
  [["Esc"], _("close what is open; empty the search")],
  [["?"], _("these keys")],
];

export class DeskHelp extends LitElement {
  static properties = { isOpen: { attribute: false } };

  constructor() {
    super();
    this.isOpen = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.isOpen) return nothing;
    return html`<dialog class="dialog help" aria-labelledby="desk-help-title" @close=${() => this.#closed()}>
      <h2 id="desk-help-title">${TEXTS.title}</h2>
      <dl>${KEYS.map(([keys, text]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${text}</dd>`)}</dl>
      <footer><button type="button" class="main" @click=${() => this.querySelector("dialog").close()}>${said.close}</button></footer></dialog>`;
  }

  updated() {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  #closed() {
    this.isOpen = false;
    this.dispatchEvent(new CustomEvent("desk-help-closed", { bubbles: true }));
  }
}
customElements.define("wb-desk-help", DeskHelp);
