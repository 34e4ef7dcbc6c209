/** A TV that waits: asks whether it was let in, and takes a new code when its own has expired. */

const ASK_MS = 2_500;
const ASK_AFTER_FAILURE_MS = 8_000;

const config = JSON.parse(document.getElementById("wb-config").textContent);

async function ask() {
  let state = null;
  try {
    const answer = await fetch(config.status, { cache: "no-store", credentials: "same-origin" });
    if (answer.ok) ({ state } = await answer.json());
  } catch (error) {
    // The server is away for a moment; the code may still be good.
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  }
  if (state === "paired" || state === "expired") window.location.reload();
  else window.setTimeout(ask, state === null ? ASK_AFTER_FAILURE_MS : ASK_MS);
}

// For load-watch.js, which would load the page anew.
document.documentElement.dataset.started = "";
window.setTimeout(ask, ASK_MS);
