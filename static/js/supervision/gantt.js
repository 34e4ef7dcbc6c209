/** The lanes of an agent's day. Pure: rows in, bars out. */

export const LANES = ["login", "queue", "pause", "call", "ring"];

/**
 * `[{lane, bars}]` in the order of LANES; lanes without rows are left out, but not sessions, pauses and calls. A bar has `x` and
 * `width` in thousandths of the day's part that is shown, and its row. What goes on (`to_at` null) reaches to the end.
 */
export function lanesOf({ rows, from_at, to_at }) {
  const span = Math.max(1, to_at - from_at);
  const place = (at) => Math.min(1000, Math.max(0, ((at - from_at) / span) * 1000));
  const always = new Set(["login", "pause", "call"]);
  return LANES.map((lane) => ({
    lane,
    bars: rows.filter(({ kind }) => kind === lane).map((row) => {
      const x = place(row.from_at);
      return { x, width: Math.max(2, place(row.to_at ?? to_at) - x), row };
    }),
  })).filter(({ lane, bars }) => bars.length || always.has(lane));
}

/** The part of the day worth showing: from the first thing that happened, on the hour, until now. At least one hour. */
export function daySpan({ rows, from_at, to_at }) {
  const HOUR = 3_600_000;
  const first = rows.reduce((one, { from_at: at }) => Math.min(one, at), to_at);
  const start = Math.max(from_at, Math.floor((first - from_at) / HOUR) * HOUR + from_at);
  return { from_at: Math.min(start, to_at - HOUR), to_at };
}

/** The full hours within a span as `[{at, x}]`, at most about ten of them. */
export function hourMarks({ from_at, to_at }, day_at) {
  const HOUR = 3_600_000;
  const hours = (to_at - from_at) / HOUR;
  const step = Math.max(1, Math.ceil(hours / 8)) * HOUR;
  const marks = [];
  for (let at = day_at + Math.ceil((from_at - day_at) / step) * step; at <= to_at; at += step) {
    marks.push({ at, x: ((at - from_at) / (to_at - from_at)) * 1000 });
  }
  return marks;
}
