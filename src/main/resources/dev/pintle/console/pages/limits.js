/** Limits: the rate limits of this node, the clients that used most of theirs, and the concurrency limits. */
import { call, get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { url } from "../lib/router.js";
import { name } from "../lib/text.js";
import { copyAsCurl } from "../parts/curl.js";
import { open } from "../parts/dialog.js";
import { changeButton, faultNote } from "../parts/edit-guard.js";
import { load, shown } from "../parts/load.js";
import { announce, attempt } from "../parts/status.js";
import { table } from "../parts/table.js";

const MODES = {
  redis: "All nodes share the limits in Redis.",
  local: "Each node has limits of its own, because no Redis is configured.",
  split: "Redis is unavailable: each node allows its share.",
};

export default {
  title: "Limits",
  open: () => {
    const limits = load((options) => get("/__limits", options));
    const timer = setInterval(() => limits.reload(true), 2_000);
    return { view: () => shown(limits, (state) => view(state, limits.reload)), close: () => clearInterval(timer) };
  },
};

function view({ mode, limits, depleted, concurrency }, reload) {
  const link = (row) => html`<a href=${url("route", { id: row.route })}>${name(row.route)}</a>`;
  return html`
    <p>${MODES[mode] ?? mode}</p>
    ${table("Clients with the fewest requests left", [
      ["Route", link],
      ["Client", (row) => name(row.key)],
      ["Left", (row) => `${row.left} of ${row.burst}`],
      ["Actions", (row) => resetButton(row, reload)],
    ], depleted, "no client has used much of its limit.")}
    ${faultNote()}
    ${table("Rate limits", [
      ["Route", link],
      ["Limit", (row) => `${row.requests} per ${row.per}`],
      ["Key", (row) => name(row.key)],
      ["Allowed", (row) => row.allowed],
      ["Refused", (row) => row.refused],
    ], limits)}
    ${table("Concurrent requests", [
      ["Route", link],
      ["In use", (row) => `${row.inUse} of ${row.maxInFlight}`],
    ], concurrency)}
  `;
}

/** The node shows only the beginning of a key, so the operator names the client. */
function resetButton({ route, key }, reload) {
  const path = (client) => `/api/v1/limits/${encodeURIComponent(route)}?client=${encodeURIComponent(client)}`;
  const reset = async () => {
    const client = await askForClient(route, key);
    if (client && await attempt(() => call("DELETE", path(client)))) {
      announce(`The limit of ${client} on route ${route} is full again on every node.`);
      reload();
    }
  };
  return html`${changeButton(html`Reset <span class="hidden">a limit of ${name(route)}</span> …`, reset)}
    ${copyAsCurl(() => ["DELETE", path("CLIENT")])}`;
}

function askForClient(route, key) {
  return open(`Reset a limit of route ${route}`, (close) => html`
    <form class="stack" @submit=${(event) => {
      event.preventDefault();
      close(event.target.elements.client.value.trim());
    }}>
      <label>The address of the client, or its value of the header that is the key; it begins with ${name(key)}
        <input name="client" required autocomplete="off">
      </label>
      <button class="primary">Reset</button>
    </form>`);
}
