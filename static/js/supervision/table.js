/** A table that stands still: only the rows in sight are drawn, rows keep their places while pointed at, all by keyboard. */

import { LitElement, html, nothing, repeat } from "../../vendor/lit/lit.js";
import { interpolate } from "../i18n.js";
import { HeldOrder } from "./held.js";
import { said } from "./said.js";

/** As in the style sheet. */
export const ROW_PX = 36;
/** Rows drawn above and below those in sight, so that scrolling never shows a blank. */
const MARGIN_ROWS = 8;
const KEYS = {
  ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: "page", PageUp: "-page", Home: "first", End: "last",
};

/**
 * A subclass draws `head()` and `row(view, place)`, and names itself by `label`. `views` maps ids to views, `wanted` lists the ids
 * that fit the filter in their order; `isPinned` holds the order whatever the pointer does (a menu is open).
 * Events: `desk-row` with `{do: "open" | "menu" | "select", id}`.
 */
export class DeskTable extends LitElement {
  static properties = {
    views: { attribute: false },
    wanted: { attribute: false },
    sort: { attribute: false },
    context: { attribute: false },
    ticker: { attribute: false },
    beat: { attribute: false },
    empty: { attribute: false },
    isPinned: { attribute: false },
    activeId: { state: true },
    range: { state: true, hasChanged: (one, other) => one.from !== other?.from || one.to !== other?.to },
    hold: { state: true },
  };

  #held = new HeldOrder();
  #seen = new Map();
  #asked = null;
  #isPointed = false;
  #isFocused = false;

  constructor() {
    super();
    Object.assign(this, { views: new Map(), wanted: [], sort: "", context: null, ticker: null, empty: null, isPinned: false });
    Object.assign(this, { activeId: null, range: { from: 0, to: 40 }, hold: false });
  }

  createRenderRoot() {
    return this;
  }

  get isHeld() {
    return this.hold || this.isPinned;
  }

  /** Put the rows in the order that is asked for, though somebody points at them. */
  sortNow() {
    this.#asked = null;
    this.requestUpdate();
  }

  /** The row with the focus; the first one before there was any. */
  get currentId() {
    const { order } = this.#held;
    return order.includes(this.activeId) ? this.activeId : order[0] ?? null;
  }

