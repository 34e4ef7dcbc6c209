/** Moments in a time zone. A browser may be older than the name of the zone: rather its own zone than no board. */

import { failed } from "./failures.js";

const unknown = new Set();

/** An Intl.DateTimeFormat in the zone: an IANA name, or nothing for the browser's own. One that the browser does not know is told once. */
export function formatIn(zone, locale, options) {
  if (!zone || unknown.has(zone)) return new Intl.DateTimeFormat(locale, options);
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    unknown.add(zone);
    failed(error);
    return new Intl.DateTimeFormat(locale, options);
  }
}
