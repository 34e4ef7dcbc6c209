/** Pieces of template that several widgets use. */

import { html, nothing } from "../vendor/lit/lit.js";
import { words } from "./words.js";

/** The level as shape, word and colour; nothing for normal. */
export function levelBadge(level) {
  if (level === "normal") return nothing;
  const word = words.level[level];
  return html`<span class="badge" data-level=${level} aria-label=${word}><i class="mark"></i><span class="word">${word}</span></span>`;
}

/** An agent's state as a shape; the word is beside it or read aloud. */
export function stateShape(state) {
  return html`<i class="shape" data-state=${state} role="img" aria-label=${words.state[state]}></i>`;
}

/** Which page of how many, as dots, and how much is not on it. */
export function pageNote({ index, count, hidden }) {
  if (count < 2) return nothing;
  const dots = Array.from({ length: Math.min(count, 12) }, (_, dot) => html`<i class=${dot === index ? "on" : ""}></i>`);
  return html`<span class="pages" role="img" aria-label=${words.page(index, count)}>
    <span class="more">${words.more(hidden)}</span><span class="dots">${dots}</span></span>`;
}

/** One board unit in pixels: 1 % of the screen's shorter side, `1vmin` in the style sheets. A turned TV keeps its letters' size. */
export function unit() {
  return Math.min(window.innerWidth, window.innerHeight) / 100;
}
