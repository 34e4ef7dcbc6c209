/** Which actions a row offers: where right, state and the PBX's API allow them. Pure; the server checks everything again. */

import { _ } from "../i18n.js";
import { isWritten } from "./views.js";

/** What each action is called on a button and in a menu; the dots say that it asks something first. */
export const LABELS = {
  monitoring: { button: _("Listen"), menu: _("Listen in…") },
  pause_on: { button: _("Pause"), menu: _("Put on a pause…"), again: _("Change the pause…") },
  pause_off: { button: _("End pause"), menu: _("End the pause"), acw: _("Make ready") },
  transfer: { button: _("Transfer"), menu: _("Transfer the call…") },
  hangup: { button: _("Hang up"), menu: _("Hang up…") },
  answer: { button: _("Answer"), menu: _("Answer for the agent") },
  pickup: { button: _("Hand over"), menu: _("Hand a waiting call over…"), call: _("Hand over to an agent…") },
  queue_login: { button: _("Log in to a queue"), menu: _("Log in to a queue…") },
  queue_logout: { button: _("Log out of a queue"), menu: _("Log out of a queue…") },
  login: { button: _("Log in an agent"), menu: _("Log in an agent…") },
  logout: { button: _("Log out"), menu: _("Log out of everything…") },
  call: { button: _("Call"), menu: _("Call a number…") },
  playback: { button: _("Play"), menu: _("Play an announcement…") },
};

export const ACTIONS = Object.keys(LABELS);
/** Actions that end something for somebody who did not ask for it. */
export const DANGEROUS = new Set(["hangup", "logout"]);
/** What makes sense for several agents at once. */
export const BULK = ["pause_on", "queue_logout"];

const APART = _("The selected agents are at different PBXs: select those of one.");

const TALKING = new Set(["speaking", "on_hold"]);
/** What is offered first, by the agent's state; the next one where the right to the first is missing. */
const FIRST = {
  speaking: ["monitoring", "hangup"],
  on_hold: ["monitoring", "hangup"],
  ringing: ["answer"],
  calling: ["hangup"],
  paused: ["pause_off"],
  acw: ["pause_off"],
  idle: ["pause_on"],
  logged: ["queue_login"],
};

/** Done by telephone, so neither to an e-mail nor to a chat. */
const BY_TELEPHONE = new Set(["monitoring", "transfer", "hangup", "answer", "playback"]);

/** Whether the agent's state, and what the API can do with it, allow an action. */
const AGENT_FITS = {
  monitoring: (view) => view.call_id !== null && TALKING.has(view.call_state),
  pause_on: (view) => view.queue_ids.length > 0,
  pause_off: (view) => view.state === "paused" || view.state === "acw",
  transfer: (view) => view.call_id !== null && TALKING.has(view.call_state),
  hangup: (view) => view.call_id !== null,
  answer: (view) => view.state === "ringing" && view.call_id !== null && view.direction !== "out",
  pickup: (view, { waiting }) => view.state === "idle" && waiting > 0,
  queue_login: (view, { queues }) => queues.some(({ id }) => id.startsWith(`${view.stream}/`) && !view.queue_ids.includes(id)),
  queue_logout: (view) => view.queue_ids.length > 0,
  logout: () => true,
  call: (view, { isOutbound }) => view.state === "idle" && view.queue_ids.some(isOutbound),
  playback: (view) => view.call_id !== null && TALKING.has(view.call_state),
};
const CALL_FITS = {
  pickup: (view) => canBeHandedOver(view),
  answer: (view) => view.isWaiting && view.state === "ringing" && view.agent_id !== null,
  monitoring: (view) => TALKING.has(view.state) && view.agent_id !== null,
  transfer: (view) => TALKING.has(view.state) && view.agent_id !== null,
  hangup: () => true,
};
const CALL_FIRST = { waiting: ["pickup", "hangup"], ringing: ["answer", "hangup"], speaking: ["monitoring", "hangup"], on_hold: ["monitoring", "hangup"] };

/** All that an agent's row offers, the order of the menu; `desk` is `{rights, notLive, waiting, queues, isOutbound}`. */
export function agentActions(view, desk) {
  const names = Object.keys(AGENT_FITS).filter((name) => desk.rights.has(name) && view.login !== null && AGENT_FITS[name](view, desk))
    .filter((name) => !(isWritten(view.call_type) && BY_TELEPHONE.has(name)));
  const actions = offered(names, FIRST[view.state] ?? [], desk, (name) => agentLabel(name, view));
  if (view.state !== "acw") return actions;
  return actions.map((one) => (one.name === "pause_off" ? { ...one, label: LABELS.pause_off.acw } : one));
}

/** Whether a call waits that somebody could be given by telephone. */
export function canBeHandedOver(view) {
  return view.isWaiting && view.state === "waiting" && !isWritten(view.type);
}

/** What a call offers; all of it is done by telephone. `agentActions` says what `desk` is. */
export function callActions(view, desk) {
  if (isWritten(view.type)) return [];
  const names = Object.keys(CALL_FITS).filter((name) => desk.rights.has(name) && CALL_FITS[name](view));
  return offered(names, CALL_FIRST[view.state] ?? [], desk, (name) => (name === "pickup" ? LABELS.pickup.call : LABELS[name].menu));
}

/** What may be done with all of these agents at once. */
export function bulkActions(views, desk) {
  if (!views.length) return [];
  const isApart = views.some(({ stream }) => stream !== views[0].stream);
  return BULK.filter((name) => desk.rights.has(name))
    .map((name) => action(name, { notLive: desk.notLive ?? (isApart ? APART : null) }, LABELS[name].menu));
}

function offered(names, first, desk, labelOf) {
  const primary = first.find((name) => names.includes(name)) ?? null;
  return names.map((name) => ({ ...action(name, desk, labelOf(name)), isPrimary: name === primary }));
}

/** `disabled` is null or the reason, a sentence: what rests on the live state waits until there is one. */
function action(name, desk, menu) {
  return { name, label: LABELS[name].button, menu, isPrimary: false, isDangerous: DANGEROUS.has(name), disabled: desk.notLive };
}

function agentLabel(name, view) {
  if (name === "pause_off" && view.state === "acw") return LABELS.pause_off.acw;
  if (name === "pause_on" && view.state === "paused") return LABELS.pause_on.again;
  return LABELS[name].menu;
}
