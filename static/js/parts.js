/** Pieces of template that several widgets use. */

import { html, nothing } from "../vendor/lit/lit.js";
import { words } from "./words.js";

/** The level as shape, word and colour; nothing for normal. */
export function levelBadge(level) {
  if (level === "normal") return nothing;
  const word = words.level[level];
  return html`<span class="badge" data-level=${level} role="img" aria-label=${word}><i class="mark"></i><span class="word">${word}</span></span>`;
}

/** The level's shape alone, where a row has no room for its word; `text` is read aloud. */
export function levelMark(level, text = words.level[level]) {
  return html`<span class="badge alone" data-level=${level} role="img" aria-label=${text} title=${text}><i class="mark"></i></span>`;
}

/** A bar that is full at 1, and where the goal stands (null: nowhere). */
export function meter({ share, goal }) {
  return html`<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rest" y="1" width="100" height="4"></rect><rect class="part" y="1" width=${100 * Math.min(1, share)} height="4"></rect>
    <rect class="goal" x=${(goal ?? 0) * 100 - 0.5} width=${goal === null ? 0 : 1} height="6"></rect></svg>`;
}

/** An agent's state as a shape; the word is beside it or read aloud. */
export function stateShape(state) {
  return html`<i class="shape" data-state=${state} role="img" aria-label=${words.state[state]}></i>`;
}

/** How much is not on this page, and which page of how many. Numbers in columns of their own, so that nothing moves as they change. */
export function pageNote({ index, count, hidden }) {
  if (count < 2) return nothing;
  return html`<span class="pages" role="img" aria-label=${words.page(index, count)}><span class="hidden-rows">${words.more(hidden)}</span
    ><span class="turn">${index + 1}/${count}</span></span>`;
}

/** One board unit in pixels: 1 % of the screen's shorter side, `1vmin` in the style sheets. A turned TV keeps its letters' size. */
export function unit() {
  return Math.min(window.innerWidth, window.innerHeight) / 100;
}
