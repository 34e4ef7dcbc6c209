/** What rows of both tables share: their place, their buttons, and what they tell the table. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { said } from "./said.js";
import { ROW_PX } from "./table.js";

export class DeskRow extends LitElement {
  static properties = {
    view: { attribute: false },
    index: { attribute: false },
    level: { attribute: false },
    context: { attribute: false },
    ticker: { attribute: false },
    heldAt: { attribute: false },
    isActive: { attribute: false },
    isSelected: { attribute: false },
    isGone: { attribute: false },
  };

  constructor() {
    super();
    Object.assign(this, { view: null, index: 0, level: "normal", context: null, ticker: null, heldAt: null });
    Object.assign(this, { isActive: false, isSelected: false, isGone: false });
  }

  createRenderRoot() {
    return this;
  }

  /** Of all rows only one is on the way of the Tab key. */
  get tab() {
    return this.isActive ? 0 : -1;
  }

  /** What may be done with this row now: the context's list, none once it is gone. */
  actions() {
    return [];
  }

  /** Whether its menu has anything in it. */
  hasMenu() {
    return true;
  }

  render() {
    this.setAttribute("role", "row");
    this.setAttribute("aria-rowindex", String(this.index + 2));
    this.setAttribute("aria-selected", String(this.isSelected));
    this.tabIndex = this.tab;
    this.dataset.id = this.view.id;
    this.dataset.level = this.level;
    this.style.transform = `translateY(${this.index * ROW_PX}px)`;
    return this.draw();
  }

  buttons(name) {
    if (this.isGone) return html`<span role="gridcell" class="acts"></span>`;
    const primary = this.actions().find(({ isPrimary }) => isPrimary);
    return html`<span role="gridcell" class="acts">
      ${primary ? html`<button type="button" class="primary" tabindex=${this.tab} ?disabled=${primary.disabled !== null} title=${primary.disabled ?? primary.hint ?? ""}
        aria-label="${primary.label}: ${name}" @click=${() => this.tell("act", { action: primary.name })}>${primary.label}</button>` : nothing}
      ${this.hasMenu() ? html`<button type="button" class="menu" tabindex=${this.tab} aria-haspopup="menu" aria-label=${said.moreOf(name)} title=${said.more}
        @click=${() => this.tell("menu")}><i aria-hidden="true"></i></button>` : nothing}</span>`;
  }

  tell(what, more = {}) {
    this.dispatchEvent(new CustomEvent("desk-row", { bubbles: true, detail: { do: what, id: this.view.id, ...more } }));
  }
}
