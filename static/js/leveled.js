/** A widget whose figure has a level: it remembers the level from beat to beat and from turn to turn, and says when it becomes critical. */

import { isCurrent } from "./freshness.js";
import { figureLimits, levelNext } from "./levels.js";
import { SizedWidget } from "./sized.js";
import { words } from "./words.js";

/** `weigh` in `beat`. Dispatches `wb-level` with `{level, key, title, sentence}` when the level changes. */
export class LeveledWidget extends SizedWidget {
  static properties = { level: { state: true } };
  constructor() {
    super();
    this.level = "normal";
    /** The board's own limits by figure. */
    this.limits = {};
    /** The board on which it is. */
    this.board = "";
  }

  /** The level after this value, as it was while the figures are not current; `title` and `text` say what it is, for those who are told. */
  weigh({ figure, value, isLow, title, text, derived = null }) {
    if (!this.fresh || !isCurrent(this.fresh)) return;
    const before = this.memory.level?.level ?? "normal";
    const limits = figureLimits(figure, { own: this.options.levels, board: this.limits, derived });
    this.memory.level = levelNext(this.memory.level ?? null, { value, limits, now: this.ticker.now, isLow });
    this.level = this.memory.level.level;
    if (this.level === before) return;
    const detail = { level: this.level, key: `widget ${this.board} ${this.dataset.id}`, title, sentence: words.spoken.figure(title, text) };
    this.dispatchEvent(new CustomEvent("wb-level", { bubbles: true, detail }));
  }
}
