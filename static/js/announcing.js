/** Which announcement is shown now. Pure. */

/** Beats for which one stays where there are several. */
const TURN_BEATS = 10;

/** Those that have begun and not ended; moments are the server's. */
export function announcedNow(announcements, now) {
  return announcements.filter(({ starts_at, ends_at }) => (starts_at ?? 0) <= now && (ends_at === null || ends_at === undefined || now < ends_at));
}

/** One of them in turn, `ticker` is the board's beat; null if there is none. */
export function currentAnnouncement(announcements, { now, count }) {
  return inTurn(announcedNow(announcements, now), Math.floor(count / TURN_BEATS));
}

/**
 * Where there is something else to say as well: the announcement that is shown in its place, null while it has its turn. What is
 * critical goes first, other announcements alternate with it.
 */
export function announcementBeside(announcements, { now, count }) {
  const shown = announcedNow(announcements, now);
  const turn = Math.floor(count / TURN_BEATS);
  const critical = shown.filter(({ level }) => level === "critical");
  if (critical.length) return inTurn(critical, turn);
  return turn % 2 ? inTurn(shown, (turn - 1) / 2) : null;
}

function inTurn(shown, turn) {
  return shown.length ? shown[turn % shown.length] : null;
}
