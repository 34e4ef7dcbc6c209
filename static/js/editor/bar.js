/** The tools above the board: steps back and forth, sizes, files, saving. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";
import { SIZES } from "./preview.js";

/** `on` has an act per tool; `is`: what can be done now. */
export function bar({ on, is }) {
  return html`
    <button type="button" title="Ctrl+Z" ?disabled=${!is.undoable} @click=${on.undo}>${_("Undo")}</button>
    <button type="button" title="Ctrl+Y" ?disabled=${!is.redoable} @click=${on.redo}>${_("Redo")}</button>
    <label>${_("Preview")} <select @change=${(event) => on.resize(event.target.selectedIndex)}>${SIZES.map(([w, h]) => html`
      <option>${w} × ${h}</option>`)}</select></label>
    <label class="button">${_("Import")}<input type="file" accept="application/json,.json" @change=${(event) => picked(event, on.picked)}></label>
    <button type="button" ?disabled=${!is.placed} @click=${on.export}>${_("Export")}</button>
    ${is.placed ? html`<button type="button" @click=${on.free}>${_("Let it lay itself out")}</button>` : nothing}
    <button type="button" class="primary" title="Ctrl+S" ?disabled=${is.saving || !is.unsaved} @click=${on.save}>
      ${is.saving ? _("Saving…") : is.unsaved ? _("Save") : _("Saved")}</button>`;
}

/** The same file can be chosen again. */
function picked(event, take) {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) take(file);
}
