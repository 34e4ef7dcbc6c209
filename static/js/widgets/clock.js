/** The time of day in the call centre. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { figureFit } from "../fit.js";
import { clockTime, dayText, momentTime } from "../format.js";
import { SizedWidget } from "../sized.js";

const DATE = 3.4;

export class ClockWidget extends SizedWidget {
  static properties = { time: { state: true }, day: { state: true } };

  static select() {
    return null;
  }

  constructor() {
    super();
    this.time = "";
    this.day = "";
  }

  beat() {
    const { now } = this.ticker;
    this.time = this.options.seconds ? momentTime(now, this.zone) : clockTime(now, this.zone);
    this.day = this.options.date ? dayText(now, this.zone) : "";
  }

  draw() {
    const { width, height } = this.size;
    const { title, date } = this.options;
    const room = height - (title ? DATE : 0) - (date ? DATE : 0);
    this.style.setProperty("--figure", `${figureFit({ width, height: room, text: this.time })}vmin`);
    return html`${title ? html`<header class="label"><h2>${title}</h2></header>` : nothing}
      <time class="figure big">${this.time}</time>
      ${date ? html`<p class="quiet under">${this.day}</p>` : nothing}`;
  }
}
customElements.define("wb-clock", ClockWidget);
