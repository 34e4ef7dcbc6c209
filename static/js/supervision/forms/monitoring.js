/** Listening to a call. */

import { html } from "../../../vendor/lit/lit.js";
import { _, interpolate } from "../../i18n.js";
import { said } from "../said.js";
import { callerText, choices, reasonField, reasonProblem, requestOf, staleProblem, textField } from "./fields.js";

const MODES = [
  ["spy", _("Listen"), _("You hear both. Nobody hears you.")],
  ["whisper", _("Whisper"), _("You hear both. Only the agent hears you.")],
  ["whisperprivate", _("Whisper, hearing the agent only"), _("Only the agent hears you, and you do not hear the caller.")],
  ["barge", _("Barge in"), _("Everybody hears everybody: the caller notices.")],
  ["interactive", _("Switch on the telephone"), _("Begins as listening; press 4 to listen, 5 to whisper, 6 to barge in.")],
];
const TEXTS = {
  title: _("Listen to %(agent)s with %(caller)s"),
  mode: _("How"),
  extension: _("Your telephone"),
  extensionHint: _("The extension that rings so that you can listen. It is remembered."),
  extensionMissing: _("Enter the extension of your telephone."),
  extensionWrong: _("An extension has digits only."),
  start: _("Start listening"),
  barge: _("Barge in on the call"),
  confirm: _("%(caller)s and %(agent)s will both hear you."),
};
const REASON_KEY = "wb-supervision-reason";

export const monitoring = {
  initial: ({ subject, desk }) => ({
    mode: "spy",
    extension: desk.options?.streams[subject.stream]?.extension ?? "",
    reason: window.sessionStorage.getItem(REASON_KEY) ?? "",
  }),
  title: ({ subject }) => interpolate(TEXTS.title, names(subject)),
  draw: (d) => html`
    ${choices(d, "mode", TEXTS.mode, MODES.map(([value, title, text]) => ({ value, title, text })))}
    <div class="pair">${textField(d, "extension", TEXTS.extension, { hint: TEXTS.extensionHint, mode: "tel", max: 40 })}${reasonField(d, "monitoring")}</div>`,
  confirms: ({ subject, values }) => (values.mode === "barge" ? interpolate(TEXTS.confirm, names(subject)) : null),
  problem: (d) => staleProblem(d) ?? extensionProblem(d.values.extension) ?? reasonProblem(d, "monitoring"),
  submits: ({ values }) => [{ label: values.mode === "barge" ? TEXTS.barge : TEXTS.start, isDangerous: values.mode === "barge" }],
  requests: ({ subject, values }) => [requestOf(subject, "monitoring", { mode: values.mode }, values.reason)],
  /** The extension is told before, and the reason is offered again the next time. */
  before: ({ values }) => {
    window.sessionStorage.setItem(REASON_KEY, values.reason.trim());
    return { extension: values.extension.trim() };
  },
};

function names({ agent, call }) {
  return { agent: agent.name, caller: callerText(call, said.withheld) };
}

function extensionProblem(extension) {
  if (!extension.trim()) return TEXTS.extensionMissing;
  return /^\d+$/.test(extension.trim()) ? null : TEXTS.extensionWrong;
}
