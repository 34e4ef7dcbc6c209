/** What a widget says of itself while the pointer is on it or the keyboard is: what it shows, how it is counted, over which time. */

export class Tips {
  #root; #tip;

  constructor(root) {
    this.#root = root;
    this.#tip = document.createElement("div");
    this.#tip.className = "tip";
    this.#tip.id = "wb-tip";
    this.#tip.setAttribute("role", "tooltip");
    this.#tip.hidden = true;
  }

  start() {
    this.#root.append(this.#tip);
    this.#root.addEventListener("pointerover", ({ target }) => this.#show(target.closest("[data-info]")));
    this.#root.addEventListener("pointerleave", () => this.#show(null));
    this.#root.addEventListener("focusin", ({ target }) => this.#show(target.closest("[data-info]")));
    this.#root.addEventListener("focusout", () => this.#show(null));
  }

  #show(widget) {
    this.#tip.hidden = !widget;
    if (!widget) return;
    this.#tip.textContent = widget.dataset.info;
    widget.setAttribute("aria-describedby", "wb-tip");
    const box = widget.getBoundingClientRect();
    this.#tip.style.left = `${Math.min(box.left, window.innerWidth - this.#tip.offsetWidth - 8)}px`;
    const below = box.bottom + this.#tip.offsetHeight < window.innerHeight ? box.bottom : box.bottom - this.#tip.offsetHeight;
    this.#tip.style.top = `${below}px`;
  }
}
