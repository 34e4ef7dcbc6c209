/** Everything on the board, as data. */
() => {
  const text = (root, selector) => root.querySelector(selector)?.textContent.trim().replace(/\s+/g, " ") ?? null;
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    waiting: text(document, "wb-callers .headline"),
    ready: text(document, "wb-ready .middle"),
    logged_in: text(document, "wb-ready .of .quiet"),
    tiles: Object.fromEntries(all(".tile").map((tile) => [text(tile, ".title"), {
      waiting: text(tile, ".waiting"), ready: text(tile, ".team b"), longest: text(tile, ".wait .timer"),
      level: tile.dataset.level, fresh: tile.dataset.fresh, age: text(tile, ".age"),
    }])),
    sums: Object.fromEntries(all(".sums li").map((sum) => [sum.querySelector(".shape").dataset.state, text(sum, "b")])),
    agents: all(".agent").map((agent) => ({
      name: text(agent, ".name"), state: agent.querySelector(".shape").dataset.state,
      word: agent.querySelector(".shape").getAttribute("aria-label"), timer: text(agent, ".timer"),
    })),
    calls: all(".call").map((call) => ({ caller: text(call, ".caller"), queue: text(call, ".name"), wait: text(call, ".timer") })),
    status: { fresh: document.querySelector("wb-status").dataset.fresh, text: text(document, "wb-status .live") },
    clock: text(document, ".clock"),
    notice: document.querySelector("wb-notice").hidden ? null : text(document, "wb-notice p"),
  };
}
