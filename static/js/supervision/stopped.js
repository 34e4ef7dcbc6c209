/** What covers the page once nothing on it is true any more: why, and what to do. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";

const TEXTS = {
  login: _("You are logged out."),
  loginText: _("The session has ended, so nothing here is live any more. What you asked for before is in the audit log."),
  loginAgain: _("Log in again"),
  revoked: _("You may not use this page any more."),
  revokedText: _("Your right to supervise, or your team, was taken away. Nothing can be done from here. An administrator can give it back."),
  toStart: _("To the first page"),
  outdated: _("A newer version is ready; the page reloads in a moment."),
};

/** `phase` of the connection; `problem` of the last request, if there is one. */
export function stoppedBox({ phase, reason }, problem) {
  const why = phase === "stopped" ? reason : { logged_out: "login", forbidden: "revoked" }[problem?.code];
  if (why === "login") return box(TEXTS.login, TEXTS.loginText, `/accounts/login/?next=${encodeURIComponent(window.location.pathname + window.location.search)}`, TEXTS.loginAgain);
  if (why === "revoked") return box(TEXTS.revoked, TEXTS.revokedText, "/", TEXTS.toStart);
  if (why === "outdated") return box(TEXTS.outdated, "", null, "");
  return nothing;
}

function box(title, text, href, link) {
  return html`<div class="stopped" role="alertdialog" aria-label=${title}><div><h2>${title}</h2>${text ? html`<p>${text}</p>` : nothing}
    ${href ? html`<p><a href=${href}>${link}</a></p>` : nothing}</div></div>`;
}
