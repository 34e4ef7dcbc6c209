/** A picture that was uploaded. */

import { html } from "../../vendor/lit/lit.js";
import { Widget } from "../widget.js";
import { words } from "../words.js";

const KEY = /^[0-9a-f]{8,60}$/;
const AGAIN_MS = 30_000;

/** One that could not be loaded stays hidden until it is there; it is asked for again and again. */
export class ImageWidget extends Widget {
  static properties = { asked: { state: true }, isBroken: { state: true } };
  #timer = null;

  static select() {
    return null;
  }

  constructor() {
    super();
    /** How often it was asked for again. */
    this.asked = 0;
    this.isBroken = false;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.isBroken) this.asked += 1;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  draw() {
    const { image, alt } = this.options;
    if (!KEY.test(image)) return html`<p class="empty">${words.empty.picture}</p>`;
    const again = this.asked ? `?again=${this.asked}` : "";
    return html`<img src="/boards/pictures/${image}/${again}" alt=${alt} decoding="async" ?hidden=${this.isBroken}
      @load=${() => this.#loaded()} @error=${() => this.#failed()}>`;
  }

  #loaded() {
    window.clearTimeout(this.#timer);
    this.isBroken = false;
  }

  #failed() {
    this.isBroken = true;
    window.clearTimeout(this.#timer);
    if (this.isConnected) this.#timer = window.setTimeout(() => { this.asked += 1; }, AGAIN_MS);
  }
}
customElements.define("wb-image", ImageWidget);
