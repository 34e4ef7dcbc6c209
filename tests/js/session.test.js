import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../static/js/session.js";
import { World } from "./support/world.js";

const T = 1795415884000;
const head = { v: 1, stream: "main", epoch: "E1" };
const state = { queues: { 4: { title: "Prodej" } } };
const snapshot = (seq, at) => ({ ...head, t: "snapshot", seq, at, view: "v", source: { endpoints: {} }, state: structuredClone(state) });
const tick = (seq, at) => ({ ...head, t: "tick", seq, at, build: "1.0.0", source: { endpoints: {} } });
const delta = (prev, at) => ({ ...head, t: "delta", prev, seq: prev + 1, at, set: { queues: { 4: { title: "?" } } } });
const silent = { v: 1, t: "control", do: "error", code: "silent", stream: "main" };

function started() {
  const world = new World();
  const heard = { changes: [], controls: [], builds: [], phases: [] };
  const session = new Session({
    url: "ws://board/",
    environment: world.environment(),
    handlers: {
      onChange: (stream, changed) => heard.changes.push(Object.keys(changed)),
      onPhase: ({ phase }) => heard.phases.push(phase),
      onControl: (message) => heard.controls.push(message.do),
      onBuild: (build) => heard.builds.push(build),
    },
  });
  session.start();
  world.socket.accept();
  return { world, session, heard };
}

test("a gap is answered by one resync, and the snapshot heals it", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say({ ...head, t: "delta", prev: 813, seq: 814, at: T + 1000, set: { queues: { 4: { title: "?" } } } });
  world.socket.say(tick(814, T + 1000));
  assert.deepEqual(world.socket.sent.filter(({ t }) => t === "resync"), [{ t: "resync", stream: "main" }]);
  world.socket.say(snapshot(814, T + 1100));
  world.socket.say(tick(814, T + 2000));
  world.pass(2000);
  assert.equal(world.socket.sent.filter(({ t }) => t === "resync").length, 1);
  assert.equal(session.store.stream("main").seq, 814);
});

test("only a tick that finds us where the server is gets acknowledged", () => {
  const { world } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say(tick(813, T));
  assert.equal(world.socket.sent.filter(({ t }) => t === "ack").length, 0);
  world.socket.say(tick(812, T));
  assert.deepEqual(world.socket.sent.filter(({ t }) => t === "ack"), [{ t: "ack", stream: "main", seq: 812 }]);
});

test("the state outlives the connection", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  world.socket.drop();
  assert.equal(session.store.stream("main").state.queues[4].title, "Prodej");
  assert.equal(session.phase.phase, "waiting");
});

test("a control message does not count as word from the poller", () => {
  const { world, session, heard } = started();
  world.socket.say(snapshot(812, T));
  const before = session.contact("main");
  world.pass(3000);
  world.socket.say({ v: 1, t: "control", do: "announce", text: "Ahoj" });
  assert.deepEqual(session.contact("main"), before);
  assert.deepEqual(heard.controls, ["announce"]);
});

test("the time is the server's as soon as it was heard", () => {
  const { world, session } = started();
  world.pass(5000);
  assert.equal(session.now(), 5000);
  world.socket.say(snapshot(812, T));
  world.socket.say(tick(812, T));
  world.pass(1500);
  assert.equal(session.now(), T + 1500);
});

test("a page that is loaded in an outage does not take the moment of the last change for the present", () => {
  const { world, session } = started();
  world.time = T;
  world.socket.say(snapshot(812, T - 7_200_000));
  world.socket.say(silent);
  assert.equal(session.now(), T);
  assert.equal(session.contact("main").silent, true);
});

test("a change after a tick sets the clock too, one that catches up does not", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say(tick(812, T + 100));
  world.pass(1000);
  world.socket.say(delta(812, T + 1300));
  assert.equal(session.now(), T + 1300);
  world.socket.say(silent);
  world.socket.say(delta(813, T + 60_000));
  assert.equal(session.now(), T + 1300);
});

test("what an outage repeats does not set the clock back", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  for (let second = 0; second < 20; second += 1) {
    world.socket.say(tick(812, T + second * 1000));
    world.pass(1000);
  }
  for (let turn = 0; turn < 20; turn += 1) {
    world.socket.say(snapshot(812, T));
    world.socket.say(silent);
    world.pass(3000);
    assert.equal(session.now(), T + 20_000 + (turn + 1) * 3000);
  }
});

test("when a stream was heard does not hang on what the clock showed then", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say({ ...snapshot(5, T), stream: "brno" });
  world.pass(1000);
  world.socket.say(tick(812, T + 1000));
  assert.equal(session.contact("brno").heard_at, T);
  assert.deepEqual(session.changedStreams(["main", "brno"]), []);
});

test("an outage is one as long as it lasts, and over with the first tick", () => {
  const { world, session } = started();
  world.random = () => 1;
  world.socket.say(snapshot(812, T));
  world.socket.say(tick(812, T));
  world.pass(5000);
  for (let second = 5; second < 600; second += 1) {
    if (second % 3 === 0 && world.socket.readyState === 1) world.socket.say(silent);
    if (second > 6) assert.equal(session.contact("main").silent, true);
    world.pass(1000);
    if (world.socket.readyState === 0) world.socket.accept();
  }
  assert.equal(world.socket.readyState, 1, "the page waits where it will hear the first tick");
  world.socket.say(tick(812, T + 600_000));
  assert.deepEqual(session.contact("main"), { heard_at: T + 600_000, silent: false });
});

test("each tick hands over the server's build", () => {
  const { world, heard } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say(tick(812, T));
  assert.deepEqual(heard.builds, ["1.0.0"]);
});

test("each stream is heard for itself", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say({ ...snapshot(5, T), stream: "brno" });
  world.socket.say(tick(812, T));
  world.pass(3000);
  world.socket.say(tick(812, T + 3000));
  assert.equal(session.contact("main").heard_at, T + 3000);
  assert.equal(session.contact("brno").heard_at, T);
});

test("a stream that is told of though the page did not name it means that the board was changed", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  assert.deepEqual(session.changedStreams(["main"]), []);
  world.socket.say({ ...snapshot(5, T), stream: "brno" });
  assert.deepEqual(session.changedStreams(["main"]), ["brno"]);
});

test("a stream that is no longer told of means that the board was changed, unless all are quiet", () => {
  const { world, session } = started();
  world.socket.say(snapshot(812, T));
  world.socket.say({ ...snapshot(5, T), stream: "brno" });
  for (let second = 1; second <= 21; second += 1) {
    world.pass(1000);
    world.socket.say(tick(812, T + second * 1000));
  }
  assert.deepEqual(session.changedStreams(["main", "brno"]), ["brno"]);
  world.pass(30_000);
  assert.deepEqual(session.changedStreams(["main", "brno"]), []);
});
