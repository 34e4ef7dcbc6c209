/** Pauses: for one agent or for several. */

import { html, nothing } from "../../../vendor/lit/lit.js";
import { _, interpolate, ngettext } from "../../i18n.js";
import { said } from "../said.js";
import { callerText, choices, raw, reasonField, reasonProblem, requestOf, staleProblem } from "./fields.js";

const TEXTS = {
  title: _("Put %(agent)s on a pause"),
  titleMany: (count) => interpolate(ngettext("Put %(count)s agent on a pause", "Put %(count)s agents on a pause", count), { count }),
  choose: _("Which pause"),
  when: _("When"),
  afterCall: _("After this call"),
  afterCallText: _("It is kept here and done as soon as the call with %(caller)s has ended. It can be withdrawn until then."),
  force: _("Forced"),
  forceText: _("The call with %(caller)s goes on; the pause begins when it ends, and no other call comes before. It cannot be withdrawn."),
  forceRingsText: _("The call of %(caller)s still rings: the PBX may take it away from the agent, and the pause begins."),
  inCall: _("%(agent)s is in a call with %(caller)s. The PBX refuses a pause during a call unless it is forced."),
  forced: _("The PBX is told now: the pause of %(agent)s begins as soon as the call with %(caller)s ends."),
  forcedRings: _("The PBX is told now, while the call of %(caller)s rings: it may be taken away from %(agent)s."),
  callCame: _("%(agent)s has a call meanwhile. Nothing is sent: close this and look again."),
  many: _("These agents are put on a pause: %(names)s. Who is in a call is refused and stays as he is."),
};

/** Whether the agent was in a call at the click: what the dialog offers, says and sends is about that call, and no other. */
const hasCall = ({ subject }) => subject.call_id !== null;
const rings = ({ subject }) => subject.agent.call_state === "ringing";

export const pauseOn = {
  initial: () => ({ when: "after", reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.title, { agent: subject.agent.name }),
  draw: (d) => html`
    ${hasCall(d) ? html`<p class="note">${interpolate(TEXTS.inCall, names(d))}</p>${choices(d, "when", TEXTS.when, [
      { value: "after", title: TEXTS.afterCall, text: interpolate(TEXTS.afterCallText, names(d)) },
      { value: "force", title: TEXTS.force, text: interpolate(rings(d) ? TEXTS.forceRingsText : TEXTS.forceText, names(d)) },
    ])}` : nothing}
    ${reasonField(d, action(d))}`,
  confirms: (d) => (isForced(d) ? interpolate(rings(d) ? TEXTS.forcedRings : TEXTS.forced, names(d)) : null),
  problem: (d) => staleProblem(d) ?? callProblem(d) ?? reasonProblem(d, action(d)),
  choose: TEXTS.choose,
  submits: (d) => pauseSubmits(d, isForced(d)),
  requests: (d) => {
    const { pause_id, reason } = d.values;
    const parameters = hasCall(d) && !isForced(d) ? { pause_id } : { pause_id, force: isForced(d) };
    return [requestOf(d.subject, action(d), parameters, reason)];
  },
};

export const pauseOnMany = {
  initial: () => ({ reason: "" }),
  title: ({ subject }) => TEXTS.titleMany(subject.agents.length),
  draw: (d) => reasonField(d, "pause_on"),
  confirms: (d) => interpolate(TEXTS.many, { names: d.subject.agents.map(({ name }) => name).join(", ") }),
  problem: (d) => reasonProblem(d, "pause_on"),
  choose: TEXTS.choose,
  submits: (d) => pauseSubmits(d, true),
  requests: ({ subject, values }) => [{
    stream: subject.stream, action: "pause_on", agent_ids: subject.agents.map(({ id }) => raw(id)), call_id: null,
    parameters: { pause_id: values.pause_id, force: false }, reason: (values.reason ?? "").trim(),
  }],
};

/** A button for each pause: choosing it is doing it. */
function pauseSubmits(d, isDangerous) {
  return pausesOf(d).map(({ id, title }) => ({ label: title, isDangerous, isPlain: true, values: { pause_id: id } }));
}

function pausesOf({ desk, subject }) {
  return desk.options?.streams[subject.stream]?.pauses ?? [];
}

function isForced(d) {
  return hasCall(d) && d.values.when === "force";
}

function action(d) {
  return hasCall(d) && !isForced(d) ? "pause_after_call" : "pause_on";
}

/** A first call that has come since: then what was to be a pause at once would have become one during a call. */
function callProblem(d) {
  return !hasCall(d) && d.now.agent.call_id !== null ? interpolate(TEXTS.callCame, names(d)) : null;
}

function names({ subject }) {
  const { name, caller, caller_name } = subject.agent;
  return { agent: name, caller: callerText({ caller, caller_name }, said.withheld) };
}
