/** Moves the picture a little every few minutes, so that nothing burns into a screen that is on for months. Pure. */

const STEP_MS = 180_000;
/** A walk that comes back to where it began, one pixel at a time and never more than two from the middle. */
const WALK = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [2, -1], [2, 0], [2, 1], [1, 1], [0, 0]];

/** Where the picture stands at a moment, in pixels from its middle. */
export function shiftAt(now) {
  const [x, y] = WALK[Math.floor(now / STEP_MS) % WALK.length];
  return { x, y };
}
