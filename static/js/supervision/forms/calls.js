/** Calls: ending, moving, handing over, making them, and playing into them. */

import { html, nothing } from "../../../vendor/lit/lit.js";
import { _, interpolate, ngettext } from "../../i18n.js";
import { duration } from "../../format.js";
import { words } from "../../words.js";
import { said } from "../said.js";
import { isWritten } from "../views.js";
import { canBeHandedOver } from "../actions.js";
import { answeredProblem, callerText, choices, raw, reasonField, reasonProblem, requestOf, selectField, staleProblem, textField } from "./fields.js";

const TEXTS = {
  hangup: _("Hang up the call of %(caller)s"),
  hangupWith: _("The call of %(caller)s with %(agent)s in %(queue)s is ended for both, at once. It cannot be undone."),
  hangupAlone: _("The call of %(caller)s, who waits in %(queue)s, is ended at once. It cannot be undone."),
  hangupGo: _("Hang up"),
  transfer: _("Transfer the call of %(caller)s from %(agent)s"),
  to: _("Where to"),
  toQueue: _("To a queue"), toAgent: _("To an agent"), toNumber: _("To a number"),
  queue: _("Queue"), agent: _("Agent"), number: _("Number"), numberHint: _("Digits, with + for another country."),
  how: _("How"),
  attended: _("Attended"), attendedText: _("The agent speaks with the target first, then the caller is connected."),
  blind: _("Blind"), blindText: _("The caller is sent to the target at once."),
  transferGo: _("Transfer"),
  chooseQueue: _("Choose a queue."), chooseAgent: _("Choose an agent."), enterNumber: _("Enter a number of at least 3 digits."),
  nobody: _("No other agent is logged in."),
  waiting: (count) => interpolate(ngettext("%(count)s waiting", "%(count)s waiting", count), { count }),
  ready: (count) => interpolate(ngettext("%(count)s ready", "%(count)s ready", count), { count }),
  pickupCall: _("Hand the call of %(caller)s over"), pickupAgent: _("Hand a waiting call over to %(agent)s"),
  pickupGo: _("Hand over"), chooseCall: _("Choose a call."), noneReady: _("No agent is ready to take it."), noneWaiting: _("Nobody waits any more."),
  call: _("Have %(agent)s call a number"), callGo: _("Call"), callNote: _("The agent's telephone rings first, then the number is called."),
  outbound: _("Outbound queue"), ownQueue: _("The agent's own"), outboundHint: _("To which queue the call is booked."),
  playback: _("Play an announcement to %(agent)s and %(caller)s"), recording: _("Announcement"),
  recordingHint: _("Its name as it is stored on the PBX, such as queue_info.wav. Both hear it."),
  play: _("Play"), stop: _("Stop"), pause: _("Pause or go on"), rewind: _("Back"), forward: _("Forward"), enterRecording: _("Enter the name of an announcement."),
  begin: _("Begin at second"), beginHint: _("Empty: at its beginning."), skip: _("Back and forward by"), skipHint: _("Seconds. Empty: as the PBX does it."),
  wholeSeconds: _("Enter whole seconds, at most 86400."),
};
const isNumber = (text) => /^\+?[\d*#]{3,30}$/.test((text ?? "").replace(/[\s-]/g, ""));
const OUTBOUND = new Set(["out", "outbounder", "dialer"]);
const cleanNumber = (text) => text.replace(/[\s-]/g, "");

export const hangup = {
  initial: () => ({ reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.hangup, names(subject)),
  draw: (d) => reasonField(d, "hangup"),
  confirms: ({ subject }) => interpolate(subject.agent ? TEXTS.hangupWith : TEXTS.hangupAlone, names(subject)),
  problem: (d) => staleProblem(d) ?? answeredProblem(d) ?? reasonProblem(d, "hangup"),
  submits: () => [{ label: TEXTS.hangupGo, isDangerous: true }],
  requests: ({ subject, values }) => [requestOf(subject, "hangup", {}, values.reason)],
};

export const transfer = {
  initial: () => ({ to: "queue", queue_id: "", to_agent_id: "", number: "", type: "attended", reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.transfer, names(subject)),
  draw: (d) => html`<div class="pair">
    ${choices(d, "to", TEXTS.to, [{ value: "queue", title: TEXTS.toQueue }, { value: "agent", title: TEXTS.toAgent }, { value: "number", title: TEXTS.toNumber }])}
    <div>${target(d)}</div></div>
    ${choices(d, "type", TEXTS.how, [
      { value: "attended", title: TEXTS.attended, text: TEXTS.attendedText }, { value: "blind", title: TEXTS.blind, text: TEXTS.blindText },
    ])}${reasonField(d, "transfer")}`,
  confirms: () => null,
  problem: (d) => staleProblem(d) ?? targetProblem(d.values) ?? reasonProblem(d, "transfer"),
  submits: () => [{ label: TEXTS.transferGo, isDangerous: false }],
  requests: ({ subject, values }) => [requestOf(subject, "transfer", { ...targetOf(values), type: values.type }, values.reason)],
};

/** A waiting call to an agent: opened from the call or from the agent; the other one is chosen. */
export const pickup = {
  initial: ({ subject }) => ({ agent: subject.kind === "agent" ? subject.agent.id : "", call: subject.kind === "call" ? subject.call_id : "", reason: "" }),
  title: ({ subject }) => (subject.kind === "call" ? interpolate(TEXTS.pickupCall, names(subject)) : interpolate(TEXTS.pickupAgent, names(subject))),
  draw: (d) => html`${d.subject.kind === "call" ? pickupAgents(d) : pickupCalls(d)}${reasonField(d, "pickup")}`,
  confirms: () => null,
  problem: (d) => pickupProblem(d) ?? reasonProblem(d, "pickup"),
  submits: () => [{ label: TEXTS.pickupGo, isDangerous: false }],
  requests: ({ subject, values }) => [{
    stream: subject.stream, action: "pickup", agent_id: raw(values.agent), call_id: raw(values.call), parameters: {}, reason: values.reason.trim(),
  }],
};

export const call = {
  initial: () => ({ number: "", queue_id: "", reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.call, names(subject)),
  draw: (d) => html`<p class="note">${TEXTS.callNote}</p>${numberField(d)}${outboundField(d)}${reasonField(d, "call")}`,
  confirms: () => null,
  problem: (d) => staleProblem(d) ?? (isNumber(d.values.number) ? null : TEXTS.enterNumber) ?? reasonProblem(d, "call"),
  submits: () => [{ label: TEXTS.callGo, isDangerous: false }],
  requests: ({ subject, values }) => [requestOf(subject, "call", { number: cleanNumber(values.number), queue_id: raw(values.queue_id || null) }, values.reason)],
};

export const playback = {
  initial: () => ({ recording: window.localStorage.getItem("wb-supervision-recording") ?? "", begin: "", skip: "", reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.playback, names(subject)),
  draw: (d) => html`${textField(d, "recording", TEXTS.recording, { hint: TEXTS.recordingHint, max: 100 })}
    <div class="pair">${textField(d, "begin", TEXTS.begin, { hint: TEXTS.beginHint, mode: "numeric", max: 5 })}
    ${textField(d, "skip", TEXTS.skip, { hint: TEXTS.skipHint, mode: "numeric", max: 5 })}</div>${reasonField(d, "playback")}`,
  confirms: () => null,
  problem: (d) => staleProblem(d) ?? (d.values.recording.trim() ? null : TEXTS.enterRecording) ?? secondsProblem(d.values) ?? reasonProblem(d, "playback"),
  submits: () => ["play", "stop", "pause", "rewind", "forward"].map((command) => ({ label: TEXTS[command], isDangerous: false, values: { command } })),
  requests: ({ subject, values }) => {
    window.localStorage.setItem("wb-supervision-recording", values.recording.trim());
    return [requestOf(subject, "playback", playbackOf(values), values.reason)];
  },
};

function target(d) {
  if (d.values.to === "number") return numberField(d);
  if (d.values.to === "queue") {
    const queues = d.desk.queues.filter(({ id, type, isInbound }) => isInbound && !isWritten(type) && id.startsWith(`${d.subject.stream}/`));
    return selectField(d, "queue_id", TEXTS.queue, queues.map(({ id, title, waiting, ready }) => [id, `${title} · ${TEXTS.waiting(waiting ?? 0)} · ${TEXTS.ready(ready ?? 0)}`]), { size: 6 });
  }
  const agents = agentsOf(d).filter(({ id }) => id !== d.subject.agent.id);
  if (!agents.length) return html`<p class="note">${TEXTS.nobody}</p>`;
  return selectField(d, "to_agent_id", TEXTS.agent, agents.map((view) => [view.id, `${view.name} · ${words.state[view.state]}`]), { size: 6 });
}

function numberField(d) {
  return textField(d, "number", TEXTS.number, { hint: TEXTS.numberHint, type: "tel", mode: "tel", max: 40 });
}

/** Through which outbound queue; not asked where there is only one to choose from. */
function outboundField(d) {
  const queues = d.desk.queues.filter(({ id, type }) => OUTBOUND.has(type) && id.startsWith(`${d.subject.stream}/`));
  if (queues.length < 2) return nothing;
  return selectField(d, "queue_id", TEXTS.outbound, [["", TEXTS.ownQueue], ...queues.map(({ id, title }) => [id, title])], { hint: TEXTS.outboundHint });
}

const toMs = (seconds) => Number(seconds.trim()) * 1000;

/** Only `play` says what, from where, and how far is wound at a time; milliseconds. */
function playbackOf({ command, recording, begin, skip }) {
  if (command !== "play") return { command };
  return { command, recording: recording.trim(), ...(begin.trim() && { begin_ms: toMs(begin) }), ...(skip.trim() && { skip_ms: toMs(skip) }) };
}

function secondsProblem({ begin, skip }) {
  return [begin, skip].every((text) => /^\d*$/.test(text.trim()) && Number(text) <= 86_400) ? null : TEXTS.wholeSeconds;
}

function targetProblem({ to, queue_id, to_agent_id, number }) {
  if (to === "queue") return queue_id ? null : TEXTS.chooseQueue;
  if (to === "agent") return to_agent_id ? null : TEXTS.chooseAgent;
  return isNumber(number) ? null : TEXTS.enterNumber;
}

function targetOf({ to, queue_id, to_agent_id, number }) {
  if (to === "queue") return { queue_id: raw(queue_id) };
  return to === "agent" ? { to_agent_id: raw(to_agent_id) } : { number: cleanNumber(number) };
}

/** Agents of the same PBX, those who are ready first. */
function agentsOf({ desk, subject }) {
  const place = (view) => (view.state === "idle" ? 0 : 1);
  return [...desk.agents.values()].filter(({ stream, login }) => stream === subject.stream && login !== null)
    .sort((one, other) => place(one) - place(other) || one.name.localeCompare(other.name));
}

function pickupAgents(d) {
  const ready = agentsOf(d).filter(({ state }) => state === "idle");
  if (!ready.length) return html`<p class="note">${TEXTS.noneReady}</p>`;
  return selectField(d, "agent", TEXTS.agent, ready.map((view) => [view.id, `${view.name} · ${view.queues}`]), { size: 8 });
}

function pickupCalls(d) {
  const waiting = [...d.desk.calls.values()].filter((view) => view.stream === d.subject.stream && canBeHandedOver(view))
    .sort((one, other) => (one.since_at ?? 0) - (other.since_at ?? 0));
  if (!waiting.length) return html`<p class="note">${TEXTS.noneWaiting}</p>`;
  return selectField(d, "call", said.caller, waiting.map((view) => [view.id, `${duration(d.desk.now - view.since_at)} · ${callerText(view, said.withheld)} · ${view.queue ?? ""}`]), { size: 8 });
}

function pickupProblem({ values, desk, subject, now }) {
  if (subject.kind === "call" && !now.call) return staleProblem({ subject, now });
  if (!values.agent) return TEXTS.chooseAgent;
  if (!values.call) return TEXTS.chooseCall;
  return desk.calls.has(values.call) && desk.agents.has(values.agent) ? null : TEXTS.chooseCall;
}

function names({ agent, call: row }) {
  return { agent: agent?.name ?? "", caller: callerText(row, said.withheld), queue: row?.queue ?? said.noQueue };
}
