/** The page of a board. */

import { Controls } from "./controls.js";
import { Tips } from "./tips.js";
import { Wall } from "./wall.js";

const root = document.querySelector(".board");
const wall = new Wall({ config: JSON.parse(document.getElementById("wb-config").textContent), root });
wall.start();
new Controls({ wall, bar: document.querySelector(".controls") }).start();
new Tips(root).start();
