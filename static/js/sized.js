/** A widget whose drawing depends on the room it has. */

import { Widget } from "./widget.js";
import { unit } from "./parts.js";

/** Knows its own size in board units, and draws again when that changes. */
export class SizedWidget extends Widget {
  static properties = { size: { state: true, hasChanged: (one, other) => one?.width !== other?.width || one?.height !== other?.height } };
  #observer = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.size = { width: 80, height: 80 };
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }

  /** Hand the grid to the style sheet. */
  setGrid({ columns, height }) {
    this.style.setProperty("--columns", String(columns));
    this.style.setProperty("--row", `${height}vmin`);
  }

  #measure() {
    const style = getComputedStyle(this);
    const inner = (one, other) => parseFloat(style[one]) + parseFloat(style[other]);
    const width = (this.clientWidth - inner("paddingLeft", "paddingRight")) / unit();
    const height = (this.clientHeight - inner("paddingTop", "paddingBottom")) / unit();
    this.size = { width: Math.round(width * 100) / 100, height: Math.round(height * 100) / 100 };
  }
}
