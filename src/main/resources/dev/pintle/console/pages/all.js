/** Every page of the console by its name in the URL. */
import { html } from "../lib/html.js";
import { url } from "../lib/router.js";
import audit from "./audit.js";
import consumer from "./consumer.js";
import consumers from "./consumers.js";
import edit from "./edit.js";
import explain from "./explain.js";
import history from "./history.js";
import limits from "./limits.js";
import nodes from "./nodes.js";
import now from "./now.js";
import revision from "./revision.js";
import route from "./route.js";
import routes from "./routes.js";

export const pages = {
  now, routes, route, edit, explain, history, revision, nodes, consumers, consumer, limits, audit,
};

export const missing = {
  title: "Page not found",
  open: () => ({ view: () => html`<p>The console has no such page. Go to <a href=${url("now")}>Now</a>.</p>` }),
};
