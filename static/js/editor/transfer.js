/** Layouts as files. */

import { _ } from "../i18n.js";

const BYTES_MOST = 1_000_000;

/** `{layout}` of a chosen file, or `{problem}` in a sentence. */
export async function fileRead(file) {
  if (file.size > BYTES_MOST) return { problem: _("This file is too large for a layout.") };
  try {
    return { layout: JSON.parse(await file.text()) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: _("This file is not JSON.") };
  }
}

/** Offer the layout as a file to keep. */
export function fileOffered(layout, name) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(layout, null, 1)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: `${name}.json` });
  link.click();
  URL.revokeObjectURL(address);
}
