/** Something failed that others must not suffer from: it is told, and they go on. */

const told = new Set();
/** A page runs for months: whoever has heard of so many errors knows. */
const TOLD_AT_MOST = 100;

/** Tell an error as if nobody had caught it: to the console, and to whoever listens for errors of the page. One that repeats, once. */
export function failed(error) {
  const text = String(error?.stack ?? error);
  if (told.has(text) || told.size >= TOLD_AT_MOST) return;
  told.add(text);
  window.setTimeout(() => { throw error; });
}

/** `action` for each of them, whatever becomes of the others. */
export function each(items, action, onFailure = failed) {
  for (const item of items) {
    try {
      action(item);
    } catch (error) {
      onFailure(error);
    }
  }
}
