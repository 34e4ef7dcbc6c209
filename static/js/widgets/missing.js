/** Stands in the place of a widget whose code could not be loaded; the others are shown all the same. */

import { html } from "../../vendor/lit/lit.js";
import { Widget } from "../widget.js";
import { words } from "../words.js";

/** Dispatches `wb-missing`: browsers remember that code could not be loaded, so that only another page loads it. */
export class MissingWidget extends Widget {
  static select() {
    return null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.dispatchEvent(new CustomEvent("wb-missing", { bubbles: true }));
  }

  draw() {
    return html`<p class="empty">${words.empty.code}</p>`;
  }
}
customElements.define("wb-missing", MissingWidget);
