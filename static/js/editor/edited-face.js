/** The face of a board in the editor: as the board lays itself out, or in cells that can be moved. */

import { Face } from "../face.js";
import { GridFace } from "./grid-face.js";

/** Stands where a board has its face (see face.js); `update(layout)` shows another layout, `null` the board's own. */
export class EditedFace {
  ready;
  #grid; #automatic; #shown;
  #root = null;
  #state = null;
  #verdict = null;

  constructor({ config, ticker, types }) {
    this.#grid = new GridFace({ config, ticker, types });
    this.#automatic = new Face({ config: { ...config, links: {}, board: { ...config.board, layout: null } }, ticker });
    this.#shown = this.#grid;
    this.ready = this.#automatic.ready;
  }

  get main() {
    return this.#shown.main;
  }

  get widgets() {
    return this.#shown.widgets;
  }

  set onPlaced(hear) {
    this.#grid.onPlaced = hear;
  }

  set onChosen(hear) {
    this.#grid.onChosen = hear;
  }

  /** Resolves when the code of the layout's widgets is there. */
  async update(layout) {
    this.#show(layout ? this.#grid : this.#automatic);
    if (layout) await this.#grid.update(layout);
  }

  choose(id) {
    this.#grid.choose(id);
  }

  handOut(state) {
    this.#state = state;
    this.#shown.handOut(state);
  }

  beat() {
    this.#shown.beat();
  }

  judge(verdict) {
    this.#verdict = verdict;
    this.#shown.judge(verdict);
  }

  arrange(root, state) {
    this.#root = root;
    this.#shown.arrange(root, state);
  }

  /** Nothing is left to be seen. */
  clear() {
    this.#grid.clear();
    this.#automatic.clear();
  }

  /** The other one learns what it missed. */
  #show(face) {
    if (face === this.#shown) return;
    this.#shown.main.replaceWith(face.main);
    this.#shown = face;
    if (this.#state) face.handOut(this.#state);
    if (this.#verdict) face.judge(this.#verdict);
    if (this.#root) face.arrange(this.#root, this.#state);
    face.beat();
  }
}
