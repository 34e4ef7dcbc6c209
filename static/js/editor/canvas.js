/** The board inside the editor, as large as the TV it is for. The editor's page around it reaches in through `window.wbCanvas`. */

import { Wall } from "../wall.js";
import { EditedFace } from "./edited-face.js";

const config = JSON.parse(document.getElementById("wb-config").textContent);
const types = new Map(config.catalogue.types.map((type) => [type.key, { ...type, defaults: defaultsOf(type) }]));
let face = null;

const wall = new Wall({
  config,
  root: document.querySelector(".board"),
  faceOf: ({ ticker }) => {
    face = new EditedFace({ config, ticker, types });
    return face;
  },
});
// The board goes to the login page then, which no page may frame; the editor's page stays, with what was not saved.
wall.onPhase = ({ phase, reason }) => {
  if (phase === "stopped" && reason === "login") window.parent.dispatchEvent(new CustomEvent("wb-canvas-lost"));
};
await wall.start();
window.wbCanvas = { face, wall };
window.parent.dispatchEvent(new CustomEvent("wb-canvas"));

function defaultsOf({ options }) {
  return Object.fromEntries(options.map((option) => [option.key, option.default]));
}
