/** Logging in and out: queues and the call centre. */

import { html, nothing } from "../../../vendor/lit/lit.js";
import { _, interpolate, ngettext } from "../../i18n.js";
import { choices, raw, reasonField, reasonProblem, requestOf, selectField, staleProblem, textField } from "./fields.js";

const TEXTS = {
  queueLogin: _("Log %(agent)s in to a queue"), queueLoginGo: _("Log in to the queue"),
  queueLogout: _("Log %(agent)s out of a queue"), queueLogoutGo: _("Log out of the queue"),
  queueLogoutMany: (count) => interpolate(ngettext("Log %(count)s agent out of a queue", "Log %(count)s agents out of a queue", count), { count }),
  many: _("These agents are logged out of %(queue)s: %(names)s. Who has a call in it is refused and stays."),
  queue: _("Queue"), chooseQueue: _("Choose a queue."),
  priority: _("Priority"),
  priorities: [["", _("The agent's own")], ["0", _("0: normal")], ["1", _("1: lower")], ["2", _("2: lowest")]],
  priorityHint: _("Counts for inbound queues only."),
  logout: _("Log %(agent)s out"), logoutGo: _("Log out"),
  logoutConfirm: _("%(agent)s is logged out of all queues and of the call centre; the telephone %(extension)s is free."),
  login: _("Log in an agent"), loginGo: _("Log in"),
  agent: _("Agent"), find: _("Find"), chooseAgent: _("Choose an agent."),
  extension: _("Telephone"), extensionHint: _("The line where the agent sits. Empty: the one bound to the account."),
  loading: _("Asking the PBX who is not logged in …"), everybody: _("Everybody is logged in."), nobodyFound: _("Nobody of that name."),
  pbx: _("PBX"),
};

