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

/** More pages than these are told by their numbers alone: dots and a count beside them would leave no room for the title. */
const DOTS_AT_MOST = 6;

/** Which page of how many, as dots with how much is not on it, or as numbers. */
export function pageNote({ index, count, hidden }) {
  if (count < 2) return nothing;
  return html`<span class="pages" role="img" aria-label=${words.page(index, count)}>${count > DOTS_AT_MOST
    ? html`<span class="more">${index + 1}/${count}</span>`
    : html`<span class="more">${words.more(hidden)}</span><span class="dots">${dots(index, count)}</span>`}</span>`;
}

function dots(index, count) {
  return Array.from({ length: count }, (_, dot) => html`<i class=${dot === index ? "on" : ""}></i>`);
}

/** One board unit in pixels: 1 % of the screen's shorter side, `1vmin` in the style sheets. A turned TV keeps its letters' size. */
export function unit() {
  return Math.min(window.innerWidth, window.innerHeight) / 100;
}
