/** Limits: the rate limits of this node, the clients that used most of theirs, and the concurrency limits. */
import { call, get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { url } from "../lib/router.js";
import { name } from "../lib/text.js";
import { copyAsCurl } from "../parts/curl.js";
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

function resetButton(row, reload) {
  const path = `/api/v1/limits/${encodeURIComponent(row.route)}?client=${encodeURIComponent(row.key)}`;
  const reset = async () => {
    if (await attempt(() => call("DELETE", path))) {
      announce(`The limit of ${row.key} on route ${row.route} is full again on every node.`);
      reload();
    }
  };
  return html`${changeButton(html`Reset <span class="hidden">${name(row.key)} on ${name(row.route)}</span>`, reset)}
    ${copyAsCurl(() => ["DELETE", path])}`;
}
