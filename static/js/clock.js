/** The server's clock, estimated from the moments that its messages of now carry. Pure: the local time is an argument. */

const BUCKET_MS = 60_000;
const BUCKETS = 10;
const RECENT = 8;
const STEP_MS = 2_000;
const JUMP_MS = 5_000;

/**
 * A message sent at `at` arrives a little later, never earlier, so the largest `at - local` seen is nearest to the truth.
 * Samples are kept for ten minutes, so that slow drift of either clock is followed; a step of the server's clock is taken
 * once eight messages in a row agree that it happened.
 */
export class ServerClock {
  #buckets = [];
  #recent = [];
  #shown = -Infinity;

  /** Take in the moment of one message, received when the local monotonic clock showed `local`. Both in ms. */
  sample(at, local) {
    if (!Number.isFinite(at)) return;
    const offset = at - local;
    this.#recent.push(offset);
    if (this.#recent.length > RECENT) this.#recent.shift();
    this.#forgetStep();
    const start = Math.floor(local / BUCKET_MS);
    const last = this.#buckets[this.#buckets.length - 1];
    if (last && last.start === start) last.best = Math.max(last.best, offset);
    else this.#buckets.push({ start, best: offset });
    while (this.#buckets.length && this.#buckets[0].start <= start - BUCKETS) this.#buckets.shift();
  }

  /** Milliseconds to add to the local clock, null before the first sample. */
  get offset() {
    return this.#buckets.length ? Math.max(...this.#buckets.map((bucket) => bucket.best)) : null;
  }

  /** The server's time now, null before the first sample. Holds rather than runs backward, unless by more than 5 s. */
  now(local) {
    const offset = this.offset;
    if (offset === null) return null;
    const value = local + offset;
    if (value >= this.#shown || value < this.#shown - JUMP_MS) this.#shown = value;
    return this.#shown;
  }

  #forgetStep() {
    const offset = this.offset;
    if (offset === null || this.#recent.length < RECENT) return;
    if (Math.max(...this.#recent) < offset - STEP_MS) this.#buckets = [];
  }
}
