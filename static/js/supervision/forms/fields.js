/** Fields that several dialogs share. `d` is the dialog: `values`, `set(name, value)`, `subject`, `desk`. */

import { html, nothing } from "../../../vendor/lit/lit.js";
import { _, interpolate } from "../../i18n.js";

const TEXTS = {
  reason: _("Reason"),
  reasonHint: _("Why; it is kept in the audit log."),
  reasonMissing: _("Say why."),
  callGone: _("This call has ended meanwhile, or is no longer in your queues. Nothing is sent."),
  callMoved: _("This call is meanwhile at somebody else. Nothing is sent."),
  agentGone: _("%(name)s has logged out meanwhile, or is no longer in your queues. Nothing is sent."),
};

/** One of several, all in sight. `options`: `[{value, title, text, note}]`. */
export function choices(d, name, legend, options) {
  return html`<fieldset class="choices"><legend>${legend}</legend>${options.map(({ value, title, text, note }) => html`
    <label class="pickable"><input type="radio" name=${name} .value=${String(value)} .checked=${d.values[name] === value} @change=${() => d.set(name, value)}>
      <span><b>${title}</b>${note ? html` <span class="quiet">${note}</span>` : nothing}${text ? html`<small>${text}</small>` : nothing}</span></label>`)}</fieldset>`;
}

export function textField(d, name, label, { hint = null, type = "text", mode = null, max = 300, list = null } = {}) {
  return html`<label class="field"><span>${label}</span><input type=${type} name=${name} .value=${d.values[name] ?? ""} maxlength=${max} autocomplete="off"
    inputmode=${mode ?? nothing} list=${list ?? nothing} @input=${(event) => d.set(name, event.target.value)}>${hint ? html`<small>${hint}</small>` : nothing}</label>`;
}

/** One of many. `options`: `[[value, text]]`. */
export function selectField(d, name, label, options, { size = null, hint = null } = {}) {
  return html`<label class="field"><span>${label}</span><select name=${name} size=${size ?? nothing} @change=${(event) => d.set(name, event.target.value)}>
    ${options.map(([value, text]) => html`<option value=${value} ?selected=${d.values[name] === value}>${text}</option>`)}</select>${hint ? html`<small>${hint}</small>` : nothing}</label>`;
}

/** The reason, where the site asks for one before this action. */
export function reasonField(d, action) {
  return isReasonRequired(d, action) ? textField(d, "reason", TEXTS.reason, { hint: TEXTS.reasonHint }) : nothing;
}

export function isReasonRequired({ desk }, action) {
  return Boolean(desk.options?.actions[action]?.is_reason_required);
}

export function reasonProblem(d, action) {
  return isReasonRequired(d, action) && !d.values.reason?.trim() ? TEXTS.reasonMissing : null;
}

/** What has become of the agent and the call since the dialog was opened: a sentence if nothing may be sent any more, else null. */
export function staleProblem({ subject, now }) {
  if (subject.call_id !== null && !now.call) return TEXTS.callGone;
  if (subject.agent && !now.agent) return interpolate(TEXTS.agentGone, { name: subject.agent.name });
  if (subject.call_id !== null && subject.agent && now.call.agent_id !== subject.call.agent_id) return TEXTS.callMoved;
  return null;
}

/** A caller who waited, offered to nobody, has meanwhile been answered: it is another call to end now. */
export function answeredProblem({ subject, now }) {
  return !subject.agent && subject.call?.isWaiting && now.call && !now.call.isWaiting ? TEXTS.callMoved : null;
}

/** The request about the agent and the call that the dialog was opened for. */
export function requestOf(subject, action, parameters = {}, reason = "") {
  return {
    stream: subject.stream, action, agent_id: raw(subject.agent?.id), call_id: raw(subject.call_id), parameters, reason: (reason ?? "").trim(),
  };
}

/** An id as the server knows it, without its stream. */
export function raw(id) {
  return id === null || id === undefined ? null : id.slice(id.indexOf("/") + 1);
}

/** Who is on the line, with the number if there is a name. */
export function callerText(call, withheld) {
  if (!call) return withheld;
  if (call.caller_name && call.caller) return `${call.caller_name} (${call.caller})`;
  return call.caller_name ?? call.caller ?? withheld;
}
