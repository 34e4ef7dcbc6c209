/** Starts the supervision page. */

import { Acts } from "./acts.js";
import "./desk.js";
import { browserEnvironment } from "./environment.js";
import { Live } from "./live.js";

const config = JSON.parse(document.getElementById("wb-config").textContent);
const desk = document.querySelector("wb-desk");
const environment = browserEnvironment();

desk.config = config;
desk.acts = new Acts({ config, host: desk, environment });
desk.live = new Live({
  url: new URL(config.socket, window.location.href.replace(/^http/, "ws")).href,
  streams: config.streams,
  environment,
  handlers: {
    onChange: () => {
      desk.acts.phased(desk.live.phase);
      desk.requestUpdate();
    },
    onControl: (message) => {
      if (message.do === "action" && message.record) desk.acts.told(message.record);
      if (message.do === "plans") desk.acts.doing.catchUp();
      if (message.do === "reload") window.location.reload();
    },
    onBuild: () => {},
  },
});
desk.live.start();
desk.start();
