/** Texts in the reader's language. The catalogue is Django's, loaded by a plain script before the page's own modules. */

const catalogue = () => globalThis.django ?? {};

/** The text in the reader's language; the English one where there is no catalogue. */
export function _(text) {
  return catalogue().gettext?.(text) ?? text;
}

/** The form that the number asks for. */
export function ngettext(one, many, count) {
  return catalogue().ngettext?.(one, many, count) ?? (count === 1 ? one : many);
}

/** As `_`, where one English word means two things. */
export function pgettext(context, text) {
  return catalogue().pgettext?.(context, text) ?? text;
}

/** Put values in for %(name)s. */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The reader's language, such as "cs" or "en-gb". */
export function language() {
  return globalThis.document?.documentElement.lang || "en-gb";
}