export const queueLogin = {
  initial: (d) => ({ queue_id: only(queuesOf(d, false)), priority: "", reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.queueLogin, { agent: subject.agent.name }),
  draw: (d) => html`${queueField(d, queuesOf(d, false))}
    ${selectField(d, "priority", TEXTS.priority, TEXTS.priorities, { hint: TEXTS.priorityHint })}${reasonField(d, "queue_login")}`,
  confirms: () => null,
  problem: (d) => agentProblem(d) ?? (d.values.queue_id ? null : TEXTS.chooseQueue) ?? reasonProblem(d, "queue_login"),
  submits: () => [{ label: TEXTS.queueLoginGo, isDangerous: false }],
  requests: ({ subject, values }) => [requestOf({ ...subject, call_id: null }, "queue_login", {
    queue_id: raw(values.queue_id), priority: values.priority === "" ? null : Number(values.priority),
  }, values.reason)],
};

export const queueLogout = {
  initial: (d) => ({ queue_id: only(queuesOf(d, true)), reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.queueLogout, { agent: subject.agent.name }),
  draw: (d) => html`${queueField(d, queuesOf(d, true))}${reasonField(d, "queue_logout")}`,
  confirms: () => null,
  problem: (d) => agentProblem(d) ?? (d.values.queue_id ? null : TEXTS.chooseQueue) ?? reasonProblem(d, "queue_logout"),
  submits: () => [{ label: TEXTS.queueLogoutGo, isDangerous: false }],
  requests: ({ subject, values }) => [requestOf({ ...subject, call_id: null }, "queue_logout", { queue_id: raw(values.queue_id) }, values.reason)],
};

export const queueLogoutMany = {
  initial: (d) => ({ queue_id: only(sharedQueues(d)), reason: "" }),
  title: ({ subject }) => TEXTS.queueLogoutMany(subject.agents.length),
  draw: (d) => html`${queueField(d, sharedQueues(d))}${reasonField(d, "queue_logout")}`,
  confirms: (d) => (d.values.queue_id ? interpolate(TEXTS.many, { queue: titleOf(d, d.values.queue_id), names: membersOf(d).map(({ name }) => name).join(", ") }) : null),
  problem: (d) => (d.values.queue_id ? null : TEXTS.chooseQueue) ?? reasonProblem(d, "queue_logout"),
  submits: () => [{ label: TEXTS.queueLogoutGo, isDangerous: true }],
  requests: (d) => [{
    stream: d.subject.stream, action: "queue_logout", agent_ids: membersOf(d).map(({ id }) => raw(id)), call_id: null,
    parameters: { queue_id: raw(d.values.queue_id) }, reason: d.values.reason.trim(),
  }],
};

export const logout = {
  initial: () => ({ reason: "" }),
  title: ({ subject }) => interpolate(TEXTS.logout, { agent: subject.agent.name }),
  draw: (d) => reasonField(d, "logout"),
  confirms: ({ subject }) => interpolate(TEXTS.logoutConfirm, { agent: subject.agent.name, extension: subject.agent.extension ?? "" }),
  problem: (d) => agentProblem(d) ?? reasonProblem(d, "logout"),
  submits: () => [{ label: TEXTS.logoutGo, isDangerous: true }],
  requests: ({ subject, values }) => [requestOf({ ...subject, call_id: null }, "logout", {}, values.reason)],
};

/** For somebody who is not in the live state: asked of the PBX while the dialog is open. */
export const login = {
  initial: ({ subject }) => ({ agent_id: "", find: "", extension: "", reason: "", stream: subject.stream }),
  title: () => TEXTS.login,
  loads: ({ subject }) => `agents/${encodeURIComponent(subject.stream)}/absent/`,
  draw: (d) => html`${absent(d)}${textField(d, "extension", TEXTS.extension, { hint: TEXTS.extensionHint, mode: "tel", max: 40 })}${reasonField(d, "login")}`,
  confirms: () => null,
  problem: (d) => (d.values.agent_id ? null : TEXTS.chooseAgent) ?? reasonProblem(d, "login"),
  submits: () => [{ label: TEXTS.loginGo, isDangerous: false }],
  requests: ({ subject, values }) => [{
    stream: subject.stream, action: "login", agent_id: values.agent_id, call_id: null, parameters: { extension: values.extension.trim() }, reason: values.reason.trim(),
  }],
};

function absent(d) {
  if (!d.loaded) return html`<p class="note">${TEXTS.loading}</p>`;
  if (d.loaded.error) return html`<p class="note wrong">${d.loaded.error.text}</p>`;
  if (!d.loaded.rows.length) return html`<p class="note">${TEXTS.everybody}</p>`;
  const wanted = d.values.find.trim().toLocaleLowerCase();
  const rows = d.loaded.rows.filter(({ name, login: user }) => `${name} ${user}`.toLocaleLowerCase().includes(wanted));
  return html`${textField(d, "find", TEXTS.find, { type: "search" })}
    ${rows.length ? selectField(d, "agent_id", TEXTS.agent, rows.map(({ agent_id, name, login: user }) => [agent_id, `${name ?? user} · ${user}`]), { size: 8 })
      : html`<p class="note">${TEXTS.nobodyFound}</p>`}`;
}

function queueField(d, queues) {
  if (!queues.length) return nothing;
  return queues.length <= 8
    ? choices(d, "queue_id", TEXTS.queue, queues.map(({ id, title }) => ({ value: id, title })))
    : selectField(d, "queue_id", TEXTS.queue, queues.map(({ id, title }) => [id, title]), { size: 8 });
}

/** The queues of the agent's PBX that the user sees: those the agent is in, or those he is not in. */
function queuesOf({ desk, subject, now }, isMember) {
  const own = (now?.agent ?? subject.agent).queue_ids;
  return desk.queues.filter(({ id }) => id.startsWith(`${subject.stream}/`) && own.includes(id) === isMember);
}

function sharedQueues({ desk, subject }) {
  return desk.queues.filter(({ id }) => subject.agents.some(({ queue_ids }) => queue_ids.includes(id)));
}

function membersOf({ subject, values }) {
  return subject.agents.filter(({ queue_ids }) => queue_ids.includes(values.queue_id));
}

function titleOf({ desk }, queue_id) {
  return desk.queues.find(({ id }) => id === queue_id)?.title ?? queue_id;
}

function only(queues) {
  return queues.length === 1 ? queues[0].id : null;
}

function agentProblem(d) {
  return staleProblem({ ...d, subject: { ...d.subject, call_id: null } });
}
