/** Every text on the page with its contrast against what it stands on. */
() => {
  const rgb = (text) => text.match(/[\d.]+/g).map(Number);
  const light = (color) => { const [r, g, b] = color.map((part) => { const c = part / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const over = (top, below) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a)); };
  const ground = (element) => { if (!element) return [11, 15, 20];
    const own = rgb(getComputedStyle(element).backgroundColor); return own[3] === 0 ? ground(element.parentElement) : over(own, ground(element.parentElement)); };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length || element.closest("script, noscript")) continue;
    const back = ground(element), ink = over(rgb(getComputedStyle(element).color), back);
    const [hi, lo] = [light(ink), light(back)].sort((one, other) => other - one);
    found.push({ text: walker.currentNode.data.trim(), ratio: (hi + 0.05) / (lo + 0.05), isFigure: Boolean(element.closest(".figure")) });
  }
  return found;
}
