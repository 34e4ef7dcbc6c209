/** Which announcement is shown now. Pure. */

/** Beats for which one stays where there are several. */
const TURN_BEATS = 10;

/** Those that have begun and not ended; moments are the server's. */
export function announcedNow(announcements, now) {
  return announcements.filter(({ starts_at, ends_at }) => (starts_at ?? 0) <= now && (ends_at === null || ends_at === undefined || now < ends_at));
}

/** One of them in turn, `ticker` is the board's beat; null if there is none. */
export function currentAnnouncement(announcements, { now, count }) {
  const shown = announcedNow(announcements, now);
  return shown.length ? shown[Math.floor(count / TURN_BEATS) % shown.length] : null;
}
