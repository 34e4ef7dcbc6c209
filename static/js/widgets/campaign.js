/** Outbound calls of the window: how many, how many were answered, and how far the goal of the day is. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { boardFigure } from "../figures.js";
import { figureFit } from "../fit.js";
import { number, percent } from "../format.js";
import { SizedWidget } from "../sized.js";
import { meter } from "../parts.js";
import { words } from "../words.js";

const AROUND = 14;

export class CampaignWidget extends SizedWidget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls"];
  static properties = { figures: { state: true, hasChanged: (one, other) => JSON.stringify(one) !== JSON.stringify(other) } };

  static select({ queues, calls, agents, figures }) {
    return { queues, calls, agents, figures };
  }

  constructor() {
    super();
    this.figures = null;
  }

  beat() {
    if (!this.slice) return;
    const options = { window: this.options.window, now: this.ticker.now, isNamed: this.options.queues?.length > 0 };
    const [made, answered] = ["outbound", "outbound_answered"].map((key) => boardFigure(key, this.slice, options));
    const running = Object.values(this.slice.calls).filter((call) => call.direction === "out").length;
    this.figures = { made, answered, running };
  }

  draw() {
    const figures = this.isBlank ? null : this.figures;
    const text = number(figures?.answered);
    const { width, height } = this.size;
    this.style.setProperty("--figure", `${figureFit({ width, height: height - AROUND, text })}vmin`);
    const { goal } = this.options;
    const share = goal && figures?.answered ? Math.min(1, figures.answered / goal) : 0;
    return html`${this.header(words.outboundAnswered, goal ? html`<span class="more">${words.goalCount(number(goal))}</span>` : nothing)}
      <p class="figure big">${text}</p>
      ${goal ? meter({ share, goal: null }) : nothing}
      <p class="quiet facts">${figures ? this.facts(figures) : this.reasonLine()}</p>`;
  }

  facts({ made, answered, running }) {
    const reach = made ? percent(answered / made) : words.dash;
    return [words.window[this.options.window], words.callsMade(number(made)), words.reached(reach), words.running(running)].join(" · ");
  }
}
customElements.define("wb-campaign", CampaignWidget);
