/** What stands above the board that is edited: who else is here, what is in the way, and what became of the last thing done. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { _, interpolate } from "../i18n.js";

/** `login` is the address to log in at, null while that is not needed; `isTall` whether a turned TV is shown; `message` is `{tone, lines}`. */
export function notices({ others, login, isTall, conflict, message, onTheirs, onMine }) {
  return html`${isTall ? html`<p>${_("A turned TV shows it like this, in reading order. To move widgets and change their size, choose a wide preview.")}</p>` : nothing}
    ${others.length ? whoElse(others) : nothing}${login ? loggedOut(login) : nothing}
    ${conflict ? secondToSave(conflict, onTheirs, onMine) : nothing}
    ${message ? html`<p data-tone=${message.tone} role="status">${message.lines.map((line) => html`<span>${line}</span> `)}</p>` : nothing}`;
}

function whoElse(others) {
  const text = interpolate(_("%(names)s edits this board too."), { names: others.join(", ") });
  return html`<p data-tone="warning"><b>${text}</b> ${_("Whoever saves second is asked first.")}</p>`;
}

function loggedOut(login) {
  return html`<p data-tone="critical" role="alert"><b>${_("You are not logged in any more.")}</b>
    <span>${_("Nothing is lost here: log in in another tab, then go on.")}</span>
    <a href=${login} target="_blank" rel="noopener">${_("Log in")}</a></p>`;
}

function secondToSave(conflict, onTheirs, onMine) {
  const text = interpolate(_("%(name)s saved this board at %(at)s, while you were editing. Yours is not saved yet."), conflict);
  return html`<div data-tone="critical" role="alert"><p><b>${text}</b></p>
    <button type="button" @click=${onTheirs}>${_("Show theirs (undo brings yours back)")}</button>
    <button type="button" @click=${onMine}>${_("Save mine over theirs")}</button></div>`;
}
