/** One queue as a tile that fills the widget. */

import { html } from "../../vendor/lit/lit.js";
import { hasWordRoom, tileForm } from "../fit.js";
import { LeveledWidget } from "../leveled.js";
import { boardFigure } from "../figures.js";
import { worstLevel } from "../levels.js";
import { words } from "../words.js";
import "./queue-tile.js";

export class QueueWidget extends LeveledWidget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];

  static select({ queues, calls, agents, figures, levels }, { queue }) {
    return { queue: queues[queue], level: levels[queue], queues, calls, agents, figures };
  }

  beat() {
    if (!this.slice?.queue || !this.options.levels) return;
    const value = boardFigure("waiting", this.slice, { now: this.ticker.now });
    this.weigh({ figure: "waiting", value, isLow: false, title: this.slice.queue.title, text: String(value) });
  }

  draw() {
    const queue = this.slice?.queue;
    if (!queue) return html`<div class="panel nothing"><p class="empty">${this.isAllBlank ? this.reasonLine() : this.empty()}</p></div>`;
    const { width, height } = this.size;
    this.dataset.form = tileForm({ width, height });
    this.dataset.words = String(hasWordRoom({ width }));
    this.style.setProperty("--row", `${height}vmin`);
    const level = this.options.levels ? this.level : this.slice.level;
    return html`<wb-queue-tile class="panel tile" .queue=${this.options.queue} .slice=${queue} .level=${worstLevel([level ?? "normal"])}
      .fresh=${this.freshOf(this.options.queue)} .ticker=${this.ticker} .zone=${this.zone}></wb-queue-tile>`;
  }

  empty() {
    return this.options.queue ? words.empty.queueGone : words.empty.queueUnchosen;
  }
}
customElements.define("wb-queue", QueueWidget);
