/** The service level against its goal: live, closed, and how many misses are still allowed. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { partsOf } from "../figures.js";
import { figureFit } from "../fit.js";
import { number, percent } from "../format.js";
import { LeveledWidget } from "../leveled.js";
import { goalLimits } from "../levels.js";
import { budget, goalOf, serviceLevel } from "../metrics.js";
import { meter } from "../parts.js";
import { words } from "../words.js";

/** What stands around the figure, in board units. */
const AROUND = 14;

export class ServiceLevelWidget extends LeveledWidget {
  static endpoints = ["RTStatsCalls", "RTStatsQueues"];
  static properties = { figures: { state: true, hasChanged: (one, other) => JSON.stringify(one) !== JSON.stringify(other) } };

  static select({ queues, calls, figures }) {
    return { queues, calls, figures };
  }

  constructor() {
    super();
    this.figures = null;
  }

  beat() {
    if (!this.slice) return;
    const { window, queues } = this.options;
    const parts = partsOf(this.slice, { window, now: this.ticker.now, isNamed: queues?.length > 0 });
    const live = serviceLevel(parts, { live: true });
    const goal = goalOf(parts);
    const left = this.options.window === "today" ? budget(parts) : null;
    const thresholds = new Set(parts.map(({ rules }) => rules.threshold_s));
    this.figures = {
      live: live.value, hits: live.hits, counted: live.counted, closed: serviceLevel(parts, { live: false }).value, goal, left,
      threshold: thresholds.size === 1 ? [...thresholds][0] : null,
    };
    const text = percent(live.value);
    this.weigh({ figure: "service_level_live", value: live.value, isLow: true, title: this.options.title || words.serviceLevelLive, text, derived: goalLimits(goal) });
  }

  draw() {
    const figures = this.isBlank ? null : this.figures;
    const level = figures ? this.level : "normal";
    this.dataset.level = level;
    const text = percent(figures?.live);
    const { width, height } = this.size;
    this.style.setProperty("--figure", `${figureFit({ width, height: height - AROUND, text: "100 %" })}vmin`);
    return html`${this.header(words.serviceLevelLive, this.badge(level))}
      <p class="figure big">${text}</p>
      <div class="against">${meter({ share: figures?.live ?? 0, goal: figures?.goal ?? null })}${this.goal(figures)}</div>
      <p class="quiet facts">${this.isBlank ? this.reasonLine() : this.facts(figures)}</p>`;
  }

  goal(figures) {
    if (!figures || figures.goal === null) return nothing;
    const { goal, threshold } = figures;
    return html`<span class="more">${threshold === null ? words.goalShare(percent(goal)) : words.goal(Math.round(goal * 100), threshold)}</span>`;
  }

  facts({ live, hits, counted, closed, left }) {
    if (live === null) return words.nobodyCalled(words.window[this.options.window]);
    const parts = [words.hitsOf(number(hits), number(counted)), words.closed(percent(closed))];
    if (left !== null) parts.push(left >= 0 ? words.missesLeft(left) : words.missesOver(-left));
    return html`${words.window[this.options.window]} · ${parts.join(" · ")}`;
  }
}
customElements.define("wb-service-level", ServiceLevelWidget);
