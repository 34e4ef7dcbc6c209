/** A picture: chosen from this machine, uploaded, and shown small. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";

/** As the fields of fields.js; the value is the picture's key. */
export function pictureField(option, { value, context, change }) {
  return html`<label>${option.label}
    ${value ? html`<img class="thumb" src="/boards/pictures/${value}/" alt="">` : nothing}
    <input type="file" accept="image/png,image/jpeg,image/webp,image/gif" @change=${(event) => taken(event, context, change)}></label>
    ${value ? html`<button type="button" @click=${() => change("")}>${_("Take it away")}</button>` : nothing}`;
}

async function taken(event, context, change) {
  const [file] = event.target.files;
  if (!file) return;
  const key = await context.upload(file);
  event.target.value = "";
  if (key) change(key);
}
