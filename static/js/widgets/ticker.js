/** What is announced now, one after the other; a text of the board's own while nothing is. */

import { html } from "../../vendor/lit/lit.js";
import { currentAnnouncement } from "../announcing.js";
import { Widget } from "../widget.js";
import { words } from "../words.js";

export class TickerWidget extends Widget {
  static properties = { announcements: { attribute: false }, current: { state: true } };

  static select() {
    return null;
  }

  constructor() {
    super();
    this.announcements = [];
    this.current = null;
  }

  beat() {
    this.current = currentAnnouncement(this.announcements, this.ticker);
  }

  draw() {
    const tone = this.current ? this.current.level ?? "info" : "quiet";
    this.dataset.tone = tone;
    const text = this.current?.text ?? this.options.text;
    return html`<p role="status">${this.current ? html`<b>${words.notice.announcement}</b> ` : ""}<span>${text}</span></p>`;
  }
}
customElements.define("wb-ticker", TickerWidget);
