/** Renews a part of the page from the server, quietly; says so when it cannot. */

import { _, interpolate } from "../i18n.js";
import { clockTime } from "../format.js";
import { morph } from "./morph.js";

/** Renews `part` every few seconds while the page is looked at. `onFresh` is called after each renewal. */
export function refreshing(part, { everyS, onFresh }) {
  let freshAt = Date.now();
  const status = document.querySelector("[data-refresh-status]");

  async function renew() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      const isOut = answer.redirected && new URL(answer.url).pathname !== location.pathname;
      if (isOut) return location.assign(answer.url);
      if (!answer.ok) throw new TypeError(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      morph(part, page.getElementById(part.id));
      freshAt = Date.now();
      say("");
      onFresh();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      say(interpolate(_("These figures are from %(time)s; they could not be renewed since."), { time: clockTime(freshAt) }));
    }
    return undefined;
  }

  function say(text) {
    if (!status || status.textContent === text) return;
    status.textContent = text;
    status.hidden = !text;
  }

  setInterval(() => !document.hidden && renew(), everyS * 1000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - freshAt > everyS * 1000) renew();
  });
}
