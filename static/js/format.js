/** Numbers and times as text. Pure: the time zone is an argument, null is unknown and shows as a dash. */

import { language } from "./i18n.js";
import { words } from "./words.js";
import { formatIn } from "./zone.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NARROW_SPACE = "\u202f";

const formatters = new Map();

/** A running time: m:ss, from an hour "h:mm h", from a day "n d". Never negative: clocks may differ by a second. */
export function duration(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return words.dash;
  const time = Math.max(0, ms);
  if (time >= DAY) return `${Math.floor(time / DAY)}${NARROW_SPACE}d`;
  if (time >= HOUR) return `${Math.floor(time / HOUR)}:${two(Math.floor((time % HOUR) / MINUTE))}${NARROW_SPACE}h`;
  return `${Math.floor(time / MINUTE)}:${two(Math.floor((time % MINUTE) / SECOND))}`;
}

/** How old something is, in its largest unit: "7 s", "4 min", "3 h", "2 d". */
export function age(ms) {
  if (ms === null || ms === undefined) return words.dash;
  const time = Math.max(0, ms);
  if (time >= DAY) return `${Math.floor(time / DAY)}${NARROW_SPACE}d`;
  if (time >= HOUR) return `${Math.floor(time / HOUR)}${NARROW_SPACE}h`;
  if (time >= 2 * MINUTE) return `${Math.floor(time / MINUTE)}${NARROW_SPACE}min`;
  return `${Math.floor(time / SECOND)}${NARROW_SPACE}s`;
}

/** A count, or a dash where nobody counted. */
export function count(value) {
  return value === null || value === undefined ? words.dash : String(value);
}

/** A count with the language's groups of thousands. */
export function number(value) {
  return value === null || value === undefined ? words.dash : numbers("").format(value);
}

/** A share from 0 to 1 as whole per cent. Never rounded to the better side: 79.9 % is 79 %, and 3.2 % abandoned are 4 %. */
export function percent(value, better = "up") {
  if (value === null || value === undefined) return words.dash;
  // A hair less than nothing would be written -0 %.
  const whole = Math.max(0, better === "down" ? Math.ceil(value * 100 - 1e-9) : Math.floor(value * 100 + 1e-9));
  return numbers("percent").format(whole / 100);
}

/** A figure by its unit: count, share or seconds; `better` says which direction is good. */
export function figureText(value, unit, better = "up") {
  if (unit === "share") return percent(value, better);
  if (unit === "seconds") return duration(value === null || value === undefined ? null : value * 1000);
  return number(value);
}

/** The day of a moment, as the language writes it: "Tuesday 24 November". */
export function dayText(at, zone) {
  return formatter(zone, "day").format(at);
}

function numbers(style) {
  const key = `${style}|${language()}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.NumberFormat(language(), style ? { style } : {}));
  return formatters.get(key);
}

/** The hour and minute of a moment, 24 hours: "14:02". `zone` is an IANA name or undefined for the screen's own. */
export function clockTime(at, zone) {
  return at === null || at === undefined ? words.dash : formatter(zone, "minute").format(at);
}

/** The moment to the second: "14:02:07". */
export function momentTime(at, zone) {
  return at === null || at === undefined ? words.dash : formatter(zone, "second").format(at);
}

const OPTIONS = {
  minute: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  day: { weekday: "long", day: "numeric", month: "long" },
};

function formatter(zone, unit) {
  const key = `${zone}|${unit}`;
  if (!formatters.has(key)) {
    const locale = unit === "day" ? language() : "en-GB";
    formatters.set(key, formatIn(zone, locale, OPTIONS[unit]));
  }
  return formatters.get(key);
}

function two(number) {
  return number < 10 ? `0${number}` : String(number);
}
