import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const STATIC = new URL("../../static/", import.meta.url);
/** Pages of a desk, whose browser is of this year. */
const OF_DESKS = /^js\/(admin|editor|reports|supervision)\/|^css\/(account|admin|administration|canvas|desk|editor|pages|print|reports)/;

/** What browsers learned after Chromium 90, which walls are to run. */
const TOO_NEW = {
  js: /Object\.(hasOwn|groupBy)\(|\bstructuredClone\(|(?<!#turns)\.at\(|\.(findLast|findLastIndex|toSorted|toReversed|toSpliced|replaceSync)\(|randomUUID|AbortSignal\.(timeout|any)|Promise\.withResolvers|static \{|#\w+ in |style\.(translate|rotate|scale)\b|\{ cause/,
  css: /:has\(|@container|@layer|color-mix\(|\b(oklch|oklab)\(|[0-9](dvh|svh|lvh|cqw|cqh|cqi|cqb)\b|^\s*(translate|rotate|scale):|\((width|height) [<>]|&[:. ]/m,
};

for (const kind of ["js", "css"]) {
  test(`what a wall loads (${kind}) asks for nothing that Chromium 90 does not know`, () => {
    const names = readdirSync(new URL(`${kind}/`, STATIC), { recursive: true }).map((name) => `${kind}/${name}`);
    const wall = names.filter((name) => name.endsWith(`.${kind}`) && !OF_DESKS.test(name));
    if (kind === "js") wall.push("../templates/load-watch.js");
    assert.ok(wall.length > 3);
    for (const name of wall) assert.equal(TOO_NEW[kind].exec(readFileSync(new URL(name, STATIC), "utf8"))?.[0], undefined, name);
  });
}

test("without Object.hasOwn figures have their values all the same", async () => {
  const { hasOwn } = Object;
  delete Object.hasOwn;
  try {
    const { figureValue, variantOf } = await import("../../static/js/metrics.js");
    assert.equal(figureValue("toString", []), undefined);
    assert.equal(figureValue("waiting", [], { now: { waiting: 3 } }), 3);
    assert.equal(variantOf("toString"), variantOf(undefined));
  } finally {
    Object.defineProperty(Object, "hasOwn", { value: hasOwn, configurable: true, writable: true });
  }
});
