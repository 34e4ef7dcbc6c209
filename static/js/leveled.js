/** A widget whose figure has a level: it remembers the level from beat to beat, and says when it becomes critical. */

import { isCurrent } from "./freshness.js";
import { DEFAULT_LIMITS, levelNext, levelRank } from "./levels.js";
import { SizedWidget } from "./sized.js";
import { words } from "./words.js";

/** `weigh` in `beat`. Dispatches `wb-level` with `{level, key, title, sentence}` when the level rises. */
export class LeveledWidget extends SizedWidget {
  static properties = { level: { state: true } };
  #memory = null;

  constructor() {
    super();
    this.level = "normal";
    /** The board's own limits by figure. */
    this.limits = {};
  }

  /** Its own limits come first, then the board's, then `derived` ones, then ours. */
  limitsOf(figure, derived = null) {
    return this.options.levels ?? this.limits[figure] ?? derived ?? DEFAULT_LIMITS[figure] ?? null;
  }

  /** The level after this value, as it was while the figures are not current; `title` and `text` say what it is, for those who are told. */
  weigh({ figure, value, isLow, title, text, derived = null }) {
    if (!this.fresh || !isCurrent(this.fresh)) return;
    this.#memory = levelNext(this.#memory, { value, limits: this.limitsOf(figure, derived), now: this.ticker.now, isLow });
    const before = this.level;
    this.level = this.#memory.level;
    if (levelRank(this.level) <= levelRank(before)) return;
    const detail = { level: this.level, key: `widget ${this.dataset.id}`, title, sentence: words.spoken.figure(title, text) };
    this.dispatchEvent(new CustomEvent("wb-level", { bubbles: true, detail }));
  }
}
