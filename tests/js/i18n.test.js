import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { _, interpolate, ngettext } from "../../static/js/i18n.js";

afterEach(() => delete globalThis.django);

test("without a catalogue the English text stays", () => {
  assert.equal(_("Agents"), "Agents");
  assert.equal(ngettext("one call", "many calls", 1), "one call");
  assert.equal(ngettext("one call", "many calls", 3), "many calls");
});

test("with a catalogue its text is shown", () => {
  globalThis.django = { gettext: (text) => `cs ${text}`, ngettext: (one, many, count) => `cs ${count}` };
  assert.equal(_("Agents"), "cs Agents");
  assert.equal(ngettext("a", "b", 5), "cs 5");
});

test("values stand where their names do, and an unknown name stays", () => {
  assert.equal(interpolate("%(count)s of %(all)s", { count: 2 }), "2 of %(all)s");
});
