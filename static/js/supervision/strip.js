/** The top of the page: is anything wrong, how many wait and how long, who is where, and how far the figures can be trusted. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { age, count, momentTime } from "../format.js";
import { heldAt } from "../freshness.js";
import { stateShape } from "../parts.js";
import { since } from "../since.js";
import { reasonText } from "../widget.js";
import { words } from "../words.js";
import { AGENT_GROUPS } from "./filter.js";
import { levelMark } from "./marks.js";
import { said } from "./said.js";

/** Always there, so that the strip stands still; the others join when somebody is in them. */
const ALWAYS = ["idle", "call", "ringing", "on_hold", "acw", "paused"];
const SHAPE = { call: "speaking" };

/** `figures`: `{waiting, oldest_at, level, queue, groups, total}`; `fresh` as judged; `phase` of the connection. Event: `desk-state`. */
export class DeskStrip extends LitElement {
  static properties = {
    figures: { attribute: false },
    fresh: { attribute: false },
    phase: { attribute: false },
    state: { attribute: false },
    ticker: { attribute: false },
    zone: { attribute: false },
    why: { attribute: false },
  };

  constructor() {
    super();
    Object.assign(this, { figures: null, fresh: null, phase: null, state: "", ticker: null, zone: undefined, why: null });
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.ticker || !this.figures) return nothing;
    const isBlank = !this.fresh || this.fresh.blank;
    const { waiting, oldest_at, level, queue } = this.figures;
    return html`
      <div class="tile" data-level=${isBlank ? "normal" : level}><span class="quiet">${said.waiting}</span>
        <b class="figure">${count(isBlank ? null : waiting)}</b>${isBlank ? nothing : levelMark(level)}</div>
      <div class="tile" data-level=${isBlank ? "normal" : level}><span class="quiet">${said.longest}</span>
        <b class="figure">${isBlank || oldest_at === null ? words.dash : since(this.ticker, oldest_at, heldAt(this.fresh))}</b>
        <span class="quiet cut where">${isBlank ? "" : queue ?? ""}</span></div>
      <div class="groups" role="group" aria-label=${said.agents}>${this.groups(isBlank)}</div>
      ${this.live()}`;
  }

  groups(isBlank) {
    const { groups } = this.figures;
    const shown = Object.keys(AGENT_GROUPS).filter((name) => ALWAYS.includes(name) || groups[name] > 0 || this.state === name);
    return shown.map((name) => html`<button type="button" class="group" aria-pressed=${String(this.state === name)}
      @click=${() => this.dispatchEvent(new CustomEvent("desk-state", { bubbles: true, detail: { state: this.state === name ? "" : name } }))}>
      ${stateShape(SHAPE[name] ?? name)}<b class="figure">${count(isBlank ? null : groups[name])}</b><span>${said.group[name]}</span></button>`);
  }

  live() {
    const { level, word, detail } = this.verdict();
    return html`<div class="live" data-fresh=${level} role="status"><i class="dot"></i><b>${word}</b><span class="quiet cut">${detail}</span>
      <span class="why" title=${this.why ?? ""}>${this.why ?? ""}</span></div>`;
  }

  verdict() {
    const { phase } = this.phase;
    if (phase === "stopped") return { level: "stale", word: words.phase.stopped, detail: "" };
    if (phase !== "open" && !(phase === "connecting" && this.fresh?.level === "fresh")) return { level: "stale", word: words.phase[phase] ?? words.phase.waiting, detail: this.ageText() };
    if (!this.fresh || this.fresh.reason?.code === "waiting") return { level: "late", word: words.phase.connecting, detail: "" };
    return { level: this.fresh.level, word: words.fresh[this.fresh.level], detail: this.ageText() };
  }

  ageText() {
    if (!this.fresh || this.fresh.age_ms === null) return "";
    if (this.fresh.level === "fresh") return words.fresh.ago(age(this.fresh.age_ms));
    return words.fresh.since(momentTime(this.fresh.since_at, this.zone));
  }
}
customElements.define("wb-desk-strip", DeskStrip);

/** Why what rests on live state has to wait, as a sentence; null while it can be trusted. */
export function notLiveSentence(fresh, phase) {
  if (phase.phase === "stopped") return words.notice[phase.reason] ?? words.phase.stopped;
  if (phase.phase === "waiting") return words.notice.neverConnected;
  if (!fresh || fresh.level === "stale" || fresh.level === "down") return reasonText(fresh);
  return null;
}
