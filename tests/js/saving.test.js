import assert from "node:assert/strict";
import test from "node:test";
import { Saving } from "../../static/js/editor/saving.js";

function saving(...answers) {
  const sent = [];
  const one = new Saving({ revision: "a", send: async (what) => (sent.push(what), answers.shift()) });
  return { one, sent };
}

test("each save goes on from the revision of the one before", async () => {
  const { one, sent } = saving({ ok: true, revision: "b" }, { ok: true, revision: "c" });
  await one.save("first");
  await one.save("second");
  assert.deepEqual(sent, [{ layout: "first", revision: "a" }, { layout: "second", revision: "b" }]);
});

test("a second save waits for the answer to the first", async () => {
  const { one, sent } = saving({ ok: true, revision: "b" });
  const first = one.save("first");
  assert.equal(one.isUnderWay, true);
  assert.equal(await one.save("second"), null);
  await first;
  assert.equal(one.isUnderWay, false);
  assert.equal(sent.length, 1);
});

test("over another's work only when it is asked for", async () => {
  const other = { layout: "theirs", revision: "x" };
  const { one, sent } = saving({ ok: false, other }, { ok: false, other }, { ok: true, revision: "y" });
  await one.save("mine");
  assert.equal(one.conflict, other);
  await one.save("mine");
  assert.equal(sent[1].revision, "a");
  await one.save("mine", { isOver: true });
  assert.equal(sent[2].revision, "x");
  assert.equal(one.conflict, null);
});

test("taking theirs goes on from their revision", async () => {
  const { one, sent } = saving({ ok: false, other: { layout: "theirs", revision: "x" } }, { ok: true, revision: "y" });
  await one.save("mine");
  assert.equal(one.takeTheirs(), "theirs");
  assert.equal(one.conflict, null);
  await one.save("ours");
  assert.equal(sent[1].revision, "x");
});

test("what was refused is saved from the same revision again", async () => {
  const { one, sent } = saving({ ok: false, problems: ["no"] }, { ok: true, revision: "b" });
  await one.save("bad");
  await one.save("good");
  assert.equal(sent[1].revision, "a");
});

test("an answer that breaks does not end saving for good", async () => {
  const answers = [Promise.reject(new Error("broken")), Promise.resolve({ ok: true, revision: "b" })];
  const one = new Saving({ revision: "a", send: () => answers.shift() });
  await assert.rejects(one.save("mine"));
  assert.equal(one.isUnderWay, false);
  assert.equal((await one.save("mine")).ok, true);
});
