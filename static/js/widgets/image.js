/** A picture that was uploaded. */

import { html } from "../../vendor/lit/lit.js";
import { Widget } from "../widget.js";
import { words } from "../words.js";

const KEY = /^[0-9a-f]{8,60}$/;

export class ImageWidget extends Widget {
  static select() {
    return null;
  }

  draw() {
    const { image, alt } = this.options;
    if (!KEY.test(image)) return html`<p class="empty">${words.empty.picture}</p>`;
    return html`<img src="/boards/pictures/${image}/" alt=${alt} decoding="async">`;
  }
}
customElements.define("wb-image", ImageWidget);
