/** The strip at the foot: what is wrong, as a sentence, or an announcement. Takes no room while there is nothing to say. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { momentTime } from "../format.js";
import { announcementBeside, currentAnnouncement } from "../announcing.js";
import { Widget, reasonText } from "../widget.js";
import { words } from "../words.js";

const TONES = { warning: "warning", critical: "critical" };

export class NoticeWidget extends Widget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];
  static properties = { phase: { attribute: false }, heldAt: { attribute: false }, announcements: { attribute: false }, current: { state: true }, beside: { state: true }, isQuiet: { attribute: false }, sound: { attribute: false } };

  static select() {
    return null;
  }

  constructor() {
    super();
    this.phase = { phase: "connecting", reason: null };
    this.heldAt = null;
    this.announcements = [];
    this.current = null;
    /** What is announced in place of what is wrong. */
    this.beside = null;
    this.sound = "";
    /** Whether a widget of the board shows the announcements. */
    this.isQuiet = false;
  }

  beat() {
    this.current = currentAnnouncement(this.announcements, this.ticker);
    this.beside = announcementBeside(this.announcements, this.ticker);
  }

  draw() {
    const trouble = this.trouble();
    const silenced = this.silenced();
    const notice = (trouble ? this.announced(this.beside) : null) ?? trouble ?? this.announced(this.current) ?? silenced;
    this.hidden = notice === null;
    if (notice === null) return nothing;
    this.dataset.tone = notice.tone;
    // Whatever is said stands there for hours, perhaps: it hides nothing that the room must know.
    const also = silenced && notice !== silenced ? html`<p class="also" role="status"><b>${silenced.title}</b></p>` : nothing;
    return html`<p role="status"><b>${notice.title}</b> <span>${notice.text}</span></p>${also}`;
  }

  trouble() {
    const { phase, reason } = this.phase;
    if (this.heldAt !== null) return { tone: "held", title: words.phase.held, text: words.notice.held };
    if (phase === "stopped") return { tone: "critical", title: words.phase.stopped, text: words.notice[reason] };
    if (this.fresh?.level === "down") return { tone: "critical", title: words.notice.problem, text: reasonText(this.fresh) };
    if (phase !== "open" && phase !== "connecting") return this.apart();
    const isWorthSaying = this.fresh?.reason && this.fresh.reason.code !== "waiting";
    if (!isWorthSaying) return null;
    return { tone: "warning", title: words.notice[this.fresh.level], text: reasonText(this.fresh) };
  }

  apart() {
    const since = this.fresh?.since_at ?? null;
    const text = since === null ? words.notice.neverConnected : words.notice.disconnected(momentTime(since, this.zone));
    return { tone: "warning", title: words.phase.waiting, text };
  }

  /** The room believes that it would hear an alarm: say that it would not. */
  silenced() {
    return this.sound === "blocked" ? { tone: "warning", title: words.notice.soundBlocked, text: words.notice.soundBlockedText } : null;
  }

  announced(announcement) {
    // A moment that is held still is said to be, all the time.
    if (this.isQuiet || !announcement || this.heldAt !== null) return null;
    return { tone: TONES[announcement.level] ?? "info", title: words.notice.announcement, text: announcement.text };
  }
}
customElements.define("wb-notice", NoticeWidget);
