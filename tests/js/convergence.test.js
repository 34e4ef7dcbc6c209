import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../static/js/store.js";
import { chance } from "./support/chance.js";
import { Server } from "./support/server.js";

const STEPS = 10_000;
const SEED = Number(process.env.SEED ?? 20261123);

/** A line that loses, doubles and swaps what goes over it. */
function faulty(line, text, random) {
  const luck = random();
  if (luck < 0.1) return line;
  if (luck < 0.2) return [...line, text, text];
  if (luck < 0.3 && line.length) return [...line.slice(0, -1), text, line[line.length - 1]];
  return [...line, text];
}

/** Hand over what is on the line; a resync is answered at once, on a line that may fail as well. */
function deliver(line, store, server, random) {
  let resyncs = 0;
  for (const text of line) {
    const { need } = store.apply(JSON.parse(text));
    if (need !== "resync") continue;
    resyncs += 1;
    if (random() < 0.9) store.apply(JSON.parse(server.snapshot()));
  }
  return resyncs;
}

test(`the client ends equal to the server over a line that drops, doubles, swaps and merges (SEED=${SEED})`, () => {
  const random = chance(SEED);
  const server = new Server(random);
  const store = new Store();
  let line = [server.snapshot()];
  let resyncs = 0;
  let equal = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const luck = random();
    if (luck < 0.002) server.restart();
    line = faulty(line, luck < 0.8 ? server.delta(luck < 0.2 ? 3 : 1) : server.tick(), random);
    if (random() < 0.5) {
      resyncs += deliver(line, store, server, random);
      line = [];
      const { epoch, seq, state } = store.stream("main");
      // The law of the sequence numbers: who stands where the server stands has what the server has.
      if (epoch === server.epoch && seq === server.seq) {
        assert.deepEqual(JSON.parse(JSON.stringify(state)), server.state, `step ${step}`);
        equal += 1;
      }
    }
  }
  // The line is whole again: one tick shows whether anything is missing, and one resync heals it.
  deliver([...line, server.tick()], store, server, () => 0);
  assert.equal(store.stream("main").seq, server.seq);
  assert.deepEqual(JSON.parse(JSON.stringify(store.stream("main").state)), server.state);
  assert.ok(resyncs > 100, `only ${resyncs} resyncs: the line was not faulty enough to prove anything`);
  assert.ok(equal > 1000, `only ${equal} times in step with the server: nothing was compared`);
});
