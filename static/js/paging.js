/** Which of too many things are shown now. Pure. */

/** Beats for which a page stays. */
export const PAGE_BEATS = 8;

/**
 * One page of `items`. The first `pinned` of them (problems) stay on every page, as far as they fill at most half of it; the
 * rest takes turns. The last page is filled up from the one before it: no half-empty screens. `turn` counts pages since the
 * start. Returns `{items, index, count, hidden}`.
 */
export function pageOf({ items, pinned, capacity, turn }) {
  const room = Math.max(1, capacity);
  if (items.length <= room) return { items, index: 0, count: 1, hidden: 0 };
  const fixed = Math.min(pinned, Math.floor(room / 2));
  const rest = items.slice(fixed);
  const step = room - fixed;
  const count = Math.ceil(rest.length / step);
  const index = turn % count;
  const start = Math.min(index * step, rest.length - step);
  const shown = rest.slice(start, start + step);
  return { items: [...items.slice(0, fixed), ...shown], index, count, hidden: rest.length - shown.length };
}
