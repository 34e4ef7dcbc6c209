/** What all widgets share: they get a slice and a verdict on its freshness, and draw themselves when either changed. */

import { LitElement, html, nothing } from "../vendor/lit/lit.js";
import { age, momentTime } from "./format.js";
import { heldAt } from "./freshness.js";
import { streamOf } from "./merge.js";
import { levelBadge } from "./parts.js";
import { isSameMap as sameSlice } from "./scope.js";
import { since } from "./since.js";
import { words } from "./words.js";

export { sameSlice };

/**
 * Base of the widgets. A subclass has `static endpoints` (what it rests on), `static select(state, options)` (its slice of the
 * board's state), `draw()`, and, if it shows something that moves with the clock beyond timers, `beat()`. `options` are the widget's
 * own, complete, as in docs/boards.md.
 * Drawn into the element itself: one style sheet styles the board.
 */
export class Widget extends LitElement {
  static properties = {
    slice: { attribute: false, hasChanged: (value, old) => !sameSlice(value, old) },
    fresh: { attribute: false, hasChanged: (value, old) => freshKey(value) !== freshKey(old) },
    ticker: { attribute: false },
    zone: { attribute: false },
    options: { attribute: false },
    link: { attribute: false },
  };

  static endpoints = [];

  static select(state) {
    return state;
  }

  constructor() {
    super();
    this.slice = null;
    this.fresh = null;
    this.ticker = null;
    this.zone = undefined;
    this.options = {};
    /** Where a click on the title leads; null where there is nothing for this viewer. */
    this.link = null;
    /** What it remembers while its board is away and it is made again. */
    this.memory = {};
  }

  createRenderRoot() {
    return this;
  }

  /** Called once a second, and after a change. */
  beat() {}

  /** Whether figures must be dashes. */
  get isBlank() {
    return !this.slice || !this.fresh || this.fresh.blank;
  }

  /** Whether there is nothing to list, since no stream's rows are known. */
  get isAllBlank() {
    return !this.slice || !this.fresh || [...(this.fresh.parts?.values() ?? [this.fresh])].every(({ blank }) => blank);
  }

  /** The verdict on one row: its stream's. */
  freshOf(id) {
    return this.fresh.parts?.get(streamOf(id)) ?? this.fresh;
  }

  /** Those of `[id, row]` that are known. */
  known(rows) {
    return rows.filter(([id]) => !this.freshOf(id).blank);
  }

  /** A running time of a row. */
  since(id, at) {
    return since(this.ticker, at, heldAt(this.freshOf(id)));
  }

  render() {
    if (!this.ticker) return nothing;
    this.dataset.fresh = this.fresh?.level ?? "stale";
    return this.draw();
  }

  /** The line above the widget: its own title or this one, its age, and what else is given. */
  header(title, more = nothing) {
    const text = this.options.title || title;
    return html`<header class="label"><h2>${this.named(text)}</h2>${this.ageNote()}${more}</header>`;
  }

  /** A title, as a link where there is somewhere to go. */
  named(text) {
    return this.link ? html`<a href=${this.link}>${text}</a>` : text;
  }

  /** The same place for one queue alone. */
  linkOf(queue) {
    if (!this.link) return null;
    const url = new URL(this.link, window.location.href);
    url.searchParams.set("queue", queue);
    return `${url.pathname}${url.search}`;
  }

  /** The level as shape and word; none on figures so old that nobody knows. */
  badge(level) {
    return this.fresh?.level === "stale" ? nothing : levelBadge(level);
  }

  /** The age of what is not fresh, in the tile's corner. */
  ageNote() {
    const text = freshText(this.fresh, this.zone);
    return text === null ? nothing : html`<span class="age">${text}</span>`;
  }

  /** The same in one line. */
  reasonLine() {
    return reasonText(this.fresh);
  }

  /** Why there is nothing to see, as a sentence. */
  reasonSentence() {
    return html`<p class="empty">${reasonText(this.fresh)}</p>`;
  }
}

/** What is wrong, in a sentence of ours, or the server's where we have none; of several streams the one in trouble is named. */
export function reasonText(fresh) {
  const reason = fresh?.reason;
  const text = reason ? reasonOf(reason) : words.reason.waiting;
  return fresh?.stream ? words.ofStream(fresh.stream, text) : text;
}

/** One reason, `{code, text}`, as a sentence. */
export function reasonOf({ code, text }) {
  return words.reason[code] ?? text ?? words.reason.unknown;
}

/** How old, in the few words that fit a tile; null while fresh. */
export function freshText(fresh, zone) {
  if (!fresh || fresh.level === "fresh") return null;
  if (fresh.blank) return words.fresh.noData;
  if (fresh.level === "late") return words.fresh.ago(age(fresh.age_ms));
  return words.fresh.staleSince(momentTime(fresh.since_at, zone));
}

/** What of a verdict is on screen; a widget that shows more of it says so by its own `hasChanged`. */
export function freshKey(fresh) {
  if (!fresh) return "";
  const parts = [...(fresh.parts ?? [])].map(([stream, part]) => `${stream}: ${freshKey(part)}`);
  const own = `${fresh.level} ${fresh.blank} ${fresh.reason?.code} ${freshText(fresh)} ${fresh.since_at === null}`;
  return [own, fresh.stream ?? "", ...parts].join("; ");
}
