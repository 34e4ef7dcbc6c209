/** The page of a board. */

import { Wall } from "./wall.js";

const config = JSON.parse(document.getElementById("wb-config").textContent);
new Wall({ config, root: document.querySelector(".board") }).start();
