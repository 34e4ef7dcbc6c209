import assert from "node:assert/strict";
import { test } from "node:test";
import { Renewal } from "../../static/js/renewal.js";

function renewing(answers) {
  const heard = { shown: [], again: [], asked: 0 };
  const environment = {
    fetch: async () => {
      heard.asked += 1;
      const answer = answers.shift();
      if (answer === "unreachable") throw new TypeError("Failed to fetch");
      return { ok: answer < 400, status: answer, json: async () => ({ board: { look: "new" } }) };
    },
    setTimeout: (action) => heard.again.push(action),
  };
  return { heard, renewal: new Renewal({ environment, show: async (config) => heard.shown.push(config.board.look) }) };
}

test("a changed board is asked for until the server gives it, and shown once", async () => {
  const { heard, renewal } = renewing(["unreachable", 502, 200]);
  await renewal.want("new", "/boards/a/config/");
  await heard.again[0]();
  assert.deepEqual(heard.shown, []);
  await heard.again[1]();
  await renewal.want("new", "/boards/a/config/");
  assert.deepEqual(heard.shown, ["new"]);
  assert.equal(heard.asked, 3);
});

test("a newer change ends the asking for an older one, and a refused one may be told again", async () => {
  const { heard, renewal } = renewing(["unreachable", 403, 200]);
  await renewal.want("older", "/boards/a/config/");
  await renewal.want("newer", "/boards/a/config/");
  await heard.again[0]();
  assert.deepEqual([heard.asked, heard.again.length], [2, 1]);
  await renewal.want("newer", "/boards/a/config/");
  assert.deepEqual(heard.shown, ["new"]);
});
