import assert from "node:assert/strict";
import { test } from "node:test";
import { BoardSocket, backoffDelay } from "../../static/js/socket.js";
import { World } from "./support/world.js";

const tick = { v: 1, t: "tick", stream: "main", epoch: "E1", seq: 1 };
const silent = { v: 1, t: "control", do: "error", code: "silent", stream: "main" };

function opened({ positions = {} } = {}) {
  const world = new World();
  const heard = { messages: [], phases: [] };
  const socket = new BoardSocket({
    url: "ws://board/ws/boards/overview/",
    environment: world.environment(),
    positions: () => positions,
    onMessage: (message) => heard.messages.push(message),
    onPhase: ({ phase, reason }) => heard.phases.push(reason ? `${phase}: ${reason}` : phase),
  });
  socket.open();
  return { world, socket, heard };
}

test("hello is the first word, with no streams the first time", () => {
  const { world } = opened();
  world.socket.accept();
  assert.deepEqual(world.socket.sent, [{ t: "hello", v: 1, streams: {} }]);
});

test("after a reconnect hello tells where the streams stand", () => {
  const positions = {};
  const { world } = opened({ positions });
  world.socket.accept();
  positions.main = { epoch: "E1", seq: 812, view: "9c1f" };
  world.socket.drop();
  world.pass(1000);
  world.socket.accept();
  assert.equal(world.sockets.length, 2);
  assert.deepEqual(world.socket.sent, [{ t: "hello", v: 1, streams: { main: { epoch: "E1", seq: 812, view: "9c1f" } } }]);
});

test("ticks are acknowledged at most every ten seconds", () => {
  const { world, socket } = opened();
  world.socket.accept();
  for (let second = 0; second < 25; second += 1) {
    world.socket.say(tick);
    socket.acknowledge("main", second);
    world.pass(1000);
  }
  assert.deepEqual(world.socket.sent.filter(({ t }) => t === "ack").map(({ seq }) => seq), [0, 10, 20]);
});

test("a stream is asked for again at most once a second, and no request is forgotten", () => {
  const { world, socket } = opened();
  world.socket.accept();
  const resyncs = () => world.socket.sent.filter(({ t }) => t === "resync").length;
  socket.resync("main");
  socket.resync("main");
  socket.resync("main");
  assert.equal(resyncs(), 1);
  world.pass(1000);
  assert.equal(resyncs(), 2);
  world.pass(5000);
  assert.equal(resyncs(), 2);
});

test("a snapshot settles a request that was put off", () => {
  const { world, socket } = opened();
  world.socket.accept();
  socket.resync("main");
  socket.resync("main");
  socket.settled("main");
  world.pass(3000);
  assert.equal(world.socket.sent.filter(({ t }) => t === "resync").length, 1);
});

test("seven seconds without a tick end the connection, deltas or not", () => {
  const { world, heard } = opened();
  world.socket.accept();
  const first = world.socket;
  world.pass(6000);
  first.say({ v: 1, t: "delta" });
  world.pass(999);
  assert.equal(first.isClosedByClient, false);
  world.pass(1);
  assert.equal(first.isClosedByClient, true);
  world.pass(500);
  assert.equal(world.sockets.length, 2);
  assert.deepEqual(heard.phases, ["connecting", "open", "waiting", "connecting"]);
});

test("a tick in time keeps the connection", () => {
  const { world } = opened();
  world.socket.accept();
  for (let turn = 0; turn < 20; turn += 1) {
    world.pass(6999);
    world.socket.say(tick);
  }
  assert.equal(world.sockets.length, 1);
});

test("a server that says that its poller is silent is no dead one; after a minute another may know more", () => {
  const { world } = opened();
  world.socket.accept();
  world.socket.say(tick);
  const first = world.socket;
  for (let second = 0; second < 59; second += 1) {
    if (second % 3 === 0) first.say(silent);
    world.pass(1000);
  }
  assert.equal(first.isClosedByClient, false);
  first.say(silent);
  world.pass(1000);
  assert.equal(first.isClosedByClient, true);
  world.pass(500);
  assert.equal(world.sockets.length, 2);
});

test("a server that falls silent itself after it said so is given up like any other", () => {
  const { world } = opened();
  world.socket.accept();
  world.socket.say(silent);
  world.pass(7000);
  assert.equal(world.sockets[0].isClosedByClient, true);
});

test("other control messages are no word that the figures live", () => {
  const { world } = opened();
  world.socket.accept();
  world.pass(6000);
  world.socket.say({ v: 1, t: "control", do: "announce", announcements: [] });
  world.pass(1000);
  assert.equal(world.sockets[0].isClosedByClient, true);
});

test("a connection that never opens is given up", () => {
  const { world } = opened();
  world.pass(10_500);
  assert.equal(world.sockets[0].isClosedByClient, true);
  assert.equal(world.sockets.length, 2);
});

test("the wait before coming back is random under a limit that doubles up to 30 s", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 40].map((attempt) => backoffDelay(attempt, () => 1)),
    [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  assert.equal(backoffDelay(5, () => 0), 0);
});

test("only a connection that lasted half a minute starts the waits anew", () => {
  const { world } = opened();
  world.random = () => 1;
  const waits = [];
  const fail = (after) => {
    world.socket.accept();
    world.pass(after);
    const at = world.time;
    const known = world.sockets.length;
    world.socket.drop();
    while (world.sockets.length === known) world.pass(100);
    waits.push(Math.round((world.time - at) / 1000));
  };
  fail(100);
  fail(100);
  fail(6000);
  world.socket.accept();
  for (let second = 0; second < 31; second += 1) {
    world.socket.say(tick);
    world.pass(1000);
  }
  const at = world.time;
  world.socket.drop();
  world.pass(1000);
  waits.push((world.time - at) / 1000);
  assert.deepEqual(waits, [1, 2, 4, 1]);
  assert.equal(world.sockets.length, 5);
});

for (const [code, reason] of [[4001, "login"], [4003, "revoked"], [4010, "outdated"]]) {
  test(`after close code ${code} it stays away: ${reason}`, () => {
    const { world, heard } = opened();
    world.socket.accept();
    world.socket.drop(code);
    world.pass(600_000);
    assert.equal(world.sockets.length, 1);
    assert.equal(heard.phases[heard.phases.length - 1], `stopped: ${reason}`);
  });
}

for (const code of [1000, 1001, 1006, 1011, 4008]) {
  test(`after close code ${code} it comes back`, () => {
    const { world } = opened();
    world.socket.accept();
    world.socket.drop(code);
    world.pass(1000);
    assert.equal(world.sockets.length, 2);
  });
}

test("a text that is no JSON ends the connection instead of being guessed at", () => {
  const { world, heard } = opened();
  world.socket.accept();
  world.socket.say("<html>log in to the guest network</html>");
  assert.equal(world.sockets[0].isClosedByClient, true);
  assert.deepEqual(heard.messages, []);
  world.pass(1000);
  assert.equal(world.sockets.length, 2);
});

test("a socket that was given up is not listened to any more", () => {
  const { world, heard } = opened();
  const first = world.socket;
  first.accept();
  world.pass(8000);
  first.say(tick);
  first.drop(4003);
  assert.deepEqual(heard.messages, []);
  assert.ok(!heard.phases.includes("stopped: revoked"));
});

test("stopping leaves nothing behind", () => {
  const { world, socket } = opened();
  world.socket.accept();
  socket.stop();
  world.pass(600_000);
  assert.equal(world.sockets.length, 1);
  assert.equal(world.socket.isClosedByClient, true);
});
