/** Route: its settings with their origins, its traffic, its targets, and the overrides of operators. */
import { call, get } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { follow, latest } from "../lib/live.js";
import { go, url } from "../lib/router.js";
import { moment, name, pretty } from "../lib/text.js";
import { latencyChart, trafficChart } from "../parts/chart.js";
import { circuitSection } from "../parts/circuits.js";
import { copyAsCurl } from "../parts/curl.js";
import { confirm } from "../parts/dialog.js";
import { changeButton, faultNote } from "../parts/edit-guard.js";
import { load, shown } from "../parts/load.js";
import { settingsTable } from "../parts/settings.js";
import { attempt } from "../parts/status.js";
import { table } from "../parts/table.js";

export default {
  title: "Route",
  open: ({ id = "" }) => {
    follow(id);
    const path = `/api/v1/routes/${encodeURIComponent(id)}`;
    const route = load(async (options) => {
      const { body, headers } = await call("GET", path, options);
      return { document: body, tag: headers.get("ETag") };
    });
    const circuits = load((options) => get(`/api/v1/circuits/${encodeURIComponent(id)}`, options));
    const tunnels = load(async (options) => (await get(`/api/v1/tunnels?route=${encodeURIComponent(id)}`, options)).tunnels);
    const settings = load((options) => get(`/api/v1/routes/${encodeURIComponent(id)}`, options).then(explained));
    const timer = setInterval(() => [circuits, tunnels].forEach((each) => each.reload(true)), 2_000);
    return {
      heading: () => html`Route ${name(id)}`,
      view: () => shown(route, (loaded) => view(id, path, loaded, { circuits, tunnels, settings })),
      close: () => clearInterval(timer),
    };
  },
};

/** Asks the node how it would run a request that matches the route. */
async function explained(route) {
  const match = route.match ?? {};
  const path = (match.template ?? match.path ?? "/").replace(/\{[^}]*\}/g, "x");
  const host = match.hosts?.[0]?.replace("*", "any") ?? "localhost";
  const concrete = (entries) => Object.entries(entries ?? {}).map(([key, text]) => [key, text === "*" ? "x" : text]);
  const query = new URLSearchParams(concrete(match.query)).toString();
  const { body } = await call("POST", "/api/v1/explain", { body: {
    method: match.methods?.[0] ?? "GET", url: `http://${host}${path}${query ? `?${query}` : ""}`,
    headers: Object.fromEntries(concrete(match.headers)),
  } });
  return body;
}

function view(id, path, { document, tag }, { circuits, tunnels, settings }) {
  const rejected = latest()?.rejected.find((route) => route.id === id);
  const read = (sample) => sample.route;
  return html`
    ${rejected ? html`<p class="error">This node rejects the route: ${name(rejected.reason)}.</p>` : nothing}
    ${document.description ? html`<p>${name(document.description)}</p>` : nothing}
    <p class="actions">
      <a class="button" href=${url("edit", { id })}>Edit</a>
      <a class="button" href=${url("history", { route: id })}>History</a>
      ${changeButton("Delete …", () => remove(id, path, tag), { danger: true })}
      ${copyAsCurl(() => ["DELETE", path, { headers: { "If-Match": tag } }])}
    </p>
    ${faultNote()}
    <div class="charts">${trafficChart(read)}${latencyChart(read)}</div>
    ${shown(circuits, (state) => circuitSection(id, document, state, circuits.reload))}
    <section aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      ${shown(settings, (explained) => settingsTable(id, explained))}
      <details><summary>Stored document</summary><pre tabindex="0">${pretty(document)}</pre></details>
    </section>
    <section aria-labelledby="tunnels">
      <h2 id="tunnels">WebSockets</h2>
      ${shown(tunnels, (open) => tunnelTable(id, open, tunnels.reload))}
    </section>
  `;
}

async function remove(id, path, tag) {
  const reason = await confirm(`Delete route ${id}?`, "Requests to it get 404. You can restore it from the history.",
    "Delete");
  if (reason !== null && await attempt(() => call("DELETE", path, { headers: reasonHeader(reason, { "If-Match": tag }) }))) {
    go("routes");
  }
}

/** Headers with the reason for the history. */
export function reasonHeader(reason, others = {}) {
  return reason ? { ...others, "Pintle-Reason": reason } : others;
}

function tunnelTable(id, open, reload) {
  const path = `/api/v1/tunnels?route=${encodeURIComponent(id)}`;
  return html`
    ${table("Open on this node", [
      ["Client", (tunnel) => name(tunnel.client)],
      ["Target", (tunnel) => name(tunnel.target)],
      ["Open since", (tunnel) => moment(tunnel.since)],
      ["Bytes in", (tunnel) => tunnel.bytesIn],
      ["Bytes out", (tunnel) => tunnel.bytesOut],
    ], open)}
    ${open.length > 0 ? html`<p class="actions">${changeButton("Close all …", async () => {
      const reason = await confirm("Close the WebSockets of this node?", "Clients receive the code 1001.", "Close all");
      if (reason !== null) {
        await attempt(() => call("DELETE", path, { headers: reasonHeader(reason) }));
        reload();
      }
    }, { override: true })}${copyAsCurl(() => ["DELETE", path])}</p>` : nothing}
  `;
}
