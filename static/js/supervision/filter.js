/** What is shown, and in which order: kept in the page's address. Pure. */

import { agentState } from "../kpi.js";

/** Agents by the groups in which a floor is looked at. */
export const AGENT_GROUPS = Object.freeze({
  idle: ["idle"],
  call: ["speaking", "calling"],
  ringing: ["ringing"],
  on_hold: ["on_hold"],
  acw: ["acw"],
  paused: ["paused"],
  logged: ["logged"],
  unknown: ["unknown"],
});

const MINUTE_MS = 60_000;
const TEXTS = ["q", "queue", "state", "longer", "agents", "calls"];
export const NO_FILTER = Object.freeze({ q: "", queue: "", state: "", longer: "", agents: "", calls: "" });

/** The filter that an address's search part names; what makes no sense there is left out. */
export function filterOf(search) {
  const params = new URLSearchParams(search);
  const filter = { ...NO_FILTER };
  for (const name of TEXTS) filter[name] = params.get(name) ?? "";
  if (!(filter.state in AGENT_GROUPS)) filter.state = "";
  if (!/^\d{1,4}$/.test(filter.longer) || Number(filter.longer) === 0) filter.longer = "";
  return Object.freeze(filter);
}

/** The search part of the address for a filter, "" if nothing is filtered. */
export function searchOf(filter) {
  const params = new URLSearchParams(TEXTS.filter((name) => filter[name]).map((name) => [name, filter[name]]));
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** Whether anything but the order is asked for. */
export function isFiltered({ q, queue, state, longer }) {
  return Boolean(q.trim() || queue || state || longer);
}

/** Letters without accents and case, so that "novak" finds Nováková. */
export function plain(text) {
  return String(text ?? "").normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

export function agentMatches(view, filter, now) {
  if (filter.queue && !view.queue_ids.includes(filter.queue)) return false;
  if (filter.state && !AGENT_GROUPS[filter.state].includes(agentState(view))) return false;
  if (!isLonger(view.since_at, filter.longer, now)) return false;
  return matchesText([view.name, view.login, view.extension, view.caller, view.caller_name, view.queues], filter.q);
}

export function callMatches(view, filter, now) {
  if (filter.queue && view.queue_id !== filter.queue) return false;
  if (!isLonger(view.since_at, filter.longer, now)) return false;
  return matchesText([view.caller, view.caller_name, view.queue, view.agents], filter.q);
}

function isLonger(at, minutes, now) {
  if (!minutes) return true;
  return at !== null && at !== undefined && now - at > Number(minutes) * MINUTE_MS;
}

/** Every word of the question must be somewhere; digits are found whatever blanks stand between them. */
function matchesText(texts, question) {
  const words = plain(question).split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  const all = texts.map(plain).join(" ");
  const digits = all.replace(/\s+/g, "");
  return words.every((word) => all.includes(word) || (/^\+?\d+$/.test(word) && digits.includes(word)));
}
