/** Which of its boards a screen shows at a moment. Pure: the moment and the zone come in. */

import { formatIn } from "../zone.js";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY_MS = 86_400_000;

/** The local day, weekday and minute of a moment: `{day: "2026-11-24", weekday: "tue", minute: 570}`. */
export function localMoment(at, zone) {
  const parts = formatIn(zone, "en-CA", {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const day = `${part.year}-${part.month}-${part.day}`;
  return { day, weekday: weekdayOf(day), minute: Number(part.hour) * 60 + Number(part.minute) };
}

/** Whether the screen is to be black now. A night may go over midnight; from an hour until the same hour there is none. */
export function isNight({ blank_from, blank_until }, moment) {
  if (blank_from === null || blank_until === null || blank_from === blank_until) return false;
  return isWithin(moment.minute, blank_from, blank_until);
}

/**
 * The turns that may be shown now, in their order. A turn that goes over midnight belongs to the day on which it began. If no turn
 * is for now, all of them are: an empty wall helps nobody.
 */
export function turnsNow({ turns, holidays }, moment) {
  const due = turns.filter((turn) => isDue(turn, moment, holidays));
  return due.length ? due : turns;
}

/** The turn after the present one; the first if the present one is over for now. */
export function nextTurn(turns, present) {
  const index = turns.indexOf(present);
  return turns[(index + 1) % turns.length] ?? null;
}

function isDue(turn, moment, holidays) {
  const isAllDay = turn.starts === null || turn.ends === null;
  if (!isAllDay && !isWithin(moment.minute, turn.starts, turn.ends)) return false;
  const day = !isAllDay && isAfterMidnight(moment.minute, turn) ? dayBefore(moment.day) : moment.day;
  if (turn.weekdays.length && !turn.weekdays.includes(weekdayOf(day))) return false;
  const isHoliday = holidays.includes(day);
  return turn.holidays === "also" || (turn.holidays === "only") === isHoliday;
}

/** From an hour until the same hour is a whole day. */
function isWithin(minute, from, until) {
  const [start, end] = [minuteOf(from), minuteOf(until)];
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

function isAfterMidnight(minute, { starts, ends }) {
  return minuteOf(starts) >= minuteOf(ends) && minute < minuteOf(ends);
}

function minuteOf(text) {
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

function weekdayOf(day) {
  return DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
}

function dayBefore(day) {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
