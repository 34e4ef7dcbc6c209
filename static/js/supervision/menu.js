/** The menu of a row: what else may be done. Opened and closed by the page; the arrow keys move in it, Escape leaves it. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";

const EDGE_PX = 8;

/** `items`: `[{name, menu, isDangerous, disabled}]`. Events: `desk-chosen` with `{name}`, `desk-menu-closed`. */
export class DeskMenu extends LitElement {
  static properties = { items: { attribute: false }, label: { attribute: false }, place: { attribute: false } };

  constructor() {
    super();
    Object.assign(this, { items: null, label: "", place: null });
    this.outside = (event) => this.items && !this.contains(event.target) && this.close({ isBack: false });
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.outside, true);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.outside, true);
  }

  /** Open beside an element, which gets the focus back. */
  open({ items, label, anchor }) {
    this.items = items;
    this.label = label;
    this.anchor = anchor;
    this.updateComplete.then(() => {
      this.#put(anchor.getBoundingClientRect());
      this.#all()[0]?.focus();
    });
  }

  close({ isBack = true } = {}) {
    if (!this.items) return;
    this.items = null;
    if (isBack && this.anchor?.isConnected) this.anchor.focus();
    this.dispatchEvent(new CustomEvent("desk-menu-closed", { bubbles: true }));
  }

  render() {
    this.hidden = !this.items;
    if (!this.items) return nothing;
    return html`<div class="menu-box" role="menu" aria-label=${this.label} @keydown=${this.#pressed}>
      <p class="menu-title cut" aria-hidden="true">${this.label}</p>
      ${this.items.map((item) => html`<button type="button" role="menuitem" tabindex="-1" data-name=${item.name}
        aria-disabled=${String(item.disabled !== null)} @click=${() => this.#choose(item)}>${item.menu}</button>`)}
      ${this.#reason()}</div>`;
  }

  #reason() {
    const reason = this.items.find(({ disabled }) => disabled)?.disabled;
    return reason ? html`<p class="menu-reason">${reason}</p>` : nothing;
  }

  #choose(item) {
    if (item.disabled !== null) return;
    this.close();
    this.dispatchEvent(new CustomEvent("desk-chosen", { bubbles: true, detail: { name: item.name } }));
  }

  #put(anchor) {
    const box = this.querySelector(".menu-box");
    const { width, height } = box.getBoundingClientRect();
    const below = anchor.bottom + height + EDGE_PX <= window.innerHeight;
    box.style.left = `${Math.max(EDGE_PX, Math.min(anchor.right - width, window.innerWidth - width - EDGE_PX))}px`;
    box.style.top = `${below ? anchor.bottom + 2 : Math.max(EDGE_PX, anchor.top - height - 2)}px`;
  }

  #all() {
    return [...this.querySelectorAll("[role=menuitem]")];
  }

  #pressed(event) {
    const all = this.#all();
    const place = all.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, j: place + 1, ArrowUp: place - 1, k: place - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
customElements.define("wb-desk-menu", DeskMenu);