  willUpdate() {
    // A new question is a new order at once: the pointer may rest anywhere while somebody types.
    const asked = this.context?.question ?? "";
    if (asked !== this.#asked) this.#held.release(this.wanted);
    else this.#held.next(this.wanted, { isHeld: this.isHeld });
    this.#asked = asked;
    for (const id of this.#held.order) if (this.views.has(id)) this.#seen.set(id, this.views.get(id));
    if (this.#seen.size > 2 * this.#held.order.length + 100) this.#forget();
  }

  /** A row's last view; `isGone` if there is no such row any more. */
  viewOf(id) {
    return { view: this.views.get(id) ?? this.#seen.get(id), isGone: !this.views.has(id) };
  }

  render() {
    if (!this.ticker) return nothing;
    const { order } = this.#held;
    return html`
      <header class="table-head"><h2>${this.label}</h2><span class="quiet">${this.summary()}</span>
        ${this.isHeld && this.#held.isChanged ? html`<button type="button" class="held" @click=${() => this.sortNow()}>${said.orderHeld}</button>` : nothing}
      </header>
      <div class="grid" role="grid" aria-label=${this.label} aria-rowcount=${order.length + 1} @keydown=${this.#pressed}
        @pointerenter=${() => this.#point(true)} @pointerleave=${() => this.#point(false)}
        @focusin=${this.#focused} @focusout=${this.#left} @scroll=${() => this.#look()}>
        <div class="heads" role="row" aria-rowindex="1">${this.head()}</div>
        ${order.length ? html`<div class="rows" role="rowgroup">${this.#rows(order)}</div>` : html`<p class="empty">${this.empty}</p>`}
      </div>`;
  }

  #rows(order) {
    const current = this.currentId;
    const ids = order.slice(this.range.from, this.range.to);
    // Whoever has the focus stays, wherever the table was scrolled to.
    if (!ids.includes(current) && this.contains(document.activeElement)) ids.push(current);
    const index = new Map(order.map((id, place) => [id, place]));
    return repeat(ids, (id) => id, (id) => this.row(id, { index: index.get(id), isActive: id === current }));
  }

  updated() {
    if (this.#isFocused && !this.contains(document.activeElement)) this.#lost();
    const rows = this.querySelector(".rows");
    if (rows) rows.style.height = `${this.#held.order.length * ROW_PX}px`;
  }

  firstUpdated() {
    this.observer = new ResizeObserver(() => this.#look());
    this.observer.observe(this.querySelector(".grid"));
  }

  summary() {
    const { order } = this.#held;
    const gone = order.filter((id) => !this.views.has(id)).length;
    return interpolate(said.ofTotal, { shown: order.length - gone, total: this.views.size });
  }

  /** A column's head: a button that sorts. */
  column(name, text, { isNumber = false } = {}) {
    const isUp = this.sort === name;
    const isDown = this.sort === `-${name}`;
    const sorted = isUp ? "ascending" : isDown ? "descending" : "none";
    const next = isUp ? `-${name}` : isDown ? "" : name;
    return html`<span class=${isNumber ? "head number" : "head"} role="columnheader" aria-sort=${sorted}>
      <button type="button" @click=${() => this.tell("desk-sort", { sort: next })} title=${next ? said.sortBy : said.worstFirst}>${text}<i
        class="sorted" data-sort=${sorted} aria-hidden="true"></i></button></span>`;
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /** Give a row the focus and bring it into sight. */
  focusRow(id) {
    const place = this.#held.order.indexOf(id);
    if (place < 0) return;
    this.activeId = id;
    this.#reveal(place);
    this.#look();
    this.updateComplete.then(() => this.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
  }

  #reveal(place) {
    const grid = this.querySelector(".grid");
    const head = this.querySelector(".heads").offsetHeight;
    const top = place * ROW_PX;
    const height = grid.clientHeight - head;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + ROW_PX > grid.scrollTop + height) grid.scrollTop = top + ROW_PX - height;
  }

  /** Which rows are in sight. */
  #look() {
    const grid = this.querySelector(".grid");
    const first = Math.floor(grid.scrollTop / ROW_PX);
    const count = Math.ceil(grid.clientHeight / ROW_PX);
    this.range = { from: Math.max(0, first - MARGIN_ROWS), to: first + count + MARGIN_ROWS };
  }

  #point(isPointed) {
    this.#isPointed = isPointed;
    this.hold = this.#isPointed || this.#isFocused;
  }

  #focused(event) {
    const row = event.target.closest("[data-id]");
    if (row) this.activeId = row.dataset.id;
    // A click leaves the focus behind; only who works by keyboard needs the row to stay for it.
    this.#isFocused = Boolean(row) && event.target.matches(":focus-visible");
    this.hold = this.#isPointed || this.#isFocused;
  }

  #left(event) {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    this.#isFocused = false;
    this.hold = this.#isPointed;
  }

  /** The row with the focus went away under it. */
  #lost() {
    this.#isFocused = false;
    this.hold = this.#isPointed;
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("[data-id]")) return;
    this.#isFocused = this.hold = true;
    const id = this.currentId;
    const isRow = event.target.dataset.id !== undefined;
    if (event.key in KEYS) this.#move(KEYS[event.key]);
    else if (event.key === "Enter" && isRow) this.tell("desk-row", { do: "open", id });
    else if (event.key === "m") this.tell("desk-row", { do: "menu", id });
    else if (event.key === " " && isRow) this.tell("desk-row", { do: "select", id });
    else return;
    event.preventDefault();
  }

  #move(way) {
    const { order } = this.#held;
    const page = Math.max(1, Math.floor(this.querySelector(".grid").clientHeight / ROW_PX) - 2);
    const steps = { page, "-page": -page, first: -order.length, last: order.length };
    const place = order.indexOf(this.currentId) + (steps[way] ?? way);
    this.focusRow(order[Math.min(order.length - 1, Math.max(0, place))]);
  }

  #forget() {
    const kept = new Set(this.#held.order);
    for (const id of this.#seen.keys()) if (!kept.has(id)) this.#seen.delete(id);
  }
}
