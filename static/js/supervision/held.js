/** An order that stands still while somebody is about to click. Pure. */

const EMPTY = Object.freeze([]);

/**
 * Rows move only when nobody points at them: while held, those that are there keep their places, also those that are gone (they
 * are told apart by `gone`), and new ones join at the end.
 */
export class HeldOrder {
  #order = EMPTY;
  #isChanged = false;

  get order() {
    return this.#order;
  }

  /** Whether the order would be another one if it were not held. */
  get isChanged() {
    return this.#isChanged;
  }

  /** Take in the order as it would be. Returns the order to show; the same list if nothing moved. */
  next(wanted, { isHeld }) {
    if (!isHeld) return this.release(wanted);
    const known = new Set(this.#order);
    const added = wanted.filter((id) => !known.has(id));
    if (added.length) this.#order = [...this.#order, ...added];
    this.#isChanged = !isSame(this.#order, wanted);
    return this.#order;
  }

  /** Take over the order whether it is held or not: somebody asked for another one. */
  release(wanted) {
    if (!isSame(this.#order, wanted)) this.#order = wanted;
    this.#isChanged = false;
    return this.#order;
  }
}

function isSame(one, other) {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}
