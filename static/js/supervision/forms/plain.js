/** What is done at the click unless the site asks for a reason. */

import { _, interpolate } from "../../i18n.js";
import { LABELS } from "../actions.js";
import { reasonField, reasonProblem, requestOf, staleProblem } from "./fields.js";

const TEXTS = { title: _("%(action)s: %(agent)s") };

function plain(action, { withCall }) {
  const subjectOf = (subject) => (withCall ? subject : { ...subject, call_id: null });
  return {
    isImmediate: true,
    initial: () => ({ reason: "" }),
    title: ({ subject }) => interpolate(TEXTS.title, { action: LABELS[action].button, agent: subject.agent.name }),
    draw: (d) => reasonField(d, action),
    confirms: () => null,
    problem: (d) => staleProblem({ ...d, subject: subjectOf(d.subject) }) ?? reasonProblem(d, action),
    submits: () => [{ label: LABELS[action].button, isDangerous: false }],
    requests: ({ subject, values }) => [requestOf(subjectOf(subject), action, {}, values.reason)],
  };
}

export const pauseOff = plain("pause_off", { withCall: false });
export const answer = plain("answer", { withCall: true });
