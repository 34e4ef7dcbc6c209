/**
 * Loads a page anew that would stay wrong for ever: one whose modules did not start, one without a style sheet or its texts, or one
 * that has nothing to show yet. It stands in the page itself (wallboard/inline.py), before everything else, so that it runs whatever
 * failed to load. The page is left only when the server gives it.
 *
 * `data-unstarted-s`: unless the page is whole and has said that it started (`data-started` of its root element) within so many
 * seconds, and longer after each time in vain. `data-again-s`: after so many seconds.
 */
"use strict";

(() => {
  const RETRY_MS = 5_000;
  const AT_MOST_S = 480;
  const MEMORY = "wb-unstarted";

  const { unstartedS, againS } = document.currentScript.dataset;
  const inVain = Number(unstartedS ? sessionStorage.getItem(MEMORY) : 0) || 0;
  const delay_s = againS ? Number(againS) : Math.min(AT_MOST_S, Number(unstartedS) * 2 ** inVain);

  let isLacking = false;
  // Errors of elements do not bubble.
  window.addEventListener("error", ({ target }) => {
    if (target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === "stylesheet")) isLacking = true;
  }, true);

  const isStarted = () => !isLacking && "started" in document.documentElement.dataset;

  async function isServed() {
    try {
      const answer = await fetch(window.location.href, { cache: "no-store", credentials: "same-origin" });
      return answer.ok || (answer.status >= 400 && answer.status < 500);
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }

  async function attempt() {
    const isLeft = !isStarted() && (await isServed());
    if (isStarted()) sessionStorage.removeItem(MEMORY);
    else if (isLeft) {
      if (unstartedS) sessionStorage.setItem(MEMORY, String(inVain + 1));
      // Not a reload, which would send a form anew whose answer this page is.
      const { pathname, search } = window.location;
      window.location.replace(`${pathname}${search}`);
    } else setTimeout(attempt, RETRY_MS);
  }

  setTimeout(attempt, delay_s * 1000);
})();
