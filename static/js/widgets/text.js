/** A text of the board's owner, as large as fits. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { SizedWidget } from "../sized.js";

/** Letters from so large to so small, in board units. */
const LARGEST = 12;
const SMALLEST = 1.8;
const STEP = 0.9;

export class TextWidget extends SizedWidget {
  static select() {
    return null;
  }

  draw() {
    const { title, text } = this.options;
    return html`${title ? html`<header class="label"><h2>${title}</h2></header>` : nothing}<p class="words">${text}</p>`;
  }

  updated() {
    const box = this.querySelector(".words");
    for (let size = LARGEST; size >= SMALLEST; size *= STEP) {
      box.style.fontSize = `${size}vmin`;
      if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return;
    }
    box.style.fontSize = `${SMALLEST}vmin`;
  }
}
customElements.define("wb-text", TextWidget);
