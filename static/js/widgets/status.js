/** The corner that says whether the board is alive: dot, word and age, and the time of day. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { age, clockTime, momentTime } from "../format.js";
import { Widget, freshKey } from "../widget.js";
import { words } from "../words.js";

export class StatusWidget extends Widget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];
  static properties = {
    phase: { attribute: false }, heldAt: { attribute: false },
    time: { state: true },
    // The age is always on screen here.
    fresh: { attribute: false, hasChanged: (value, old) => verdictKey(value) !== verdictKey(old) },
  };

  static select() {
    return null;
  }

  constructor() {
    super();
    this.phase = { phase: "connecting", reason: null };
    this.heldAt = null;
    this.time = "";
  }

  beat() {
    this.time = clockTime(this.ticker.now, this.zone);
  }

  draw() {
    const { level, word, detail } = this.verdict();
    this.dataset.fresh = level;
    return html`${this.disagreement()}<span class="live"><i class="dot"></i><b role="status">${word}</b><span class="since">${detail}</span></span>
      <time class="figure clock">${this.time}</time>`;
  }

  verdict() {
    const { phase } = this.phase;
    const fresh = this.fresh;
    if (this.heldAt !== null) return { level: "late", word: words.phase.held, detail: words.held(momentTime(this.heldAt, this.zone)) };
    if (phase !== "open" && !(phase === "connecting" && fresh?.level === "fresh")) return this.apart(fresh);
    if (!fresh || fresh.reason?.code === "waiting") return { level: "late", word: words.phase.connecting, detail: "" };
    return { level: fresh.level, word: words.fresh[fresh.level], detail: this.detail(fresh) };
  }

  /** A total that the PBX counts otherwise than its lists: with both numbers, as long as the figures are current. */
  disagreement() {
    const check = this.fresh?.check;
    if (!check || this.fresh.level !== "fresh" || !words.check[check.code]) return nothing;
    return html`<span class="check" data-level="warning" role="status"><i class="mark"></i><span>${words.check[check.code](check)}</span></span>`;
  }

  /** Not connected: say so whatever the figures' age. */
  apart(fresh) {
    const detail = fresh && fresh.age_ms !== null ? words.fresh.dataFrom(age(fresh.age_ms)) : "";
    const word = this.phase.phase === "connecting" && !detail ? words.phase.connecting : words.phase.waiting;
    return { level: "stale", word: this.phase.phase === "stopped" ? words.phase.stopped : word, detail };
  }

  detail(fresh) {
    if (fresh.level === "stale" || fresh.level === "down") {
      return fresh.since_at === null ? "" : words.fresh.since(momentTime(fresh.since_at, this.zone));
    }
    return words.fresh.ago(age(fresh.age_ms));
  }
}
customElements.define("wb-status", StatusWidget);

function verdictKey(fresh) {
  const check = fresh?.check;
  return `${freshKey(fresh)} ${age(fresh?.age_ms)} ${check ? `${check.code} ${check.ours} ${check.theirs}` : ""}`;
}
