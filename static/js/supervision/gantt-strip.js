/** An agent's day as a strip of lanes. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { clockTime, duration } from "../format.js";
import { _, interpolate } from "../i18n.js";
import { daySpan, hourMarks, lanesOf } from "./gantt.js";

const NAMES = { login: _("Logged in"), queue: _("Queues"), pause: _("Pauses"), call: _("Calls"), ring: _("Ringing") };
const TEXTS = { bar: _("%(what)s, %(from)s to %(to)s, %(length)s"), now: _("now") };

/** `day`: the answer of `timeline/`. */
export class GanttStrip extends LitElement {
  static properties = { day: { attribute: false }, zone: { attribute: false }, pointed: { state: true } };

  constructor() {
    super();
    Object.assign(this, { day: null, zone: undefined, pointed: null });
  }

  createRenderRoot() {
    return this;
  }

  updated() {
    for (const bar of this.querySelectorAll("[data-x]")) {
      bar.style.left = `${Number(bar.dataset.x) / 10}%`;
      if (bar.dataset.width) bar.style.width = `${Number(bar.dataset.width) / 10}%`;
    }
  }

  render() {
    if (!this.day) return nothing;
    const span = daySpan(this.day);
    const lanes = lanesOf({ rows: this.day.rows, ...span });
    return html`<div class="gantt">
      <div class="hours" aria-hidden="true">${hourMarks(span, this.day.from_at).map(({ at, x }) => html`<span data-x=${x}>${clockTime(at, this.zone)}</span>`)}</div>
      ${lanes.map(({ lane, bars }) => html`<div class="lane"><span class="lane-name">${NAMES[lane]}</span>
        <ul class="bars" aria-label=${NAMES[lane]}>${bars.map(({ x, width, row }) => html`<li class="bar" data-kind=${lane} data-x=${x} data-width=${width}
          title=${this.text(row)} aria-label=${this.text(row)} @pointerenter=${() => { this.pointed = row; }}></li>`)}</ul></div>`)}
      <p class="quiet pointed cut">${this.pointed ? this.text(this.pointed) : nothing}</p></div>`;
  }

  text(row) {
    const to = row.to_at ?? this.day.to_at;
    return interpolate(TEXTS.bar, {
      what: [row.title || NAMES[row.kind], row.about].filter(Boolean).join(" "),
      from: clockTime(row.from_at, this.zone),
      to: row.to_at === null ? TEXTS.now : clockTime(row.to_at, this.zone),
      length: duration(to - row.from_at),
    });
  }
}
customElements.define("wb-gantt-strip", GanttStrip);
