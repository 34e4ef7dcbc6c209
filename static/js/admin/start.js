/** Keeps the lines of the start page fresh: asks every 10 s, changes only what is different, and says when it cannot ask. */

import { _, interpolate } from "../i18n.js";

const EVERY_MS = 10_000;

const overview = document.querySelector("[data-overview]");
const list = overview.querySelector("ul");
const blank = document.getElementById("overview-line");

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function putLine(item, line) {
  if (item.dataset.level !== line.level) item.dataset.level = line.level;
  put(item.querySelector(".word"), line.word);
  const subject = item.querySelector(".subject");
  put(subject, line.subject);
  if (line.url) subject.setAttribute("href", line.url);
  else subject.removeAttribute("href");
  put(item.querySelector(".text"), line.text);
  const advice = item.querySelector(".advice");
  put(advice, line.advice);
  advice.hidden = !line.advice;
}

/** Lines keep their elements, so that neither the focus nor a selection is lost; they move only if their order changed. */
function putLines(lines) {
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  lines.forEach((line, place) => {
    let item = known.get(line.key);
    if (!item) {
      item = blank.content.firstElementChild.cloneNode(true);
      item.dataset.key = line.key;
    }
    known.delete(line.key);
    putLine(item, line);
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
  for (const item of known.values()) item.remove();
}

function putTrouble(text) {
  overview.classList.toggle("is-old", Boolean(text));
  put(overview.querySelector(".trouble"), text);
}

async function look() {
  let answer;
  try {
    answer = await fetch(overview.dataset.overview, { headers: { Accept: "application/json" }, redirect: "error" });
  } catch {
    putTrouble(_("The server does not answer, or you are logged out. What stands here is old; reload the page."));
    return;
  }
  if (!answer.ok) {
    putTrouble(
      answer.status === 403
        ? _("You may not see this any more. Reload the page.")
        : interpolate(_("The server answers with status %(status)s. What stands here is old."), { status: answer.status }),
    );
    return;
  }
  const told = await answer.json();
  putTrouble("");
  overview.dataset.level = told.level;
  put(overview.querySelector("h2"), told.headline);
  put(overview.querySelector("time"), told.at);
  putLines(told.lines);
}

async function keepLooking() {
  if (!document.hidden) await look();
  setTimeout(keepLooking, EVERY_MS);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
setTimeout(keepLooking, EVERY_MS);
