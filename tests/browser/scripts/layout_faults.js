/** What is wrong with the layout, in words; an empty list if nothing is. Names and titles may be shortened, all else must be whole. */
() => {
  const short = Math.min(innerWidth, innerHeight), faults = [];
  const scroller = document.scrollingElement;
  if (scroller.scrollWidth > innerWidth || scroller.scrollHeight > innerHeight) faults.push("the page scrolls");
  const isInside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const walker = document.createTreeWalker(document.querySelector(".board"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.getClientRects().length) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < short * 0.018 - 0.05) faults.push(`${text}: only ${(100 * size / short).toFixed(2)} %`);
    if (element.closest(".name, .title, .caller, h1")) {
      const own = element.closest(".name, .title, .caller, h1").getBoundingClientRect();
      const holder = element.closest(".panel, .top").getBoundingClientRect();
      if (!isInside(own, holder)) faults.push(`${text}: its place reaches beyond its panel`);
      continue;
    }
    const holder = element.closest(".agent, .call, .tile, .sums li, .panel, .top, wb-notice") ?? document.body;
    if (!isInside(box, holder.getBoundingClientRect())) faults.push(`${text}: reaches beyond ${holder.className || holder.localName}`);
    const beside = element.closest("b, span, p, small, h2, time");
    if (beside.scrollWidth > beside.clientWidth + 1 && getComputedStyle(beside).overflow === "hidden") faults.push(`${text}: is cut`);
  }
  const panels = [...document.querySelectorAll("main > *, .tile")].map((one) => [one, one.getBoundingClientRect()]);
  for (const [panel, box] of panels) {
    if (!isInside(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight })) faults.push(`${panel.className} is off the screen`);
    const over = panels.find(([other, its]) => other !== panel && !other.contains(panel) && !panel.contains(other)
      && its.left < box.right - 1 && its.right > box.left + 1 && its.top < box.bottom - 1 && its.bottom > box.top + 1);
    if (over) faults.push(`${panel.localName} lies over ${over[0].localName}`);
  }
  for (const tile of document.querySelectorAll(".tile")) {
    const parts = [...tile.querySelectorAll("h3 .title, .waiting, .timer, .team b, .badge, .age, .quiet")]
      .filter((one) => one.getClientRects().length && one.textContent.trim());
    for (const one of parts) for (const other of parts) {
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const [a, b] = [inkBox(one), inkBox(other)];
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2) {
        faults.push(`${tile.querySelector(".title").textContent}: ${one.textContent.trim()} lies over ${other.textContent.trim()}`);
      }
    }
  }
  // The letters themselves, without the room above and below them.
  function inkBox(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect(), size = parseFloat(getComputedStyle(element).fontSize);
    const room = Math.max(0, (box.height - size * 0.78) / 2);
    return element.matches(".waiting, .timer, .team b")
      ? { left: box.left, right: box.right, top: box.top + room, bottom: box.bottom - room } : box;
  }
  return [...new Set(faults)];
}
